import { expect, it } from 'vitest';

import { alongTheTable, roundTheTable } from './ring';

it('gives every seat a place of its own, the first at the head', () => {
  for (const places of [roundTheTable(10), roundTheTable(16), alongTheTable(35, 13)]) {
    const spots = new Set(places.map(({ left, top }) => `${left.toFixed(1)} ${top.toFixed(1)}`));
    expect(spots.size).toBe(places.length);
    expect(places[0]?.left).toBeCloseTo(50, 0);
    expect(places[0]?.top).toBeLessThan(10);
  }
  expect(alongTheTable(35, 13)).toHaveLength(35);
});
