/** One socket, from its opening until it is lost: what comes over it is heard one after the other. */

import type { PackedHalf, ServerFrame } from '../protocol/frames';
import type { View } from '../protocol/generated';
import { unpacked } from './packed';

/** A view is always whole here; the public half of one may have come ahead of it, packed. */
export type Heard = Exclude<ServerFrame, { type: 'view' }> | (Extract<ServerFrame, { type: 'view' }> & { view: View });

export class Line {
  readonly #hear: (frame: Heard) => void;
  readonly #cannotUnpack: () => void;
  /** What came before has its turn first. */
  #before: Promise<void> = Promise.resolve();
  #half: PackedHalf | null = null;
  #lost = false;

  constructor(hear: (frame: Heard) => void, cannotUnpack: () => void) {
    this.#hear = hear;
    this.#cannotUnpack = cannotUnpack;
  }

  take(data: string | ArrayBuffer): void {
    this.#before = this.#before.then(() => (this.#lost ? undefined : this.#next(data))).catch(reportError);
  }

  /** Nothing of it is heard any more, not even what is here already: the next line begins from what was heard. */
  lose(): void {
    this.#lost = true;
  }

  async #next(data: string | ArrayBuffer): Promise<void> {
    if (typeof data === 'string') {
      this.#hear(this.#whole(JSON.parse(data) as ServerFrame));
      return;
    }
    this.#half = await unpacked(data).catch(() => null);
    if (!this.#half && !this.#lost) this.#cannotUnpack();
  }

  #whole(frame: ServerFrame): Heard {
    if (frame.type !== 'view' || !this.#half) return frame as Heard;
    const { public: open, texts } = this.#half;
    this.#half = null;
    return { ...frame, view: { ...frame.view, public: open }, texts: { ...texts, ...frame.texts } };
  }
}
