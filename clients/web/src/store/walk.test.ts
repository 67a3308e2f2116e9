import { expect, it } from 'vitest';

import { alongTheTable, downTheTable, roundTheTable } from './ring';
import { nextTo } from './walk';

it('goes to what lies in that direction', () => {
  const cross = [
    { x: 50, y: 50 },
    { x: 90, y: 52 },
    { x: 50, y: 10 },
    { x: 10, y: 50 },
  ];
  expect(nextTo(cross, 0, 'ArrowRight')).toBe(1);
  expect(nextTo(cross, 0, 'ArrowUp')).toBe(2);
  expect(nextTo(cross, 0, 'ArrowLeft')).toBe(3);
  expect(nextTo(cross, 0, 'ArrowDown')).toBeUndefined();
  expect(nextTo(cross, 9, 'ArrowDown')).toBeUndefined();
});

it.each([
  ['a small table', roundTheTable(4, 1.7)],
  ['ten seats', roundTheTable(10, 1.7)],
  ['sixteen seats', roundTheTable(16, 1.7)],
  ['ten seats in a high box', roundTheTable(10, 0.7)],
  ['the whole alliance', alongTheTable(35, 14)],
  ['the whole alliance in a high box', downTheTable(35)],
])('reaches every seat of %s', (_, places) => {
  const boxes = places.map(({ left, top }) => ({ x: 5.6 * left, y: 3.4 * top }));
  const reached = new Set([0]);
  for (const place of reached)
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const) {
      const next = nextTo(boxes, place, key);
      if (next !== undefined) reached.add(next);
    }
  expect(reached.size).toBe(places.length);
});
