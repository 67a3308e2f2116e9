/** Who stands where, and who plays which seat: read off the view, nothing decided. */

import type { ObjectionView } from '../protocol/generated';
import type { PositionName } from '../protocol/names';
import { list, t } from '../texts';
import { isolated } from './plain';
import type { Table } from './table.svelte';

/** From the warmest to the coldest. */
export const POSITIONS: readonly PositionName[] = ['support', 'can_accept', 'concern', 'would_object'];

/** Whether a position says yes to a text: what a strict game refuses across one's own red lines has its own affordance. */
export function consents(position: PositionName): boolean {
  return position === 'support' || position === 'can_accept';
}

export type Standing = {
  position: PositionName;
  stale: boolean;
  issues: string[];
  reason: string | null;
  lift: string | null;
  at: number;
  confided: boolean;
};

/** Where a seat stands on a draft, as far as this viewer knows. The author stands behind its own. */
export function standing(table: Table, draft: string | null, seat: string): Standing | undefined {
  const on = draft ? table.pub.drafts[draft] : undefined;
  if (!draft || !on) return undefined;
  const said = table.position(draft, seat);
  const objection = standingObjection(table, draft, seat);
  if (objection && objection.at >= (said?.at ?? 0)) {
    const { issues, reason, lift, at, revision } = objection;
    return { position: 'would_object', stale: revision < on.revision, issues, reason, lift, at, confided: false };
  }
  if (said) return { ...said, stale: said.revision < on.revision };
  if (on.author !== seat && !on.cosponsors.includes(seat)) return undefined;
  return { position: 'support', stale: false, issues: [], reason: null, lift: null, at: on.tabled_at, confided: false };
}

/** A broken silence speaks until it is withdrawn, or what it waits for has happened. */
function standingObjection(table: Table, draft: string, seat: string): ObjectionView | undefined {
  return Object.values(table.pub.objections).findLast(
    (one) => one.draft === draft && one.seat === seat && !one.withdrawn && !one.lifted,
  );
}

export type Counted = { position: PositionName | null; stale: boolean; count: number };

/** The allies' positions on a draft, counted; what was said of an earlier revision apart. */
export function tally(table: Table, draft: string): Counted[] {
  const stands = table.pub.scenario.seats
    .filter((seat) => seat.kind === 'voting')
    .map((seat) => standing(table, draft, seat.id));
  return [...POSITIONS, null].flatMap((position) =>
    [false, true].map((stale) => {
      const counted = stands.filter((one) => (one?.position ?? null) === position && (one?.stale ?? false) === stale);
      return { position, stale, count: counted.length };
    }),
  );
}

/** Where those stand who have no vote: with the allies in the room, and in no count of them (rule 1.1). */
export function voicesWithoutVote(table: Table, draft: string): { seat: string; stands: Standing }[] {
  return table.pub.scenario.seats.flatMap(({ id: seat }) => {
    const stands = table.hasNoVote(seat) ? standing(table, draft, seat) : undefined;
    return stands ? [{ seat, stands }] : [];
  });
}

/** One seat in words, for those who do not see the ring: "Hungary, Draft C: would object, played by a bot". */
export function seatLabel(table: Table, draft: string | null, seat: string): string {
  const stands = standing(table, draft, seat);
  const words = [table.seatName(seat)];
  if (stands && draft) {
    const position = t(`position.${stands.position}`);
    words.push(t('seat.stands', { position, draft: table.draftName(draft), stale: stands.stale ? 'yes' : 'no' }));
  }
  if (table.hasNoVote(seat)) words.push(t('seat.no_vote'));
  words.push(playedBy(table, seat));
  return words.join(', ');
}

/** "Anna and Ben", or what keeps the seat while nobody sits there. */
export function playedBy(table: Table, seat: string): string {
  const state = table.pub.seats[seat];
  if (!state) return '';
  if (state.player !== 'people') return t(`player.${state.player}`);
  return list(state.members.map((member) => isolated(table.text(member.name)))) || t('player.people');
}

/** The name under which this reporter publishes. */
export function byline(table: Table): string {
  const { kind, member } = table.priv.you;
  const name = kind === 'press' && member ? table.pub.press[member]?.name : undefined;
  return name ? isolated(table.text(name)) : '';
}

/** The name of a member, wherever they sit. */
export function memberName(table: Table, member: string | null): string {
  if (!member) return '';
  for (const seat of Object.values(table.pub.seats)) {
    const found = seat.members.find((one) => one.id === member);
    if (found) return isolated(table.text(found.name));
  }
  return '';
}
