/**
 * Commands that were sent and not yet answered. They outlive a lost line, a reload, a crash and a dead battery.
 *
 * Each lies in this browser under a key of its own, below the session that made it, so that two tabs never overwrite
 * each other's. Both may send the same command: with the same id it has one effect.
 */

import type { Command } from '../protocol/commands';
import { keep, kept, keysOf, thisBrowser } from './keep';
import { keyFor } from './session';

/** `at` orders them; `typed` is the key of the form the words were typed in (store/typed). */
export type Pending = { id: string; command: Command; at: number; typed?: string };

export class PendingCommands {
  readonly #game: string;
  #prefix = '';
  #waiting: Pending[] = [];

  constructor(game: string) {
    this.#game = game;
  }

  /** In the order they were made. */
  get all(): readonly Pending[] {
    return this.#waiting;
  }

  /** Whose session this is now: what it left unanswered is taken up. Before that nothing is known to wait. */
  belongTo(owner: string): boolean {
    const prefix = keyFor('pending', this.#game, `${owner}.`);
    if (prefix === this.#prefix) return false;
    this.#prefix = prefix;
    this.#waiting = keysOf(thisBrowser, (key) => key.startsWith(prefix))
      .map((key) => kept<Pending | null>(thisBrowser, key, null))
      .filter((one) => one !== null)
      .sort((one, other) => one.at - other.at);
    return true;
  }

  find(id: string): Pending | undefined {
    return this.#waiting.find((one) => one.id === id);
  }

  add(one: Pending): void {
    this.#waiting = [...this.#waiting, one];
    if (this.#prefix) keep(thisBrowser, this.#prefix + one.id, one);
  }

  /** The command with this id, now answered; undefined when it is not ours. */
  settle(id: string): Pending | undefined {
    const one = this.find(id);
    if (one) this.#waiting = this.#waiting.filter((other) => other !== one);
    if (one && this.#prefix) keep(thisBrowser, this.#prefix + id, undefined);
    return one;
  }

  /** The way in was closed, or the game cleared away: nothing waits, and nothing is kept from now on. */
  drop(): void {
    this.#waiting = [];
    this.#prefix = '';
  }
}
