/** A record whose parts are watched apart: a change wakes those who look at what changed, and nobody else. */

class Part {
  now = $state.raw<unknown>();

  constructor(now: unknown) {
    this.now = now;
  }
}

export class Parts<T extends object> {
  /** Reads like the record itself; stays the same object while the parts change. */
  readonly read: T;
  readonly #parts: ReadonlyMap<string, Part>;

  constructor(whole: T) {
    this.#parts = new Map(Object.entries(whole).map(([name, now]) => [name, new Part(now)]));
    const getters = [...this.#parts].map(([name, part]) => [name, { enumerable: true, get: () => part.now }] as const);
    this.read = Object.defineProperties({}, Object.fromEntries(getters)) as T;
  }

  /** Takes over what is another object now. False when it has other parts: then it is another record. */
  take(whole: T): boolean {
    const now = Object.entries(whole);
    if (now.length !== this.#parts.size || !now.every(([name]) => this.#parts.has(name))) return false;
    for (const [name, value] of now) (this.#parts.get(name) as Part).now = value;
    return true;
  }
}
