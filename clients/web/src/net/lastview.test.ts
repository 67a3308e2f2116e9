// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { fixtures, type Fixture } from '../dev/fixtures';
import { takeToken } from '../store/entrance';
import { forgetLastView, keepLastView, lastView, type LastView } from './lastview';

const { view, texts } = fixtures.table as Fixture;
const last: LastView = { view, texts, present: ['m1'], offset: 5, resume: { stream: 's', after: 3 } };

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.useRealTimers());

it('is there after a reload, and its stream where the page looks first', () => {
  keepLastView('g', last);
  expect(lastView('g')).toMatchObject(last);
  expect(sessionStorage.getItem('summit.stream.g')).toBe('{"stream":"s","after":3}');
  expect(lastView('another')).toBeNull();
  expect(localStorage).toHaveLength(0);
});

it('leaves nothing when it is forgotten', () => {
  keepLastView('g', last);
  forgetLastView('g');
  expect(sessionStorage).toHaveLength(0);
});

it('is not shown after a while, or by another version of the page', () => {
  vi.useFakeTimers();
  keepLastView('g', last);
  vi.advanceTimersByTime(3_600_001);
  expect(lastView('g')).toBeNull();
  expect(sessionStorage).toHaveLength(0);

  keepLastView('g', last);
  const kept = sessionStorage.getItem('summit.view.g') ?? '';
  sessionStorage.setItem('summit.view.g', kept.replace(/"build":"[^"]*"/, '"build":"older"'));
  expect(lastView('g')).toBeNull();
});

it('is wiped when a link is opened, which may be another person’s', () => {
  keepLastView('g', last);
  location.hash = '#token';
  expect(takeToken('g')).toBe('token');
  expect(lastView('g')).toBeNull();
});
