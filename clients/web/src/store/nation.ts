/** What the table knows of one nation: its people, what it said in public, what there is between it and us. */

import type { DealView, MessageView, OfferView, PromiseView, RecordEntry } from '../protocol/generated';
import type { PositionName } from '../protocol/names';
import { list, t } from '../texts';
import { setApart } from '../texts/tongue.svelte';
import { VIEW_HOLDS } from './archive.svelte';
import { othersIn } from './rooms';
import { memberName } from './seats';
import { told } from './sentences';
import type { Table } from './table.svelte';
import { byStandIn } from './talk';

/** Who sits in a seat, or what keeps it. */
export type Presence = 'here' | 'away' | 'bot' | 'deputy' | 'facilitator' | 'silent';

export function presence(table: Table, seat: string): Presence {
  const state = table.pub.seats[seat];
  if (!state) return 'silent';
  if (state.player !== 'people') return state.player;
  return state.members.length && state.members.every((member) => member.away) ? 'away' : 'here';
}

/** "Anna, head" and "Ben, delegate, away", each a line. */
export function peopleOf(table: Table, seat: string): { id: string; words: string }[] {
  return (table.pub.seats[seat]?.members ?? []).map(({ id, name, role, acting_head, away }) => ({
    id,
    words: t('nation.member', {
      name: table.text(name),
      role: t(`role.${role}`),
      acting: acting_head && role !== 'head' ? 'yes' : 'no',
      away: away ? 'yes' : 'no',
    }),
  }));
}

/** "played by a bot": what keeps a seat where nobody is named. */
export function keptBy(table: Table, seat: string): string {
  const player = table.pub.seats[seat]?.player;
  return player ? t(`player.${player}`) : '';
}

/** How long somebody who spoke is shown as speaking. */
const SPEAKS_FOR = 15_000;

/** Who spoke last in the plenary, while it is fresh. */
export function speaking(table: Table): string | null {
  const last = table.pub.rooms.plenary?.messages.at(-1);
  return last?.seat && table.now - last.at < SPEAKS_FOR ? last.seat : null;
}

export type Said = { at: number; words: string; quotes: string[]; position: PositionName | null; standIn: boolean };

/** Acts by which a nation says something to everybody. What else it does is in the record of the meeting. */
const SAYING: ReadonlySet<string> = new Set([
  'position_stated',
  'rung_taken',
  'silence_broken',
  'objection_withdrawn',
  'draft_tabled',
  'draft_withdrawn',
  'draft_cosponsored',
  'cosponsorship_withdrawn',
  'amendment_proposed',
  'complement_signed',
  'complement_signature_withdrawn',
]);

/** What a nation said and did before everybody, newest first, of the words in the plenary that are known. */
export function saidBy(
  table: Table,
  seat: string,
  plenary: readonly MessageView[] = table.pub.rooms.plenary?.messages ?? [],
): Said[] {
  const acts = table.pub.record
    .filter((entry) => SAYING.has(entry.type) && !entry.undone && seatOf(entry) === seat)
    .map((entry) => ({
      at: entry.at,
      words: told(table, entry),
      quotes: ['reason', 'text', 'lift'].flatMap((field) => quoted(table, entry.event[field])),
      position: positionIn(entry),
      standIn: entry.stand_in,
    }));
  const words = plenary
    .filter((message) => message.seat === seat)
    .map((message) => ({
      at: message.at,
      words: t('nation.in_plenary', { name: memberName(table, message.member) || t('talk.stand_in') }),
      quotes: [table.text(message.text)],
      position: null,
      standIn: byStandIn(table, message),
    }));
  return [...acts, ...words].sort((one, other) => other.at - one.at);
}

/** Since when the record of the meeting goes back, where it does not go back to the beginning. */
export function recordSince(table: Table): number | null {
  const { record } = table.pub;
  return record.length < VIEW_HOLDS ? null : (record[0]?.at ?? null);
}

function seatOf(entry: RecordEntry): unknown {
  const { seat, author, proposer } = entry.event;
  return entry.by ?? seat ?? author ?? proposer;
}

function quoted(table: Table, id: unknown): string[] {
  return typeof id === 'string' && id ? [table.text(id)] : [];
}

function positionIn(entry: RecordEntry): PositionName | null {
  if (entry.type === 'silence_broken') return 'would_object';
  return entry.type === 'position_stated' ? (entry.event.position as PositionName) : null;
}

export type Step = { at: number; position: PositionName; revision: number };

/** How a nation came to stand where it stands on a draft: each change of mind, as far as the record goes back. */
export function stepsOf(table: Table, draft: string, seat: string): Step[] {
  const stated = table.pub.record.filter(
    (entry) => positionIn(entry) && !entry.undone && entry.event.draft === draft && seatOf(entry) === seat,
  );
  const steps = stated.map((entry) => ({
    at: entry.at,
    position: positionIn(entry) as PositionName,
    revision: Number(entry.event.revision),
  }));
  return steps.filter((step, place) => step.position !== steps[place - 1]?.position);
}

/** Rooms we share with a nation that words were said in: those of fewest first. */
export function roomsWith(table: Table, seat: string): string[] {
  return Object.keys(table.priv.rooms)
    .filter((room) => othersIn(table, room).includes(seat))
    .sort((one, other) => one.split('+').length - other.split('+').length);
}

/** What is between a nation and us, as far as we are party to it. */
export type Between = { offers: OfferView[]; deals: DealView[]; toUs: PromiseView[]; byUs: PromiseView[] };

export function betweenUs(table: Table, seat: string): Between {
  const { me } = table;
  const trade = table.priv.trade;
  if (!trade || !me || seat === me) return { offers: [], deals: [], toUs: [], byUs: [] };
  const promises = Object.values(trade.promises).sort((one, other) => other.at - one.at);
  return {
    offers: Object.values(trade.offers).filter((one) => one.status === 'open' && one.parties.includes(seat)),
    deals: Object.values(trade.deals).filter((one) => one.signers.includes(seat)),
    toUs: promises.filter((one) => one.by === seat && one.to === me),
    byUs: promises.filter((one) => one.by === me && one.to === seat),
  };
}

/** What a nation has signed for all to see: commitments beside the alliance, and deals that became known. */
export function signedBy(table: Table, seat: string): string {
  const complements = Object.entries(table.pub.complements)
    .filter(([, state]) => state.sheets.some((sheet) => sheet.signers.includes(seat)))
    .map(([id]) => table.complementTitle(id));
  const deals = table.pub.deals.filter((one) => one.signers.includes(seat)).map((one) => setApart(one.title));
  return list([...complements, ...deals]);
}
