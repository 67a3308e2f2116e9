// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import Stage from '../dev/Stage.svelte';
import { type Fixture, fixtures } from '../dev/fixtures';
import { withoutLayout } from '../dev/layout';
import type { Sheet } from '../store/desk.svelte';
import type { View } from '../protocol/generated';

const SECOND = 1_000;

beforeAll(withoutLayout);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no server here'));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A screen whose clock is turned by hand, and what is said on it, each with where: on the page or in a dialog. */
function listened(fixture: string, sheet: Sheet | null = null) {
  const { now, view } = fixtures[fixture] as Fixture;
  const { rerender } = render(Stage, { fixture, sheet, now });
  const heard: string[] = [];
  const last = new Map<Element, string>();
  async function at(time: number) {
    await rerender({ fixture, sheet, now: time });
    await vi.advanceTimersByTimeAsync(SECOND);
    for (const place of document.querySelectorAll('[aria-live], [role="alert"], [role="status"], [role="log"]')) {
      const words = place.textContent.trim();
      if (words && words !== last.get(place)) heard.push(`${place.closest('dialog') ? 'dialog' : 'page'}: ${words}`);
      last.set(place, words);
    }
  }
  return { heard, at, view };
}

function withView(fixture: string, change: (view: View) => void) {
  const copy = structuredClone(fixtures[fixture] as Fixture);
  change(copy.view);
  fixtures.changed = copy;
}

const WARNINGS = ['one minute', '30 seconds', '10 seconds'].map(
  (left) => `Silence ends in ${left}. If nobody objects, the text stands.`,
);

describe('silence', () => {
  it.each([
    ['page', null],
    ['dialog', { is: 'break' }],
  ] as const)('is counted three times, and nothing else is said, from the %s', async (where, sheet) => {
    const { heard, at, view } = listened('silence', sheet);
    const deadline = view.public.silence?.deadline ?? 0;
    await at(deadline - 65 * SECOND);
    heard.length = 0; // what stood there already
    for (let left = 64; left >= 0; left -= 1) await at(deadline - left * SECOND);
    expect(heard).toEqual(WARNINGS.map((words) => `${where}: ${words}`));
  });
});

describe('a countdown beside a question', () => {
  it('is not read out with every second', async () => {
    withView('facilitator', ({ public: { clock } }) => {
      clock.asked = { seat: 'HUN', until: (fixtures.facilitator as Fixture).now + 60 * SECOND } as typeof clock.asked;
    });
    const { heard, at } = listened('changed');
    const { now } = fixtures.changed as Fixture;
    for (let second = 1; second <= 10; second += 1) await at(now + second * SECOND);
    expect(heard).toEqual([expect.stringContaining('Hungary')]);
    expect(screen.getByText(/in 0:50/)).toBeTruthy();
  });
});
