/** Lengths of time to choose from: round ones, within what the server takes at this game's pace. */

import type { BoundsView, LengthsView } from '../protocol/generated';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What people say when they mean about so long, in seconds. */
const ROUND = [
  ...[15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY],
];

/** The first `count` round lengths from `from` on that are within bounds; the least itself where none is. */
export function roundLengths(bounds: BoundsView, count: number, from = bounds.least): number[] {
  const round = ROUND.filter((length) => length >= from && length <= bounds.most).slice(0, count);
  return round.length ? round : [bounds.least];
}

/** A slider over the bounds that stops at round lengths only. */
export function sliderOver({ least, most }: BoundsView): { min: number; max: number; step: number } {
  const step = ROUND.findLast((length) => length <= (most - least) / 6) ?? 1;
  return { min: Math.ceil(least / step) * step, max: Math.floor(most / step) * step, step };
}

/** By how long one press extends silence: twice the least. */
export function silenceExtension({ silence_extension: bounds }: LengthsView): number {
  return roundLengths(bounds, 1, 2 * bounds.least)[0] ?? bounds.least;
}
