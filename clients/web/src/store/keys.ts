/** Two letters open what one looks up in the middle of something else: B the brief, N the notes. */

import type { Desk } from './desk.svelte';
import { preferences } from './preferences.svelte';
import type { Table } from './table.svelte';

/** Where a letter is a letter. A radio button or a slider takes none. */
const TAKES_LETTERS =
  'textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=range], [type=button])';

/** Opens the brief or the notes, over a form that is open as well. Who turned the keys off presses in vain. */
export function lookUpByKey(event: KeyboardEvent, table: Table, desk: Desk): void {
  if (!preferences.keys || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest(TAKES_LETTERS)) return;
  const letter = letterOf(event);
  if (letter === 'b' && table.priv.brief) desk.lookUp('brief');
  else if (letter === 'n' && table.me) desk.lookUp('notes');
  else return;
  event.preventDefault();
}

/** Whatever is written on the key, if it is a Latin letter; on other keyboards the one at its place. */
export function letterOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  return /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, '').toLowerCase();
}
