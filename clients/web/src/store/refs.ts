/** References to things on the table, as messages carry them: what they are called, and where they open. */

import { list, t } from '../texts';
import { setApart } from '../texts/tongue.svelte';
import type { Desk } from './desk.svelte';
import { seatsIn } from './rooms';
import type { Table } from './table.svelte';
import { openOffers } from './trade';

/** Splits `draft:d1` into what it is and which. */
function parts(ref: string): [kind: string, id: string] {
  const colon = ref.indexOf(':');
  return colon < 0 ? ['', ref] : [ref.slice(0, colon), ref.slice(colon + 1)];
}

/** "Draft C", "¶3 The invitation", "Poland on Draft C"; empty for what this viewer does not know. */
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
  if (kind === 'deal' && knows(table, id)) return t('ref.deal', { title: table.dealTitle(id) });
  const offer = table.priv.trade?.offers[id];
  if (kind === 'offer' && offer)
    return t('ref.offer', {
      seat: table.seatName(offer.by),
      deals: list(offer.deals.map((deal) => setApart(offer.titles[deal] ?? deal))),
    });
  const [draft, seat] = parts(id);
  if (kind === 'position' && table.pub.positions[draft]?.[seat])
    return t('ref.position', { seat: table.seatName(seat), draft: table.draftName(draft) });
  return '';
}

function knows(table: Table, deal: string): boolean {
  return Boolean(table.priv.trade?.deals[deal]) || isPublic(table, deal);
}

function isPublic(table: Table, deal: string): boolean {
  return table.pub.deals.some((one) => one.deal === deal);
}

/** Deals and open offers that everybody in a room knows, as far as this viewer can tell (rule 6.2). */
export function tradeKnownIn(table: Table, room: string): string[] {
  const seats = seatsIn(room);
  const inside = (parties: readonly string[]): boolean =>
    seats.length > 0 && seats.every((seat) => parties.includes(seat));
  const own = Object.values(table.priv.trade?.deals ?? {}).filter((one) => inside(one.signers));
  const deals = new Set([...own.map((one) => one.id), ...table.pub.deals.map((one) => one.deal)]);
  const offers = openOffers(table).filter((one) => inside(one.parties));
  return [...offers.map((one) => `offer:${one.id}`), ...[...deals].map((id) => `deal:${id}`)];
}

/** What nations said in public of the drafts that are open. */
export function positionsStated(table: Table): string[] {
  return table.openDrafts.flatMap(({ id }) =>
    table.pub.scenario.seats
      .filter((seat) => table.pub.positions[id]?.[seat.id])
      .map((seat) => `position:${id}:${seat.id}`),
  );
}

/** Opens what is meant: a draft in the text column, or as a page of its own where the column is taken. */
export function openRef(table: Table, desk: Desk, ref: string): void {
  const [kind, id] = parts(ref);
  if (kind === 'issue') desk.open({ is: 'paragraph', issue: id });
  else if (kind === 'amendment') desk.open({ is: 'amendments', at: id });
  else if (kind === 'draft') readDraft(table, desk, id);
  else if (kind === 'objection') readDraft(table, desk, table.pub.objections[id]?.draft ?? '');
  else if (kind === 'position') desk.lookAt(parts(id)[1]);
  else if (kind === 'deal' || kind === 'offer') desk.showTrade(ref);
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
