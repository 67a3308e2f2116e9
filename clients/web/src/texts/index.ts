/** Every sentence a person reads goes through here, by key, with its parameters filled in (ICU message syntax). */

import { createIntl, createIntlCache } from '@formatjs/intl';

import { en } from './en';
import { events } from './en-events';
import { refusals } from './en-refusals';

export type TextKey = keyof typeof en;
export type Values = Record<string, string | number | boolean | null | undefined>;

const messages: Record<string, string> = {
  ...en,
  ...prefixed('event.', events),
  ...prefixed('refusal.', refusals),
};
const intl = createIntl({ locale: 'en', messages, onError: () => undefined }, createIntlCache());

function prefixed(prefix: string, sentences: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(sentences).map(([key, sentence]) => [prefix + key, sentence]));
}

/** The text for a key. */
export function t(key: TextKey, values?: Values): string {
  return intl.formatMessage({ id: key }, values);
}

/** The text for a key made from data (a refusal code, an event type); undefined when the catalogue has none. */
export function lookUp(key: string, values?: Values): string | undefined {
  return Object.hasOwn(messages, key) ? intl.formatMessage({ id: key }, values) : undefined;
}

/** "France", "France and Poland", "France, Poland and Türkiye". */
export function list(items: readonly string[]): string {
  return intl.formatList([...items], { type: 'conjunction' });
}

/** The time of day, as people in the room read it off the wall. */
export function timeOfDay(at: number): string {
  return intl.formatTime(at, { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** Minutes and seconds, "12:40"; hours before them when there are any. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const tail = `${hours ? String(minutes).padStart(2, '0') : minutes}:${String(rest).padStart(2, '0')}`;
  return hours ? `${hours}:${tail}` : tail;
}
