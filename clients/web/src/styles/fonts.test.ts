/** Every letter that the page may write comes from a font that ships with it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { describe, expect, it } from 'vitest';

import { whole } from '../texts/catalogue';
import { de } from '../texts/de';
import { events as deEvents } from '../texts/de-events';
import { refusals as deRefusals } from '../texts/de-refusals';
import { en } from '../texts/en';
import { events } from '../texts/en-events';
import { refusals } from '../texts/en-refusals';
import { fr } from '../texts/fr';
import { events as frEvents } from '../texts/fr-events';
import { refusals as frRefusals } from '../texts/fr-refusals';
import { uk } from '../texts/uk';
import { events as ukEvents } from '../texts/uk-events';
import { refusals as ukRefusals } from '../texts/uk-refusals';

const { resolve } = createRequire(import.meta.url);

const texts: Record<string, string> = {
  English: JSON.stringify(whole(en, events, refusals)),
  German: JSON.stringify([de, deEvents, deRefusals]),
  French: JSON.stringify([fr, frEvents, frRefusals]),
  Ukrainian: JSON.stringify([uk, ukEvents, ukRefusals]),
  'a table in play': readFileSync('tests/fixtures/full.json', 'utf8'),
};

/** By style sheet of a face: the letters it has, from first to last, as its files say. */
const faces = [...readFileSync('src/styles/fonts.css', 'utf8').matchAll(/@import '([^']+)'/g)].map(([, sheet]) => {
  const ranges = readFileSync(resolve(sheet as string), 'utf8').matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi);
  const spans = [...ranges].map(([, first, last]) => [
    parseInt(first as string, 16),
    parseInt(last ?? (first as string), 16),
  ]);
  return { sheet: sheet as string, spans: spans as [number, number][] };
});

describe.each(faces)('$sheet', ({ spans }) => {
  it.each(Object.entries(texts))('has every letter of %s', (_, text) => {
    const letters = [...new Set(text.match(/\p{L}/gu))];
    expect(letters.length).toBeGreaterThan(26);
    const missing = letters.filter((letter) => {
      const point = letter.codePointAt(0) as number;
      return !spans.some(([first, last]) => first <= point && point <= last);
    });
    expect(missing).toEqual([]);
  });
});

it('reads the faces that the style sheet names', () => {
  expect(faces).toHaveLength(5);
  for (const { spans } of faces) expect(spans.length).toBeGreaterThan(20);
});
