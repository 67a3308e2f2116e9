import { expect, it } from 'vitest';

import { changeInWords } from './changes';
import { Table } from './table.svelte';
import { type Fixture, fixtures } from '../dev/fixtures';
import type { ChangedInstruction } from '../protocol/generated';

const { view, texts } = fixtures.table as Fixture;
const table = new Table('fixture');
table.show(view, texts);

it.each<[ChangedInstruction, string | RegExp]>([
  [
    { kind: 'salience', params: { dimension: 'path', title: 'The way in', by: 1 } },
    'The way in matters a little more to you.',
  ],
  [
    { kind: 'salience', params: { dimension: 'path', title: 'The way in', by: -3 } },
    'The way in matters a lot less to you.',
  ],
  [
    { kind: 'preference', params: { order: ['new_partnership', 'membership_action_plan'] } },
    /^The ways in rank differently now: .+ and .+\.$/,
  ],
  [{ kind: 'acceptable', params: { options: ['new_partnership'] } }, /^You can live with these ways in now: .+\.$/],
  [{ kind: 'red_line', params: { red_line: 'x', held: true, title: 'A date' } }, 'A new red line: A date.'],
  [{ kind: 'red_line', params: { red_line: 'x', held: false, title: 'A date' } }, 'No longer a red line: A date.'],
  [{ kind: 'points', params: { points: -1, when: null } }, 'one point less for you, whatever comes of it.'],
  [
    { kind: 'points', params: { points: 4, when: 'the deal is signed' } },
    '4 points more for you, if the deal is signed.',
  ],
  [{ kind: 'revision', params: { change: {} } }, 'You are handed a text to table.'],
])('tells a change of the instructions in words: %j', (change, sentence) => {
  expect(changeInWords(table, change)).toMatch(sentence);
});
