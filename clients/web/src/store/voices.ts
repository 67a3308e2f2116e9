/** Why nations say what they say of a paragraph: everything on the public record that refers to it. */

import type { PositionName } from '../protocol/names';
import { standing, type Standing } from './seats';
import type { Table } from './table.svelte';

export type Voice = {
  key: string;
  seat: string;
  at: number;
  how: 'position' | 'said' | 'statement' | 'footnote';
  /** Where the nation stands, when it named the paragraph in doing so. */
  position: PositionName | null;
  /** Said of an earlier revision. */
  stale: boolean;
  /** Told to the chair alone. */
  confided: boolean;
  /** The draft it was said of; null for words in the plenary. */
  draft: string | null;
  /** Text ids. */
  words: string | null;
  lift: string | null;
};

/** What was said of a paragraph, on any open draft and in the plenary: latest first. */
export function voicesOn(table: Table, issue: string): Voice[] {
  return [...positions(table, issue), ...rungs(table, issue), ...speeches(table, issue)].sort(
    (one, other) => other.at - one.at,
  );
}

/** What was said of a draft without naming a paragraph: an objection, or why one supports it. Latest first. */
export function voicesOnWhole(table: Table, draft: string): Voice[] {
  return positionsOn(table, draft, ({ reason, issues }) => !issues.length && reason !== null).sort(
    (one, other) => other.at - one.at,
  );
}

function positions(table: Table, issue: string): Voice[] {
  return table.openDrafts.flatMap(({ id }) => positionsOn(table, id, ({ issues }) => issues.includes(issue)));
}

function positionsOn(table: Table, draft: string, meant: (stands: Standing) => boolean): Voice[] {
  return table.pub.scenario.seats.flatMap(({ id: seat }) => {
    const stands = standing(table, draft, seat);
    if (!stands || !meant(stands)) return [];
    const { position, stale, confided, at, reason: words, lift } = stands;
    const said = { position, stale, confided, at, words, lift };
    return [{ key: `${draft} ${seat}`, seat, how: 'position' as const, draft, ...said }];
  });
}

/** Statements and footnotes that name the paragraph, while silence runs. */
function rungs(table: Table, issue: string): Voice[] {
  const { silence } = table.pub;
  return Object.entries(silence?.rungs ?? {}).flatMap(([seat, { rung, issues, text, at }]) =>
    silence && (rung === 'footnote' || rung === 'statement') && issues.includes(issue)
      ? [{ ...plain, key: `rung ${seat}`, seat, at, how: rung, draft: silence.draft, words: text }]
      : [],
  );
}

function speeches(table: Table, issue: string): Voice[] {
  return (table.pub.rooms.plenary?.messages ?? []).flatMap(({ seat, at, text, refs }, place) =>
    seat && refs.includes(`issue:${issue}`)
      ? [{ ...plain, key: `said ${place}`, seat, at, how: 'said' as const, draft: null, words: text }]
      : [],
  );
}

const plain = { position: null, stale: false, confided: false, lift: null };

export type Concern = { seat: string; position: PositionName; vote: boolean };

/** By paragraph: who has a concern about it in a draft, the gravest first; those who have no vote after the others. */
export function concernsOf(table: Table, draft: string): Map<string, Concern[]> {
  const found = new Map<string, Concern[]>();
  const seats = table.pub.scenario.seats.map((seat) => ({ seat: seat.id, vote: !table.hasNoVote(seat.id) }));
  for (const vote of [true, false])
    for (const position of ['would_object', 'concern'] as const)
      for (const { seat } of seats.filter((one) => one.vote === vote)) {
        const stands = standing(table, draft, seat);
        if (stands?.position !== position) continue;
        for (const issue of stands.issues) found.set(issue, [...(found.get(issue) ?? []), { seat, position, vote }]);
      }
  return found;
}
