import { expect, test } from 'vitest';

import type { MessageView } from '../protocol/generated';
import { Archive, VIEW_HOLDS } from './archive.svelte';

/** Messages `from` to `to`, without the last. */
function said(from: number, to: number): MessageView[] {
  return Array.from({ length: to - from }, (_, place) => ({
    seat: 'HUN',
    member: 'anna',
    at: from + place,
    text: `m${from + place}`,
    refs: [],
  }));
}

const texts = (messages: readonly MessageView[]): string[] => messages.map((one) => one.text);

test('what was fetched stands before what the view holds, as talk goes on', () => {
  const archive = new Archive();
  const now = said(300, 300 + VIEW_HOLDS);
  expect(archive.mayHoldMore('plenary', now)).toBe(true);
  archive.put('plenary', said(100, 300), now, false);
  expect(archive.mayHoldMore('plenary', now)).toBe(true);
  expect(archive.joined('plenary', now)).toHaveLength(2 * VIEW_HOLDS);
  const later = said(310, 310 + VIEW_HOLDS);
  archive.keepUp('plenary', later);
  expect(texts(archive.joined('plenary', later))).toEqual(texts(said(100, 310 + VIEW_HOLDS)));
  archive.put('plenary', said(0, 100), archive.joined('plenary', later), true);
  expect(archive.mayHoldMore('plenary', later)).toBe(false);
});

test('after a gap what was fetched is left out, and can be fetched again', () => {
  const archive = new Archive();
  archive.put('plenary', said(0, 50), said(50, 50 + VIEW_HOLDS), true);
  const muchLater = said(900, 900 + VIEW_HOLDS);
  expect(archive.joined('plenary', muchLater)).toBe(muchLater);
  expect(archive.mayHoldMore('plenary', muchLater)).toBe(true);
  expect(archive.mayHoldMore('HUN+POL', said(0, 3))).toBe(false);
});
