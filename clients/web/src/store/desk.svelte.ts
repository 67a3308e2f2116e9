/** What lies open on this person's desk: nothing here is known to the server. */

import { getContext, setContext } from 'svelte';

import { api } from '../net/api';
import { keep, kept, thisBrowser } from '../net/keep';
import { keyFor, sessionIn } from '../net/session';
import type { DraftView, MessageView, RecordEntry } from '../protocol/generated';
import type { Package, RungName } from '../protocol/names';
import { Archive } from './archive.svelte';
import type { News, Table } from './table.svelte';
import { offersToAnswer } from './trade';

export type Tab = 'text' | 'room' | 'talk' | 'us';

/** What lies beside the text: words, deals, news. */
export type Beside = 'talk' | 'trade' | 'news';

/** The one dialog that may be open. */
export type Sheet =
  | { is: 'brief' }
  | { is: 'notes' }
  | { is: 'preferences' }
  | { is: 'welcome' }
  | { is: 'tour' }
  | { is: 'paragraph'; issue: string; option?: string }
  | { is: 'read'; draft: string }
  | { is: 'revisions'; draft: string }
  | { is: 'propose'; draft: string; changes: Package }
  | { is: 'table_draft'; handed?: Package }
  | { is: 'position'; draft: string }
  | { is: 'amendments'; at?: string }
  | { is: 'drafts' }
  | { is: 'compare'; drafts?: string[] }
  | { is: 'poll' }
  | { is: 'open_poll'; draft: string }
  | { is: 'open_silence'; draft: string }
  | { is: 'rung'; rung: RungName }
  | { is: 'break' }
  | { is: 'new_room'; seats?: readonly string[] }
  | { is: 'run' }
  | { is: 'announce' }
  | { is: 'share' }
  | { is: 'record' }
  | { is: 'offer'; deals: string[]; counterTo: string | null }
  | { is: 'promise'; to: string | null }
  | { is: 'complement'; complement: string }
  | { is: 'delegation' }
  | { is: 'leave' }
  | { is: 'drivers'; draft: string }
  | { is: 'fold' }
  | { is: 'communique' }
  | { is: 'plan' }
  | { is: 'rewind' }
  | { is: 'after' };

/** What one may want to read in the middle of something else. */
export type LookedUp = 'brief' | 'notes';

/** Among the rooms of `seen`; no room can be called so. */
const NEWS = 'news:';
const TRADE = 'trade:';

/** What is to be read under Trade once it has happened. */
const TRADED: ReadonlySet<string> = new Set([
  'promise_made',
  'promise_judged',
  'deals_in_force',
  'deal_published',
  'complement_signed',
  'complement_in_force',
  'congress_voted',
]);

/** What reached this person from outside the talk and has not been looked at. */
export type Arrival =
  { is: 'news'; at: number; news: News } | { is: 'message'; at: number; room: string; message: MessageView };

export class Desk {
  readonly #table: Table;
  tab = $state<Tab>('text');
  sheet = $state.raw<Sheet | null>(null);
  /** Looked up while a dialog is open: it lies on top, and what was begun below it goes on. */
  lookedUp = $state<LookedUp | null>(null);
  /** The draft in the text column; null shows the text on the floor. */
  draft = $state<string | null>(null);
  /** The nation being looked at. */
  nation = $state<string | null>(null);
  room = $state('plenary');
  beside = $state<Beside>('talk');
  /** The deal or offer that is looked for under Trade, as a message refers to it. */
  wanted = $state<string | null>(null);
  /** Under silence the text stands alone; the rest comes when asked for. */
  aside = $state(false);
  /** After the end: at the table again, to talk, instead of reading what became of it. */
  backAtTable = $state(false);
  /** Talk from before what the view holds. */
  readonly archive = new Archive();
  /** By room: the time of the last message this person has seen. */
  seen = $derived(kept<Record<string, number>>(thisBrowser, this.#seenKey, {}));

  constructor(table: Table) {
    this.#table = table;
  }

  open(sheet: Sheet): void {
    this.sheet = sheet;
  }

  close(): void {
    this.sheet = null;
  }

  lookUp(what: LookedUp): void {
    if (this.sheet?.is === what) return;
    if (this.sheet) this.lookedUp = what;
    else this.open({ is: what });
  }

  lookAt(nation: string | null): void {
    this.nation = nation;
    if (nation) this.tab = 'room';
  }

  enter(room: string): void {
    this.room = room;
    this.lay('talk');
  }

  /** Brings one of the things beside the text before this person, on a phone too. */
  lay(beside: Beside): void {
    this.beside = beside;
    this.tab = 'talk';
    this.aside = true;
  }

  /** Brings a deal or an offer before this person: whatever shows it comes into view. */
  showTrade(ref: string): void {
    this.close();
    this.wanted = ref;
    this.lay('trade');
  }

  /** The text before this person: the one under silence, else the draft they look at, else the one on the floor. */
  get text(): DraftView | null {
    const { drafts, silence } = this.#table.pub;
    return drafts[silence?.draft ?? this.draft ?? ''] ?? this.#table.basis;
  }

  markSeen(room: string, at: number): void {
    if ((this.seen[room] ?? 0) >= at) return;
    this.seen = { ...this.seen, [room]: at };
    keep(thisBrowser, this.#seenKey, this.seen);
  }

  unread(room: string): number {
    const since = this.seen[room] ?? 0;
    return this.#table.room(room)?.messages.filter((one) => one.at > since && !this.isMine(one)).length ?? 0;
  }

  /**
   * Rooms this person is in, as they are listed: the plenary, the dispatches once there are any, the own delegation,
   * then the others, newest talk first.
   */
  get rooms(): string[] {
    const own = this.#table.priv.rooms;
    const last = (id: string): number => own[id]?.messages.at(-1)?.at ?? 0;
    const fixed = ['plenary'];
    const announces = ['facilitator', 'press'].includes(this.#table.priv.you.kind);
    if (announces || this.#table.room('dispatches')?.messages.length) fixed.push('dispatches');
    if (this.#table.me) fixed.push(`delegation:${this.#table.me}`);
    if (this.#table.me && this.#table.pub.game.kind === 'exercise') fixed.push(`facilitator:${this.#table.me}`);
    const talks = Object.keys(own).filter((id) => !fixed.includes(id));
    return [...fixed, ...talks.sort((one, other) => last(other) - last(one))];
  }

  /** What was said in a room, with what was fetched of earlier talk. */
  said(room: string): readonly MessageView[] {
    return this.archive.joined(room, this.#shown(room));
  }

  /** Whether something may have been said in a room before what is known of it. */
  mayHoldMore(room: string): boolean {
    return !this.#table.readOnly && this.archive.mayHoldMore(room, this.#shown(room));
  }

  /** Fetches a page of what was said before. Resolves with what puts it there; raises ApiFault. */
  async earlier(room: string): Promise<() => void> {
    const known = this.said(room);
    const first = known[0];
    if (!first) return () => undefined;
    const { messages, texts, complete } = await api.earlierTalk(this.#table.game, room, first.text);
    return () => {
      if (this.said(room)[0]?.text !== first.text && this.archive.rooms.includes(room)) return; // asked for twice
      this.#table.learn(texts);
      this.archive.put(room, messages, known, complete);
      this.archive.keepUp(room, this.#shown(room));
    };
  }

  /** What was fetched of any room stays joined to what is said there now. For an effect. */
  keepArchive(): void {
    for (const room of this.archive.rooms) this.archive.keepUp(room, this.#shown(room));
  }

  #shown(room: string): readonly MessageView[] {
    return this.#table.room(room)?.messages ?? [];
  }

  /** Written by this very person; a colleague of the same delegation is somebody to be read. */
  isMine(message: MessageView): boolean {
    const { kind, member, seat } = this.#table.priv.you;
    // whoever runs the game speaks without a name, in their own place or in a seat's
    if (kind === 'facilitator') return message.member === null && (message.seat === null || message.seat === seat);
    return member !== null && message.member === member;
  }

  /** Everything that waits to be looked at. */
  get waiting(): number {
    return this.unreadTalk + this.unreadTrade + this.unreadNews;
  }

  get unreadTalk(): number {
    return this.rooms.reduce((sum, room) => sum + this.unread(room), 0);
  }

  /** Offers that wait for this delegation's signature, and what happened in trade since one last looked there. */
  get unreadTrade(): number {
    const since = this.seen[TRADE] ?? 0;
    return offersToAnswer(this.#table).length + this.#traded.filter((one) => one.at > since).length;
  }

  markTradeSeen(): void {
    const last = Math.max(0, ...this.#traded.map((one) => one.at));
    if (last) this.markSeen(TRADE, last);
  }

  /** What others did in trade that concerns this person: everybody's own, and what is public. */
  get #traded(): RecordEntry[] {
    const { me, pub, priv } = this.#table;
    const { member } = priv.you;
    return [...pub.record, ...(me ? priv.record : [])].filter(
      (one) =>
        TRADED.has(one.type) &&
        !one.undone &&
        (member === null || one.member !== member) &&
        (one.type !== 'promise_made' || one.event.to === me),
    );
  }

  /** News and notes that came since this person last looked; they are marked like the talk of a room. */
  get unreadNews(): number {
    const since = this.seen[NEWS] ?? 0;
    return this.#table.news.filter((one) => one.at > since).length;
  }

  /** The newest of the news, dispatches and words of the facilitator to this delegation that nobody looked at. */
  get arrival(): Arrival | null {
    const { me, news } = this.#table;
    const fresh: Arrival[] = [];
    const newest = news[0];
    if (newest && newest.at > (this.seen[NEWS] ?? 0)) fresh.push({ is: 'news', at: newest.at, news: newest });
    for (const room of ['dispatches', ...(me ? [`facilitator:${me}`] : [])]) {
      const message = this.#shown(room).findLast((one) => one.seat === null && !this.isMine(one));
      if (message && message.at > (this.seen[room] ?? 0)) fresh.push({ is: 'message', at: message.at, room, message });
    }
    return fresh.sort((one, other) => other.at - one.at)[0] ?? null;
  }

  markNewsSeen(): void {
    const last = this.#table.news[0];
    if (last) this.markSeen(NEWS, last.at);
  }

  get #seenKey(): string {
    const { game, view } = this.#table;
    return keyFor('seen', game, view ? sessionIn(view) : '');
  }
}

const KEY = Symbol('desk');

export function provideDesk(desk: Desk): Desk {
  return setContext(KEY, desk);
}

export function useDesk(): Desk {
  return getContext<Desk>(KEY);
}
