import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

import { compressed } from './build/compressed.ts';
import { early } from './build/early.ts';
import { installable } from './build/installable.ts';

/** Where `vite dev` finds the server; the built client is served by the server itself. */
const server = process.env.SUMMIT_SERVER ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [svelte(), svelteTesting(), early(), installable(), compressed()],
  server: { proxy: { '/api': { target: server, ws: true } } },
  build: {
    target: 'es2022',
    // light-dark() is spelled out for tablets of a few years ago.
    cssTarget: 'safari16',
    // Nothing may become a data: URI, so that the content policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Few files: on a slow line each costs a round trip. One is every page's, one the table's.
        codeSplitting: {
          groups: [
            { name: 'index', tags: ['$initial'], priority: 2 },
            { name: 'table', test: /src.screens.Table\.svelte$/, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/dev/jsdom.setup.ts', 'src/texts/spoken.setup.ts'],
  },
});
