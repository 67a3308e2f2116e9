// @vitest-environment jsdom
import { gunzipSync, gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { fixtures, type Fixture } from '../dev/fixtures';
import type { ServerFrame } from '../protocol/frames';
import { Connection, type LinkState, type Listener } from './connection';

// As in a browser, whose streams jsdom does not have: not at once.
vi.mock('./packed', () => ({
  unpacks: () => true,
  unpacked: (data: ArrayBuffer) =>
    new Promise((resolve) => setTimeout(resolve, 20)).then(() => JSON.parse(String(gunzipSync(data))) as unknown),
}));

const { view, texts } = fixtures.table as Fixture;
const resume = { stream: 's', after: 3 };

class FakeSocket extends EventTarget {
  static made: FakeSocket[] = [];
  readyState = 0;
  binaryType = '';
  readonly sent: { type: string; command_id?: string; ticket?: string }[] = [];

  constructor() {
    super();
    FakeSocket.made.push(this);
  }

  send(frame: string): void {
    this.sent.push(JSON.parse(frame) as (typeof this.sent)[number]);
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  say(frame: ServerFrame | ArrayBuffer): void {
    const data = frame instanceof ArrayBuffer ? frame : JSON.stringify(frame);
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  fail(): void {
    this.readyState = 3;
    this.dispatchEvent(new CloseEvent('close', { code: 1006 }));
  }

  hasSent(type: string): boolean {
    return this.sent.some((frame) => frame.type === type);
  }
}

const welcome = { type: 'welcome', server_time: 1_000, member: 'm1' } as const;
const present: ServerFrame = { type: 'presence', members: ['m1'] };
const whole = { type: 'view', stream: 's', view, texts } as const;
const resumed = { type: 'resumed', ...resume } as const;

let connection: Connection;
let heard: string[];
let links: LinkState[];
let listener: Listener;

const is = (): string | undefined => links.at(-1)?.is;
/** What is done in turn is done. */
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);

async function socket(): Promise<FakeSocket> {
  await vi.advanceTimersByTimeAsync(1_000);
  return FakeSocket.made.at(-1) as FakeSocket;
}

async function opened(from: typeof resume | null = null): Promise<FakeSocket> {
  connection.open(from);
  const one = await socket();
  one.open();
  return one;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  localStorage.clear();
  FakeSocket.made = [];
  Object.assign(FakeSocket, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"ticket":"t"}')));
  [heard, links] = [[], []];
  listener = {
    link: (state) => void links.push(state),
    view: () => void heard.push('view'),
    update: () => heard.push('update') > 0,
    presence: () => void heard.push('presence'),
    typing: () => undefined,
    answered: () => undefined,
    pending: () => undefined,
    serverTime: vi.fn(),
  };
  connection = new Connection('g', listener);
});

afterEach(() => {
  connection.close();
  delete window.summitEarly;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the line', () => {
  it('says hello, and is open with the view', async () => {
    const line = await opened();
    expect(is()).toBe('connecting');
    expect(line.sent[0]).toMatchObject({ type: 'hello', ticket: 't', resume: null });
    line.say(welcome);
    line.say(whole);
    await settled();
    expect(is()).toBe('open');
    expect(connection.resume).toEqual({ stream: 's', after: 0 });
  });

  it('catches up until all that was missed is here, while acts go out', async () => {
    const line = await opened(resume);
    expect(is()).toBe('catching_up');
    connection.belongTo(view);
    void connection.send({ type: 'post_message', room: 'plenary', text: 'x' });
    line.say(welcome);
    line.say(resumed);
    await settled();
    expect(is()).toBe('catching_up');
    expect(line.hasSent('command')).toBe(true);
    line.say({ type: 'update', half: 'public', ops: [] });
    line.say(present);
    await settled();
    expect(heard).toEqual(['update', 'presence']);
    expect(is()).toBe('open');
    expect(connection.resume).toEqual({ stream: 's', after: 4 });
  });

  it('catches up when the page wakes, until the server was heard', async () => {
    const line = await opened();
    line.say(whole);
    line.say(present);
    await settled();
    line.say({ type: 'pong', server_time: 1 });
    await settled();
    vi.setSystemTime(Date.now() + 70_000);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(is()).toBe('catching_up');
    line.say({ type: 'update', half: 'public', ops: [] });
    await settled();
    expect(is()).toBe('catching_up');
    line.say({ type: 'pong', server_time: 2 });
    await settled();
    expect(is()).toBe('open');
  });

  it('says hello on the line after an early one that was lost before it opened', async () => {
    const early = new FakeSocket();
    const take = (): [] => [];
    window.summitEarly = {
      game: 'g',
      resume: null,
      socket: early as unknown as WebSocket,
      close: () => undefined,
      take,
    };
    connection.open();
    await settled();
    early.fail();
    const next = await socket();
    expect(next).not.toBe(early);
    next.open();
    expect(early.sent).toEqual([]);
    expect(next.sent[0]).toMatchObject({ type: 'hello', ticket: 't' });
  });

  it('takes the server’s time as it is now, not as it was when nobody was there to hear it', async () => {
    const early = new FakeSocket();
    early.readyState = 1;
    window.summitEarly = {
      game: 'g',
      resume: null,
      socket: early as unknown as WebSocket,
      heardAt: Date.now() - 800,
      close: () => undefined,
      take: () => [JSON.stringify(welcome)],
    };
    connection.open();
    await settled();
    const [time] = vi.mocked(listener.serverTime).mock.calls[0] ?? [];
    expect(time).toBeGreaterThanOrEqual(1_800);
    expect(time).toBeLessThan(1_900);
  });

  it('is tried anew when it dies before the view', async () => {
    const line = await opened();
    line.say(welcome);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(FakeSocket.made.length).toBeGreaterThan(1);
    expect(is()).toBe('lost');
  });

  it('says nothing any more once it is closed', async () => {
    const line = await opened();
    connection.belongTo(view);
    line.say(whole);
    await settled();
    void connection.send({ type: 'post_message', room: 'plenary', text: 'x' });
    const id = line.sent.find((frame) => frame.type === 'command')?.command_id ?? '';
    line.say({ type: 'unavailable', command_id: id, retry_after_ms: 500 });
    await settled();
    connection.close();
    links = [];
    await vi.advanceTimersByTimeAsync(20_000);
    expect(links).toEqual([]);
  });

  it('keeps nothing once the way in was closed', async () => {
    const line = await opened();
    line.say(whole);
    await settled();
    line.say({ type: 'goodbye', code: 'revoked' });
    await settled();
    expect(links.at(-1)).toEqual({ is: 'closed', why: 'revoked' });
    void connection.send({ type: 'post_message', room: 'plenary', text: 'too late' });
    expect(Object.keys(localStorage)).toEqual([]);
  });
});

describe('a packed half', () => {
  const { public: open, private: own } = view;
  const bytes = new Uint8Array(gzipSync(JSON.stringify({ public: open, texts: { a: 'A' } })));
  const packed = bytes.buffer;
  const rest = { type: 'view', stream: 's', view: { private: own }, texts: { b: 'B' } } as const;

  beforeEach(() => vi.useRealTimers());

  it('is unpacked before what came after it is heard', async () => {
    const views: unknown[] = [];
    listener.view = (...one) => void (views.push(one), heard.push('view'));
    connection.open();
    await vi.waitFor(() => expect(FakeSocket.made).toHaveLength(1));
    const line = FakeSocket.made[0] as FakeSocket;
    line.open();
    line.say(packed);
    line.say(rest);
    line.say({ type: 'update', half: 'public', ops: [] });
    expect(heard).toEqual([]);
    await vi.waitFor(() => expect(heard).toEqual(['view', 'update']));
    expect(views).toEqual([[view, { a: 'A', b: 'B' }]]);
  });

  it('is not heard when the line is lost meanwhile', async () => {
    connection.open();
    await vi.waitFor(() => expect(FakeSocket.made).toHaveLength(1));
    const line = FakeSocket.made[0] as FakeSocket;
    line.open();
    line.say(packed);
    line.say(rest);
    line.fail();
    await new Promise((soon) => setTimeout(soon, 100));
    expect(heard).toEqual([]);
    expect(is()).toBe('lost');
  });

  it('is asked for no more where it cannot be unpacked', async () => {
    connection.open();
    await vi.waitFor(() => expect(FakeSocket.made).toHaveLength(1));
    const line = FakeSocket.made[0] as FakeSocket;
    line.open();
    line.say(new Uint8Array([1, 2, 3]).buffer);
    await vi.waitFor(() => expect(FakeSocket.made).toHaveLength(2));
    FakeSocket.made[1]?.open();
    expect(FakeSocket.made[1]?.sent[0]).toMatchObject({ packed: false });
  });
});
