/** How a paragraph with alternatives is written: what all wordings share stands once, the rest in [brackets]. */

export type Bracketed = { before: string; middles: string[]; after: string };

/** Sharing fewer words than this at an end reads worse than repeating them. */
const LEAST_SHARED_WORDS = 3;

/** Splits the wordings into a shared beginning, the parts that differ, and a shared end, all at word boundaries. */
export function bracketed(wordings: readonly string[]): Bracketed {
  const words = wordings.map((wording) => wording.split(/\s+/).filter(Boolean));
  const shortest = Math.min(...words.map((one) => one.length));
  const first = words[0] ?? [];

  let head = 0;
  while (head < shortest && words.every((one) => one[head] === first[head])) head += 1;
  if (head < LEAST_SHARED_WORDS) head = 0;

  let tail = 0;
  while (tail < shortest - head && words.every((one) => one.at(-1 - tail) === first.at(-1 - tail))) tail += 1;
  if (tail < LEAST_SHARED_WORDS) tail = 0;

  return {
    before: first.slice(0, head).join(' '),
    middles: words.map((one) => one.slice(head, one.length - tail).join(' ')),
    after: tail ? first.slice(-tail).join(' ') : '',
  };
}
