/** Offers, promises and objections in words: ids become names here. */

import type { ObjectionView, OfferView, PromiseFormView, PromiseView } from '../protocol/generated';
import type { Package } from '../protocol/names';
import { list, t } from '../texts';
import { setApart } from '../texts/tongue.svelte';
import type { Table, WhyNot } from './table.svelte';

/** What an offer is worth to the own delegation: the points of those of its deals that it signs itself. */
export function worthOf(table: Table, deals: readonly string[]): number {
  return deals.reduce((sum, deal) => sum + (table.priv.trade?.deals[deal]?.points ?? 0), 0);
}

/** Everybody who has to sign for these deals to come into force together, in the order of the table. */
export function signersOf(table: Table, deals: readonly string[]): string[] {
  const signers = new Set(deals.flatMap((deal) => table.priv.trade?.deals[deal]?.signers ?? []));
  return table.pub.scenario.seats.map((seat) => seat.id).filter((seat) => signers.has(seat));
}

/** The reason why none of several things can be done, where it is one reason. */
export function sharedReason(reasons: readonly WhyNot[]): WhyNot {
  const first = reasons[0] ?? null;
  return reasons.every((one) => one?.code === first?.code) ? first : null;
}

export function namesOf(table: Table, seats: readonly string[]): string {
  return list(seats.map((seat) => table.seatName(seat)));
}

/** Open offers first those that wait for us; then the others, newest first. */
export function openOffers(table: Table): OfferView[] {
  const waiting = (offer: OfferView): number => (offer.signed.includes(table.me ?? '') ? 1 : 0);
  return Object.values(table.priv.trade?.offers ?? {})
    .filter((one) => one.status === 'open')
    .sort((one, other) => waiting(one) - waiting(other) || other.at - one.at);
}

/** Offers that wait for the own delegation's signature. */
export function offersToAnswer(table: Table): OfferView[] {
  const { me } = table;
  return me ? openOffers(table).filter((one) => !one.signed.includes(me)) : [];
}

export function closedOffers(table: Table): OfferView[] {
  return Object.values(table.priv.trade?.offers ?? {})
    .filter((one) => one.status !== 'open')
    .sort((one, other) => other.at - one.at);
}

/** "Reform: explicit, EU measure; Target date: none". */
export function optionsInWords(table: Table, options: Package): string {
  return list(
    Object.entries(options).map(([issue, option]) => `${table.issueTitle(issue)}: ${table.optionLabel(issue, option)}`),
  );
}

/** What can be checked of a promise, as a sentence; empty for words alone. */
export function formInWords(table: Table, promise: Pick<PromiseView, 'by' | 'form' | 'until'>): string {
  const { form, until } = promise;
  if (!form) return '';
  return t(`promise.says_${form.kind}`, {
    by: table.seatName(promise.by),
    options: optionsInWords(table, form.options),
    what: signatureInWords(table, form),
    until: until ? t('promise.until_phase', { phase: table.phaseTitle(until) }) : t('promise.until_end'),
  });
}

/** What will decide whether it was kept (rule 6.3). */
export function decidesInWords(form: PromiseFormView): string {
  return t(`promise.decides_${form.kind === 'will_sign' && form.deal ? 'will_sign_deal' : form.kind}`);
}

function signatureInWords(table: Table, form: PromiseFormView): string {
  if (form.deal) return table.dealTitle(form.deal);
  return form.complement ? table.complementTitle(form.complement) : '';
}

/** What would lift an objection by itself, beside its words. */
export function liftsInWords(objection: ObjectionView): string {
  return list(objection.lifted_by.map((one) => setApart(objection.titles[one] ?? one)));
}
