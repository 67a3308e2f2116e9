/** Rooms: what they are called, who can read them, and the id of the room of a set of seats. */

import { list, t } from '../texts';
import type { Table, WhyNot } from './table.svelte';

const KINDS = ['plenary', 'delegation', 'facilitator', 'dispatches'] as const;
type Kind = (typeof KINDS)[number] | 'seats';

/** What a room is: `delegation:POL` is a delegation's own, `HUN+POL` one of several seats. */
export function roomKind(room: string): Kind {
  const kind = room.split(':')[0];
  return KINDS.find((one) => one === kind) ?? 'seats';
}

/** The seats in a room, from its id; none stands for everybody. */
export function seatsIn(room: string): string[] {
  const kind = roomKind(room);
  if (kind === 'seats') return room.split('+');
  return kind === 'delegation' || kind === 'facilitator' ? [room.slice(room.indexOf(':') + 1)] : [];
}

/** How a room is named when one writes in it: a delegate has only one delegation, and one line to the facilitator. */
export function roomToWriteIn(table: Table, room: string): string {
  const kind = roomKind(room);
  if (kind === 'delegation' || (kind === 'facilitator' && table.me)) return kind;
  return room;
}

/** A reporter who has not said yet under which name. */
export function nameless(table: Table): boolean {
  return table.priv.you.kind === 'press' && table.can('post_message')?.code === 'press.no_name';
}

/** Why this person cannot write in a room they read. */
export function whyNotWrite(table: Table, room: string): WhyNot {
  const kind = roomKind(room);
  if (table.me && (kind === 'delegation' || kind === 'facilitator')) return table.canWriteTo(kind);
  if (table.me && kind === 'dispatches') return { code: 'client.dispatches', params: {}, rule: '' };
  if (table.priv.you.kind === 'press' && kind !== 'dispatches') return { code: 'client.press', params: {}, rule: '' };
  if (!table.me && (kind === 'delegation' || kind === 'seats'))
    return { code: 'client.overhears', params: {}, rule: '' };
  return table.can('post_message');
}

/** The room of these seats and the own one: their ids in the order of the table. */
export function roomOf(table: Table, others: readonly string[]): string {
  const inside = new Set([...others, ...(table.me ? [table.me] : [])]);
  return table.pub.scenario.seats
    .map((seat) => seat.id)
    .filter((id) => inside.has(id))
    .join('+');
}

/** The others in a bilateral or caucus room. */
export function othersIn(table: Table, room: string): string[] {
  return roomKind(room) === 'seats' ? room.split('+').filter((seat) => seat !== table.me) : [];
}

/** Whether bots play every other seat in a room: they answer drafts, positions and deals, not words. */
export function playedByBots(table: Table, room: string): boolean {
  const seats = table.pub.scenario.seats.map((seat) => seat.id).filter((seat) => seat !== table.me);
  const others = roomKind(room) === 'plenary' ? seats : othersIn(table, room);
  return others.length > 0 && others.every((seat) => table.pub.seats[seat]?.player === 'bot');
}

export function roomName(table: Table, room: string): string {
  const kind = roomKind(room);
  const seat = room.split(':')[1];
  if (kind === 'facilitator' && !table.me) return table.seatName(seat);
  if (kind === 'delegation' && !table.me) return t('room.inside', { seat: table.seatName(seat) });
  if (kind !== 'seats') return t(`room.${kind}`);
  const others = othersIn(table, room);
  return others.length === 1 ? table.seatName(others[0]) : others.join(' · ');
}

/** The facilitator may open the rooms to all after the game, where its reading rule said so before. */
const IF_OPENED = 'everybody if it is opened';

/** Who can read what is written here, said before one writes (rule 5.2). */
export function readersOf(table: Table, room: string): string {
  const kind = roomKind(room);
  if (kind === 'plenary') return t('readers.everybody');
  if (kind === 'dispatches') return t('readers.dispatches');
  if (kind === 'facilitator') {
    return table.me ? t('readers.facilitator') : t('readers.line', { seat: table.seatName(room.split(':')[1]) });
  }
  const seats =
    kind === 'delegation'
      ? t('readers.delegation', { seat: table.seatName(room.split(':')[1]) })
      : list(room.split('+').map((id) => table.seatName(id)));
  const known = table.room(room)?.readers ?? readersByRule(table);
  return t('readers.seats', { seats, reader: facilitatorReads(known), opened: String(known.includes(IF_OPENED)) });
}

/** When the facilitator reads a room of seats that is opened now. */
export function facilitatorWillRead(table: Table): 'live' | 'after' | 'never' {
  return facilitatorReads(readersByRule(table));
}

function facilitatorReads(readers: readonly string[]): 'live' | 'after' | 'never' {
  return readers.includes('facilitator') ? 'live' : readers.length ? 'after' : 'never';
}

/** In an exercise the facilitator reads what is for few: confidences, promises, deals (rule 9.1). */
export function facilitated(table: Table): 'yes' | 'no' {
  return table.pub.game.kind === 'exercise' ? 'yes' : 'no';
}

/** A room that nobody has spoken in yet follows the rule the game began with. */
function readersByRule(table: Table): string[] {
  const { kind, reading } = table.pub.game;
  if (kind === 'open' || reading === 'never') return [];
  return [reading === 'live' ? 'facilitator' : 'facilitator after the end', IF_OPENED];
}
