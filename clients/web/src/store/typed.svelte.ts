/**
 * What this person typed and has not sent yet: never lost, not by a reload, a crash or a dead battery.
 *
 * It is kept in this browser under the session that typed it, and wiped when that session leaves its seat, when another
 * session opens the game here, and at the end of the game. After the end it lives in the page alone.
 */

import { forgetAll, keep, kept, thisBrowser } from '../net/keep';
import { keyFor, sessionIn } from '../net/session';
import type { Table } from './table.svelte';

/** What this session types in one form of this game lies here. */
function keyOf(table: Table, what: string): string {
  return keyFor('typed', table.game, `${table.view ? sessionIn(table.view) : ''}.${what}`);
}

function keeps(table: Table): boolean {
  return !table.readOnly && table.link.is !== 'closed' && table.view !== null && table.pub.clock.status !== 'ended';
}

export class Typed<T> {
  readonly key: string;
  /** Bind inputs to it, or to its fields. */
  value = $state() as T;
  readonly #empty: string;
  readonly #table: Table;
  #saved: string;

  constructor(table: Table, what: string, otherwise: T) {
    this.key = keyOf(table, what);
    this.#table = table;
    this.#empty = JSON.stringify(otherwise);
    const before = keeps(table) ? kept<T | null>(thisBrowser, this.key, null) : null;
    // Fields that were added to a form since are there, too.
    this.value =
      before !== null && typeof before === 'object' && !Array.isArray(before)
        ? { ...(JSON.parse(this.#empty) as T), ...before }
        : (before ?? (JSON.parse(this.#empty) as T));
    this.#saved = JSON.stringify(this.value);
  }

  /** Keeps what stands here now. Called by itself whenever it changes. */
  save(): void {
    const now = JSON.stringify(this.value);
    if (now === this.#saved || !keeps(this.#table)) return;
    this.#saved = now;
    keep(thisBrowser, this.key, now === this.#empty ? undefined : this.value);
  }

  /** It was sent, or is not wanted any more. */
  clear(): void {
    this.value = JSON.parse(this.#empty) as T;
    this.#saved = this.#empty;
    keep(thisBrowser, this.key, undefined);
  }

  /** It was sent and is not answered, on this page or before a reload: nothing is to be changed in it meanwhile. */
  get underWay(): boolean {
    return this.#table.pending.some((one) => one.typed === this.key);
  }

  get isEmpty(): boolean {
    return JSON.stringify(this.value) === this.#empty;
  }
}

/** The forms that are open, by key: what comes back from a refused act goes into the form, not behind its back. */
const open = new Map<string, Typed<unknown>>();

/**
 * What is typed in one form: `what` names it within the game, `otherwise` is the empty form. For use while a component
 * is set up; give the result to `table.act` with the command, which clears it when the server has said yes.
 */
export function typed<T>(table: Table, what: string, otherwise: T): Typed<T> {
  const words = new Typed(table, what, otherwise);
  $effect(() => words.save());
  $effect(() => {
    open.set(words.key, words);
    return () => {
      if (open.get(words.key) === words) open.delete(words.key);
    };
  });
  return words;
}

/** What was typed in a form is done with, whether the form is open or not. */
export function forgetTyped(key: string): void {
  const words = open.get(key);
  if (words) words.clear();
  else keep(thisBrowser, key, undefined);
}

/** Puts the words of a message back where they were written, with what they refer to, unless something new stands there. */
export function giveBackWords(table: Table, message: { room: string; text: string; refs?: readonly string[] }): void {
  const given = giveBack(table, `say:${message.room}`, message.text);
  if (given && message.refs?.length) giveBack(table, `about:${message.room}`, [...message.refs]);
}

function giveBack(table: Table, what: string, value: unknown): boolean {
  const key = keyOf(table, what);
  const words = open.get(key);
  if (words?.isEmpty) words.value = value;
  else if (words || !keeps(table) || kept<unknown>(thisBrowser, key, null) !== null) return false;
  else keep(thisBrowser, key, value);
  return true;
}

/** At the end of the game. What another session typed goes when the server has said whose it is now (net/session). */
export function wipeTyped(game: string): void {
  const all = keyFor('typed', game, '');
  forgetAll(thisBrowser, (key) => key.startsWith(all));
}
