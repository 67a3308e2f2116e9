import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/**
 * Opens a fold once, when it is drawn; from then on the reader opens and closes it. An `open` attribute would be set
 * again whenever something beside it changes, and close what somebody reads.
 */
export function openAtFirst(when: () => boolean): Attachment<HTMLDetailsElement> {
  return (fold) => {
    fold.open = untrack(when);
  };
}
