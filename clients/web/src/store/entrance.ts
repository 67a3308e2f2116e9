/**
 * How this person comes in: the token of a link, taken out of the address at once, or a short code.
 *
 * Both are kept for this tab only, until a session (a cookie the page cannot read) takes their place.
 */

import { keep, kept, thisTab } from '../net/keep';

export type Entrance = { token?: string; code?: string };

const key = (game: string): string => `summit.entrance.${game}`;

/** Takes the token out of the address bar, where a shoulder or a screenshot could read it. */
export function takeToken(game: string): string | null {
  const token = location.hash.slice(1);
  if (!token) return null;
  history.replaceState(null, '', location.pathname + location.search);
  keep(thisTab, key(game), { ...entranceOf(game), token });
  return token;
}

export function rememberCode(game: string, code: string): void {
  keep(thisTab, key(game), { ...entranceOf(game), code });
}

export function entranceOf(game: string): Entrance {
  return kept<Entrance>(thisTab, key(game), {});
}

export function forgetEntrance(game: string): void {
  keep(thisTab, key(game), undefined);
}
