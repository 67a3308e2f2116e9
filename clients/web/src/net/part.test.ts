import { expect, it } from 'vitest';

import { addressIn, part } from './part';

it('finds the script that did not come in what browsers say', () => {
  const address = 'http://127.0.0.1:8000/assets/fr-SUGNtxKv.js';
  expect(addressIn(new TypeError(`Failed to fetch dynamically imported module: ${address}`))).toBe(address);
  expect(addressIn(new TypeError(`error loading dynamically imported module: ${address}`))).toBe(address);
  expect(addressIn(new TypeError('Importing a module script failed.'))).toBeUndefined();
  expect(addressIn(new Error('Unable to preload CSS for /assets/Trade-1.css'))).toBeUndefined();
});

it('hands on what came, and why nothing did', async () => {
  await expect(part(() => Promise.resolve('a map'))).resolves.toBe('a map');
  await expect(part(() => Promise.reject(new Error('no address here')))).rejects.toThrow('no address here');
});
