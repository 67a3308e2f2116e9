// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { fixtures, type Fixture } from '../dev/fixtures';
import { takeToken } from '../store/entrance';
import { forgetLastView, keepLastView, lastView, type LastView } from './lastview';
import { forgetSession, sessionIn, takeOver } from './session';

const { view, texts } = fixtures.table as Fixture;
const session = sessionIn(view);
const seen = (): LastView => ({
  view,
  texts,
  present: ['m1'],
  offset: 5,
  resume: { stream: 's', after: 3 },
  at: Date.now(),
});

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  takeOver('g', session);
});
afterEach(() => vi.useRealTimers());

it('is there after a reload, and its stream where the page looks first', () => {
  const last = seen();
  keepLastView('g', last);
  expect(lastView('g')).toMatchObject({ view, present: last.present, resume: last.resume });
  expect(sessionStorage.getItem('summit.stream.g')).toBe('{"stream":"s","after":3}');
  expect(lastView('another')).toBeNull();
  expect(Object.keys(localStorage)).toEqual(['summit.session.g']);
});

it('leaves nothing when it is forgotten', () => {
  keepLastView('g', seen());
  forgetLastView('g');
  expect(sessionStorage).toHaveLength(0);
});

it('is not shown after a while, or by another version of the page', () => {
  vi.useFakeTimers();
  keepLastView('g', seen());
  vi.advanceTimersByTime(3_600_001);
  expect(lastView('g')).toBeNull();
  expect(sessionStorage).toHaveLength(0);

  keepLastView('g', seen());
  const kept = sessionStorage.getItem('summit.view.g') ?? '';
  sessionStorage.setItem('summit.view.g', kept.replace(/"build":"[^"]*"/, '"build":"older"'));
  expect(lastView('g')).toBeNull();
});

it('is wiped when a link is opened, which may be another person’s', () => {
  keepLastView('g', seen());
  location.hash = '#token';
  expect(takeToken('g')).toBe('token');
  expect(lastView('g')).toBeNull();
});

it('is another’s once the server has said that the session is, and nobody’s until it has said so', () => {
  for (const change of [() => takeOver('g', 'ben.HUN'), () => forgetSession('g')]) {
    takeOver('g', session);
    keepLastView('g', seen());
    change();
    expect(lastView('g')).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  }
});

it('ages from when the server was heard, however often it is reloaded meanwhile', () => {
  vi.useFakeTimers();
  const first = seen();
  keepLastView('g', first);
  vi.advanceTimersByTime(2_000_000);
  keepLastView('g', lastView('g') as LastView);
  vi.advanceTimersByTime(2_000_000);
  expect(lastView('g')).toBeNull();
});

it('takes the texts along that the view speaks of, and no other', () => {
  keepLastView('g', { ...seen(), texts: { ...texts, 'of-long-ago': 'Said in the morning.' } });
  const ids = Object.keys(lastView('g')?.texts ?? {});
  expect(ids).not.toContain('of-long-ago');
  expect(ids.length).toBeGreaterThan(3);
});

it('leaves no place to go on from where the view did not fit', () => {
  const set = vi.spyOn(Storage.prototype, 'setItem').mockImplementation((key) => {
    if (key.startsWith('summit.view')) throw new DOMException('full', 'QuotaExceededError');
  });
  keepLastView('g', seen());
  expect(set.mock.calls.map(([key]) => key)).toEqual(['summit.view.g']);
  set.mockRestore();
});
