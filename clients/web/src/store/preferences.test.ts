// @vitest-environment jsdom
import { readFileSync } from 'node:fs';

import { beforeEach, expect, it } from 'vitest';

import { Preferences, PREFERENCES_KEY, THEMES } from './preferences.svelte';

const page = document.documentElement;

beforeEach(() => {
  localStorage.clear();
  delete page.dataset.theme;
});

it('follows the system until somebody chooses', () => {
  const fresh = new Preferences();
  expect([fresh.theme, fresh.language, fresh.sound, fresh.titleBadge]).toEqual(['system', 'auto', true, true]);
  expect(page.dataset.theme).toBeUndefined();
});

it('wears the theme at once and keeps it for the next visit', () => {
  const chosen = new Preferences();
  chosen.theme = 'contrast';
  chosen.sound = false;
  expect(page.dataset.theme).toBe('contrast');

  delete page.dataset.theme;
  const again = new Preferences();
  expect([again.theme, again.sound, again.titleBadge]).toEqual(['contrast', false, true]);
  expect(page.dataset.theme).toBe('contrast');

  again.theme = 'system';
  expect(page.dataset.theme).toBeUndefined();
});

it('wears the theme before the first paint', () => {
  const early = readFileSync('public/early.js', 'utf8');
  expect(early).toContain(PREFERENCES_KEY);
  for (const theme of THEMES.filter((one) => one !== 'system')) {
    new Preferences().theme = theme;
    delete page.dataset.theme;
    new Function(early)();
    expect(page.dataset.theme).toBe(theme);
  }
  new Preferences().theme = 'system';
  delete page.dataset.theme;
  new Function(early)();
  expect(page.dataset.theme).toBeUndefined();
});
