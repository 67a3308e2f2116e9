// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';

import { fixtures, type Fixture } from '../dev/fixtures';
import { Table } from './table.svelte';
import { forgetTyped, giveBackWords, type Typed, typed, wipeTyped } from './typed.svelte';

class Live extends Table {
  override get readOnly(): boolean {
    return false;
  }
}

function at(table: Table, change: { member?: string; seat?: string | null; status?: 'ended' } = {}): Table {
  const { view, texts } = fixtures.table as Fixture;
  const { member = 'm1', seat = 'POL', status } = change;
  const you = { ...view.private.you, member, seat };
  const clock = { ...view.public.clock, ...(status ? { status } : {}) };
  table.show({ public: { ...view.public, clock }, private: { ...view.private, you } }, texts);
  return table;
}

const here = (change?: Parameters<typeof at>[1]): Table => at(new Live('g'), change);

/** As a component would hold it, until it is closed. */
function form<T>(table: Table, what: string, otherwise: T): { words: Typed<T>; close: () => void } {
  let words: Typed<T> | undefined;
  const close = $effect.root(() => void (words = typed(table, what, otherwise)));
  flushSync();
  return { words: words as Typed<T>, close };
}

beforeEach(() => localStorage.clear());

describe('what is typed', () => {
  it('is there again after a reload', () => {
    const first = form(here(), 'objection', { reason: '', issues: [] as string[] });
    first.words.value.reason = 'Because';
    first.words.value.issues.push('path');
    flushSync();
    const second = form(here(), 'objection', { reason: '', issues: [] as string[], lift: '' });
    expect(second.words.value).toEqual({ reason: 'Because', issues: ['path'], lift: '' });
    second.words.clear();
    expect(localStorage.length).toBe(0);
  });

  it('leaves nothing behind when it is taken out again', () => {
    const { words } = form(here(), 'notes', '');
    words.value = 'x';
    flushSync();
    expect(localStorage.length).toBe(1);
    words.value = '';
    flushSync();
    expect(localStorage.length).toBe(0);
  });

  it('is not there for another session, nor after leaving the seat', () => {
    for (const change of [{ member: 'm2' }, { seat: null }, { seat: 'HUN' }]) {
      const { words, close } = form(here(), 'notes', '');
      words.value = 'ours alone';
      flushSync();
      close();
      expect(localStorage.length).toBe(1);
      expect(form(here(change), 'notes', '').words.value).toBe('');
      localStorage.clear();
    }
  });

  it('is wiped at the end, and not kept after it', () => {
    const table = here();
    const { words } = form(table, 'notes', '');
    words.value = 'ours alone';
    flushSync();
    at(table, { status: 'ended' });
    wipeTyped('g');
    expect(localStorage.length).toBe(0);
    words.value = 'ours alone, still';
    flushSync();
    expect(localStorage.length).toBe(0);
    expect(words.value).toBe('ours alone, still');
  });

  it('is not kept once the way in was closed', () => {
    const table = here();
    const { words } = form(table, 'notes', '');
    table.link = { is: 'closed', why: 'revoked' };
    words.value = 'too late';
    flushSync();
    expect(localStorage.length).toBe(0);
  });
});

describe('what was refused or granted after a reload', () => {
  it('comes back into the form that is open, or that opens next', () => {
    const table = here();
    giveBackWords(table, { room: 'plenary', text: 'Once more', refs: ['draft:d1'] });
    const about = form<string[]>(table, 'about:plenary', []);
    expect(about.words.value).toEqual(['draft:d1']);
    const { words, close } = form(table, 'say:plenary', '');
    expect(words.value).toBe('Once more');
    words.clear();
    about.words.clear();
    giveBackWords(table, { room: 'plenary', text: 'And again', refs: ['issue:reform'] });
    expect(words.value).toBe('And again');
    expect(about.words.value).toEqual(['issue:reform']);
    about.words.clear();
    giveBackWords(table, { room: 'plenary', text: 'Not over what is there', refs: ['draft:d1'] });
    expect([words.value, about.words.value]).toEqual(['And again', []]);
    close();
    about.close();
  });

  it('empties the form, open or not', () => {
    const first = form(here(), 'promise', { words: '' });
    first.words.value.words = 'We will';
    flushSync();
    forgetTyped(first.words.key);
    expect(first.words.value.words).toBe('');
    first.words.value.words = 'We will';
    flushSync();
    first.close();
    forgetTyped(first.words.key);
    expect(form(here(), 'promise', { words: '' }).words.value.words).toBe('');
  });
});
