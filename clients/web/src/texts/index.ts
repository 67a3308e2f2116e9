/** Every sentence a person reads goes through here, by key, with its parameters filled in (ICU message syntax). */

import type { en } from './en';
import { intl, locale, sayer, translated } from './language.svelte';

export type TextKey = keyof typeof en;
export type Values = Record<string, string | number | boolean | null | undefined>;

export { locale } from './language.svelte';
export { type Locale, LOCALE_IDS, LOCALES } from './locales';

/** The text for a key. */
export function t(key: TextKey, values?: Values): string {
  return lookUp(key, values) ?? key;
}

/** The text for a key made from data (a refusal code, an event type); undefined when the catalogue has none. */
export function lookUp(key: string, values?: Values): string | undefined {
  const speech = sayer(key);
  const sentence = speech?.messages[key];
  if (sentence === undefined || !WITH_SYNTAX.test(sentence)) return sentence;
  return speech?.intl.formatMessage({ id: key }, values);
}

/** What means something in ICU syntax; a sentence without it is said as it stands. */
const WITH_SYNTAX = /[{}<'#|]/;

/**
 * What a scenario calls something that many scenarios have: a part of the meeting, the Secretary General. Translations
 * know these names by their English (`name.Briefing`); any other stays as the scenario has it.
 */
export function sharedName(english: string): string {
  return translated(`name.${english}`) ?? english;
}

/** A nation by its flag's code, where the scenario calls it what English calls it; otherwise as the scenario has it. */
export function nationName(code: string | null | undefined, english: string): string {
  if (!code || locale() === 'en') return sharedName(english);
  const own = translated(`name.${english}`);
  if (own) return own;
  const region = code.toUpperCase();
  const same = intl().formatDisplayName(region, { type: 'region', fallback: 'none' });
  inEnglish ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return inEnglish.of(region) === english && same ? same : english;
}

let inEnglish: Intl.DisplayNames | undefined;

/** "France", "France and Poland", "France, Poland, and Türkiye". */
export function list(items: readonly string[]): string {
  return intl().formatList([...items], { type: 'conjunction' });
}

/** A number as the language writes it. */
export function number(value: number): string {
  return intl().formatNumber(value);
}

/** A number that is a difference: "+3", "−1.5", "±0". */
export function difference(value: number): string {
  const size = number(Math.abs(value));
  return value === 0 ? `±${size}` : `${value > 0 ? '+' : '−'}${size}`;
}

/** A browser takes long over the first sentence, number and time that it fills in: this has it done beforehand. */
export function getReady(): void {
  t('room.seats', { count: 0 });
  timeOfDay(0);
}

/** The time of day, as people in the room read it off the wall. */
export function timeOfDay(at: number): string {
  return intl().formatTime(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** The day, where a game lasts longer than one: "11 July". */
export function day(at: number): string {
  return intl().formatDate(at, { day: 'numeric', month: 'long' });
}

/** The time of day, and the day before it: "30 Nov, 12:40". For what was on another day. */
export function dayAndTime(at: number): string {
  const [date, clock] = [
    { day: 'numeric', month: 'short' },
    { hour: '2-digit', minute: '2-digit' },
  ] as const;
  return intl().formatDate(at, { ...date, ...clock, hourCycle: 'h23' });
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What a clock shows, "12:40": minutes and seconds, with hours before them when there are any. Of more than a day the
 * seconds are nobody's business: "2d 23:12".
 */
export function duration(milliseconds: number): string {
  const { days, hours, minutes, seconds } = parted(Math.max(0, Math.ceil(milliseconds / SECOND) * SECOND));
  if (days) return `${unit(days, 'day', 'narrow')} ${hours}:${twoDigits(minutes)}`;
  return `${hours ? `${hours}:${twoDigits(minutes)}` : minutes}:${twoDigits(seconds)}`;
}

/** How long something lasts, in its two largest units: "45 min", "1 hr 30 min", "2 days 4 hr". */
export function howLong(milliseconds: number): string {
  const { days, hours, minutes, seconds } = parted(milliseconds);
  const parts = { day: days, hour: hours, minute: minutes, second: seconds };
  const told = Object.entries(parts).filter(([, count]) => count > 0);
  return told.length
    ? told
        .slice(0, 2)
        .map(([name, count]) => unit(count, name))
        .join(' ')
    : unit(0, 'minute');
}

function parted(milliseconds: number) {
  return {
    days: Math.floor(milliseconds / DAY),
    hours: Math.floor((milliseconds % DAY) / HOUR),
    minutes: Math.floor((milliseconds % HOUR) / MINUTE),
    seconds: Math.floor((milliseconds % MINUTE) / SECOND),
  };
}

function unit(count: number, name: string, unitDisplay: 'short' | 'narrow' = 'short'): string {
  return intl().formatNumber(count, { style: 'unit', unit: name, unitDisplay });
}

const twoDigits = (count: number): string => String(count).padStart(2, '0');
