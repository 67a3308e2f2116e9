/** What people write, counted as the server counts it: in characters, without the spaces around it (rule 5.4). */

import { LONGEST, type Written } from '../protocol/generated';

/** How many characters are too many; below zero so many are left. Exact from where it is told on. */
export function tooMany(text: string, of: Written): number {
  const words = text.trim();
  // A character of two units counts once. Far below the limit nobody needs to know, and this runs at every key.
  const characters = words.length <= LONGEST[of] - nearly(of) ? words.length : [...words].length;
  return characters - LONGEST[of];
}

/** From so many characters on it is told how many are left. */
export function nearly(of: Written): number {
  return Math.min(200, LONGEST[of] / 5);
}
