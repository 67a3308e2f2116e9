// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';

import { speak } from './language.svelte';
import { isForeign, pieces, setApart } from './tongue.svelte';

afterEach(() => speak('en'));

it('leaves the words of the scenario as they are on an English page', () => {
  expect(isForeign('A date')).toBe(false);
  expect(setApart('A date')).toBe('A date');
});

it('sets them apart in a sentence of another language, and nothing else', async () => {
  await speak('de');
  const sentence = `Ungarn: Schweigen gebrochen (${setApart('A date')}, ${setApart('Reform')}).`;
  expect(pieces(sentence)).toEqual(['Ungarn: Schweigen gebrochen (', 'A date', ', ', 'Reform', ').']);
  expect(setApart('')).toBe('');
});
