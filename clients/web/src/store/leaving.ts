/** Leaving for good, on this device: the seat is given up, and nothing of the game stays here. */

import { api } from '../net/api';
import { forgetAll, thisBrowser, thisTab } from '../net/keep';
import { membersOf } from './delegation';
import type { Table } from './table.svelte';

/** What keeps the seat then: the rest of the delegation, or what was settled for seats that are left (rule 1.6). */
export function keptBy(table: Table): string {
  const { me } = table;
  if (me === null || table.pub.clock.status === 'ended') return 'nobody';
  return membersOf(table, me).length > 1 ? 'others' : (table.pub.seats[me]?.policy ?? 'nobody');
}

/** Raises ApiFault, and then nothing is changed: the line is open again. */
export async function leave(table: Table): Promise<void> {
  table.close(); // no answer to come writes down here what is wiped now
  try {
    await api.leave(table.game);
  } catch (fault) {
    table.open();
    throw fault;
  }
  for (const storage of [thisBrowser, thisTab]) forgetAll(storage, (key) => isOf(table.game, key));
}

/** Whatever is kept of a game is kept under its name. */
function isOf(game: string, key: string): boolean {
  const [ours, ...parts] = key.split('.');
  return ours === 'summit' && parts.includes(game);
}
