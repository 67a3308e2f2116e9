import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

import { compressed } from './build/compressed.ts';
import { installable } from './build/installable.ts';

/** Where `vite dev` finds the server; the built client is served by the server itself. */
const server = process.env.SUMMIT_SERVER ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [svelte(), svelteTesting(), installable(), compressed()],
  server: { proxy: { '/api': { target: server, ws: true } } },
  build: {
    target: 'es2022',
    // light-dark() is spelled out for tablets of a few years ago.
    cssTarget: 'safari16',
    // Nothing may become a data: URI, so that the content policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    include: ['src/**/*.test.ts'],
  },
});
