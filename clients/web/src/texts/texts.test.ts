import { parse } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';

import { EVENT_TYPES, REFUSALS } from '../protocol/generated';
import { en } from './en';
import { events } from './en-events';
import { refusals } from './en-refusals';
import { duration, lookUp } from '.';

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
});
