// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';

import { PendingCommands } from './pending';

const said = (text: string, at: number) => ({
  id: text,
  at,
  command: { type: 'post_message', room: 'plenary', text } as const,
});

beforeEach(() => localStorage.clear());

it('finds what was left unanswered, in the order it was made', () => {
  const before = new PendingCommands('g');
  before.belongTo('anna.POL');
  before.add(said('second', 2));
  before.add(said('first', 1));
  const after = new PendingCommands('g');
  expect(after.all).toEqual([]);
  expect(after.belongTo('anna.POL')).toBe(true);
  expect(after.all.map((one) => one.id)).toEqual(['first', 'second']);
  expect(after.settle('first')?.at).toBe(1);
  expect(after.belongTo('anna.POL')).toBe(false);
  expect(after.all.map((one) => one.id)).toEqual(['second']);
});

it('leaves two tabs their own', () => {
  const [one, other] = [new PendingCommands('g'), new PendingCommands('g')];
  one.belongTo('anna.POL');
  other.belongTo('anna.POL');
  one.add(said('here', 1));
  other.add(said('there', 2));
  one.settle('here');
  const after = new PendingCommands('g');
  after.belongTo('anna.POL');
  expect(after.all.map((pending) => pending.id)).toEqual(['there']);
});

it('leaves what another session left where it is, and keeps nothing once it is dropped', () => {
  const ben = new PendingCommands('g');
  ben.belongTo('ben.HUN');
  ben.add(said('ours', 1));
  const anna = new PendingCommands('g');
  anna.belongTo('anna.POL');
  expect(anna.all).toEqual([]);
  anna.drop();
  anna.add(said('too late', 2));
  expect(Object.keys(localStorage)).toEqual(['summit.pending.g.ben.HUN.ours']);
});
