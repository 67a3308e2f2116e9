/**
 * Whose session this browser holds for a game, and everything that lies here for that session alone.
 *
 * Only the server knows whose it is: until it has said so nothing of anybody's is wiped, and nothing is shown that is
 * not this session's.
 */

import type { View } from '../protocol/generated';
import { forgetAll, keep, kept, keysOf, thisBrowser, thisTab } from './keep';
import { forgetOpened } from './sweep';

/** What somebody wrote: it goes as soon as another session has the game here. */
const WORDS = ['typed', 'pending'] as const;
/** What somebody has seen. Whoever takes another seat for a while finds it again. */
const MARKS = ['seen', 'looked', 'welcomed'] as const;
/** In the tab alone. */
const IN_TAB = ['view', 'stream', 'alone'] as const;

type Kind = (typeof WORDS)[number] | (typeof MARKS)[number];

const sessionKey = (game: string): string => `summit.session.${game}`;
const all = (kind: Kind, game: string): string => `summit.${kind}.${game}.`;

/** Whose session a view is: what it leaves in this browser lies under this name. */
export function sessionIn({ private: { you } }: View): string {
  return `${you.member ?? you.kind}.${you.seat ?? ''}`;
}

/** The key of something that lies here for one session. */
export function keyFor(kind: Kind, game: string, session: string): string {
  return all(kind, game) + session;
}

/** The session that the server spoke to last, in whatever tab of this browser. */
export function sessionHere(game: string): string | null {
  return kept<string | null>(thisBrowser, sessionKey(game), null);
}

/** Games that this browser has a way into. */
export function gamesHere(): string[] {
  return keysOf(thisBrowser, (key) => key.startsWith(sessionKey(''))).map((key) => key.slice(sessionKey('').length));
}

/** The server has said whose session this is: what another one left here goes. */
export function takeOver(game: string, session: string): void {
  keep(thisBrowser, sessionKey(game), session);
  const member = session.slice(0, session.lastIndexOf('.') + 1);
  const isOthers = (kinds: readonly Kind[], mine: string, key: string): boolean =>
    kinds.some((kind) => key.startsWith(all(kind, game)) && !key.startsWith(keyFor(kind, game, mine)));
  forgetAll(thisBrowser, (key) => isOthers(WORDS, `${session}.`, key) || isOthers(MARKS, member, key));
}

/** Another link or code is opened: whose session this is has to be asked. */
export function forgetSession(game: string): void {
  keep(thisBrowser, sessionKey(game), undefined);
}

/** The way in was closed, the session is over, or the game was cleared away: nothing of it stays here. */
export function forgetGame(game: string): void {
  forgetSession(game);
  forgetOpened(game);
  forgetAll(thisBrowser, (key) => [...WORDS, ...MARKS].some((kind) => key.startsWith(all(kind, game))));
  for (const kind of IN_TAB) keep(thisTab, `summit.${kind}.${game}`, undefined);
}
