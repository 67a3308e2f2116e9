// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';

import { forgetGame, keyFor, sessionHere, takeOver } from './session';

const lies = (): string[] => Object.keys(localStorage).sort();

function lay(game: string, session: string): void {
  localStorage.setItem(keyFor('typed', game, `${session}.notes`), '"x"');
  localStorage.setItem(keyFor('pending', game, `${session}.id`), '{}');
  for (const kind of ['seen', 'looked', 'welcomed'] as const) localStorage.setItem(keyFor(kind, game, session), '1');
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

it('wipes what another session of the same game left, and nothing of other games', () => {
  lay('g', 'ben.HUN');
  lay('h', 'ben.HUN');
  lay('g', 'anna.POL');
  takeOver('g', 'anna.POL');
  expect(sessionHere('g')).toBe('anna.POL');
  expect(lies().filter((key) => key.includes('.g.ben'))).toEqual([]);
  expect(lies().filter((key) => key.includes('.g.anna'))).toHaveLength(5);
  expect(lies().filter((key) => key.includes('.h.ben'))).toHaveLength(5);
});

it('lets whoever takes another seat for a while find what they had seen, and nothing they wrote', () => {
  lay('g', 'faye.');
  takeOver('g', 'faye.HUN');
  expect(lies()).toEqual([
    'summit.looked.g.faye.',
    'summit.seen.g.faye.',
    'summit.session.g',
    'summit.welcomed.g.faye.',
  ]);
});

it('leaves nothing of a game that is forgotten', () => {
  lay('g', 'anna.POL');
  lay('g2', 'anna.POL');
  takeOver('g', 'anna.POL');
  for (const kind of ['view', 'stream', 'alone']) sessionStorage.setItem(`summit.${kind}.g`, '1');
  forgetGame('g');
  expect(lies()).toHaveLength(5);
  expect(lies().every((key) => key.includes('.g2.'))).toBe(true);
  expect(sessionStorage).toHaveLength(0);
});
