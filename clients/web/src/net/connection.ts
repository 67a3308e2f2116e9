/**
 * The line to the server: hello with a ticket, resume where we were, answers to commands, reconnecting by itself.
 *
 * Both ends count updates; the server sends no numbers. A command stays pending until it is answered and is sent again
 * with the same id after every reconnection, so that it has one effect whatever happens to the line.
 */

import ReconnectingWebSocket from 'partysocket/ws';

import type { Command } from '../protocol/commands';
import type { Answer, ClientFrame, GoodbyeCode, Half, Op, Resume } from '../protocol/frames';
import type { View } from '../protocol/generated';
import type { Texts } from '../protocol/names';
import { api, ApiFault } from './api';
import { earlyLine, type EarlyLine } from './early';
import { newId } from './ids';
import { type Heard, Line } from './line';
import { unpacks } from './packed';
import { type Pending, PendingCommands } from './pending';
import { sessionIn } from './session';

/** `lost` heals by itself; `closed` does not, and says why. */
export type LinkState =
  | { is: 'connecting' }
  | { is: 'open' }
  /** Answers take their time. */
  | { is: 'slow' }
  /** What is shown is what it was at `since`; what happened meanwhile is on its way. */
  | { is: 'catching_up'; since: number }
  | { is: 'lost'; since: number }
  | { is: 'closed'; why: GoodbyeCode | 'no_session' | 'unknown_game' };

export type FinalAnswer = Exclude<Answer, { type: 'unavailable' }>;

export type Listener = {
  link(state: LinkState): void;
  view(view: View, texts: Texts): void;
  /** Returns false when the changes do not fit what we have: the view is then fetched anew. */
  update(half: Half, ops: Op[], texts: Texts): boolean;
  presence(members: string[]): void;
  typing(room: string, seat: string | null, member: string | null): void;
  /** Whether somebody on this page waits for it or the act is from before a reload. */
  answered(pending: Pending, answer: FinalAnswer): void;
  pending(all: readonly Pending[]): void;
  serverTime(serverTime: number, roundTrip: number): void;
};

const PING_EVERY = 20_000;
const PING_SLOW_LINE_EVERY = 5_000;
/** Without an answer for so long a line is slow; a round trip below the other makes it good again. */
const SLOW_AFTER = 2_500;
const GOOD_BELOW = 1_200;
/** Without an answer for so long it is dead, though it has not said so: bad Wi-Fi, a lid that was closed. */
const DEAD_AFTER = 10_000;
/** A whole view takes its time on a thin line. */
const DEAD_BEFORE_VIEW = 30_000;
/** A page that was asleep has no patience: its line is most likely gone. */
const DEAD_AFTER_SLEEP = 4_000;

export class Connection {
  readonly #game: string;
  readonly #listener: Listener;
  readonly #pending: PendingCommands;
  readonly #waiting = new Map<string, (answer: FinalAnswer) => void>();
  #socket: ReconnectingWebSocket | undefined;
  #line: Line | undefined;
  /** The first line may have been opened by the page, before this. */
  #early: EarlyLine | null = null;
  /** What the socket that opens next, or is open, says hello with; null: it is the early one and says it by itself. */
  #ticket: string | null = null;
  #resume: Resume | null = null;
  /** The server knows us, and acts may go out. */
  #ready = false;
  /** What was missed has not all come. */
  #behind = false;
  #lostSince: number | undefined;
  #slow = false;
  /** When the ping that is under way was sent. */
  #pinged: number | null = null;
  #heard = 0;
  #beat: ReturnType<typeof setInterval> | undefined;
  #patience: ReturnType<typeof setTimeout>[] = [];
  #packed = unpacks();

  constructor(game: string, listener: Listener) {
    this.#game = game;
    this.#listener = listener;
    this.#pending = new PendingCommands(game);
  }

  /** `resume`: where the view ends that this page has already. */
  open(resume: Resume | null = null): void {
    this.#resume = resume;
    this.#listener.link(resume ? { is: 'catching_up', since: Date.now() } : { is: 'connecting' });
    this.#early = earlyLine(this.#game, resume);
    let first = this.#early !== null;
    const address = async (): Promise<string> => {
      this.#ticket = first ? null : await this.#askTicket();
      first = false;
      const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
      return `${scheme}//${location.host}/api/games/${encodeURIComponent(this.#game)}/socket`;
    };
    const socket = new ReconnectingWebSocket(address, undefined, {
      maxEnqueuedMessages: 0,
      minReconnectionDelay: 400,
      maxReconnectionDelay: 5_000,
      reconnectionDelayGrowFactor: 1.5,
      connectionTimeout: 6_000,
      minUptime: 2_000,
      ...(this.#early ? { WebSocket: this.#early.WebSocket } : {}),
    });
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => this.#hello());
    socket.addEventListener('message', (event) => this.#take(event.data as string | ArrayBuffer));
    socket.addEventListener('close', () => this.#lost());
    this.#socket = socket;
    this.#beat = setInterval(() => this.#checkLine(), PING_SLOW_LINE_EVERY);
    addEventListener('online', this.#hurry);
    addEventListener('offline', this.#tryAnew);
    document.addEventListener('visibilitychange', this.#wake);
  }

  close(): void {
    clearInterval(this.#beat);
    this.#drop();
    removeEventListener('online', this.#hurry);
    removeEventListener('offline', this.#tryAnew);
    document.removeEventListener('visibilitychange', this.#wake);
    // Forgotten before it is closed: its own farewell is not a lost line.
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /**
   * Sends a command, or keeps it until the line is back. Resolves with the server's final answer. `typed` is the form
   * its words were typed in.
   */
  send(command: Command, typed?: string): Promise<FinalAnswer> {
    const pending: Pending = { id: newId(), command, at: Date.now(), ...(typed ? { typed } : {}) };
    this.#pending.add(pending);
    this.#listener.pending(this.#pending.all);
    if (this.#ready) this.#sendCommand(pending);
    return new Promise((resolve) => this.#waiting.set(pending.id, resolve));
  }

  /** The answer to an act that is under way, perhaps from before a reload. */
  answerTo(id: string): Promise<FinalAnswer> {
    const others = this.#waiting.get(id);
    return new Promise((resolve) => this.#waiting.set(id, (answer) => (others?.(answer), resolve(answer))));
  }

  /** Says that this person writes in a room. Lost with the line, like everything that holds for seconds. */
  sendTyping(room: string): void {
    if (this.#ready) this.#sendFrame({ type: 'typing', room });
  }

  /** Where this page stands, for whoever keeps what it shows. */
  get resume(): Resume | null {
    return this.#resume;
  }

  /** When the server was heard last, by this device; 0 before it was. */
  get heardAt(): number {
    return this.#heard;
  }

  async #askTicket(): Promise<string> {
    try {
      return (await api.ticket(this.#game)).ticket;
    } catch (fault) {
      if (fault instanceof ApiFault && fault.status === 404) this.#end('unknown_game');
      else if (fault instanceof ApiFault && (fault.status === 401 || fault.status === 403)) this.#end('no_session');
      else this.#lost();
      throw fault;
    }
  }

  #hello(): void {
    this.#drop();
    this.#pinged = null;
    this.#line = new Line(
      (frame) => this.#hear(frame),
      () => {
        this.#packed = false;
        this.#socket?.reconnect();
      },
    );
    if (this.#lostSince !== undefined) this.#listener.link({ is: 'catching_up', since: this.#lostSince });
    if (this.#ticket !== null) {
      this.#sendFrame({ type: 'hello', ticket: this.#ticket, resume: this.#resume, packed: this.#packed });
    }
    this.#expectAnswer();
  }

  #take(data: string | ArrayBuffer): void {
    if (!this.#line) return;
    this.#heard = Date.now();
    this.#calm();
    if (!this.#ready) this.#expectAnswer();
    this.#line.take(data);
  }

  #hear(frame: Heard): void {
    switch (frame.type) {
      case 'welcome':
        this.#listener.serverTime(frame.server_time + this.#lay(), 0);
        this.#ping();
        return;
      case 'view':
        this.#resume = { stream: frame.stream, after: 0 };
        this.#listener.view(frame.view, frame.texts);
        this.belongTo(frame.view);
        this.#becomeReady();
        this.#catchUp();
        return;
      case 'resumed':
        this.#resume = { stream: frame.stream, after: frame.after };
        this.#becomeReady();
        return;
      case 'update':
        this.#update(frame.half, frame.ops, frame.texts ?? {});
        return;
      case 'presence':
        this.#listener.presence(frame.members);
        this.#catchUp(); // it comes after all that was missed
        return;
      case 'typing':
        this.#listener.typing(frame.room, frame.seat, frame.member);
        return;
      case 'pong':
        this.#hearPong(frame.server_time);
        return;
      case 'goodbye':
        // After the other two one comes back by itself: to a server that starts, or as whom one is now.
        if (frame.code === 'revoked' || frame.code === 'game_deleted') this.#end(frame.code);
        return;
      case 'unavailable':
        this.#sendAgain(frame.command_id, frame.retry_after_ms);
        return;
      default:
        this.#settle(frame);
    }
  }

  /** How long the welcome lay before the page was there to hear it. */
  #lay(): number {
    const at = this.#ticket === null ? this.#early?.heardAt : undefined;
    return at === undefined ? 0 : Date.now() - at;
  }

  /** What was sent and not answered before a reload is sent once more, if it is the same person's. */
  belongTo(view: View): void {
    this.#pending.belongTo(sessionIn(view));
    this.#listener.pending(this.#pending.all);
  }

  #update(half: Half, ops: Op[], texts: Texts): void {
    if (this.#resume) this.#resume = { ...this.#resume, after: this.#resume.after + 1 };
    if (this.#listener.update(half, ops, texts)) return;
    this.#resume = null; // what we hold is not what the server thinks: start again from a fresh view
    this.#socket?.reconnect();
  }

  #becomeReady(): void {
    this.#ready = this.#behind = true;
    this.#slow = false;
    this.#lostSince = undefined;
    for (const pending of this.#pending.all) this.#sendCommand(pending);
  }

  /** All that was missed is here. */
  #catchUp(): void {
    if (!this.#ready || !this.#behind) return;
    this.#behind = false;
    this.#listener.link({ is: this.#slow ? 'slow' : 'open' });
  }

  #settle(answer: FinalAnswer): void {
    if (answer.command_id === null) return;
    const pending = this.#pending.settle(answer.command_id);
    if (!pending) return;
    this.#listener.pending(this.#pending.all);
    this.#listener.answered(pending, answer);
    this.#waiting.get(pending.id)?.(answer);
    this.#waiting.delete(pending.id);
  }

  #sendAgain(id: string | null, after: number): void {
    setTimeout(() => {
      const pending = id ? this.#pending.find(id) : undefined;
      if (pending && this.#ready) this.#sendCommand(pending);
    }, after);
  }

  #sendCommand(pending: Pending): void {
    this.#sendFrame({ type: 'command', command_id: pending.id, command: pending.command });
    this.#expectAnswer();
  }

  #sendFrame(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #ping(deadAfter = DEAD_AFTER): void {
    if (this.#pinged !== null) return;
    this.#pinged = Date.now();
    this.#sendFrame({ type: 'ping' });
    this.#expectAnswer(deadAfter);
  }

  #hearPong(serverTime: number): void {
    const roundTrip = Date.now() - (this.#pinged ?? Date.now());
    this.#pinged = null;
    this.#listener.serverTime(serverTime, roundTrip);
    this.#catchUp();
    if (this.#ready && roundTrip < GOOD_BELOW) this.#beSlow(false);
  }

  #beSlow(slow: boolean): void {
    if (slow === this.#slow || !this.#ready) return;
    this.#slow = slow;
    if (!this.#behind) this.#listener.link({ is: slow ? 'slow' : 'open' });
  }

  /** Whatever is heard from the server calms. */
  #expectAnswer(deadAfter = DEAD_AFTER): void {
    if (this.#patience.length) return;
    const dead = this.#ready ? deadAfter : DEAD_BEFORE_VIEW;
    this.#patience = [setTimeout(() => this.#beSlow(true), SLOW_AFTER), setTimeout(() => this.#tryAnew(), dead)];
  }

  #calm(): void {
    for (const timer of this.#patience) clearTimeout(timer);
    this.#patience = [];
  }

  #checkLine(): void {
    if (!this.#ready) return;
    if (this.#slow || Date.now() - this.#heard >= PING_EVERY - PING_SLOW_LINE_EVERY) this.#ping();
  }

  #hurry = (): void => {
    if (!this.#ready) this.#tryAnew();
  };

  #tryAnew = (): void => {
    this.#socket?.reconnect();
  };

  /** A phone that slept for an hour still believes in its line, and in what it shows. */
  #wake = (): void => {
    if (document.visibilityState !== 'visible') return;
    if (!this.#ready) {
      this.#tryAnew();
      return;
    }
    if (Date.now() - this.#heard < PING_EVERY) return;
    this.#calm();
    this.#pinged = null;
    this.#behind = true;
    this.#listener.link({ is: 'catching_up', since: Date.now() });
    this.#ping(DEAD_AFTER_SLEEP);
  };

  /** What the line had is done with. */
  #drop(): void {
    this.#ready = false;
    this.#line?.lose();
    this.#line = undefined;
    this.#calm();
  }

  #lost(): void {
    if (!this.#socket) return;
    this.#drop();
    this.#lostSince ??= Date.now();
    this.#listener.link({ is: 'lost', since: this.#lostSince });
  }

  #end(why: Extract<LinkState, { is: 'closed' }>['why']): void {
    this.close();
    // Whoever comes back comes with a new session, and what another left is nobody's to read.
    this.#pending.drop();
    this.#listener.pending(this.#pending.all);
    this.#listener.link({ is: 'closed', why });
  }
}
