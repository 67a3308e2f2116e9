// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';

import { Parts } from './parts.svelte';

describe('a record whose parts are watched apart', () => {
  const seen: number[] = [];

  function watching(parts: Parts<{ one: number[]; two: number[] }>): () => void {
    seen.length = 0;
    const stop = $effect.root(() => {
      $effect(() => {
        seen.push(parts.read.one.length);
      });
    });
    flushSync();
    return stop;
  }

  it('wakes those who look at what changed, and nobody else', () => {
    const two = [1];
    const parts = new Parts({ one: [1], two });
    const stop = watching(parts);
    parts.take({ one: parts.read.one, two: [1, 2] });
    flushSync();
    expect(seen).toEqual([1]);
    parts.take({ one: [1, 2], two });
    flushSync();
    expect(seen).toEqual([1, 2]);
    expect(parts.read).toEqual({ one: [1, 2], two });
    stop();
  });

  it('is another record when it has other parts', () => {
    const parts = new Parts<Record<string, number>>({ one: 1 });
    expect(parts.take({ one: 1, two: 2 })).toBe(false);
    expect(parts.take({ two: 2 })).toBe(false);
    expect(parts.read).toEqual({ one: 1 });
  });
});
