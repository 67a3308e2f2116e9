/** The links of a game that this browser set up. The server keeps only their hashes, so they are kept here. */

import type { CreatedGame, LinkAnswer } from '../net/api';
import { keep, kept, thisBrowser } from '../net/keep';

/** `own` opens the game as its facilitator or host from another browser. */
export type Sharing = { code?: string; join?: string; projector?: string; own?: string };

const key = (game: string): string => `summit.links.${game}`;

export function rememberLinks(created: CreatedGame): void {
  const { join, projector, facilitator, host } = created.links;
  const own = facilitator ?? host;
  keep(thisBrowser, key(created.game), {
    code: created.code,
    join: absolute(join),
    projector: absolute(projector),
    ...(own ? { own: absolute(own) } : {}),
  });
}

export function sharingOf(game: string): Sharing {
  return kept<Sharing>(thisBrowser, key(game), {});
}

/** Addresses of links made in this browser, by the link's id: the server tells each once. */
export function linkAddresses(game: string): Record<string, string> {
  return kept<Record<string, string>>(thisBrowser, `${key(game)}.made`, {});
}

export function rememberAddress(game: string, { id, url }: LinkAnswer): void {
  if (url) keep(thisBrowser, `${key(game)}.made`, { ...linkAddresses(game), [id]: url });
}

/** The page of a game. */
export function linkTo(game: string): string {
  return absolute(`/g/${encodeURIComponent(game)}`);
}

function absolute(link: string): string {
  return new URL(link, location.origin).href;
}
