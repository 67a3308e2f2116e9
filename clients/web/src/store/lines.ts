/** Red lines in the words of the delegation's own brief. */

import type { CrossingView } from '../protocol/generated';
import { list, t } from '../texts';
import { setApart } from '../texts/tongue.svelte';
import type { Table } from './table.svelte';

/** What the server calls a crossing of the list of ways in that the delegation can live with. */
const PATH = 'path_not_acceptable';

export function crossedBy(crossings: readonly CrossingView[], line: string): boolean {
  return crossings.some((crossing) => crossing.line === line);
}

export function lineSentence(table: Table, crossing: CrossingView): string {
  const brief = table.priv.brief;
  if (crossing.line === PATH) return brief?.paths ? setApart(brief.paths) : t('line.path');
  return setApart(brief?.red_lines.find((line) => line.id === crossing.line)?.sentence ?? crossing.line);
}

/** Lines of another delegation that a text crosses, for whoever sees the whole table: how many, and over what. */
export function crossingsInWords(table: Table, crosses: readonly CrossingView[]): string {
  const named = paragraphsCrossed(table, crosses).map((issue) => `¶${table.number(issue)} ${table.issueTitle(issue)}`);
  return t('line.crossed', { count: crosses.length, issues: list(named) });
}

/** The issues that crossings rest on, in the order of the text. */
export function paragraphsCrossed(table: Table, crosses: readonly CrossingView[]): string[] {
  const over = new Set(crosses.flatMap((crossing) => crossing.issues));
  return [...over].sort((one, other) => table.number(one) - table.number(other));
}

/** Which allies' lines a draft crosses, in the order of the table; known to the facilitator alone. */
export function alliesCrossed(table: Table, draft: string): { seat: string; crosses: CrossingView[] }[] {
  return table.pub.scenario.seats
    .filter((seat) => seat.kind === 'voting')
    .map((seat) => ({ seat: seat.id, crosses: table.priv.table?.seats[seat.id]?.drafts[draft]?.crosses ?? [] }))
    .filter((one) => one.crosses.length > 0);
}

export type Light = { id: string; title: string; sentence: string; crossed: boolean; issues: string[] };

/** Every red line, crossed or kept; what is crossed stands first. The list of ways in has a light once it is off it. */
export function lights(table: Table, crosses: readonly CrossingView[]): Light[] {
  const lines = table.priv.brief?.red_lines ?? [];
  const crossed = crosses.map((one) => ({
    id: one.line,
    title: lineTitle(table, one.line),
    sentence: lineSentence(table, one),
    crossed: true,
    issues: paragraphsCrossed(table, [one]),
  }));
  const kept = lines
    .filter((line) => !crossedBy(crosses, line.id))
    .map(({ id, title, sentence }) => ({ id, title: setApart(title), sentence, crossed: false, issues: [] }));
  return [...crossed, ...kept];
}

export function lineTitle(table: Table, line: string): string {
  if (line === PATH) return t('line.path');
  return setApart(table.priv.brief?.red_lines.find((one) => one.id === line)?.title ?? line);
}
