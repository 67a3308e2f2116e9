/** Rooms: what they are called, who can read them, and the id of the room of a set of seats. */

import { list, t } from '../texts';
import type { Table } from './table.svelte';

const FIXED = ['plenary', 'delegation', 'facilitator', 'dispatches'] as const;
type Fixed = (typeof FIXED)[number];

function isFixed(room: string): room is Fixed {
  return (FIXED as readonly string[]).includes(room);
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
  return isFixed(room) ? [] : room.split('+').filter((seat) => seat !== table.me);
}

export function roomName(table: Table, room: string): string {
  if (isFixed(room)) return t(`room.${room}`);
  const others = othersIn(table, room);
  return others.length === 1 ? table.seatName(others[0]) : others.join(' · ');
}

/** Who can read what is written here, said before one writes (rule 5.2). */
export function readersOf(table: Table, room: string): string {
  if (room === 'plenary' || room === 'dispatches') return t('readers.everybody');
  if (room === 'facilitator') return t('readers.facilitator');
  const seats =
    room === 'delegation'
      ? t('readers.delegation', { seat: table.seatName(table.me) })
      : list(room.split('+').map((id) => table.seatName(id)));
  const known = table.room(room)?.readers ?? readersByRule(table);
  const reader = known.includes('facilitator') ? 'live' : known.length ? 'after' : 'never';
  return t('readers.seats', { seats, reader });
}

/** A room that nobody has spoken in yet follows the rule the game began with. */
function readersByRule(table: Table): string[] {
  const { kind, reading } = table.pub.game;
  if (kind === 'open' || reading === 'never') return [];
  return [reading === 'live' ? 'facilitator' : 'facilitator after the end'];
}
