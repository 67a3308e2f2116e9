/**
 * The line to the server: hello with a ticket, resume where we were, answers to commands, reconnecting by itself.
 *
 * Both ends count updates; the server sends no numbers. A command stays pending until it is answered and is sent again
 * with the same id after every reconnection, so that it has one effect whatever happens to the line.
 */

import ReconnectingWebSocket from 'partysocket/ws';

import type { Command } from '../protocol/commands';
import type { Answer, ClientFrame, GoodbyeCode, Half, Op, PackedHalf, Resume, ServerFrame } from '../protocol/frames';
import type { View } from '../protocol/generated';
import type { Texts } from '../protocol/names';
import { api, ApiFault } from './api';
import { earlySocket } from './early';
import { newId } from './ids';
import { unpacked, unpacks } from './packed';
import { type Pending, PendingCommands } from './pending';

/** `lost` heals by itself; `closed` does not, and says why. */
export type LinkState =
  | { is: 'connecting' }
  | { is: 'open' }
  /** Answers take their time. */
  | { is: 'slow' }
  /** The line is back; what happened meanwhile is on its way. */
  | { is: 'catching_up' }
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
/** A page that was asleep has no patience: its line is most likely gone. */
const DEAD_AFTER_SLEEP = 4_000;

export class Connection {
  readonly #game: string;
  readonly #listener: Listener;
  readonly #pending: PendingCommands;
  readonly #waiting = new Map<string, (answer: FinalAnswer) => void>();
  #socket: ReconnectingWebSocket | undefined;
  #ticket = '';
  #resume: Resume | null = null;
  #ready = false;
  #lostSince: number | undefined;
  #slow = false;
  /** When the ping that is under way was sent. */
  #pinged: number | null = null;
  #heard = 0;
  #beat: ReturnType<typeof setInterval> | undefined;
  #patience: ReturnType<typeof setTimeout>[] = [];
  /** Counts the lines there have been, so that nothing of an earlier one is heard on the next. */
  #line = 0;
  #packed = unpacks();
  /** Frames that came while a half is being unpacked; they are heard after it, in their order. */
  #held: string[] | null = null;
  #half: PackedHalf | null = null;
  /** The first line was opened by the page, and says hello by itself. */
  #saidHello = false;

  constructor(game: string, listener: Listener) {
    this.#game = game;
    this.#listener = listener;
    this.#pending = new PendingCommands(game);
  }

  /** `resume`: where the view ends that this page has already. */
  open(resume: Resume | null = null): void {
    this.#resume = resume;
    this.#listener.link({ is: 'connecting' });
    const early = earlySocket(this.#game, resume);
    this.#saidHello = early !== null;
    const socket = new ReconnectingWebSocket(() => this.#address(), undefined, {
      maxEnqueuedMessages: 0,
      minReconnectionDelay: 400,
      maxReconnectionDelay: 5_000,
      reconnectionDelayGrowFactor: 1.5,
      connectionTimeout: 6_000,
      minUptime: 2_000,
      ...(early ? { WebSocket: early } : {}),
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
    this.#calm();
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

  /** Says that this person writes in a room. Lost with the line, like everything that holds for seconds. */
  sendTyping(room: string): void {
    if (this.#ready) this.#sendFrame({ type: 'typing', room });
  }

  /** Where this page stands, for whoever keeps what it shows. */
  get resume(): Resume | null {
    return this.#resume;
  }

  async #address(): Promise<string> {
    try {
      if (!this.#saidHello) this.#ticket = (await api.ticket(this.#game)).ticket;
    } catch (fault) {
      if (fault instanceof ApiFault && fault.status === 404) this.#end('unknown_game');
      else if (fault instanceof ApiFault && (fault.status === 401 || fault.status === 403)) this.#end('no_session');
      else this.#lost();
      throw fault;
    }
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    return `${scheme}//${location.host}/api/games/${encodeURIComponent(this.#game)}/socket`;
  }

  #hello(): void {
    this.#heard = Date.now();
    this.#pinged = null;
    this.#line += 1;
    this.#held = this.#half = null;
    if (this.#lostSince !== undefined) this.#listener.link({ is: 'catching_up' });
    if (!this.#saidHello) {
      this.#sendFrame({ type: 'hello', ticket: this.#ticket, resume: this.#resume, packed: this.#packed });
    }
    this.#saidHello = false;
  }

  #take(data: string | ArrayBuffer): void {
    this.#heard = Date.now();
    this.#calm();
    if (typeof data !== 'string') void this.#unpack(data);
    else if (this.#held) this.#held.push(data);
    else this.#hear(data);
  }

  async #unpack(data: ArrayBuffer): Promise<void> {
    const line = this.#line;
    const held = (this.#held = []);
    const half = await unpacked(data).catch(() => null);
    if (line !== this.#line || !this.#socket) return;
    if (!half) {
      this.#packed = false;
      this.#socket.reconnect();
      return;
    }
    this.#half = half;
    this.#held = null;
    for (const frame of held) if (line === this.#line) this.#hear(frame);
  }

  #hear(data: string): void {
    const frame = JSON.parse(data) as ServerFrame;
    switch (frame.type) {
      case 'welcome':
        this.#listener.serverTime(frame.server_time, 0);
        this.#ping();
        return;
      case 'view':
        this.#resume = { stream: frame.stream, after: 0 };
        this.#show(frame.view, frame.texts);
        this.#becomeReady();
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

  #show(view: View | Pick<View, 'private'>, texts: Texts): void {
    const { public: half, texts: open } = this.#half ?? { public: undefined, texts: {} };
    this.#half = null;
    const whole = half ? { ...view, public: half } : (view as View);
    this.#listener.view(whole, { ...open, ...texts });
    this.belongTo(whole);
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
    this.#ready = true;
    this.#slow = false;
    this.#lostSince = undefined;
    this.#listener.link({ is: 'open' });
    for (const pending of this.#pending.all) this.#sendCommand(pending);
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
    if (this.#ready && roundTrip < GOOD_BELOW) this.#beSlow(false);
  }

  #beSlow(slow: boolean): void {
    if (slow === this.#slow || !this.#ready) return;
    this.#slow = slow;
    this.#listener.link({ is: slow ? 'slow' : 'open' });
  }

  /** Whatever is heard from the server calms. */
  #expectAnswer(deadAfter = DEAD_AFTER): void {
    if (this.#patience.length || !this.#ready) return;
    this.#patience = [setTimeout(() => this.#beSlow(true), SLOW_AFTER), setTimeout(() => this.#tryAnew(), deadAfter)];
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

  /** A phone that slept for an hour still believes in its line. */
  #wake = (): void => {
    if (document.visibilityState !== 'visible') return;
    if (!this.#ready) {
      this.#tryAnew();
      return;
    }
    if (Date.now() - this.#heard < PING_EVERY) return;
    this.#calm();
    this.#pinged = null;
    this.#ping(DEAD_AFTER_SLEEP);
  };

  #lost(): void {
    if (!this.#socket) return;
    this.#ready = false;
    this.#calm();
    this.#lostSince ??= Date.now();
    this.#listener.link({ is: 'lost', since: this.#lostSince });
  }

  #end(why: Extract<LinkState, { is: 'closed' }>['why']): void {
    this.close();
    // Whoever comes back comes with a new session, and what another left is nobody's to read.
    this.#pending.wipe();
    this.#listener.link({ is: 'closed', why });
  }
}

/** Whose session a view is: what it leaves in this browser lies under this name. */
export function sessionIn({ private: { you } }: View): string {
  return `${you.member ?? you.kind}.${you.seat ?? ''}`;
}
