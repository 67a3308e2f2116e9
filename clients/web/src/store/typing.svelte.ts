/** Who writes where just now. It is told every few seconds, kept nowhere, and forgotten when they have spoken. */

import type { MessageView } from '../protocol/generated';

/** One person; without a member the facilitator. */
export type Writer = { room: string; seat: string | null; member: string | null };

/** `said` is the last that this person had said when they began to write. */
type Writing = Writer & { said: string; timer: ReturnType<typeof setTimeout> };

const HOLDS = 6_000;

/** A little more than the server's three seconds: a frame that comes too early is passed over. */
const TELL_EVERY = 3_200;

export class Writers {
  #all = $state.raw<readonly Writing[]>([]);
  #told = -Infinity;
  #next: { send: () => void; still: () => boolean } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  hear(writer: Writer, messages: readonly MessageView[]): void {
    this.#forget(writer);
    const timer = setTimeout(() => this.#forget(writer), HOLDS);
    this.#all = [...this.#all, { ...writer, said: lastOf(writer, messages), timer }];
  }

  /** Those who write in a room and have not said it yet. */
  in(room: string, messages: readonly MessageView[]): Writer[] {
    return this.#all.filter((one) => one.room === room && lastOf(one, messages) === one.said);
  }

  /**
   * At every key: tells that this person writes, now or when it is time again, if they `still` write then.
   */
  tell(send: () => void, still: () => boolean): void {
    const wait = this.#told + TELL_EVERY - Date.now();
    this.#next = { send, still };
    if (wait <= 0) this.#tellNow();
    else this.#timer ??= setTimeout(() => this.#tellNow(), wait);
  }

  #tellNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const next = this.#next;
    this.#next = null;
    if (!next?.still()) return;
    this.#told = Date.now();
    next.send();
  }

  #forget(writer: Writer): void {
    this.#all = this.#all.filter((one) => {
      const same = one.room === writer.room && one.seat === writer.seat && one.member === writer.member;
      if (same) clearTimeout(one.timer);
      return !same;
    });
  }
}

function lastOf({ seat, member }: Writer, messages: readonly MessageView[]): string {
  return messages.findLast((one) => one.seat === seat && one.member === member)?.text ?? '';
}
