/** Earlier talk, fetched when somebody asks for it: a view holds the last two hundred messages of a room. */

import type { MessageView } from '../protocol/generated';

/** `complete`: nothing was said before the first of these. */
type Kept = { messages: readonly MessageView[]; complete: boolean };

/** As many as a view holds of a room, or of the record: one that holds fewer holds all there is. */
export const VIEW_HOLDS = 200;

export class Archive {
  #rooms = $state.raw<Record<string, Kept>>({});

  /** What is known of a room; what was fetched is left out once talk has gone on so far that a gap is between. */
  joined(room: string, now: readonly MessageView[]): readonly MessageView[] {
    const kept = this.#rooms[room];
    const at = kept ? kept.messages.findIndex((one) => one.text === now[0]?.text) : -1;
    return kept && at >= 0 ? [...kept.messages.slice(0, at), ...now] : now;
  }

  /** Whether there may be something before what is known. */
  mayHoldMore(room: string, now: readonly MessageView[]): boolean {
    const kept = this.#rooms[room];
    const joins = kept?.messages.some((one) => one.text === now[0]?.text) ?? false;
    return now.length >= VIEW_HOLDS && !(joins && kept?.complete);
  }

  /** Puts what was fetched before what was known when it was asked for. */
  put(room: string, earlier: readonly MessageView[], known: readonly MessageView[], complete: boolean): void {
    this.#rooms = { ...this.#rooms, [room]: { messages: [...earlier, ...known], complete } };
  }

  /** The rooms of which something was fetched. */
  get rooms(): string[] {
    return Object.keys(this.#rooms);
  }

  /** As talk goes on, what leaves the view is kept after what was fetched. */
  keepUp(room: string, now: readonly MessageView[]): void {
    const kept = this.#rooms[room];
    const messages = this.joined(room, now);
    if (kept && messages.length > kept.messages.length) this.#rooms = { ...this.#rooms, [room]: { ...kept, messages } };
  }
}
