import { expect, it } from 'vitest';

import type { Appraisal } from '../net/api';
import { bestChange } from './mend';

const rule = { id: 'V1', sentence: 'A date goes with a plan only.', issues: ['path', 'date'] };
const worth = (points: number, broken_rules: string[] = []) => ({ points, delta: 0, crosses: [], broken_rules });

function appraisal(broken: (typeof rule)[]): Appraisal {
  return {
    consistent: !broken.length,
    broken_rules: broken,
    points: 60,
    crosses: [],
    why_not: { own: null, change: null },
    drivers: [],
    best_change: null,
    options: {
      path: { track: worth(60, ['V1']), plan: worth(40) },
      date: { soon: worth(60, ['V1']), none: worth(55) },
      other: { a: worth(90, ['V1']) },
    },
  };
}

it('takes the change that mends most and costs least', () => {
  expect(bestChange({ path: 'track', date: 'soon' }, appraisal([rule]))).toMatchObject({
    issue: 'date',
    option: 'none',
  });
});

it('leaves alone what is in order', () => {
  expect(bestChange({ path: 'track', date: 'none' }, appraisal([]))).toBeNull();
});

it('goes sideways where one step alone mends nothing, and leaves alone what was just chosen', () => {
  const both = { ...appraisal([rule]) };
  both.options = {
    path: { track: worth(60, ['V1']), plan: worth(40, ['V1']) },
    date: { soon: worth(60, ['V1']), none: worth(55, ['V1']) },
  };
  const text = { path: 'track', date: 'soon' };
  expect(bestChange(text, both)).toBeNull();
  expect(bestChange(text, both, [], true)).toMatchObject({ issue: 'date', option: 'none' });
  expect(bestChange(text, both, ['date'], true)).toMatchObject({ issue: 'path', option: 'plan' });
});
