import { describe, expect, it } from 'vitest';

import { fixtures } from '../dev/fixtures';
import type { GameView, View } from '../protocol/generated';
import { facilitated, facilitatorWillRead, readersOf } from './rooms';
import { Table } from './table.svelte';

function tableOf(game: Partial<GameView>): Table {
  const { view, texts } = structuredClone(fixtures.table) as { view: View; texts: Record<string, string> };
  Object.assign(view.public.game, game);
  const table = new Table('fixture');
  table.show(view, texts);
  return table;
}

describe('who reads', () => {
  it('of an open game is nobody beside the table', () => {
    const table = tableOf({ kind: 'open', reading: 'live' });
    expect([facilitated(table), facilitatorWillRead(table)]).toEqual(['no', 'never']);
    expect(readersOf(table, 'FRA+POL')).toBe('Who can read this: France and Poland. Nobody else.');
  });

  it.each([
    ['live', 'live'],
    ['after the end', 'after'],
    ['never', 'never'],
  ] as const)('of an exercise is the facilitator as well, by the rule “%s”', (reading, expected) => {
    const table = tableOf({ kind: 'exercise', reading });
    expect(facilitated(table)).toBe('yes');
    expect(facilitatorWillRead(table)).toBe(expected);
  });

  it('says that the plenary is for the press as well, and that dispatches stand on the wall', () => {
    const table = tableOf({});
    expect(readersOf(table, 'plenary')).toMatch(/press/);
    expect(readersOf(table, 'dispatches')).toMatch(/wall/);
  });
});
