/** What a text that nobody has tabled yet would be worth to the own delegation: asked of the server, which knows. */

import { api, type Appraisal } from '../net/api';
import type { Package } from '../protocol/names';

const WAIT = 200;

export class Appraiser {
  readonly #game: string;
  result = $state.raw<Appraisal | null>(null);
  /** The last question got no answer. */
  failed = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(game: string) {
    this.#game = game;
  }

  /** Asks a moment later, so that a hand running down a list of options asks once. The last question wins. */
  ask(text: Package, base: string | null = null): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#fetch(text, base), this.result ? WAIT : 0);
  }

  async #fetch(text: Package, base: string | null): Promise<void> {
    this.#asked += 1;
    const question = this.#asked;
    try {
      const result = await api.appraise(this.#game, text, base);
      if (question !== this.#asked) return;
      this.result = result;
      this.failed = false;
    } catch {
      if (question !== this.#asked) return;
      this.result = null; // no figures is better than old ones
      this.failed = true;
    }
  }
}
