/** The moments of the whole log, for whoever runs the game: where it can go back to, or be gone on from. */

import { api, type Landmark } from '../net/api';
import { when } from './clock';
import { momentOfLog } from './sentences';
import type { Table } from './table.svelte';

export class LogMoments {
  readonly #table: Table;
  moments = $state.raw<Landmark[]>([]);

  constructor(table: Table) {
    this.#table = table;
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    this.moments = await api.logMoments(this.#table.game).catch(() => []);
  }

  /** When it was and what happened, for a sentence. */
  words(moment: Landmark): { at: string; what: string } {
    return { at: when(this.#table, moment.at), what: momentOfLog(this.#table, moment) };
  }
}
