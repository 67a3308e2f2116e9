/**
 * Which language is spoken now. Each is fetched when somebody chooses it, and everything on the page that was said by
 * `t` is said anew.
 */

import { createIntl, createIntlCache, type IntlShape } from '@formatjs/intl';

import { part } from '../net/part';
import { preferences } from '../store/preferences.svelte';
import { type Catalogue, wordless } from './catalogue';
import { bestLocale, LOCALES, type Locale } from './locales';

/** `intl` is made when it is first asked for: that takes long, and most sentences have nothing to fill in. */
type Speech = { locale: Locale; messages: Catalogue; readonly intl: IntlShape };

const fetched: Record<Locale, () => Promise<Catalogue>> = {
  en: async () => (await part(() => import('./en'))).english,
  de: async () => (await part(() => import('./de'))).de,
  fr: async () => (await part(() => import('./fr'))).fr,
  uk: async () => (await part(() => import('./uk'))).uk,
};

function speech(locale: Locale, messages: Catalogue): Speech {
  let made: IntlShape | undefined;
  return {
    locale,
    messages,
    get intl() {
      return (made ??= createIntl({ locale, messages, onError: () => undefined }, createIntlCache()) as IntlShape);
    },
  };
}

/** So long the page waits for the words of its language; then it begins in English, and says it anew when they come. */
const WORDS_WITHIN = 1_000;

const silent = speech('en', wordless);

let spoken = $state.raw(silent);
let latest: Locale = 'en';

/** The locale of what is on the page; follows the wish as soon as its words have come. */
export function locale(): Locale {
  return spoken.locale;
}

export function intl(): IntlShape {
  return spoken.intl;
}

/** Who can say this; nobody, where no catalogue has it. */
export function sayer(key: string): Speech | undefined {
  return Object.hasOwn(spoken.messages, key) ? spoken : undefined;
}

/** A sentence that only translations have (names that scenarios share); undefined in English. */
export function translated(key: string): string | undefined {
  return spoken.locale === 'en' ? undefined : spoken.messages[key];
}

/** Speaks a language from now on. Without a connection to fetch it by, things stay as they are. */
export async function speak(wish: Locale): Promise<void> {
  latest = wish;
  if (wish !== spoken.locale || spoken === silent) {
    try {
      const next = speech(wish, await fetched[wish]());
      if (latest !== wish) return; // another was chosen meanwhile
      spoken = next;
    } catch (fault) {
      console.warn('the language could not be fetched', fault);
      return;
    }
  }
  if (typeof document === 'undefined') return;
  document.documentElement.lang = wish;
  document.documentElement.dir = LOCALES[wish].dir;
}

/** What was chosen in this browser, or what the browser itself asks for. */
export function wished(): Locale {
  const { language } = preferences;
  return language === 'auto' ? bestLocale(navigator.languages) : language;
}

/**
 * Speaks what this person chose, now and whenever they choose another. Resolves when the page can speak: in English for
 * a while, or for good, where the words of the language take too long or cannot be had. Raises when those cannot be had
 * either.
 */
export async function followPreferences(): Promise<void> {
  $effect.root(() => {
    $effect(() => {
      void speak(wished());
    });
  });
  // A language that could not be fetched on a bad line is tried once more when the line is back.
  addEventListener('online', () => void speak(wished()));
  addEventListener('languagechange', () => void speak(wished()));
  await Promise.race([speak(wished()), new Promise((done) => setTimeout(done, WORDS_WITHIN))]);
  if (spoken !== silent) return;
  const english = speech('en', await fetched.en());
  if (spoken === silent) spoken = english;
}
