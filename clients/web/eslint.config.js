import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'src/protocol/generated.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-undef': 'off', // the type checker knows better
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
    },
    rules: {
      // Routes are our own (src/routes.svelte.ts), not SvelteKit's.
      'svelte/no-navigation-without-resolve': 'off',
      // Sets and maps of ours are replaced as a whole ($state.raw) or are not state at all.
      'svelte/prefer-svelte-reactivity': 'off',
      // {' · '} keeps the spaces that a formatter would take away.
      'svelte/no-useless-mustaches': 'off',
    },
  },
);
