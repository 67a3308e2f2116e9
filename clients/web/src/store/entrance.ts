/**
 * How this person comes in: the token of a link, taken out of the address at once, or the short code they typed.
 *
 * Either is exchanged for a session, a cookie that the page cannot read; until then it is kept for this tab only.
 */

import { keep, kept, thisTab } from '../net/keep';
import { forgetLastView } from '../net/lastview';
import { forgetSession } from '../net/session';

const key = (game: string): string => `summit.entrance.${game}`;

/** The token in the address, which is taken out of it: a shoulder or a screenshot could read it there. */
export function takeToken(game: string): string | null {
  const token = location.hash.slice(1);
  if (token) {
    history.replaceState(null, '', location.pathname + location.search);
    keep(thisTab, key(game), token);
    forgetLastView(game); // it may be another's link
  }
  const entrance = token || kept<string | null>(thisTab, key(game), null);
  if (entrance) forgetSession(game);
  return entrance;
}

export function rememberCode(game: string, code: string): void {
  keep(thisTab, key(game), code);
}

export function forgetToken(game: string): void {
  keep(thisTab, key(game), undefined);
}
