/**
 * One game as one person sees it: the view, the texts, the line to the server, and the names of things.
 *
 * Components take it from the context. A replay makes one too, without a line: then nothing can be done, only seen.
 */

import { getContext, setContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

import { type FinalAnswer, Connection, type LinkState } from '../net/connection';
import { forgetLastView, keepLastView, lastView } from '../net/lastview';
import { forgetGame, sessionIn, takeOver } from '../net/session';
import { markOpened } from '../net/sweep';
import type { Pending } from '../net/pending';
import type { Command, CommandType } from '../protocol/commands';
import type { Half, Op } from '../protocol/frames';
import type {
  DraftView,
  IssueView,
  NewsView,
  NoteView,
  OptionView,
  PositionView,
  PrivateView,
  PublicView,
  RefusalView,
  RoomView,
  SeatDescription,
  View,
} from '../protocol/generated';
import type { Texts } from '../protocol/names';
import { nationName, sharedName, t } from '../texts';
import { setApart } from '../texts/tongue.svelte';
import { applyOps } from './ops';
import { Parts } from './parts.svelte';
import { allPlain, isolated } from './plain';
import { Writers } from './typing.svelte';
import { adoptedInOwnWords, inOwnWords, worldInOwnWords } from './translation.svelte';
import { forgetTyped, giveBackWords, type Typed, wipeTyped } from './typed.svelte';

/** Why an act is not possible now; null: it is. */
export type WhyNot = RefusalView | null;

/** What is asked apart from the act itself: a yes that one's own red lines may forbid, a promise that only allies keep. */
export type Variant =
  | 'make_promise:will_not_object'
  | 'make_promise:will_cosponsor'
  | 'answer_poll:consent'
  | 'state_position:consent'
  | 'take_rung:associate'
  | 'answer_amendment:whole';

/** A piece of news: `own` are notes from the own capital, which nobody else gets. */
export type News = (NoteView & { own: true }) | (NewsView & { own: false });

const READ_ONLY: RefusalView = { code: 'client.looking_back', params: {}, rule: '' };
const TICK = 250;

export class Table {
  readonly game: string;
  /** Reads like the view; what an update leaves alone wakes nobody. */
  #halves = $state.raw<{ public: Parts<PublicView>; private: Parts<PrivateView> } | null>(null);
  // The scenario's words are laid over here, so that everything else reads them in the language of the page.
  readonly #scenario = $derived(this.#halves && inOwnWords(this.#halves.public.read.scenario));
  readonly #world = $derived(
    this.#halves && worldInOwnWords(this.#halves.public.read.world, this.#halves.public.read.scenario.slug),
  );
  readonly #adopted = $derived(
    this.#halves && adoptedInOwnWords(this.#halves.public.read.adopted, this.#halves.public.read.scenario),
  );
  readonly #view = $derived(
    this.#halves && {
      public: Object.create(this.#halves.public.read, {
        scenario: { enumerable: true, get: () => this.#scenario },
        world: { enumerable: true, get: () => this.#world },
        adopted: { enumerable: true, get: () => this.#adopted },
      }) as PublicView,
      private: this.#halves.private.read,
    },
  );
  /** The view as the server has it, for the next update. */
  #whole: View | null = null;
  readonly #texts = new SvelteMap<string, string | null>();
  present = $state.raw<ReadonlySet<string>>(new Set());
  link = $state.raw<LinkState>({ is: 'connecting' });
  pending = $state.raw<readonly Pending[]>([]);
  /** Who writes in which room just now. */
  readonly writers = new Writers();
  /** What the server said to the last command that was refused. */
  refusal = $state.raw<RefusalView | null>(null);
  /** The server's time now, in milliseconds, a few times a second. */
  now = $state(Date.now());
  /** Which day that is, here; wakes nobody before midnight. */
  readonly today = $derived(new Date(this.now).toDateString());

  #offset = 0;
  /** When the server was heard last before a reload. */
  #keptAt = 0;
  #connection: Connection | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(game: string) {
    this.game = game;
  }

  // --- the line

  open(): void {
    const connection = new Connection(this.game, {
      link: (state) => this.#hearLink(state),
      view: (view, texts) => this.#receive(view, texts),
      update: (half, ops, texts) => this.#update(half, ops, texts),
      presence: (members) => (this.present = new Set(members)),
      typing: (room, seat, member) => this.writers.hear({ room, seat, member }, this.room(room)?.messages ?? []),
      answered: (pending, answer) => this.#hearAnswer(pending, answer),
      pending: (all) => (this.pending = [...all]),
      serverTime: (serverTime, roundTrip) => {
        this.#offset = serverTime + roundTrip / 2 - Date.now();
        this.#tick(); // a device whose clock is wrong must not show its own time for a moment
      },
    });
    this.#connection = connection;
    this.#ticking = setInterval(() => this.#tick(), TICK);
    const last = lastView(this.game);
    if (last) {
      markOpened(this.game);
      this.#offset = last.offset;
      this.#tick();
      this.present = new Set(last.present);
      this.show(last.view, last.texts);
      connection.belongTo(last.view);
    }
    this.#keptAt = last?.at ?? 0;
    connection.open(last?.resume);
    addEventListener('pagehide', this.#keep);
  }

  /** For a reload: what is shown now, and where in its stream that is. */
  #keep = (): void => {
    const [view, resume] = [this.#whole, this.#connection?.resume];
    if (!view || !resume || this.pub.clock.status === 'ended') return forgetLastView(this.game);
    const [texts, present] = [Object.fromEntries(this.#texts), [...this.present]];
    const at = Math.max(this.#keptAt, this.#connection?.heardAt ?? 0);
    keepLastView(this.game, { view, texts, present, offset: this.#offset, resume, at });
  };

  close(): void {
    removeEventListener('pagehide', this.#keep);
    forgetLastView(this.game);
    this.#connection?.close();
    this.#connection = undefined;
    clearInterval(this.#ticking);
  }

  get readOnly(): boolean {
    return this.#connection === undefined;
  }

  #hearLink(state: LinkState): void {
    this.link = state;
    if (state.is === 'open' || state.is === 'slow') markOpened(this.game); // a tab may stay open for weeks
    if (state.is !== 'closed') return;
    removeEventListener('pagehide', this.#keep); // nothing comes back of what is no more to be seen
    forgetGame(this.game);
  }

  #tick(): void {
    this.now = Date.now() + this.#offset;
  }

  /** A whole view: of a replay, or what this tab saw last. */
  show(view: View, texts: Texts): void {
    this.learn(texts);
    this.#take(view);
  }

  /** A whole view from the server, which says whose session this is. */
  #receive(view: View, texts: Texts): void {
    this.show(view, texts);
    takeOver(this.game, sessionIn(view));
    if (view.public.clock.status === 'ended') wipeTyped(this.game);
  }

  #update(half: Half, ops: Op[], texts: Texts): boolean {
    if (!this.#whole) return false;
    try {
      const changed = { ...this.#whole, [half]: applyOps(this.#whole[half], ops) };
      const ends = changed.public.clock.status === 'ended' && this.pub.clock.status !== 'ended';
      this.learn(texts);
      this.#take(changed);
      if (ends) wipeTyped(this.game);
      this.#tick(); // a countdown that begins with this update must not count from the tick before it
      return true;
    } catch (fault) {
      console.warn('the view is fetched anew', fault);
      return false;
    }
  }

  #take(view: View): void {
    this.#whole = view;
    if (view.public.clock.status === 'ended') forgetLastView(this.game);
    const now = this.#halves;
    if (now?.public.take(view.public) && now.private.take(view.private)) return;
    this.#halves = { public: new Parts(view.public), private: new Parts(view.private) };
  }

  /** What people wrote, by id. */
  learn(texts: Texts): void {
    for (const [id, text] of Object.entries(allPlain(texts))) this.#texts.set(id, text);
  }

  #hearAnswer({ command, typed }: Pending, answer: FinalAnswer): void {
    if (answer.type === 'ack') {
      if (typed) forgetTyped(typed);
      return;
    }
    this.refusal = asRefusal(answer);
    // Perhaps after a reload, or with another room before them: a form of its own keeps its words itself.
    if (!typed && command.type === 'post_message') giveBackWords(this, command);
  }

  /**
   * Sends a wish. Resolves with null when it was granted, else with why not. `words` is the form it was typed in: it is
   * emptied when the wish is granted, even if that is after a reload. While what one form sent is under way, no other
   * comes out of it: it would have an id of its own, and count twice.
   */
  async act(command: Command, words?: Typed<unknown>): Promise<WhyNot> {
    if (!this.#connection) return READ_ONLY;
    this.refusal = null;
    const underWay = words && this.pending.find((one) => one.typed === words.key);
    const answer = await (underWay
      ? this.#connection.answerTo(underWay.id)
      : this.#connection.send(command, words?.key));
    return answer.type === 'ack' ? null : asRefusal(answer);
  }

  /** Lets those who may read the room see that this person writes in it; `room` as commands name it. */
  write(room: string, still: () => boolean): void {
    this.writers.tell(() => this.#connection?.sendTyping(room), still);
  }

  // --- what may be done

  can(type: CommandType | Variant): WhyNot {
    return this.#affordance(this.priv.can.acts, type);
  }

  /** Whether one may write to the own delegation, or to the facilitator: advisers may where others may not. */
  canWriteTo(room: 'delegation' | 'facilitator'): WhyNot {
    return this.#affordance(this.priv.can.acts, `post_message:${room}`);
  }

  canDraft(draft: string, type: CommandType | Variant): WhyNot {
    return this.#affordance(this.priv.can.drafts[draft], type);
  }

  canAmendment(amendment: string, type: CommandType | Variant): WhyNot {
    return this.#affordance(this.priv.can.amendments[amendment], type);
  }

  canObjection(objection: string, type: CommandType): WhyNot {
    return this.#affordance(this.priv.can.objections[objection], type);
  }

  canOffer(offer: string, type: CommandType): WhyNot {
    return this.#affordance(this.priv.can.offers[offer], type);
  }

  canDeal(deal: string, type: CommandType): WhyNot {
    return this.#affordance(this.priv.can.deals[deal], type);
  }

  canPending(act: string, type: CommandType): WhyNot {
    return this.#affordance(this.priv.can.pending[act], type);
  }

  canInject(inject: string, type: CommandType): WhyNot {
    return this.#affordance(this.priv.can.injects[inject], type);
  }

  canComplement(complement: string, type: CommandType): WhyNot {
    return this.#affordance(this.priv.can.complements[complement], type);
  }

  /** Whether the act is part of this viewer's game at all: a delegate is not shown the chair's controls. */
  offers(type: CommandType): boolean {
    return Object.hasOwn(this.priv.can.acts, type);
  }

  #affordance(acts: Record<string, WhyNot> | undefined, type: string): WhyNot {
    if (this.readOnly) return READ_ONLY;
    return acts && Object.hasOwn(acts, type) ? (acts[type] ?? null) : { code: 'seat.not_seated', params: {}, rule: '' };
  }

  // --- the view and the names in it

  get view(): View | null {
    return this.#view;
  }

  get pub(): PublicView {
    return (this.#view as View).public;
  }

  get priv(): PrivateView {
    return (this.#view as View).private;
  }

  get me(): string | null {
    return this.priv.you.seat;
  }

  text(id: string | null | undefined): string {
    if (!id) return '';
    const text = this.#texts.get(id);
    return text === null ? t('text.erased') : (text ?? '…');
  }

  /** Texts that a bot or a deputy wrote, as far as the record goes back. */
  readonly #byStandIns = $derived(
    new Set(
      [...this.pub.record, ...this.priv.record].flatMap((entry) => (entry.stand_in ? Object.values(entry.event) : [])),
    ),
  );

  isByStandIn(id: string | null | undefined): boolean {
    return typeof id === 'string' && this.#byStandIns.has(id);
  }

  /** What somebody wrote, as it stands in a sentence. */
  textWithin(id: string | undefined): string {
    return this.isByStandIn(id) ? setApart(this.text(id)) : isolated(this.text(id));
  }

  // Descriptions stay the same from update to update, and so does what is made of them.
  #described = $derived(this.view?.public.scenario.seats);
  #agenda = $derived(this.view?.public.scenario.agenda);
  /** Under the names that nations have in the language of the page. */
  #seats = $derived(
    new Map(this.#described?.map((seat) => [seat.id, { ...seat, name: nationName(seat.flag, seat.name) }])),
  );
  #phases = $derived(new Map(this.#agenda?.map((one) => [one.id, { ...one, title: sharedName(one.title) }])));
  #issues = $derived(new Map(this.view?.public.scenario.issues.map((issue) => [issue.id, issue])));
  #letters = $derived(lettersOf(this.view?.public.drafts ?? {}));

  seat(id: string): SeatDescription | undefined {
    return this.#seats.get(id);
  }

  seatName(id: string | null | undefined): string {
    return id ? isolated(this.#seats.get(id)?.name ?? id) : t('talk.facilitator');
  }

  issue(id: string): IssueView | undefined {
    return this.#issues.get(id);
  }

  /** As it stands in a sentence; so do the other titles and labels below. */
  issueTitle(id: string): string {
    return setApart(this.#issues.get(id)?.title ?? id);
  }

  option(issue: string, option: string | undefined): OptionView | undefined {
    return this.#issues.get(issue)?.options.find((one) => one.id === option);
  }

  optionLabel(issue: string, option: string | undefined): string {
    return setApart(this.option(issue, option)?.label ?? option ?? '');
  }

  /** Issues this cast negotiates, in the order of the text. */
  get openIssues(): IssueView[] {
    return this.pub.scenario.issues.filter((issue) => issue.fixed === null);
  }

  /** The paragraph's number in the text. */
  number(issue: string): number {
    return this.pub.scenario.issues.findIndex((one) => one.id === issue) + 1;
  }

  draftName(id: string): string {
    const draft = this.pub.drafts[id];
    if (draft?.fallback) return t('draft.fallback');
    return t('draft.name', { letter: this.#letters.get(id) ?? '?' });
  }

  get basis(): DraftView | null {
    const id = this.pub.floor.basis;
    return id ? (this.pub.drafts[id] ?? null) : null;
  }

  /** Drafts on the table, in the order they were tabled. */
  get openDrafts(): DraftView[] {
    return Object.values(this.pub.drafts)
      .filter((draft) => draft.status === 'open')
      .sort((one, other) => one.tabled_at - other.tabled_at);
  }

  /** What a seat says of a draft: in public, or what it told the chair and this viewer may know. */
  position(draft: string, seat: string): (PositionView & { confided: boolean }) | undefined {
    const confided = this.priv.confessionals[draft]?.[seat];
    const stated = this.pub.positions[draft]?.[seat];
    if (confided && (!stated || confided.at > stated.at)) return { ...confided, confided: true };
    return stated && { ...stated, confided: false };
  }

  room(id: string): RoomView | undefined {
    return this.pub.rooms[id] ?? this.priv.rooms[id];
  }

  /** What reached everybody and what reached this delegation alone, newest first; a note stands for its news. */
  get news(): News[] {
    const notes = this.priv.notes.map((note) => ({ ...note, own: true }) as const);
    const told = new Set(notes.map((note) => note.inject));
    const open = this.pub.news.filter((one) => !told.has(one.inject)).map((one) => ({ ...one, own: false }) as const);
    return [...notes, ...open].sort((one, other) => other.at - one.at);
  }

  get isChair(): boolean {
    return this.me !== null && this.seat(this.me)?.kind === 'chair';
  }

  get isVoter(): boolean {
    return this.me !== null && this.seat(this.me)?.kind === 'voting';
  }

  /** Whether a delegation speaks and signs, but neither keeps silence nor breaks it. The chair is no delegation. */
  hasNoVote(seat: string): boolean {
    const kind = this.seat(seat)?.kind;
    return kind === 'principal' || kind === 'observer';
  }

  /** Whether nobody plays the chair: neither people nor a bot. */
  get chairIsEmpty(): boolean {
    const chair = this.pub.scenario.seats.find((seat) => seat.kind === 'chair');
    return chair !== undefined && ['deputy', 'silent'].includes(this.pub.seats[chair.id]?.player ?? '');
  }

  /** Whoever runs the game: the host of an open game, the facilitator of an exercise. */
  get runsTheGame(): boolean {
    return this.priv.you.host || this.priv.you.kind === 'facilitator';
  }

  /** The saved game holds every delegation's instructions: the facilitator's, or everybody's once results are open. */
  get maySave(): boolean {
    const open = Object.keys(this.pub.outcome?.opened ?? {}).length > 0;
    return (
      this.priv.you.kind === 'facilitator' || (this.pub.game.kind === 'open' && open && this.priv.you.seat !== null)
    );
  }

  dealTitle(id: string): string {
    return setApart(
      this.priv.trade?.deals[id]?.title ??
        this.pub.deals.find((one) => one.deal === id)?.title ??
        Object.values(this.priv.trade?.offers ?? {}).find((offer) => offer.titles[id])?.titles[id] ??
        id,
    );
  }

  complementTitle(id: string): string {
    return setApart(this.pub.scenario.complements.find((one) => one.id === id)?.title ?? id);
  }

  phaseTitle(id: string): string {
    return this.#phases.get(id)?.title ?? id;
  }

  get phase() {
    return this.#phases.get(this.pub.clock.phase);
  }

  /** Milliseconds until `moment`; while the clock is stopped, counted from when it stopped. */
  until(moment: number): number {
    return moment - (this.pub.clock.paused_at ?? this.now);
  }
}

/** The scenario's words, or a facilitator's. */
export function headlineOf(table: Table, news: News): string {
  return news.name ? table.text(news.name) : news.headline;
}

function asRefusal(answer: Exclude<FinalAnswer, { type: 'ack' }>): RefusalView {
  if (answer.type === 'rejected') return { code: answer.code, params: answer.params, rule: answer.rule };
  if (answer.type === 'malformed') return { code: 'client.malformed', params: { problem: answer.problem }, rule: '' };
  return { code: 'client.internal', params: { incident: answer.incident }, rule: '' };
}

/** Draft A is the first that was tabled; a letter is never given twice. */
function lettersOf(drafts: Record<string, DraftView>): Map<string, string> {
  const ordered = Object.values(drafts)
    .filter((draft) => !draft.fallback)
    .sort((one, other) => one.tabled_at - other.tabled_at || one.id.localeCompare(other.id));
  return new Map(ordered.map((draft, place) => [draft.id, letters(place)]));
}

/** 0 is A, 25 is Z, 26 is AA. */
export function letters(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : letters(Math.floor(place / 26) - 1) + last;
}

const KEY = Symbol('table');

export function provideTable(table: Table): Table {
  return setContext(KEY, table);
}

export function useTable(): Table {
  return getContext<Table>(KEY);
}
