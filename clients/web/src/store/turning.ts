/** What everybody in the hall must have heard last: a text tabled, a silence broken or held, what a poll showed. */

import { told } from './sentences';
import type { Table } from './table.svelte';

export type Turning = {
  at: number;
  sentence: string;
  /** What somebody said with it, in their own words. */
  words: string;
};

const TURNS: ReadonlySet<string> = new Set([
  'draft_tabled',
  'basis_named',
  'poll_closed',
  'silence_broken',
  'silence_held',
  'silence_cancelled',
  'fallback_put',
]);

/** The last of them that was not taken back; undefined when there is none yet. */
export function turning(table: Table): Turning | undefined {
  const entry = table.pub.record.findLast((one) => TURNS.has(one.type) && !one.undone);
  if (!entry) return undefined;
  const { reason } = entry.event;
  return {
    at: entry.at,
    sentence: told(table, entry),
    words: typeof reason === 'string' ? table.text(reason) : '',
  };
}
