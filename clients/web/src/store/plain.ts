/** What people wrote, made fit to stand among the words of the page: it may say anything, and changes nothing else. */

import type { Texts } from '../protocol/names';

/** Characters that turn the direction of what follows them, or end such a turn: of no use but to confuse. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** No script piles more marks on a letter than this. */
const PILES = /(\p{M}{4})\p{M}+/gu;

/** Letters of scripts that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|\ud802|\ud803|\ud83a|\ud83b/;

/** A text as it is shown: without overrides of direction, and with no more marks on a letter than a script has. */
export function plain(text: string): string {
  return text.replace(TURNS, '').replace(PILES, '$1');
}

/** All of them, as they arrive; one that was erased stays so. */
export function allPlain(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, text === null ? null : plain(text)]));
}

/** A name inside a sentence of the page: its direction ends with it. */
export function isolated(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}
