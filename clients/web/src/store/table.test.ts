// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';

import { fixtures, type Fixture } from '../dev/fixtures';
import type { Listener } from '../net/connection';
import { keyFor, sessionHere, sessionIn, takeOver } from '../net/session';
import type { View } from '../protocol/generated';
import { Table } from './table.svelte';
import { Typed } from './typed.svelte';

const line = vi.hoisted(() => ({
  listener: undefined as unknown,
  resumedFrom: undefined as unknown,
  sent: [] as unknown[],
}));

vi.mock('../net/connection', () => ({
  Connection: class {
    resume = { stream: 's', after: 3 };
    heardAt = Date.now();
    constructor(_: string, listener: unknown) {
      line.listener = listener;
    }
    open(resume: unknown): void {
      line.resumedFrom = resume;
    }
    belongTo(): void {
      // its acts are of no concern here
    }
    close(): void {
      // nothing is open
    }
    send(command: unknown): Promise<unknown> {
      line.sent.push(command);
      return new Promise(() => undefined);
    }
    answerTo(id: string): Promise<unknown> {
      return Promise.resolve({ type: 'ack', command_id: id });
    }
  },
}));

const { view, texts } = fixtures.table as Fixture;
const session = sessionIn(view);
const server = (): Listener => line.listener as Listener;

function as(member: string): View {
  return { ...view, private: { ...view.private, you: { ...view.private.you, member } } };
}

function opened(): Table {
  const table = new Table('g');
  table.open();
  return table;
}

/** As a browser does it: the page hears that it goes, and nothing else of it is done. */
function reloaded(table: Table): Table {
  dispatchEvent(new Event('pagehide'));
  vi.spyOn(table, 'close').mockReturnValue();
  return opened();
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

it('shows after a reload what this tab saw last', () => {
  const table = opened();
  server().view(view, texts);
  const again = reloaded(table);
  expect(again.me).toBe(view.private.you.seat);
  expect(line.resumedFrom).toEqual({ stream: 's', after: 3 });
  again.close();
  table.close();
});

it('shows nobody what another session saw in this tab, and leaves alone what that one typed since', () => {
  const table = opened();
  server().view(view, texts);
  const typed = keyFor('typed', 'g', 'ben.HUN.notes');
  takeOver('g', 'ben.HUN'); // in another tab
  localStorage.setItem(typed, '"ours"');
  const again = reloaded(table);
  expect(again.view).toBeNull();
  expect(line.resumedFrom).toBeUndefined();
  expect(localStorage.getItem(typed)).toBe('"ours"');
  again.close();
  table.close();
});

it('wipes nothing for what it shows from before: only the server knows whose session this is', () => {
  const table = opened();
  server().view(view, texts);
  const typed = keyFor('typed', 'g', 'ben.HUN.notes');
  localStorage.setItem(typed, '"theirs"');
  const again = reloaded(table);
  expect(again.view).not.toBeNull();
  expect(localStorage.getItem(typed)).toBe('"theirs"');
  server().view(view, texts);
  expect(localStorage.getItem(typed)).toBeNull();
  server().view(as('clara'), texts);
  expect(sessionHere('g')).toBe(sessionIn(as('clara')));
  again.close();
  table.close();
});

it('leaves nothing behind once the way in was closed, and writes nothing back', () => {
  const table = opened();
  server().view(view, texts);
  localStorage.setItem(keyFor('seen', 'g', session), '{}');
  server().link({ is: 'closed', why: 'revoked' });
  const again = reloaded(table);
  expect(again.view).toBeNull();
  expect(sessionStorage).toHaveLength(0);
  expect(localStorage).toHaveLength(0);
  again.close();
  table.close();
});

it('marks the game as opened whenever its line is open, so that nothing of it is swept', () => {
  const table = opened();
  expect(localStorage.getItem('summit.opened.g')).toBeNull();
  server().link({ is: 'open' });
  expect(localStorage.getItem('summit.opened.g')).not.toBeNull();
  localStorage.removeItem('summit.opened.g');
  server().view(view, texts);
  const again = reloaded(table); // on a lost line as well
  expect(localStorage.getItem('summit.opened.g')).not.toBeNull();
  again.close();
  table.close();
});

it('sends what a form holds once, though a reload came before the answer', async () => {
  const table = opened();
  server().view(view, texts);
  const form = new Typed(table, 'promise', { words: 'We will' });
  const command = { type: 'make_promise', to: 'HUN', text: 'We will' } as const;
  expect(form.underWay).toBe(false);
  void table.act(command, form);
  server().pending([{ id: 'one', command, at: 1, typed: form.key }]);
  expect(form.underWay).toBe(true);
  expect(await table.act(command, form)).toBeNull();
  expect(line.sent).toEqual([command]);
  server().pending([]);
  expect(form.underWay).toBe(false);
  table.close();
});
