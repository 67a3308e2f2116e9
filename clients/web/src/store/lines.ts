/** Red lines in the words of the delegation's own brief. */

import type { CrossingView } from '../protocol/generated';
import { t } from '../texts';
import type { Table } from './table.svelte';

/** What the server calls a crossing of the list of ways in that the delegation can live with. */
const PATH = 'path_not_acceptable';

export function crossedBy(crossings: readonly CrossingView[], line: string): boolean {
  return crossings.some((crossing) => crossing.line === line);
}

export function lineSentence(table: Table, crossing: CrossingView): string {
  const brief = table.priv.brief;
  if (crossing.line === PATH) return brief?.paths || t('line.path');
  return brief?.red_lines.find((line) => line.id === crossing.line)?.sentence ?? crossing.line;
}

export function lineTitle(table: Table, line: string): string {
  if (line === PATH) return t('line.path');
  return table.priv.brief?.red_lines.find((one) => one.id === line)?.title ?? line;
}
