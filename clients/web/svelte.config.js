/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  compilerOptions: {
    runes: true,
    // Elements are made one by one instead of from an HTML string: no Trusted Types policy is needed.
    fragments: 'tree',
  },
};
