/** Changes of the own instructions as sentences: what a note from the capital means for this delegation. */

import type { ChangedInstruction } from '../protocol/generated';
import { list, t } from '../texts';
import { setApart } from '../texts/tongue.svelte';
import type { Table } from './table.svelte';

/** One change, as a sentence. */
export function changeInWords(table: Table, { kind, params }: ChangedInstruction): string {
  switch (kind) {
    case 'salience':
      return t('change.salience', {
        dimension: setApart(String(params.title ?? params.dimension)),
        ...upOrDown(params.by),
      });
    case 'preference':
      return t('change.preference', { order: pathsInWords(table, params.order) });
    case 'acceptable':
      return t('change.acceptable', { paths: pathsInWords(table, params.options) });
    case 'red_line':
      return t(params.held ? 'change.red_line_added' : 'change.red_line_dropped', { line: lineTitle(table, params) });
    case 'points':
      return t('change.points', {
        points: Math.abs(Number(params.points)),
        when: params.when ? setApart(String(params.when)) : 'none',
        ...upOrDown(params.points),
      });
    case 'revision':
      return t('change.revision');
  }
}

function upOrDown(by: unknown): { by: number; way: 'more' | 'less' } {
  const amount = Number(by);
  return { by: Math.abs(amount), way: amount < 0 ? 'less' : 'more' };
}

/** The ways in are the options of the first issue. */
function pathsInWords(table: Table, options: unknown): string {
  const ways = table.pub.scenario.issues[0]?.id ?? '';
  return list((Array.isArray(options) ? options : []).map((one) => table.optionLabel(ways, String(one))));
}

function lineTitle(table: Table, params: Record<string, unknown>): string {
  const line = table.priv.brief?.red_lines.find((one) => one.id === params.red_line);
  return setApart(String(params.title ?? line?.title ?? params.red_line));
}
