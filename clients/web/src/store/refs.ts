/** References to things on the table, as messages carry them: what they are called, and where they open. */

import { t } from '../texts';
import type { Desk } from './desk.svelte';
import type { Table } from './table.svelte';

/** Splits `draft:d1` into what it is and which. */
function parts(ref: string): [kind: string, id: string] {
  const colon = ref.indexOf(':');
  return colon < 0 ? ['', ref] : [ref.slice(0, colon), ref.slice(colon + 1)];
}

/** "Draft C", "¶3 The invitation", "Poland’s change to Draft C"; empty for what this viewer does not know. */
export function refName(table: Table, ref: string): string {
  const [kind, id] = parts(ref);
  const amendment = table.pub.amendments[id];
  const objection = table.pub.objections[id];
  if (kind === 'draft' && table.pub.drafts[id]) return table.draftName(id);
  if (kind === 'issue' && table.issue(id))
    return t('ref.issue', { number: table.number(id), title: table.issueTitle(id) });
  if (kind === 'amendment' && amendment)
    return t('ref.amendment', {
      seat: table.seatName(amendment.proposer),
      draft: table.draftName(amendment.draft),
    });
  if (kind === 'objection' && objection)
    return t('ref.objection', { seat: table.seatName(objection.seat), draft: table.draftName(objection.draft) });
  return '';
}

/** Opens what is meant: a draft in the text column, or as a page of its own where the column is taken. */
export function openRef(table: Table, desk: Desk, ref: string): void {
  const [kind, id] = parts(ref);
  if (kind === 'issue') desk.open({ is: 'paragraph', issue: id });
  else if (kind === 'amendment') desk.open({ is: 'amendments', at: id });
  else if (kind === 'draft') readDraft(table, desk, id);
  else if (kind === 'objection') readDraft(table, desk, table.pub.objections[id]?.draft ?? '');
}

/** The text column shows drafts that are open, and none but its own under silence. */
export function readDraft(table: Table, desk: Desk, draft: string): void {
  if (table.pub.drafts[draft]?.status !== 'open' || table.pub.silence) {
    desk.open({ is: 'read', draft });
    return;
  }
  desk.draft = draft === table.pub.floor.basis ? null : draft;
  desk.tab = 'text';
  desk.close();
}
