import { describe, expect, it } from 'vitest';

import { roundLengths, sliderOver } from './lengths';

/** Three days instead of an hour: everything lasts 72 times as long. */
const SLOW = 72;

describe('lengths to choose from', () => {
  const poll = { least: 20, most: 300 };
  const phase = { least: 60, most: 3_600 };

  it('are the usual ones in a live game', () => {
    expect(roundLengths(poll, 4)).toEqual([30, 60, 120, 300]);
    expect(roundLengths(phase, 2, 2 * phase.least)).toEqual([120, 300]);
  });

  it('are hours in a slow game, round ones, and none that would be refused', () => {
    const slow = (bounds: typeof poll) => ({ least: SLOW * bounds.least, most: SLOW * bounds.most });
    expect(roundLengths(slow(poll), 4)).toEqual([1_800, 3_600, 7_200, 10_800]);
    expect(roundLengths(slow(phase), 2, 2 * SLOW * phase.least)).toEqual([10_800, 21_600]);
  });

  it('are at least one, however narrow the bounds', () => {
    expect(roundLengths({ least: 40, most: 50 }, 3)).toEqual([40]);
  });
});

describe('a slider', () => {
  it('goes by half minutes in a live game and by half hours in a slow one', () => {
    expect(sliderOver({ least: 120, most: 300 })).toEqual({ min: 120, max: 300, step: 30 });
    expect(sliderOver({ least: 120 * SLOW, most: 300 * SLOW })).toEqual({ min: 9_000, max: 21_600, step: 1_800 });
  });

  it('never leaves the bounds', () => {
    expect(sliderOver({ least: 30, most: 60 })).toEqual({ min: 30, max: 60, step: 1 });
  });
});
