// @vitest-environment jsdom
import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { earlySocket } from './early';

const script = readFileSync('public/early.js', 'utf8');
const resume = { stream: 's', after: 3 };

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  binaryType = '';
  readonly sent: unknown[] = [];

  constructor(readonly url: string) {
    super();
    FakeSocket.made.push(this);
  }

  send(frame: string): void {
    this.sent.push(JSON.parse(frame));
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  say(data: string): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Runs what the build puts into the page, at this address. */
function load(address: string): FakeSocket | undefined {
  history.replaceState(null, '', address);
  new Function(script)();
  return FakeSocket.made[0];
}

beforeEach(() => {
  FakeSocket.made = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"ticket":"t"}')));
  sessionStorage.clear();
});

afterEach(() => {
  delete window.summitEarly;
  vi.unstubAllGlobals();
});

describe('the line that is opened before the scripts are here', () => {
  it('says hello where this tab stopped', async () => {
    sessionStorage.setItem('summit.stream.g1', JSON.stringify(resume));
    const socket = load('/g/g1') as FakeSocket;
    expect(socket.url).toMatch(/^ws.*\/api\/games\/g1\/socket$/);
    await settled();
    expect(socket.sent).toEqual([]);
    socket.open();
    await settled();
    expect(socket.sent).toEqual([{ type: 'hello', ticket: 't', resume, packed: 'DecompressionStream' in window }]);
  });

  it('is opened for a game alone, and not for who brings a token', () => {
    for (const address of ['/', '/new', '/g/g1/replay', '/g/g1#token']) expect(load(address)).toBeUndefined();
    sessionStorage.setItem('summit.entrance.g1', '"code"');
    expect(load('/g/g1')).toBeUndefined();
  });

  it('is closed where there is no session', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 401 })));
    const socket = load('/g/g1') as FakeSocket;
    await settled();
    expect(socket.readyState, 'a browser complains of a line closed before it is open').toBe(0);
    socket.open();
    await settled();
    expect(socket.readyState).toBe(3);
    expect(earlySocket('g1', null)).toBeNull();
  });

  it('is taken over with all it heard, in order, and only once', async () => {
    const socket = load('/g/g1') as FakeSocket;
    socket.open();
    socket.say('one');
    socket.say('two');
    const Line = earlySocket('g1', null) as typeof WebSocket;
    const taken = new Line('ws://here');
    expect(taken).toBe(socket);
    const heard: unknown[] = [];
    taken.addEventListener('open', () => heard.push('open'));
    taken.addEventListener('message', ({ data }) => heard.push(data));
    await settled();
    socket.say('three');
    expect(heard).toEqual(['open', 'one', 'two', 'three']);
    expect(new Line('ws://here')).not.toBe(socket);
    expect(earlySocket('g1', null)).toBeNull();
  });

  it('is given up where it asked for something else', async () => {
    const socket = load('/g/g1') as FakeSocket;
    expect(earlySocket('g1', resume)).toBeNull();
    socket.open();
    await settled();
    expect(socket.readyState).toBe(3);
  });
});
