/**
 * Every language says everything, with the same parameters and the plural forms it needs, in its own quotation marks.
 * `npm run check` runs this: a missing translation fails the checks, though the page would fall back to English.
 */

import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';

import type { Catalogue } from './catalogue';
import { whole } from './catalogue';
import { de } from './de';
import { en } from './en';
import { events } from './en-events';
import { refusals } from './en-refusals';
import { fr } from './fr';
import { bestLocale, LOCALE_IDS, type Locale } from './locales';
import { sameInEnglish } from './same';
import { uk } from './uk';

const english = whole(en, events, refusals);
const catalogues: Record<Exclude<Locale, 'en'>, Catalogue> = { de, fr, uk };

/** Plural forms that a sentence must have. French `many` is for millions only, which nobody counts here. */
const FORMS: Record<Locale, string[]> = {
  en: ['one', 'other'],
  de: ['one', 'other'],
  fr: ['one', 'other'],
  uk: ['one', 'few', 'many', 'other'],
};

/** In these, `one` is said of more numbers than 1 (0 in French; 21, 31 … in Ukrainian). */
const ONE_IS_MORE_THAN_ONE: ReadonlySet<string> = new Set(['fr', 'uk']);

/** What a language never writes: quotation marks of others, straight ones; breaking spaces before French marks. */
const NEVER: Record<Locale, RegExp> = {
  en: /["„«»]|'(?!')/,
  de: /["”«»]|'(?!')/,
  fr: /["„“”]|'(?!')|(?<!\u202f)[;!?»]|«(?!\u202f)|(?<!\u00a0):/,
  uk: /["“”]|'(?!')/,
};

type Shape = { names: Set<string>; selects: Map<string, string[]>; plurals: MessageFormatElement[] };

function shape(sentence: string): Shape {
  const found: Shape = { names: new Set(), selects: new Map(), plurals: [] };
  const walk = (elements: MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.names.add(element.value);
      if (element.type === TYPE.select) found.selects.set(element.value, Object.keys(element.options).sort());
      if (element.type === TYPE.plural) found.plurals.push(element);
      if (element.type === TYPE.select || element.type === TYPE.plural)
        for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(parse(sentence, { ignoreTag: true }));
  return found;
}

const counts = (elements: MessageFormatElement[], name: string): boolean =>
  elements.some(
    (one) => one.type === TYPE.pound || ('value' in one && one.value === name && one.type !== TYPE.literal),
  );

/** The parameters that English itself has plural forms of. */
const inflected = (sentence: string): Set<string> =>
  new Set(
    shape(sentence).plurals.flatMap((one) => (one.type === TYPE.plural && 'one' in one.options ? [one.value] : [])),
  );

function wrongPlurals(sentence: string, original: string, locale: Locale): string[] {
  return shape(sentence).plurals.flatMap((element) => {
    if (element.type !== TYPE.plural) return [];
    const { options, value: name } = element;
    const forms = Object.keys(options).filter((form) => !form.startsWith('='));
    const counted = options.other && counts(options.other.value, name);
    // A plural that only tells "none" from "some" needs no forms.
    const needed = inflected(original).has(name) || forms.length > 1 ? FORMS[locale] : [];
    const wrong = needed.filter((form) => !forms.includes(form)).map((form) => `${name} has no "${form}"`);
    if (ONE_IS_MORE_THAN_ONE.has(locale) && counted && options.one && !counts(options.one.value, name))
      wrong.push(`"one" of ${name} is said of other numbers too: give the number, and put words for 1 under =1`);
    return wrong;
  });
}

/** The words alone, for what can be said about them. */
const bare = (sentence: string): string => sentence.replace(/\{[^{}]*\}/g, '').trim();

/** A label on a button or in a row, by its looks: short, no sentence. */
const isLabel = (sentence: string): boolean => sentence.length <= 24 && !/[.{}]/.test(sentence);

describe.each(LOCALE_IDS)('the catalogue of %s', (locale) => {
  const catalogue = locale === 'en' ? english : catalogues[locale];
  // Names that scenarios share are English already; only translations have them.
  const sentences = Object.entries(catalogue).filter(([key]) => !key.startsWith('name.'));

  it('has every key of the English one, and no other', () => {
    const keys = new Set(sentences.map(([key]) => key));
    expect(Object.keys(english).filter((key) => !keys.has(key))).toEqual([]);
    expect([...keys].filter((key) => !Object.hasOwn(english, key))).toEqual([]);
  });

  it('takes the same parameters', () => {
    const wrong = sentences.flatMap(([key, sentence]) => {
      const [one, other] = [shape(english[key] ?? ''), shape(sentence)];
      const names = [...one.names].sort().join() === [...other.names].sort().join();
      const selects = [...other.selects].every(([name, options]) => one.selects.get(name)?.join() === options.join());
      return names && selects ? [] : [`${key}: ${sentence}`];
    });
    expect(wrong).toEqual([]);
  });

  it('has the plural forms of its language', () => {
    const wrong = sentences.flatMap(([key, sentence]) =>
      wrongPlurals(sentence, english[key] ?? '', locale).map((why) => `${key}: ${why}`),
    );
    expect(wrong).toEqual([]);
  });

  it('writes quotation marks, apostrophes and spaces as the language does', () => {
    const wrong = Object.entries(catalogue).filter(([, sentence]) => NEVER[locale].test(sentence));
    expect(wrong).toEqual([]);
  });

  if (locale !== 'en') {
    it('leaves nothing in English but what is the same in both', () => {
      const left = sentences.filter(
        ([key, sentence]) =>
          /[a-z]{2}/i.test(bare(sentence)) && sentence === english[key] && !sameInEnglish[locale].includes(key),
      );
      expect(left.map(([key]) => key)).toEqual([]);
      const idle = sameInEnglish[locale].filter((key) => catalogue[key] !== english[key]);
      expect(idle).toEqual([]);
    });

    it('keeps labels about as short as the English ones', () => {
      const long = sentences.filter(([key, sentence]) => {
        const original = english[key] ?? '';
        return original && isLabel(original) && sentence.length > Math.max(2.2 * original.length, original.length + 12);
      });
      expect(long.map(([key, sentence]) => `${key}: ${english[key]} -> ${sentence}`)).toEqual([]);
    });
  }
});

it('takes the first of the browser’s languages that it can speak', () => {
  expect(bestLocale(['pl-PL', 'de-AT', 'en'])).toBe('de');
  expect(bestLocale(['uk'])).toBe('uk');
  expect(bestLocale(['ja', 'zh-Hant-TW'])).toBe('en');
});
