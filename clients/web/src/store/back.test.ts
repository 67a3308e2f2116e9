// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { api, ApiFault, type Lobby } from '../net/api';
import { gamesHere, sessionHere, takeOver } from '../net/session';
import { markOpened } from '../net/sweep';
import { tablesHere } from './back';

const you = { kind: 'visitor', member: 'm1', seat: 'POL', invited_to: null };
const answers: Record<string, () => Promise<Lobby>> = {};

function open(game: string, at: number, answer: () => Promise<unknown>): void {
  vi.setSystemTime(at);
  takeOver(game, 'm1.POL');
  markOpened(game);
  answers[game] = answer as () => Promise<Lobby>;
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  vi.spyOn(api, 'lobby').mockImplementation((game) => answers[game]!());
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('leads to the tables this browser was at last, the latest first', async () => {
  for (const [place, game] of ['old', 'older', 'new', 'newest'].entries()) {
    open(game, [3, 2, 4, 5][place]! * 1_000, () => Promise.resolve({ title: game, you }));
  }
  expect((await tablesHere()).map(({ game }) => game)).toEqual(['newest', 'new', 'old']);
});

it('leads nowhere without a session, and forgets what the server knows no more', async () => {
  open('gone', 1_000, () => Promise.reject(new ApiFault('no_such_game', 404)));
  open('closed', 2_000, () => Promise.resolve({ title: 'closed', you: null }));
  open('door', 3_000, () => Promise.resolve({ title: 'door', you: { ...you, kind: 'visitor', seat: null } }));
  expect(await tablesHere()).toEqual([]);
  expect(gamesHere().sort()).toEqual(['closed', 'door']);
});

it('keeps what it cannot ask for', async () => {
  open('far', 1_000, () => Promise.reject(new ApiFault('offline', 0)));
  expect(await tablesHere()).toEqual([]);
  expect(sessionHere('far')).toBe('m1.POL');
});
