/** What is typed and chosen before there is a session to keep it under: in this tab, until it is sent. */

import { keep, kept, thisTab } from '../net/keep';

export class Unsent<T> {
  /** Bind inputs to it, or to its fields. */
  value = $state() as T;
  /** Whether it was there already, before a reload. */
  readonly found: boolean;
  readonly #key: string;
  readonly #empty: string;

  constructor(what: string, otherwise: T) {
    this.#key = `summit.unsent-${what}`;
    this.#empty = JSON.stringify(otherwise);
    const before = kept<T | null>(thisTab, this.#key, null);
    this.found = before !== null;
    this.value = typeof otherwise === 'object' ? { ...otherwise, ...before } : (before ?? otherwise);
  }

  save(): void {
    const isEmpty = JSON.stringify(this.value) === this.#empty;
    keep(thisTab, this.#key, isEmpty ? undefined : this.value);
  }

  clear(): void {
    this.value = JSON.parse(this.#empty) as T;
    keep(thisTab, this.#key, undefined);
  }
}

/** For use while a component is set up; `what` names the form. */
export function unsent<T>(what: string, otherwise: T): Unsent<T> {
  const form = new Unsent(what, otherwise);
  $effect(() => form.save());
  return form;
}
