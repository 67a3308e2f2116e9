import { describe, expect, it } from 'vitest';

import { paged } from './pages';

const blocks = (...heights: number[]) => {
  let top = 0;
  return heights.map((height) => {
    const block = { top, bottom: top + height };
    top += height + 10;
    return block;
  });
};

describe('a text page by page', () => {
  it('is one page where it fits', () => {
    expect(paged(blocks(100, 100), 300, 20)).toEqual([{ top: 0, bottom: 210 }]);
    expect(paged([], 300, 20)).toEqual([]);
  });

  it('turns before a paragraph that does not fit any more', () => {
    expect(paged(blocks(100, 100, 100), 250, 20)).toEqual([
      { top: 0, bottom: 210 },
      { top: 220, bottom: 320 },
    ]);
  });

  it('cuts between lines where a page would else be half empty, and goes on where it was cut', () => {
    expect(paged(blocks(240, 40), 90, 20)).toEqual([
      { top: 0, bottom: 80 },
      { top: 80, bottom: 160 },
      { top: 160, bottom: 240 },
      { top: 250, bottom: 290 },
    ]);
    expect(paged(blocks(20, 200), 100, 20)).toEqual([
      { top: 0, bottom: 90 },
      { top: 90, bottom: 190 },
      { top: 190, bottom: 230 },
    ]);
  });

  it('shows everything once', () => {
    for (const height of [60, 90, 133, 400]) {
      const pages = paged(blocks(40, 80, 55, 20, 130, 60), height, 20);
      expect(pages[0]?.top).toBe(0);
      expect(pages.at(-1)?.bottom).toBe(435);
      pages.slice(1).forEach((page, at) => expect(page.top - (pages[at]?.bottom ?? 0)).toBeLessThanOrEqual(10));
    }
  });
});
