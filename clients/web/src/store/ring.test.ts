import { expect, it } from 'vitest';

import { alongTheTable, downTheTable, roundTheTable } from './ring';

it('gives every seat a place of its own, the first at the head', () => {
  const wide = [roundTheTable(10, 1.7), roundTheTable(16, 1.7), alongTheTable(35, 13)];
  const high = [roundTheTable(10, 0.7), downTheTable(35), downTheTable(34)];
  for (const places of [...wide, ...high]) {
    const spots = new Set(places.map(({ left, top }) => `${left.toFixed(1)} ${top.toFixed(1)}`));
    expect(spots.size).toBe(places.length);
    expect(places[0]?.left).toBeCloseTo(50, 0);
    expect(places[0]?.top).toBeLessThan(10);
  }
  expect(alongTheTable(35, 13)).toHaveLength(35);
});

it('sits clockwise down the right side of a high table and up the left', () => {
  const places = downTheTable(35);
  const [, next] = places;
  const last = places.at(-1);
  expect(next?.left).toBeGreaterThan(50);
  expect(last?.left).toBeLessThan(50);
  expect(last?.top).toBeCloseTo(next?.top ?? 0);
  expect(places[17]?.top).toBeCloseTo(places[18]?.top ?? 0);
});

it('keeps the same distance between neighbours, whatever the shape of the box', () => {
  for (const aspect of [0.6, 1, 1.9]) {
    const places = roundTheTable(12, aspect);
    const ways = places.map((one, at) => {
      const other = places[(at + 1) % places.length];
      return Math.hypot(((other?.left ?? 0) - one.left) * aspect, (other?.top ?? 0) - one.top);
    });
    expect(Math.max(...ways) / Math.min(...ways)).toBeLessThan(1.15);
  }
});
