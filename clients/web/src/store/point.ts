/** Shows where in the text something stands: the paragraph comes into view, is marked for a moment, and has the focus. */

import { tick } from 'svelte';

import type { Desk } from './desk.svelte';

const MARKED_FOR = 4000;

/** A paragraph that has no words in the text shown cannot be pointed at: its sheet opens instead. */
export async function pointAt(desk: Desk, issue: string): Promise<void> {
  desk.close();
  desk.tab = 'text';
  await tick();
  const found = [...document.querySelectorAll<HTMLElement>(`main [data-issue="${CSS.escape(issue)}"]`)];
  const paragraph = found.find((one) => one.offsetParent !== null);
  if (!paragraph) {
    desk.open({ is: 'paragraph', issue });
    return;
  }
  paragraph.scrollIntoView({ block: 'center' });
  paragraph.querySelector('button')?.focus({ preventScroll: true });
  paragraph.classList.add('pointed');
  setTimeout(() => paragraph.classList.remove('pointed'), MARKED_FOR);
}
