/**
 * What this tab saw last, so that a reload shows the table at once and the line only brings what was missed.
 *
 * It lies in the tab's own storage, which goes with the tab, and is shown to the session it belongs to alone: another
 * one that came into this game in the browser meanwhile does not see it. It is wiped when the game is left, when the
 * session or the game ends, and when a link is opened. public/early.js reads the stream.
 */

import type { Resume } from '../protocol/frames';
import type { View } from '../protocol/generated';
import type { Texts } from '../protocol/names';
import { keep, kept, thisTab } from './keep';
import { sessionHere, sessionIn } from './session';

/** `at`: when the server was heard last, by this device. */
export type LastView = { view: View; texts: Texts; present: string[]; offset: number; resume: Resume; at: number };

/** `build`: another version of the page may read views otherwise. */
type Kept = LastView & { build: string };

const BUILD = import.meta.url;
/** A tab that comes back later begins anew. */
const GOOD_FOR = 3_600_000;

const viewKey = (game: string): string => `summit.view.${game}`;
const streamKey = (game: string): string => `summit.stream.${game}`;

export function lastView(game: string): LastView | null {
  const last = kept<Kept | null>(thisTab, viewKey(game), null);
  const age = Date.now() - (last?.at ?? 0);
  if (last?.build === BUILD && age >= 0 && age < GOOD_FOR && sessionIn(last.view) === sessionHere(game)) return last;
  if (last) forgetLastView(game);
  return null;
}

/** Of the texts only those that the view speaks of. Without room for the view there is nothing to go on from. */
export function keepLastView(game: string, last: LastView): void {
  forgetLastView(game);
  const spoken = stringsIn(last.view);
  const texts = Object.fromEntries(Object.entries(last.texts).filter(([id]) => spoken.has(id)));
  const fits = keep(thisTab, viewKey(game), { ...last, texts, build: BUILD } satisfies Kept);
  if (fits) keep(thisTab, streamKey(game), last.resume);
}

export function forgetLastView(game: string): void {
  keep(thisTab, streamKey(game), undefined);
  keep(thisTab, viewKey(game), undefined);
}

function stringsIn(part: unknown, found = new Set<string>()): Set<string> {
  if (typeof part === 'string') found.add(part);
  else if (typeof part === 'object' && part) for (const one of Object.values(part)) stringsIn(one, found);
  return found;
}
