/** What calls somebody back who looks elsewhere: a count in the tab's title, and a quiet sound. */

import { untrack } from 'svelte';

import type { Desk } from './desk.svelte';
import { preferences } from './preferences.svelte';

/** Whether this page is in front; what happened since it is not. */
class Attention {
  visible = $state(typeof document === 'undefined' || document.visibilityState === 'visible');
  missed = $state(0);

  constructor() {
    if (typeof document === 'undefined') return;
    document.addEventListener('visibilitychange', () => (this.visible = document.visibilityState === 'visible'));
  }

  /** The tab's title with the count before it, where this person wants one. */
  titled(title: string): string {
    return this.missed && preferences.titleBadge ? `(${this.missed}) ${title}` : title;
  }
}

export const attention = new Attention();

/** Counts what comes while the page is hidden: messages to this person, offers, news. For a component's set-up. */
export function callBack(desk: Desk): void {
  let known = 0;
  let before = 0;
  $effect(() => {
    const { visible } = attention;
    const waiting = desk.waiting;
    untrack(() => {
      if (visible) known = waiting;
      else if (waiting > before && preferences.sound) chime();
      before = waiting;
      attention.missed = Math.max(0, waiting - known);
    });
  });
  $effect(() => badge(preferences.titleBadge ? attention.missed : 0));
  // Whoever has left the table for the outcome, or for another page, misses nothing of it.
  $effect(() => () => {
    attention.missed = 0;
    badge(0);
  });
}

/** On the icon of an installed page, where the system has that. */
function badge(count: number): void {
  if (!('setAppBadge' in navigator)) return;
  void (count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
}

const QUIET_FOR = 4_000;
const LOUDNESS = 0.05;
/** Two notes, a fourth apart. */
const NOTES = [587.33, 783.99];

let sounded = -Infinity;
let audio: AudioContext | undefined;

/** Two soft notes made on the spot, at most every few seconds. A browser that forbids sound stays silent. */
export function chime(now = Date.now()): boolean {
  if (now - sounded < QUIET_FOR || typeof AudioContext === 'undefined') return false;
  sounded = now;
  const context = (audio ??= new AudioContext());
  void context.resume().then(
    () => NOTES.forEach((pitch, place) => note(context, pitch, context.currentTime + place * 0.14)),
    () => undefined,
  );
  return true;
}

function note(context: AudioContext, pitch: number, at: number): void {
  const tone = new OscillatorNode(context, { frequency: pitch, type: 'sine' });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.0005, at + 0.32);
  tone.connect(loudness).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.35);
}
