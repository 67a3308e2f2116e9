import { mount } from 'svelte';

import App from './App.svelte';
import { install } from './net/install';
import { sweep } from './net/sweep';
import './store/preferences.svelte';
import { getReady } from './texts';
import { followPreferences } from './texts/language.svelte';

/** What the page opens is marked by then, and nothing waits for it. */
const SWEEP_AFTER = 5_000;

async function begin(): Promise<void> {
  await Promise.all([followPreferences(), pageRead()]);
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has no #app');
  // A game made of made-up data, to look at screens while working on them; never part of a build.
  if (import.meta.env.DEV && new URLSearchParams(location.search).has('fixture')) {
    const { default: Fixture } = await import('./dev/Fixture.svelte');
    mount(Fixture, { target });
    return;
  }
  mount(App, { target });
  setTimeout(getReady); // while the view is on its way
  setTimeout(sweep, SWEEP_AFTER);
  if (import.meta.env.PROD) install();
}

/** early.js may have begun this script before the page itself has come to its end. */
function pageRead(): Promise<unknown> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((done) => document.addEventListener('DOMContentLoaded', done, { once: true }));
}

begin().catch((fault: unknown) => {
  reportError(fault);
  document.getElementById('not-whole')?.removeAttribute('hidden');
});
