import { expect, it } from 'vitest';

import { holds } from './finding';

it('finds what has every word, whatever its accents and capitals', () => {
  expect(holds(['Türkiye', 'Draft C'], 'turk')).toBe(true);
  expect(holds(['Türkiye', 'Draft C'], 'draft TÜRK')).toBe(true);
  expect(holds(['Türkiye', null, undefined], 'poland')).toBe(false);
  expect(holds(['Türkiye'], '  ')).toBe(true);
});
