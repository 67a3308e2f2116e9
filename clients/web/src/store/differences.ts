/** What one wording changes of another, word by word, told so that people can read it. */

import { diffArrays } from 'diff';

export type Piece = { kind: 'same' | 'gone' | 'new'; words: string };

/** A word or two that happen to stand between two changes are noise: they are shown as changed as well. */
const LEAST_SHARED_WORDS = 3;

/** Below this share of common words two sentences are told apart as a whole. */
const LEAST_COMMON = 0.3;

type Stretch = { same: string[] } | { gone: string[]; added: string[] };

/** The words of both wordings in order: shared ones once, then what goes before what comes. */
export function differences(before: string, after: string): Piece[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const stretches = joined(stretchesOf(old, fresh));
  const shared = stretches.reduce((sum, one) => sum + ('same' in one ? one.same.length : 0), 0);
  const longest = Math.max(old.length, fresh.length);
  const told = longest > 0 && shared / longest < LEAST_COMMON ? [{ gone: old, added: fresh }] : stretches;
  return told.flatMap(pieces);
}

function wordsOf(wording: string): string[] {
  return wording.split(/\s+/).filter(Boolean);
}

function stretchesOf(old: string[], fresh: string[]): Stretch[] {
  const found: Stretch[] = [];
  for (const { value, added, removed } of diffArrays(old, fresh)) {
    if (!added && !removed) {
      found.push({ same: value });
      continue;
    }
    let last = found.at(-1);
    if (!last || 'same' in last) found.push((last = { gone: [], added: [] }));
    (added ? last.added : last.gone).push(...value);
  }
  return found;
}

/** Short shared stretches between two changes become part of the change. */
function joined(stretches: Stretch[]): Stretch[] {
  const told: Stretch[] = [];
  stretches.forEach((stretch, place) => {
    const last = told.at(-1);
    const inner = place > 0 && place < stretches.length - 1;
    if ('same' in stretch && inner && stretch.same.length < LEAST_SHARED_WORDS && last && 'gone' in last) {
      last.gone.push(...stretch.same);
      last.added.push(...stretch.same);
    } else if ('gone' in stretch && last && 'gone' in last) {
      last.gone.push(...stretch.gone);
      last.added.push(...stretch.added);
    } else told.push('same' in stretch ? stretch : { gone: [...stretch.gone], added: [...stretch.added] });
  });
  return told;
}

function pieces(stretch: Stretch): Piece[] {
  const told: Piece[] =
    'same' in stretch
      ? [{ kind: 'same', words: stretch.same.join(' ') }]
      : [
          { kind: 'gone', words: stretch.gone.join(' ') },
          { kind: 'new', words: stretch.added.join(' ') },
        ];
  return told.filter((piece) => piece.words);
}
