/** A text too long for its place, page by page: a paragraph is cut only where a page would else be half empty. */

/** One of the things on a page, measured from the top of them all, in pixels. */
export type Block = { top: number; bottom: number };

/** A page with less on it than this share is filled up with a part of what comes next. */
const EMPTY = 0.5;

/**
 * Where pages of that height begin, and where what they show ends. What is cut is cut between lines of the height
 * `line`, and goes on where it was cut.
 */
export function paged(blocks: readonly Block[], height: number, line: number): Block[] {
  const end = blocks.at(-1)?.bottom ?? 0;
  const pages: Block[] = [];
  for (let top = 0; top < end;) {
    const last = blocks.findLast((one) => one.bottom > top && one.bottom <= top + height);
    const whole = last?.bottom ?? top;
    const next = blocks.find((one) => one.bottom > whole);
    const filled = whole - top >= EMPTY * height || !next;
    const bottom = filled || !next ? whole : Math.max(whole, cut(next, Math.max(top, next.top), top + height, line));
    pages.push({ top, bottom });
    top = Math.max(bottom, blocks.find((one) => one.bottom > bottom)?.top ?? bottom);
  }
  return pages;
}

/** The last gap between lines before `limit`, counted from where the block goes on; at least one line further. */
function cut(block: Block, from: number, limit: number, line: number): number {
  return Math.min(block.bottom, from + Math.max(1, Math.floor((limit - from) / line)) * line);
}
