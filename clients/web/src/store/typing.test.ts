import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { MessageView } from '../protocol/generated';
import { Writers } from './typing.svelte';

const ANNA = { room: 'HUN+POL', seat: 'HUN', member: 'anna' };

function said(text: string, member: string | null = 'anna', seat: string | null = 'HUN'): MessageView {
  return { seat, member, at: 0, text, refs: [] };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('whoever writes is named in that room alone, for six seconds', () => {
  const writers = new Writers();
  writers.hear(ANNA, []);
  expect(writers.in('HUN+POL', [])).toHaveLength(1);
  expect(writers.in('plenary', [])).toEqual([]);
  vi.advanceTimersByTime(5_000);
  writers.hear(ANNA, []);
  vi.advanceTimersByTime(5_000);
  expect(writers.in('HUN+POL', [])).toHaveLength(1);
  vi.advanceTimersByTime(1_001);
  expect(writers.in('HUN+POL', [])).toEqual([]);
});

test('whoever has spoken writes no more, others go on', () => {
  const writers = new Writers();
  const before = [said('m1')];
  writers.hear(ANNA, before);
  writers.hear({ ...ANNA, member: 'bela' }, before);
  expect(writers.in('HUN+POL', [...before, said('m2', 'tarik', 'TUR')])).toHaveLength(2);
  expect(writers.in('HUN+POL', [...before, said('m3')]).map((one) => one.member)).toEqual(['bela']);
});

test('the server is told every few seconds, and not of what was given up', () => {
  const writers = new Writers();
  const told: string[] = [];
  let writes = true;
  const key = (what: string): void =>
    writers.tell(
      () => told.push(what),
      () => writes,
    );
  key('a');
  key('b');
  key('c');
  expect(told).toEqual(['a']);
  vi.advanceTimersByTime(3_500);
  expect(told).toEqual(['a', 'c']);
  key('d');
  writes = false;
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual(['a', 'c']);
});
