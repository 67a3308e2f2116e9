/**
 * The line to the server: hello with a ticket, resume where we were, answers to commands, reconnecting by itself.
 *
 * Both ends count updates; the server sends no numbers. A command stays pending until it is answered and is sent again
 * with the same id after every reconnection, so that it has one effect whatever happens to the line.
 */

import ReconnectingWebSocket from 'partysocket/ws';

import type { Command } from '../protocol/commands';
import type { Answer, ClientFrame, GoodbyeCode, Half, Op, Resume, ServerFrame } from '../protocol/frames';
import type { View } from '../protocol/generated';
import type { Texts } from '../protocol/names';
import { api, ApiFault } from './api';
import { newId } from './ids';
import { type Pending, PendingCommands } from './pending';

/** `lost` heals by itself; `closed` does not, and says why. */
export type LinkState =
  | { is: 'connecting' }
  | { is: 'open' }
  | { is: 'lost'; since: number }
  | { is: 'closed'; why: GoodbyeCode | 'no_session' | 'unknown_game' };

export type FinalAnswer = Exclude<Answer, { type: 'unavailable' }>;

export type Listener = {
  link(state: LinkState): void;
  view(view: View, texts: Texts): void;
  /** Returns false when the changes do not fit what we have: the view is then fetched anew. */
  update(half: Half, ops: Op[], texts: Texts): boolean;
  presence(members: string[]): void;
  answered(pending: Pending, answer: FinalAnswer): void;
  pending(all: readonly Pending[]): void;
  serverTime(serverTime: number, roundTrip: number): void;
};

const PING_EVERY = 20_000;
const SILENT_FOR = 2 * PING_EVERY + 5_000;

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
  #pinged = 0;
  #heard = 0;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(game: string, listener: Listener) {
    this.#game = game;
    this.#listener = listener;
    this.#pending = new PendingCommands(game);
  }

  open(): void {
    this.#listener.pending(this.#pending.all);
    this.#listener.link({ is: 'connecting' });
    const socket = new ReconnectingWebSocket(() => this.#address(), undefined, {
      maxEnqueuedMessages: 0,
      minReconnectionDelay: 400,
      maxReconnectionDelay: 5_000,
      reconnectionDelayGrowFactor: 1.5,
      connectionTimeout: 6_000,
      minUptime: 2_000,
    });
    socket.addEventListener('open', () => this.#hello());
    socket.addEventListener('message', (event) => this.#hear(String(event.data)));
    socket.addEventListener('close', () => this.#lost());
    this.#socket = socket;
    this.#beat = setInterval(() => this.#checkLine(), PING_EVERY);
    addEventListener('online', this.#hurry);
  }

  close(): void {
    clearInterval(this.#beat);
    removeEventListener('online', this.#hurry);
    // Forgotten before it is closed: its own farewell is not a lost line.
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /** Sends a command, or keeps it until the line is back. Resolves with the server's final answer. */
  send(command: Command): Promise<FinalAnswer> {
    const pending = { id: newId(), command };
    this.#pending.add(pending);
    this.#listener.pending(this.#pending.all);
    if (this.#ready) this.#sendCommand(pending);
    return new Promise((resolve) => this.#waiting.set(pending.id, resolve));
  }

  async #address(): Promise<string> {
    try {
      this.#ticket = (await api.ticket(this.#game)).ticket;
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
    this.#sendFrame({ type: 'hello', ticket: this.#ticket, resume: this.#resume });
    this.#heard = Date.now();
  }

  #hear(data: string): void {
    this.#heard = Date.now();
    const frame = JSON.parse(data) as ServerFrame;
    switch (frame.type) {
      case 'welcome':
        this.#listener.serverTime(frame.server_time, 0);
        this.#ping();
        return;
      case 'view':
        this.#resume = { stream: frame.stream, after: 0 };
        this.#listener.view(frame.view, frame.texts);
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
      case 'pong':
        this.#listener.serverTime(frame.server_time, Date.now() - this.#pinged);
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

  #update(half: Half, ops: Op[], texts: Texts): void {
    if (this.#resume) this.#resume = { ...this.#resume, after: this.#resume.after + 1 };
    if (this.#listener.update(half, ops, texts)) return;
    this.#resume = null; // what we hold is not what the server thinks: start again from a fresh view
    this.#socket?.reconnect();
  }

  #becomeReady(): void {
    this.#ready = true;
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
  }

  #sendFrame(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #ping(): void {
    this.#pinged = Date.now();
    this.#sendFrame({ type: 'ping' });
  }

  /** A line can be dead without saying so: bad Wi-Fi, a lid that was closed. */
  #checkLine(): void {
    if (this.#ready && Date.now() - this.#heard > SILENT_FOR) this.#socket?.reconnect();
    else this.#ping();
  }

  #hurry = (): void => {
    if (!this.#ready) this.#socket?.reconnect();
  };

  #lost(): void {
    if (!this.#socket) return;
    this.#ready = false;
    this.#lostSince ??= Date.now();
    this.#listener.link({ is: 'lost', since: this.#lostSince });
  }

  #end(why: Extract<LinkState, { is: 'closed' }>['why']): void {
    this.close();
    this.#listener.link({ is: 'closed', why });
  }
}
