// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';

import { forgetGame, keyFor, takeOver } from './session';
import { LINKS_LAST, markOpened, sweep, WORDS_LAST } from './sweep';

const OPENED = new Date('2026-09-01T09:00:00Z').getTime();
const ours = ['summit.name', 'summit.preferences', 'summit.room_view', 'summit.toured'];
const lies = (): string[] => Object.keys(localStorage).sort();
const opened = (game: string, at: number): void => localStorage.setItem(`summit.opened.${game}`, String(at));

/** Every kind of thing that is kept of a game. */
function lay(game: string): void {
  takeOver(game, 'anna.POL');
  for (const kind of ['typed', 'pending'] as const) localStorage.setItem(keyFor(kind, game, 'anna.POL.x'), '"secret"');
  for (const kind of ['seen', 'looked', 'welcomed'] as const) localStorage.setItem(keyFor(kind, game, 'anna.POL'), '1');
  for (const key of [`links.${game}`, `links.${game}.made`, `lapsed.${game}.POL`, `done.${game}.POL`])
    localStorage.setItem(`summit.${key}`, '"secret"');
}

beforeEach(() => {
  localStorage.clear();
  for (const key of ours) localStorage.setItem(key, '1');
  localStorage.setItem('of.another.program', '1');
  lay('old');
});

const others = [...ours, 'of.another.program'].sort();
const links = ['summit.links.old', 'summit.links.old.made'];

it('leaves a game alone that was opened in the last thirty days', () => {
  opened('old', OPENED);
  const before = lies();
  sweep(OPENED + WORDS_LAST);
  expect(lies()).toEqual(before);
});

it('wipes what was written and seen when nobody came back, and nothing of other games', () => {
  lay('new');
  opened('old', OPENED);
  opened('new', OPENED + 1);
  const before = lies();
  sweep(OPENED + WORDS_LAST + 1);
  expect(lies().filter((key) => key.includes('.old'))).toEqual([...links, 'summit.opened.old']);
  expect(lies().filter((key) => !key.includes('.old'))).toEqual(before.filter((key) => !key.includes('.old')));
});

it('keeps the links of a game for as long as its session lasts', () => {
  opened('old', OPENED);
  sweep(OPENED + LINKS_LAST);
  expect(lies()).toEqual([...others, ...links, 'summit.opened.old'].sort());
  sweep(OPENED + LINKS_LAST + 1);
  expect(lies()).toEqual(others);
});

it('gives its time to what was never marked, and to what a wrong clock marked', () => {
  const before = lies();
  sweep(OPENED);
  expect(lies()).toEqual([...before, 'summit.opened.old'].sort());
  opened('old', OPENED + 10 * LINKS_LAST);
  sweep(OPENED);
  expect(localStorage.getItem('summit.opened.old')).toBe(String(OPENED));
  sweep(OPENED + LINKS_LAST + 1);
  expect(lies()).toEqual(others);
});

it('forgets the mark with the game', () => {
  markOpened('old');
  forgetGame('old');
  expect(lies()).not.toContain('summit.opened.old');
});
