// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';

import { difference, duration, list, locale, nationName, sharedName, t, timeOfDay } from '.';
import { speak } from './language.svelte';
import { typesetFrench } from './typeset';

afterEach(() => speak('en'));

describe('in another language', () => {
  it('says what is there, counts and lists as that language does, and tells the page', async () => {
    await speak('de');
    expect([locale(), document.documentElement.lang, document.documentElement.dir]).toEqual(['de', 'de', 'ltr']);
    expect(t('minutes', { count: 1 })).toBe('1 Minute');
    expect(t('minutes', { count: 2 })).toBe('2 Minuten');
    expect(list(['Polen', 'Ungarn', 'Schweden'])).toBe('Polen, Ungarn und Schweden');
    expect(difference(-1.5)).toBe('−1,5');
    expect(duration(102_000)).toBe('1:42');
  });

  it('names nations as the browser does, where the scenario means the same', async () => {
    await speak('de');
    expect(nationName('pl', 'Poland')).toBe('Polen');
    expect(nationName('us', 'United States')).toBe('USA');
    expect(nationName('mk', 'Macedonia')).toBe('Mazedonien'); // of 2008: not what the flag is called today
    expect(nationName('pl', 'The Republic of Somewhere')).toBe('The Republic of Somewhere');
    expect(nationName(null, 'The gardeners')).toBe('The gardeners');
    expect(sharedName('Briefing')).toBe('Einlesen');
    expect(sharedName('An evening nobody foresaw')).toBe('An evening nobody foresaw');
  });

  it('keeps to the last choice when two are made in a hurry', async () => {
    await Promise.all([speak('de'), speak('en')]);
    expect(locale()).toBe('en');
    expect(nationName('pl', 'Poland')).toBe('Poland');
  });
});

it('knows no hour 24', () => {
  const midnight = new Date(2023, 6, 12, 0, 5).getTime();
  expect(timeOfDay(midnight)).toBe('00:05');
});

it('sets the spaces of French', () => {
  expect(typesetFrench('Pays : « Pologne » ?')).toBe('Pays\u00a0: «\u202fPologne\u202f»\u202f?');
});
