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

  hear(writer: Writer, messages: readonly MessageView[]): void {
    this.#forget(writer);
    const timer = setTimeout(() => this.#forget(writer), HOLDS);
    this.#all = [...this.#all, { ...writer, said: lastOf(writer, messages), timer }];
  }

  /** Those who write in a room and have not said it yet. */
  in(room: string, messages: readonly MessageView[]): Writer[] {
    return this.#all.filter((one) => one.room === room && lastOf(one, messages) === one.said);
  }

  /** Whether it is time to tell that this person writes; asked at every key. */
  mayTell(): boolean {
    const now = Date.now();
    if (now - this.#told < TELL_EVERY) return false;
    this.#told = now;
    return true;
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
