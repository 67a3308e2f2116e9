/** How a sentence came to read as it does: every revision of a draft that changed it, and what made the change. */

import type { AmendmentView, DraftView, RevisionView } from '../protocol/generated';
import type { Table } from './table.svelte';

/** One change of one paragraph. `from` is null where the paragraph was first put down. */
export type Turn = {
  issue: string;
  revision: number;
  at: number;
  from: string | null;
  to: string;
  how: 'tabled' | 'revised' | 'taken_in' | 'folded';
  /** Who wrote the words: the author of the draft, or whoever proposed what was taken in. */
  by: string;
  /** The proposal or the draft whose words they were. */
  source: string | null;
};

/** The turns of one paragraph, first to last; there is always the first. */
export function turnsOf(table: Table, draft: DraftView, issue: string): Turn[] {
  const revisions: RevisionView[] = [...draft.history, draft];
  return revisions.flatMap((revision, place) => {
    const from = revisions[place - 1]?.package[issue];
    const to = revision.package[issue] ?? '';
    return place > 0 && from === to
      ? []
      : [{ ...madeBy(table, draft, revision, issue, place), from: from ?? null, to }];
  });
}

/** By revision, latest first: what it changed of the one before. The first revision changed nothing. */
export function revisionsOf(table: Table, draft: DraftView): { revision: number; turns: Turn[] }[] {
  const turns = table.pub.scenario.issues.flatMap((issue) => turnsOf(table, draft, issue.id).slice(1));
  const numbers = Array.from({ length: draft.revision - 1 }, (_, place) => draft.revision - place);
  return numbers.map((revision) => ({ revision, turns: turns.filter((one) => one.revision === revision) }));
}

function madeBy(
  table: Table,
  draft: DraftView,
  { at, amendment, folded }: RevisionView,
  issue: string,
  place: number,
): Omit<Turn, 'from' | 'to'> {
  const common = { issue, revision: place + 1, at, by: draft.author, source: null };
  if (place === 0) return { ...common, how: 'tabled' };
  if (amendment) return { ...common, how: 'taken_in', by: writer(table, amendment) ?? draft.author, source: amendment };
  if (folded?.issues.includes(issue))
    return { ...common, how: 'folded', by: writer(table, folded.source) ?? draft.author, source: folded.source };
  return { ...common, how: 'revised' };
}

function writer(table: Table, source: string): string | undefined {
  return table.pub.amendments[source]?.proposer ?? table.pub.drafts[source]?.author;
}

/** Changes of the paragraph that were proposed and did not get into the text, latest first. */
export function notTaken(table: Table, draft: string, issue: string): AmendmentView[] {
  return Object.values(table.pub.amendments)
    .filter((one) => one.draft === draft && Object.hasOwn(one.changes, issue))
    .filter((one) => one.status !== 'open' && !one.accepted.includes(issue))
    .sort((one, other) => other.at - one.at);
}
