/**
 * Whose words stand on the page: its own, in the language of the page, or the scenario's, which are English wherever
 * nobody has translated them. What listens and what hyphenates has to be told (WCAG 3.1.2), and so has the reader, once
 * a block.
 */

import { getContext, setContext } from 'svelte';

import { locale, type Locale } from '.';

/** By language: what somebody translated. */
let translated = $state.raw<Partial<Record<Locale, ReadonlySet<string>>>>({});

/** From now on these are words of that language. */
export function learnTranslated(language: Locale, words: Iterable<string>): void {
  translated = { ...translated, [language]: new Set([...(translated[language] ?? []), ...words]) };
}

/** The language that words of the scenario stand in. */
export function tongueOf(words: string): Locale {
  const page = locale();
  return translated[page]?.has(words) ? page : 'en';
}

/** Whether words of the scenario stand in another language than the page. */
export function isForeign(words: string): boolean {
  return words !== '' && tongueOf(words) !== locale();
}

// Words within a sentence are set apart by isolates of direction: English runs from left to right in any sentence, and
// where a sentence goes into an attribute, which has no languages, nobody sees or hears them. People's words hold none
// (store/plain).
const [FROM, TO] = [0x2066, 0x2069].map((code) => String.fromCodePoint(code)) as [string, string];
const SET_APART = /\u2066([^\u2069]*)\u2069/;

/** Words of the scenario, fit to stand in a sentence of the page that `Sentence.svelte` shows. */
export function setApart(words: string): string {
  return isForeign(words) ? FROM + words + TO : words;
}

/** A sentence in pieces: every second one is in the scenario's language. */
export function pieces(sentence: string): string[] {
  return sentence.split(SET_APART);
}

/** One part of the page, or one dialog, with words of the scenario in it: it says once that they are English. */
export class Block {
  #foreign = $state(0);

  get isForeign(): boolean {
    return this.#foreign > 0;
  }

  /** For an effect: while it lasts there are such words. */
  hold(): () => void {
    this.#foreign += 1;
    return () => (this.#foreign -= 1);
  }
}

const KEY = Symbol('block');

/** Begins a block, unless it lies in another: then that one says it. A dialog lies in none. */
export function beginBlock(apart = false): Block | undefined {
  return !apart && useBlock() ? undefined : setContext(KEY, new Block());
}

export function useBlock(): Block | undefined {
  return getContext<Block | undefined>(KEY);
}
