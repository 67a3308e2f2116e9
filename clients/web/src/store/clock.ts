/** The one clock that counts now, and when it is worth a word. */

import { dayAndTime, type TextKey, timeOfDay, type Values } from '../texts';
import type { PhaseView } from '../protocol/generated';
import type { Table } from './table.svelte';

/** Milliseconds before the end of a part of the meeting from which its clock stands out. */
const LAST_MINUTE = 60_000;

/** Milliseconds before the end at which those who listen are told, once each. */
const WARNINGS = { phase: [60_000], fallback: [60_000], silence: [60_000, 30_000, 10_000] } as const;

export type Running = {
  what: 'phase' | 'silence' | 'fallback';
  /** Server time, in milliseconds. */
  ends: number;
  /** Milliseconds, never below 0; standing still while the clock is stopped. */
  left: number;
  /** Close to the end: a minute before a part of the meeting ends, half a minute before silence does. */
  closing: boolean;
  /** How much of the time is left, 0 to 1; only of silence, whose beginning is known. */
  share: number | null;
};

/** Silence before the leaders' last minutes before the part of the meeting: the nearest decision counts. */
export function running(table: Table): Running | null {
  const { silence, clock } = table.pub;
  if (silence) {
    const left = leftUntil(table, silence.deadline);
    const share = Math.min(1, left / Math.max(1, silence.deadline - silence.opened_at));
    return { what: 'silence', ends: silence.deadline, left, closing: left <= LAST_MINUTE / 2, share };
  }
  const what = clock.fallback ? 'fallback' : 'phase';
  const ends = clock.fallback?.ends_at ?? clock.phase_ends_at;
  if (ends === null || clock.status === 'ended') return null;
  const left = leftUntil(table, ends);
  return { what, ends, left, closing: left <= LAST_MINUTE, share: null };
}

function leftUntil(table: Table, moment: number): number {
  return Math.max(0, table.until(moment));
}

/** What to tell once when the clock went from `before` to `now`: the last threshold it crossed, if any. */
export function warning(before: Running | null, now: Running | null): { text: TextKey; values: Values } | null {
  if (!before || !now || now.what !== before.what || now.ends !== before.ends || now.left === 0) return null;
  const crossed = WARNINGS[now.what].filter((mark) => now.left <= mark && mark < before.left);
  const mark = crossed.at(-1);
  return mark === undefined ? null : { text: `clock.warn_${now.what}`, values: { seconds: mark / 1000 } };
}

/** When something happened: the time of day, with the day where it was not today. */
export function when(table: Table, at: number): string {
  return new Date(at).toDateString() === table.today ? timeOfDay(at) : dayAndTime(at);
}

/** The parts of the meeting that last a time, and which of them it is at; -1 before the first. */
export function agendaOf(table: Table): { parts: PhaseView[]; at: number } {
  const parts = table.pub.scenario.agenda.filter((part) => part.seconds > 0);
  return { parts, at: parts.findIndex((part) => part.id === table.pub.clock.phase) };
}
