import { describe, expect, it } from 'vitest';

import { type Running, running, warning, when } from './clock';
import { Table } from './table.svelte';
import { type Fixture, fixtures } from '../dev/fixtures';

function at(fixture: string, left: number): Running {
  const { view, texts } = fixtures[fixture] as Fixture;
  const table = new Table('fixture');
  table.show(view, texts);
  table.now = (view.public.silence?.deadline ?? view.public.clock.phase_ends_at ?? 0) - left;
  return running(table) as Running;
}

describe('the clock that counts', () => {
  it('is that of silence while there is one', () => {
    expect(at('silence', 42_000)).toMatchObject({ what: 'silence', left: 42_000, closing: false });
    expect(at('silence', 30_000).closing).toBe(true);
    expect(at('table', 61_000)).toMatchObject({ what: 'phase', closing: false, share: null });
    expect(at('table', 60_000).closing).toBe(true);
  });

  it('never counts below nothing, nor above all', () => {
    expect(at('silence', -5_000)).toMatchObject({ left: 0, share: 0 });
    expect(at('silence', 100_000_000).share).toBe(1);
  });
});

describe('a warning', () => {
  it('is given once, when a mark is crossed', () => {
    expect(warning(at('table', 60_200), at('table', 59_950))).toEqual({
      text: 'clock.warn_phase',
      values: { seconds: 60 },
    });
    expect(warning(at('table', 59_950), at('table', 59_700))).toBeNull();
  });

  it('names the nearest mark after a sleep, and none when it is over', () => {
    expect(warning(at('silence', 100_000), at('silence', 9_000))?.values).toEqual({ seconds: 10 });
    expect(warning(at('silence', 100_000), at('silence', -1))).toBeNull();
  });

  it('is not given for a clock that is new, or that was set anew', () => {
    expect(warning(null, at('silence', 59_000))).toBeNull();
    expect(warning(at('table', 61_000), at('silence', 59_000))).toBeNull();
    const extended = { ...at('silence', 59_000), ends: 0 };
    expect(warning(extended, at('silence', 29_000))).toBeNull();
  });
});

it('a time of another day comes with its day', () => {
  const table = new Table('fixture');
  const noon = new Date(2023, 6, 11, 12, 40).getTime();
  table.now = noon + 60_000;
  expect(when(table, noon)).toBe('12:40');
  table.now = noon + 24 * 3_600_000;
  expect(when(table, noon)).toBe('Jul 11, 12:40');
});
