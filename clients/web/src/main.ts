import { mount } from 'svelte';

import App from './App.svelte';
import { install } from './net/install';
import './store/preferences.svelte';
import { followPreferences } from './texts/language.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

async function begin(app: HTMLElement): Promise<void> {
  await followPreferences();
  // A game made of made-up data, to look at screens while working on them; never part of a build.
  if (import.meta.env.DEV && new URLSearchParams(location.search).has('fixture')) {
    const { default: Fixture } = await import('./dev/Fixture.svelte');
    mount(Fixture, { target: app });
    return;
  }
  mount(App, { target: app });
  if (import.meta.env.PROD) install();
}

void begin(target);
