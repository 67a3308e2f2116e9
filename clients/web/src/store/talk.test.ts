import { describe, expect, it } from 'vitest';

import { fixtures } from '../dev/fixtures';
import type { MessageView, View } from '../protocol/generated';
import { Table } from './table.svelte';
import { byStandIn, type Folds, searchTalk } from './talk';

const { view, texts } = structuredClone(fixtures.table) as { view: View; texts: Record<string, string> };
const table = new Table('fixture');
table.show(view, { ...texts, late: null, cafe: 'Un café à Vilnius' });

const said = (text: string, seat: string | null = 'HUN', member: string | null = 'm-1'): MessageView => ({
  seat,
  member,
  at: 0,
  text,
  refs: [],
});

describe('searching talk', () => {
  const folds: Folds = new Map();
  const find = (question: string): string[] =>
    searchTalk(table, [{ room: 'plenary', messages: [said('cafe'), said('late')] }], question, folds).map(
      (one) => one.message.text,
    );

  it('finds words without case and accents, and what was looked through once anew when it changes', () => {
    expect(find('CAFE')).toEqual(['cafe']);
    expect(find('hungary')).toEqual(['cafe', 'late']);
    expect(find('budapest')).toEqual([]);
    table.learn({ late: 'From Budapest' });
    expect(find('budapest')).toEqual(['late']);
  });
});

describe('who speaks without a name', () => {
  it('is a stand-in, or a facilitator in the seat’s place', () => {
    expect(byStandIn(table, said('t', 'HUN', null))).toBe(true);
    expect(byStandIn(table, said('t', 'HUN'))).toBe(false);
    expect(byStandIn(table, said('t', null, null))).toBe(false);
    const taken = structuredClone(view);
    Object.assign(taken.public.seats.HUN as object, { player: 'facilitator' });
    const inPlace = new Table('fixture');
    inPlace.show(taken, texts);
    expect(byStandIn(inPlace, said('t', 'HUN', null))).toBe(false);
  });
});
