/**
 * What happened while this person did not look: the page was hidden, the line was lost, or they come back on another
 * day. "Looking" is kept on the device; the server does not know about it.
 */

import { keep, kept, thisBrowser } from '../net/keep';
import { keyFor, sessionIn } from '../net/session';
import type { MessageView, RecordEntry } from '../protocol/generated';
import type { News, Table } from './table.svelte';

/** A shorter absence is nobody's business. */
export const A_GAP = 60_000;
/** How often the moment is written down. */
const NOTED_EVERY = 5_000;

export type Missed = {
  since: number;
  until: number;
  /** Oldest first; positions are told apart, only the last of each nation on each draft. */
  happened: RecordEntry[];
  positions: RecordEntry[];
  said: { room: string; count: number }[];
  news: News[];
};

const key = (table: Table): string => keyFor('looked', table.game, table.view ? sessionIn(table.view) : '');

/** Notes the moments at which somebody looks at the table, and tells the gaps between them. */
export class Lookout {
  readonly #table: Table;
  #looked: number;
  #noted = 0;

  constructor(table: Table) {
    this.#table = table;
    this.#looked = kept(thisBrowser, key(table), 0);
  }

  /** Somebody looks, now. After a gap: since when they had not. */
  look(now: number): number | null {
    const before = this.#looked;
    const gap = before > 0 && now - before > A_GAP;
    this.#looked = now;
    if (gap || now - this.#noted >= NOTED_EVERY) {
      this.#noted = now;
      keep(thisBrowser, key(this.#table), now);
    }
    return gap ? before : null;
  }
}

/** What a person who last looked at `since` has not seen, of these rooms; null when there is nothing to tell. */
export function missedSince(
  table: Table,
  since: number,
  rooms: readonly string[],
  isMine: (message: MessageView) => boolean,
): Missed | null {
  const { happened, positions } = recordSince(table, since);
  const said = rooms
    .map((room) => ({
      room,
      count: table.room(room)?.messages.filter((one) => one.at > since && !isMine(one)).length ?? 0,
    }))
    .filter(({ count }) => count > 0);
  const news = table.news.filter((one) => one.at > since);
  if (!happened.length && !positions.length && !said.length && !news.length) return null;
  return { since, until: table.now, happened, positions, said, news };
}

function recordSince(table: Table, since: number): Pick<Missed, 'happened' | 'positions'> {
  const { member } = table.priv.you;
  const fresh = [...table.pub.record, ...table.priv.record]
    .filter((entry) => entry.at > since && !entry.undone && (entry.member === null || entry.member !== member))
    .sort((one, other) => one.at - other.at);
  const latest = new Map<string, RecordEntry>();
  for (const entry of fresh) {
    if (entry.type === 'position_stated') latest.set(`${entry.by} ${String(entry.event.draft)}`, entry);
  }
  return { happened: fresh.filter((entry) => entry.type !== 'position_stated'), positions: [...latest.values()] };
}
