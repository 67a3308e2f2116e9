/** The own delegation: who is its head now, what waits for a signature, and what a waiting wish says in words. */

import type { CommandType } from '../protocol/commands';
import { FORMAL_ACTS, type MemberView, type PendingActView, type RecordEntry } from '../protocol/generated';
import { list, lookUp, t } from '../texts';
import { keep, kept, thisBrowser } from '../net/keep';
import { isolated } from './plain';
import type { Table } from './table.svelte';
import { namesOf } from './trade';

export function membersOf(table: Table, seat: string | null): MemberView[] {
  return seat ? (table.pub.seats[seat]?.members ?? []) : [];
}

/** Whether an act of this person waits for the signature of their head of delegation. */
export function needsHead(table: Table, act: CommandType): boolean {
  const { signs, kind } = table.priv.you;
  return kind === 'seat' && !signs && FORMAL_ACTS.includes(act);
}

/** A command, or as much of it as tells it from others of its kind. */
export type Wish = { type: CommandType } & Readonly<Record<string, string | number | boolean | null>>;

/** The same wish, prepared already and waiting for the head's signature. */
export function prepared(table: Table, wish: Wish): PendingActView | undefined {
  return table.priv.pending.find(
    ({ seat, command }) =>
      seat === table.me && Object.entries(wish).every(([field, value]) => command[field] === value),
  );
}

/** Who signs for the delegation now. */
export function headOf(table: Table, seat: string): string {
  const members = membersOf(table, seat);
  const head = members.find((one) => one.acting_head) ?? members.find((one) => one.role === 'head');
  return head ? isolated(table.text(head.name)) : table.seatName(seat);
}

/** Acts that wait for this person's signature. */
export function toSign(table: Table): PendingActView[] {
  return table.priv.pending.filter((one) => table.canPending(one.id, 'sign_act') === null);
}

/** Acts that a deadline will soon overtake: in a live game within half a minute (rule 1.4). */
export function inHaste(table: Table): PendingActView[] {
  const soon = table.pub.scenario.signature_warning_seconds * 1000;
  return table.priv.pending.filter((one) => one.until !== null && table.until(one.until) <= soon);
}

/** A wish in words: what the head would sign. */
export function wishInWords(table: Table, command: Record<string, unknown>): string {
  const amendment = table.pub.amendments[String(command.amendment)];
  const offer = table.priv.trade?.offers[String(command.offer)];
  const draft = String(command.draft ?? amendment?.draft ?? '');
  const deals = Array.isArray(command.deals) ? command.deals : (offer?.deals ?? []);
  const accepted = Array.isArray(command.accept) ? command.accept : [];
  return (
    lookUp(`wish.${String(command.type)}`, {
      draft: draft ? table.draftName(draft) : '',
      issues: titles(table, changedIssues(command)),
      accepted: accepted.length ? titles(table, accepted) : 'none',
      position: lookUp(`position.${String(command.position)}`) ?? '',
      rung: lookUp(`ladder.${String(command.rung)}`) ?? '',
      deals: list(deals.map((deal) => table.dealTitle(String(deal)))),
      to: typeof command.to === 'string' ? namesOf(table, [command.to]) : '',
      complement: table.complementTitle(String(command.complement)),
    }) ?? t('wish.other')
  );
}

function changedIssues(command: Record<string, unknown>): unknown[] {
  if (Array.isArray(command.issues)) return command.issues;
  return typeof command.changes === 'object' && command.changes ? Object.keys(command.changes) : [];
}

function titles(table: Table, issues: readonly unknown[]): string {
  return list(issues.map((issue) => table.issueTitle(String(issue))));
}

/** What is written in a wish: reasons, notes and statements, which the head answers for as well. */
export function wordsOf(table: Table, command: Record<string, unknown>): string[] {
  return ['text', 'reason', 'lift', 'note']
    .map((field) => command[field])
    .filter((text): text is string => typeof text === 'string' && text !== '')
    .map((text) => table.text(text));
}

/** What was not signed in time, in words, without what this person has read already. A meeting that is over says more. */
export function lapsed(table: Table, readUpTo: number): { at: number; what: string }[] {
  if (table.pub.outcome) return [];
  const prepared = table.priv.record.filter((entry) => entry.type === 'act_prepared');
  return table.priv.record
    .filter((entry) => entry.type === 'act_lapsed' && entry.at > readUpTo)
    .map(({ at, event }) => {
      const wish = prepared.find((entry) => entry.event.act === event.act)?.event.command;
      return { at, what: wishInWords(table, (wish ?? {}) as Record<string, unknown>) };
    });
}

// --- what this person has read of it

/** `lapsed`: the acts that came too late; `done`: what was done in our name. */
type Told = 'lapsed' | 'done';

const key = (table: Table, what: Told): string => `summit.${what}.${table.game}.${table.me}`;

/** What stand-ins did while nobody sat here, without what this person has read already. */
export function unreadDone(table: Table, readUpTo: number): RecordEntry[] {
  return table.priv.done_for_us.filter((entry) => entry.at > readUpTo);
}

export function readUpTo(table: Table, what: Told): number {
  return kept<number>(thisBrowser, key(table, what), 0);
}

/** Read up to the last of these. */
export function markRead(table: Table, what: Told, told: readonly { at: number }[]): number {
  const last = told.at(-1)?.at ?? 0;
  keep(thisBrowser, key(table, what), last);
  return last;
}
