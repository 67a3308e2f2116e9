// @vitest-environment jsdom
import { expect, it } from 'vitest';

import { routeOf } from './routes.svelte';

it.each([
  ['/', { is: 'start' }],
  ['/new', { is: 'new', kind: 'open' }],
  ['/new/exercise', { is: 'new', kind: 'exercise' }],
  ['/g/abc', { is: 'game', game: 'abc' }],
  ['/g/abc/', { is: 'game', game: 'abc' }],
  ['/g/abc/replay', { is: 'replay', game: 'abc' }],
  ['/g/abc/projector', { is: 'projector', game: 'abc' }],
  ['/g/abc/elsewhere', { is: 'nowhere' }],
  ['/elsewhere', { is: 'nowhere' }],
])('reads %s', (path, route) => {
  expect(routeOf(path)).toEqual(route);
});
