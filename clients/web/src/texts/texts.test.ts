import { parse } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';

import { EVENT_TYPES, REFUSALS } from '../protocol/generated';
import { en } from './en';
import { events } from './en-events';
import { refusals } from './en-refusals';
import { duration, howLong, lookUp } from '.';

describe('the catalogue', () => {
  const all = { ...en, ...events, ...refusals };

  it('is written in a syntax that can be read', () => {
    for (const sentence of Object.values(all)) expect(() => parse(sentence), sentence).not.toThrow();
  });

  it('says why for every refusal, with its parameters and no others', () => {
    for (const [code, { parameters }] of Object.entries(REFUSALS)) {
      const words = Object.fromEntries(parameters.map((name) => [name, name === 'needed' ? 2 : `<${name}>`]));
      expect(lookUp(`refusal.${code}`, words), code).toMatch(/^[^{}]+$/);
    }
  });

  it('tells of every event that a record holds', () => {
    for (const type of EVENT_TYPES) expect(events[type], type).toBeTruthy();
  });

  it('never speaks like a machine', () => {
    for (const sentence of Object.values(all)) expect(sentence).not.toMatch(/\b(error|invalid|submit)\b/i);
  });
});

it('writes a clock as people read it', () => {
  expect(duration(102_000)).toBe('1:42');
  expect(duration(999)).toBe('0:01');
  expect(duration(-5)).toBe('0:00');
  expect(duration(3_725_000)).toBe('1:02:05');
  expect(duration(86_399_000)).toBe('23:59:59');
  expect(duration(86_400_000)).toBe('1d 0:00');
  expect(duration(256_325_000)).toBe('2d 23:12');
});

it('says how long something lasts in its two largest units', () => {
  expect(howLong(90_000)).toBe('1 min 30 sec');
  expect(howLong(300_000)).toBe('5 min');
  expect(howLong(3 * 86_400_000)).toBe('3 days');
  expect(howLong(30 * 3_600_000 + 59_000)).toBe('1 day 6 hr');
  expect(howLong(0)).toBe('0 min');
});
