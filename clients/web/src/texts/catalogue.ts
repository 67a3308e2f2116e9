/** One language's sentences under the keys of the English ones. */

/** Loose on purpose: that no key is missing and none unknown is a check of its own (languages.test.ts). */
export type Catalogue = Readonly<Record<string, string>>;

/** Before any words are here. */
export const wordless: Catalogue = {};

/** The three parts of a catalogue as one. */
export function whole(words: Catalogue, events: Catalogue, refusals: Catalogue): Catalogue {
  return { ...words, ...prefixed('event.', events), ...prefixed('refusal.', refusals) };
}

function prefixed(prefix: string, sentences: Catalogue): Catalogue {
  return Object.fromEntries(Object.entries(sentences).map(([key, sentence]) => [prefix + key, sentence]));
}
