/**
 * What this tab saw last, so that a reload shows the table at once and the line only brings what was missed.
 *
 * It lies in the tab's own storage, which goes with the tab; it is wiped when the game is left, when the session or the
 * game ends, and when somebody else's link is opened. public/early.js reads the stream.
 */

import type { Resume } from '../protocol/frames';
import type { View } from '../protocol/generated';
import type { Texts } from '../protocol/names';
import { keep, kept, thisTab } from './keep';

export type LastView = { view: View; texts: Texts; present: string[]; offset: number; resume: Resume };

/** `build`: another version of the page may read views otherwise. */
type Kept = LastView & { build: string; at: number };

const BUILD = import.meta.url;
/** A tab that comes back later begins anew. */
const GOOD_FOR = 3_600_000;

const viewKey = (game: string): string => `summit.view.${game}`;
const streamKey = (game: string): string => `summit.stream.${game}`;

export function lastView(game: string): LastView | null {
  const last = kept<Kept | null>(thisTab, viewKey(game), null);
  const age = Date.now() - (last?.at ?? 0);
  if (last?.build === BUILD && age >= 0 && age < GOOD_FOR) return last;
  if (last) forgetLastView(game);
  return null;
}

export function keepLastView(game: string, last: LastView): void {
  forgetLastView(game);
  keep(thisTab, viewKey(game), { ...last, build: BUILD, at: Date.now() } satisfies Kept);
  keep(thisTab, streamKey(game), last.resume);
}

export function forgetLastView(game: string): void {
  keep(thisTab, streamKey(game), undefined);
  keep(thisTab, viewKey(game), undefined);
}
