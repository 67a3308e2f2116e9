import { expect, it } from 'vitest';

import { isolated, plain } from './plain';

it('takes out what turns the direction of a line, and leaves the words', () => {
  expect(plain('Anna \u202Eevil\u202C \u2067x\u2069')).toBe('Anna evil x');
  expect(plain('שלום <b>bold</b>')).toBe('שלום <b>bold</b>');
});

it('keeps the marks of scripts and cuts piles of them', () => {
  expect(plain('Ho\u0302\u0300 Chi')).toBe('Ho\u0302\u0300 Chi');
  expect(plain(`Z${'\u0335'.repeat(40)}a`)).toBe(`Z${'\u0335'.repeat(4)}a`);
});

it('isolates only names that run the other way', () => {
  expect(isolated('Anna')).toBe('Anna');
  expect(isolated('אנה')).toBe('\u2068אנה\u2069');
});
