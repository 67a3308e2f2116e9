/** Commands that were sent and not yet answered. They outlive a lost line and a reload of the tab. */

import type { Command } from '../protocol/commands';
import { keep, kept, thisTab } from './keep';

export type Pending = { id: string; command: Command };

export class PendingCommands {
  readonly #key: string;
  #waiting: Pending[];

  constructor(game: string) {
    this.#key = `summit.pending.${game}`;
    this.#waiting = kept<Pending[]>(thisTab, this.#key, []);
  }

  /** In the order they were made. */
  get all(): readonly Pending[] {
    return this.#waiting;
  }

  find(id: string): Pending | undefined {
    return this.#waiting.find((one) => one.id === id);
  }

  add(one: Pending): void {
    this.#store([...this.#waiting, one]);
  }

  /** The command with this id, now answered; undefined when it is not ours. */
  settle(id: string): Pending | undefined {
    const one = this.find(id);
    if (one) this.#store(this.#waiting.filter((other) => other.id !== id));
    return one;
  }

  #store(waiting: Pending[]): void {
    this.#waiting = waiting;
    keep(thisTab, this.#key, waiting.length ? waiting : undefined);
  }
}
