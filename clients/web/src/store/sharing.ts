/** The links of a game that this browser set up. The server keeps only their hashes, so they are kept here. */

import type { CreatedGame } from '../net/api';
import { keep, kept, thisBrowser } from '../net/keep';

export type Sharing = { code?: string; join?: string; projector?: string };

const key = (game: string): string => `summit.links.${game}`;

export function rememberLinks(created: CreatedGame): void {
  const { join, projector } = created.links;
  keep(thisBrowser, key(created.game), { code: created.code, join: absolute(join), projector: absolute(projector) });
}

export function sharingOf(game: string): Sharing {
  return kept<Sharing>(thisBrowser, key(game), {});
}

function absolute(link: string): string {
  return new URL(link, location.origin).href;
}
