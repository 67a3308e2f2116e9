// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { type Fixture, fixtures } from '../dev/fixtures';
import { api, ApiFault } from '../net/api';
import type { TranslatedText } from '../protocol/generated';
import { speak } from '../texts/language.svelte';
import { isForeign, tongueOf } from '../texts/tongue.svelte';
import { Table } from './table.svelte';
import { fetchTranslation, summaryInOwnWords, titleInOwnWords } from './translation.svelte';

const { scenario } = (fixtures.outcome as Fixture).view.public;
const reform = scenario.issues.find((issue) => issue.id === 'reform')!;
const path = scenario.issues.find((issue) => issue.id === 'path')!;

/** Every wording of an issue, turned round, as somebody might have translated it. */
function wordings(issue: typeof reform): Record<string, TranslatedText> {
  return Object.fromEntries(
    issue.options
      .filter((option) => option.text)
      .map(({ id, text }) => [`issues.${issue.id}.options.${id}.text`, { of: text, says: `Deutsch: ${text}` }]),
  );
}

let games = 0;
/** A table whose scenario nobody has asked for yet, with this translation of it. */
async function translated(found: Record<string, TranslatedText>): Promise<Table> {
  const slug = `scenario-${(games += 1)}`;
  const { view, texts } = structuredClone(fixtures.outcome as Fixture);
  view.public.scenario.slug = slug;
  const table = new Table('fixture');
  table.show(view, texts);
  vi.spyOn(api, 'translation').mockResolvedValue(found);
  await fetchTranslation(slug, 'de');
  flushSync();
  return table;
}

beforeEach(() => speak('de'));
afterEach(async () => {
  vi.restoreAllMocks();
  await speak('en');
});

it('lays what is translated over the English, and leaves the rest', async () => {
  const table = await translated({ 'issues.reform.title': { of: reform.title, says: 'Die Reformen' } });
  expect(table.issue('reform')?.title).toBe('Die Reformen');
  expect(table.issueTitle('reform')).toBe('Die Reformen'); // nothing to set apart in a German sentence
  expect(tongueOf('Die Reformen')).toBe('de');
  expect(table.issue('path')?.title).toBe(path.title);
  expect(isForeign(path.title)).toBe(true);
  await speak('en');
  expect(table.issue('reform')?.title).toBe(reform.title);
});

it('leaves English what the game says otherwise than the scenario does by now', async () => {
  const table = await translated({
    'issues.reform.title': { of: 'Reforms, as they were', says: 'Reformen von einst' },
  });
  expect(table.issue('reform')?.title).toBe(reform.title);
});

it('shows the wordings of an issue in one language, or in the other', async () => {
  const stale = wordings(reform);
  const first = Object.keys(stale)[0]!;
  stale[first] = { of: 'other words', says: 'andere Worte' };
  const table = await translated({ ...stale, ...wordings(path) });
  expect(table.issue('reform')?.options.map((option) => option.text)).toEqual(reform.options.map((one) => one.text));
  for (const option of table.issue('path')?.options ?? []) expect(option.text).toMatch(/^Deutsch: /);
});

it('translates an adopted text paragraph by paragraph', async () => {
  const table = await translated(wordings(path));
  const [first, second] = table.pub.adopted?.communique.paragraphs ?? [];
  expect(first).toMatchObject({ issue: 'path', sentence: expect.stringMatching(/^Deutsch: We set aside/) as string });
  expect(second?.sentence).not.toMatch(/^Deutsch/);
});

it('names what is on offer, and a game that has no name of its own', async () => {
  const table = await translated({
    title: { of: scenario.title, says: 'Vilnius im Juli' },
    'casts.quick': { of: 'Six allies', says: 'Sechs Verbündete' },
  });
  const { slug } = table.pub.scenario;
  expect(titleInOwnWords(slug, scenario.title)).toBe('Vilnius im Juli');
  expect(titleInOwnWords(slug, 'Class 3b')).toBe('Class 3b');
  const cast = { id: 'quick', title: 'Six allies', seats: [], voting: 6 };
  const offer = { slug, title: scenario.title, summary: 'S', casts: [cast], clock_minutes: {}, clock_days: {} };
  expect(summaryInOwnWords(offer).casts[0]?.title).toBe('Sechs Verbündete');
});

it('asks once, not at all in English, and once more after a bad line', async () => {
  const asks = vi.spyOn(api, 'translation').mockRejectedValueOnce(new ApiFault('offline', 0)).mockResolvedValue({});
  await fetchTranslation('somewhere', 'en');
  expect(asks).not.toHaveBeenCalled();
  await fetchTranslation('somewhere', 'de');
  await fetchTranslation('somewhere', 'de');
  await fetchTranslation('somewhere', 'de');
  expect(asks).toHaveBeenCalledTimes(2);
});
