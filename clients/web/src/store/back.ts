/** The way back to tables that this browser was at, for whoever closed the page and lost the link. */

import { api, faultOf, type Lobby } from '../net/api';
import { forgetGame, gamesHere } from '../net/session';
import { lastOpened } from '../net/sweep';

export type TableHere = { game: string; lobby: Lobby };

/** More would be a history, not a way back. */
const MOST = 3;

/**
 * The latest first; not where one only stood at the door. What the server knows no more goes from this browser; without
 * a line there is nothing to show.
 */
export async function tablesHere(): Promise<TableHere[]> {
  const latest = gamesHere().sort((one, other) => lastOpened(other) - lastOpened(one));
  const found = await Promise.all(latest.slice(0, MOST).map(look));
  return found.filter((one) => one !== null);
}

async function look(game: string): Promise<TableHere | null> {
  try {
    const lobby = await api.lobby(game);
    const { you } = lobby;
    return you && (you.seat || you.kind !== 'visitor') ? { game, lobby } : null;
  } catch (fault) {
    if (faultOf(fault).status === 404) forgetGame(game);
    return null;
  }
}
