/** What is worth a word about the line to the server. */

import type { TextKey } from '../texts';
import type { Table } from './table.svelte';

/** Milliseconds a good line takes to answer. */
const SOON = 700;

/** That an act just made is under way: once it takes longer than a good line does. */
export function underWay(table: Table): TextKey | null {
  const oldest = table.pending[0]?.at;
  const ticks = table.now > 0; // so that it is asked anew as time passes
  if (oldest === undefined || !ticks || Date.now() - oldest <= SOON) return null;
  return table.link.is === 'lost' ? 'line.waits' : 'line.on_its_way';
}
