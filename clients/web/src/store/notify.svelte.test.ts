// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';

import type { Desk } from './desk.svelte';
import { attention, callBack } from './notify.svelte';

it('counts what is missed at the table, and nothing of it once one has left it', () => {
  const [setAppBadge, clearAppBadge] = [vi.fn(() => Promise.resolve()), vi.fn(() => Promise.resolve())];
  Object.assign(navigator, { setAppBadge, clearAppBadge });
  const desk = $state({ waiting: 2 });
  const leave = $effect.root(() => callBack(desk as Desk));
  flushSync();
  attention.visible = false;
  desk.waiting = 5;
  flushSync();
  expect(attention.titled('Summit')).toBe('(3) Summit');
  expect(setAppBadge).toHaveBeenLastCalledWith(3);
  clearAppBadge.mockClear();
  leave();
  expect(attention.titled('Summit')).toBe('Summit');
  expect(clearAppBadge).toHaveBeenCalled();
});
