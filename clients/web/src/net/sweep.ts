/**
 * Nothing of a game lies on a device for ever. Whoever leaves a game, or comes to its end, takes everything with them
 * (session.ts); of games that nobody came back to it goes by itself.
 *
 * Whatever is kept of a game is kept under `summit.<kind>.<game>`, with or without more behind it.
 */

import { keep, kept, keysOf, thisBrowser } from './keep';

const DAY = 24 * 3_600_000;
/** What was written and seen. A slow game lasts two weeks at most (rule 7.1); this is twice that. */
export const WORDS_LAST = 30 * DAY;
/** Links of a game one set up, perhaps long before its day: as long as the session that shows them (callers.py). */
export const LINKS_LAST = 60 * DAY;

const openedKey = (game: string): string => `summit.opened.${game}`;

/** Somebody is here: what lies here of this game stays. */
export function markOpened(game: string): void {
  keep(thisBrowser, openedKey(game), Date.now());
}

export function forgetOpened(game: string): void {
  keep(thisBrowser, openedKey(game), undefined);
}

/** When somebody was here last, by this device; 0: not since there are marks. */
export function lastOpened(game: string): number {
  return kept(thisBrowser, openedKey(game), 0);
}

/** Wipes what nobody came back to. For when the page is up, so that the game it opens is marked already. */
export function sweep(now = Date.now()): void {
  for (const [game, keys] of keptByGame()) {
    const opened = lastOpened(game);
    // From before there were marks, or under a clock that was wrong: it has its time from now on.
    if (opened === 0 || opened > now) keep(thisBrowser, openedKey(game), now);
    else for (const key of keys) if (now - opened > lasts(key)) keep(thisBrowser, key, undefined);
  }
}

function lasts(key: string): number {
  return ['links', 'opened'].includes(key.split('.')[1] ?? '') ? LINKS_LAST : WORDS_LAST;
}

function keptByGame(): Map<string, string[]> {
  const games = new Map<string, string[]>();
  for (const key of keysOf(thisBrowser, (one) => one.startsWith('summit.'))) {
    const game = key.split('.')[2];
    if (game) games.set(game, [...(games.get(game) ?? []), key]);
  }
  return games;
}
