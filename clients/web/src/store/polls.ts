/** Straw polls that are closed: every answer at once, and who gave none (rule 3.3). */

import type { PollResultView } from '../protocol/generated';
import type { PositionName } from '../protocol/names';
import { POSITIONS } from './seats';
import type { Table } from './table.svelte';

/** The allies that gave one answer; null: none. */
export type Side = { position: PositionName | null; seats: string[] };

/** The allies by their answer, from the warmest to the coldest; whoever did not answer comes last. */
export function sidesOf(table: Table, poll: PollResultView): Side[] {
  const allies = table.pub.scenario.seats.filter((seat) => seat.kind === 'voting').map((seat) => seat.id);
  return [...POSITIONS, null].map((position) => ({
    position,
    seats: allies.filter((seat) => (poll.answers[seat] ?? null) === position),
  }));
}

/** What those said who have a voice and no vote: they are shown apart (rule 1.1). */
export function withoutVote(table: Table, poll: PollResultView): { seat: string; position: PositionName }[] {
  return table.pub.scenario.seats.flatMap(({ id: seat, kind }) => {
    const position = poll.answers[seat];
    return kind !== 'voting' && position ? [{ seat, position }] : [];
  });
}

/** The latest straw poll on a draft that is closed. */
export function lastPoll(table: Table, draft: string): PollResultView | undefined {
  return table.pub.polls.findLast((poll) => poll.draft === draft);
}

/** Whether straw polls ask this person's delegation: the chair asks them, and answers none. */
export function answersPolls(table: Table): boolean {
  return table.me !== null && !table.isChair;
}
