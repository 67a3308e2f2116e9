/** What this person chose for this browser: how the page looks, what it says it in, what it may do unasked. */

import { keep, kept, thisBrowser } from '../net/keep';
import type { Locale } from '../texts/locales';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

type Kept = { theme: Theme; language: Locale | 'auto'; sound: boolean; titleBadge: boolean; keys: boolean };

/** public/early.js reads it as well, before anything is painted. */
export const PREFERENCES_KEY = 'summit.preferences';

const AT_FIRST: Kept = { theme: 'system', language: 'auto', sound: true, titleBadge: true, keys: true };

export class Preferences {
  #chosen = $state.raw<Kept>({ ...AT_FIRST, ...kept<Partial<Kept>>(thisBrowser, PREFERENCES_KEY, {}) });

  constructor() {
    this.#wear();
  }

  get theme(): Theme {
    return this.#chosen.theme;
  }

  set theme(theme: Theme) {
    this.#choose({ theme });
    this.#wear();
  }

  /** `auto`: the first of the browser's languages that the interface is written in. */
  get language(): Locale | 'auto' {
    return this.#chosen.language;
  }

  set language(language: Locale | 'auto') {
    this.#choose({ language });
  }

  /** Whether a message that comes while the tab is hidden may be heard. */
  get sound(): boolean {
    return this.#chosen.sound;
  }

  set sound(sound: boolean) {
    this.#choose({ sound });
  }

  /** Whether the tab's title counts what came while it was hidden. */
  get titleBadge(): boolean {
    return this.#chosen.titleBadge;
  }

  set titleBadge(titleBadge: boolean) {
    this.#choose({ titleBadge });
  }

  /** Whether single letters open the brief and the notes. */
  get keys(): boolean {
    return this.#chosen.keys;
  }

  set keys(keys: boolean) {
    this.#choose({ keys });
  }

  #choose(change: Partial<Kept>): void {
    this.#chosen = { ...this.#chosen, ...change };
    keep(thisBrowser, PREFERENCES_KEY, this.#chosen);
  }

  /** `<html data-theme>`; without it the style sheet follows the system. */
  #wear(): void {
    if (typeof document === 'undefined') return;
    const page = document.documentElement;
    if (this.theme === 'system') delete page.dataset.theme;
    else page.dataset.theme = this.theme;
  }
}

export const preferences = new Preferences();
