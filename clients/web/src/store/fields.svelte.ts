/** The fields of one form, as whatever sends it has to know them: whether something in them is too long to be sent. */

import { getContext, setContext, untrack } from 'svelte';

/** What is wrong with a field, in a sentence; null: nothing. */
type Says = () => string | null;

export class Fields {
  #all = $state.raw<readonly Says[]>([]);
  /** Of the first field that holds too much, in a sentence; null: all may be sent. */
  readonly tooLong = $derived.by(() => {
    for (const says of this.#all) {
      const wrong = says();
      if (wrong !== null) return wrong;
    }
    return null;
  });

  /** Until the field is taken away. For an effect. */
  add(says: Says): () => void {
    this.#all = [...untrack(() => this.#all), says];
    return () => (this.#all = this.#all.filter((one) => one !== says));
  }
}

const KEY = Symbol('fields');

/** For the component that a form is in, while it is set up. */
export function provideFields(): Fields {
  return setContext(KEY, new Fields());
}

/** None, where nothing is sent. */
export function useFields(): Fields | undefined {
  return getContext<Fields | undefined>(KEY);
}
