// @vitest-environment jsdom
import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { earlyLine } from './early';

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

  fail(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('error'));
    this.dispatchEvent(new Event('close'));
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

const begun = vi.fn();

/** Runs what the build puts into the page, at this address. */
function load(address: string): FakeSocket | undefined {
  history.replaceState(null, '', address);
  const built = script
    .replace('__PAGE__', '/page.js')
    .replace('__TABLE__', '/table.js /table.css')
    .replace('__WORDS__', '/assets/de-1.js /assets/uk-2.js')
    .replace('import(page)', 'begun(page)');
  new Function('begun', built)(begun);
  return FakeSocket.made[0];
}

const asked = (): (string | null)[] =>
  [...document.querySelectorAll('link')].map((link) => link.getAttribute('href')).filter((file) => file !== '/page.js');

/** Whether this browser knows what `modulepreload` is, and tells when it is here. */
function preloads(knows: boolean): void {
  const supports = (): boolean => knows;
  Object.defineProperty(HTMLLinkElement.prototype, 'relList', { configurable: true, value: { supports } });
}

beforeEach(() => {
  FakeSocket.made = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"ticket":"t"}')));
  sessionStorage.clear();
  localStorage.clear();
  begun.mockClear();
  preloads(true);
  document.head.innerHTML = '<link rel="modulepreload" href="/page.js">';
});

afterEach(() => {
  delete window.summitEarly;
  vi.unstubAllGlobals();
  vi.useRealTimers();
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
    expect(earlyLine('g1', null)).toBeNull();
  });

  it('is taken over with all it heard, in order, and only once', async () => {
    const socket = load('/g/g1') as FakeSocket;
    socket.open();
    socket.say('one');
    socket.say('two');
    const Line = earlyLine('g1', null)?.WebSocket as typeof WebSocket;
    const taken = new Line('ws://here');
    expect(taken).toBe(socket);
    const heard: unknown[] = [];
    taken.addEventListener('open', () => heard.push('open'));
    taken.addEventListener('message', ({ data }) => heard.push(data));
    await settled();
    socket.say('three');
    expect(heard).toEqual(['open', 'one', 'two', 'three']);
    expect(new Line('ws://here')).not.toBe(socket);
    expect(earlyLine('g1', null)).toBeNull();
  });

  it('is given up where it asked for something else', async () => {
    const socket = load('/g/g1') as FakeSocket;
    expect(earlyLine('g1', resume)).toBeNull();
    socket.open();
    await settled();
    expect(socket.readyState).toBe(3);
  });
});

describe('the page', () => {
  const preload = (): Element => document.querySelector('link[href="/page.js"]') as Element;

  it('begins when its script is here, and not before the hello has had a moment', () => {
    vi.useFakeTimers();
    load('/g/g1');
    expect(begun).not.toHaveBeenCalled();
    preload().dispatchEvent(new Event('load'));
    vi.advanceTimersByTime(79);
    expect(begun).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(begun).toHaveBeenCalledWith('/page.js');
  });

  it('begins at once where nothing tells when a script is here', () => {
    preloads(false);
    load('/g/g1');
    expect(begun).toHaveBeenCalledOnce();
  });

  it('begins though the line cannot be opened', async () => {
    const socket = load('/g/g1') as FakeSocket;
    socket.fail();
    await settled();
    expect(begun).toHaveBeenCalled();
    expect(socket.sent).toEqual([]);
  });

  it('begins though everything hangs', () => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', () => new Promise(() => undefined));
    load('/g/g1');
    vi.advanceTimersByTime(1_500);
    expect(begun).toHaveBeenCalled();
  });

  it('asks for the words of the language it will be in', () => {
    const speaks = (...languages: string[]): void => void vi.stubGlobal('navigator', { languages });
    speaks('pl', 'uk-UA', 'en');
    load('/');
    expect(asked()).toEqual(['/assets/uk-2.js']);
    document.head.replaceChildren();
    speaks('en-GB', 'de');
    load('/');
    expect(asked()).toEqual([]);
    localStorage.setItem('summit.preferences', '{"language":"de"}');
    load('/g/g1');
    expect(asked()).toEqual(['/assets/de-1.js', '/table.js', '/table.css']);
  });

  it('knows when the first word came over its line', async () => {
    const socket = load('/g/g1') as FakeSocket;
    socket.open();
    const line = earlyLine('g1', null);
    expect(line?.heardAt).toBeUndefined();
    socket.say('one');
    expect(Date.now() - (line?.heardAt ?? 0)).toBeLessThan(5_000);
    await settled();
  });
});
