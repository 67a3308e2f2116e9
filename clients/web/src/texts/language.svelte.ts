/**
 * Which language is spoken now. English is always here; another is fetched when somebody chooses it, and everything on
 * the page that was said by `t` is said anew.
 */

import { createIntl, createIntlCache, type IntlShape } from '@formatjs/intl';

import { part } from '../net/part';
import { preferences } from '../store/preferences.svelte';
import { type Catalogue, whole } from './catalogue';
import { en } from './en';
import { events } from './en-events';
import { refusals } from './en-refusals';
import { bestLocale, LOCALES, type Locale } from './locales';

/** `intl` is made when it is first asked for: that takes long, and most sentences have nothing to fill in. */
type Speech = { locale: Locale; messages: Catalogue; readonly intl: IntlShape };

const fetched: Record<Exclude<Locale, 'en'>, () => Promise<Catalogue>> = {
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

const english = speech('en', whole(en, events, refusals));

let spoken = $state.raw(english);
let latest: Locale = 'en';

/** The locale of what is on the page; follows the wish as soon as its words have come. */
export function locale(): Locale {
  return spoken.locale;
}

export function intl(): IntlShape {
  return spoken.intl;
}

/** Who can say this: the chosen language, or English where a translation is missing. */
export function sayer(key: string): Speech | undefined {
  if (Object.hasOwn(spoken.messages, key)) return spoken;
  return Object.hasOwn(english.messages, key) ? english : undefined;
}

/** A sentence that only translations have (names that scenarios share); undefined in English. */
export function translated(key: string): string | undefined {
  return spoken === english ? undefined : spoken.messages[key];
}

/** Speaks a language from now on. Without a connection to fetch it by, things stay as they are. */
export async function speak(wish: Locale): Promise<void> {
  latest = wish;
  if (wish !== spoken.locale) {
    try {
      const next = wish === 'en' ? english : speech(wish, await fetched[wish]());
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

/** Speaks what this person chose, now and whenever they choose another; resolves when the first words are there. */
export function followPreferences(): Promise<void> {
  $effect.root(() => {
    $effect(() => {
      void speak(wished());
    });
  });
  // A language that could not be fetched on a bad line is tried once more when the line is back.
  addEventListener('online', () => void speak(wished()));
  addEventListener('languagechange', () => void speak(wished()));
  return speak(wished());
}
