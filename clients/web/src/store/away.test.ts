// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';

import { A_GAP, Lookout, missedSince } from './away';
import { Table } from './table.svelte';
import { fixtures, type Fixture } from '../dev/fixtures';
import type { View } from '../protocol/generated';

function tableWith(change: (view: View) => void = () => undefined): Table {
  const { view, texts, now } = fixtures.table as Fixture;
  const changed = structuredClone(view);
  change(changed);
  const table = new Table('g');
  table.show(changed, texts);
  table.now = now;
  return table;
}

const nobodysOwn = () => false;
const START = 1_000_000_000;

beforeEach(() => localStorage.clear());

describe('the lookout', () => {
  it('tells a gap, and only a gap', () => {
    const lookout = new Lookout(tableWith());
    expect(lookout.look(START)).toBeNull();
    expect(lookout.look(START + A_GAP)).toBeNull();
    expect(lookout.look(START + 3 * A_GAP)).toBe(START + A_GAP);
    expect(lookout.look(START + 3 * A_GAP + 250)).toBeNull();
  });

  it('remembers over a reload, each session for itself', () => {
    new Lookout(tableWith()).look(START);
    expect(new Lookout(tableWith()).look(START + 2 * A_GAP)).toBe(START);
    const another = tableWith((view) => (view.private.you.member = 'somebody else'));
    expect(new Lookout(another).look(START + 9 * A_GAP)).toBeNull();
  });
});

describe('what was missed', () => {
  it('is nothing when nothing happened', () => {
    const table = tableWith();
    expect(missedSince(table, table.now, ['plenary'], nobodysOwn)).toBeNull();
  });

  it('is told in order, without what one did oneself and what was undone', () => {
    const table = tableWith((view) => {
      const [last] = view.public.record.slice(-1);
      if (!last) return;
      const entry = { ...last, type: 'draft_tabled', event: { draft: 'd1' } };
      view.public.record = [
        { ...entry, at: START + 2, member: null, by: 'HUN' },
        { ...entry, at: START + 1, member: 'm-ben', by: 'FRA' },
        { ...entry, at: START + 3, member: view.private.you.member },
        { ...entry, at: START + 4, member: null, undone: true },
      ];
      view.private.record = [];
    });
    const missed = missedSince(table, START, [], nobodysOwn);
    expect(missed?.happened.map((entry) => entry.by)).toEqual(['FRA', 'HUN']);
  });

  it('tells of positions only where a nation stands now', () => {
    const table = tableWith((view) => {
      const stated = (at: number, by: string, position: string) => ({
        at,
        by,
        member: null,
        stand_in: true,
        undone: false,
        type: 'position_stated',
        event: { draft: 'd1', position },
      });
      view.public.record = [stated(START + 1, 'HUN', 'concern'), stated(START + 2, 'HUN', 'can_accept')];
      view.private.record = [];
    });
    const missed = missedSince(table, START, [], nobodysOwn);
    expect(missed?.happened).toEqual([]);
    expect(missed?.positions.map((entry) => entry.event.position)).toEqual(['can_accept']);
  });

  it('counts what others said, by room', () => {
    const table = tableWith();
    const said = table.room('plenary')?.messages ?? [];
    const [first] = said;
    const all = missedSince(table, 0, ['plenary', 'nowhere'], nobodysOwn);
    expect(all?.said).toEqual([{ room: 'plenary', count: said.length }]);
    const others = missedSince(table, 0, ['plenary'], (message) => message === first);
    expect(others?.said).toEqual([{ room: 'plenary', count: said.length - 1 }]);
  });
});
