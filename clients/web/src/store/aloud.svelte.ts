/**
 * What the page says to those who listen rather than look. One voice for all of it: what comes together is said
 * together, and nothing is said twice.
 *
 * It speaks from the innermost place there is (components/Aloud.svelte). An open dialog makes the page behind it inert,
 * its live regions included: there nobody would hear that silence was opened, or that it ends.
 */

/** Milliseconds for what belongs together to come together. */
const GATHERING = 800;

/** `said` is an object, so that the same words can be said once more. */
export class Place {
  said = $state.raw<{ words: string } | null>(null);
}

class Aloud {
  #places: Place[] = [];
  #news: string[] = [];
  #turn = '';
  #isGathering = false;

  /** What has happened. */
  say(words: string): void {
    if (!this.#news.includes(words)) this.#news.push(words);
    this.#soon();
  }

  /** What is expected of this person now: said last, and of several only the last. */
  ask(words: string): void {
    this.#turn = words;
    this.#soon();
  }

  /** From now on this is the innermost place; the result takes it away again. */
  stand(place: Place): () => void {
    this.#places.push(place);
    return () => (this.#places = this.#places.filter((one) => one !== place));
  }

  #soon(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    setTimeout(() => {
      this.#isGathering = false;
      const words = [...this.#news, this.#turn].filter(Boolean).join(' ');
      this.#news = [];
      this.#turn = '';
      const place = this.#places.at(-1);
      if (place) place.said = { words };
    }, GATHERING);
  }
}

export const aloud = new Aloud();
