/** What everybody in the hall must have heard last: a text tabled, a silence broken or held, what a poll showed. */

import type { RecordEntry } from '../protocol/generated';
import { t } from '../texts';
import { POSITIONS } from './seats';
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
    sentence: polled(table, entry) ?? told(table, entry),
    words: typeof reason === 'string' ? table.text(reason) : '',
  };
}

/** What a straw poll showed, in figures. */
function polled(table: Table, entry: RecordEntry): string | undefined {
  const result = table.pub.polls.find((one) => one.id === entry.event.poll);
  if (!result) return undefined;
  const answers = Object.values(result.answers);
  const counts = POSITIONS.map((position) => [position, answers.filter((one) => one === position).length] as const);
  return t('turning.polled', { draft: table.draftName(result.draft), ...Object.fromEntries(counts) });
}
