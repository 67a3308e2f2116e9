/**
 * The spaces of French that do not break: translators write ordinary ones before ; : ! ? » and after «.
 *
 * ICU syntax has none of these marks after a space, so that a message keeps its meaning.
 */
const NARROW = '\u202f';

export function typesetFrench(sentence: string): string {
  return sentence
    .replace(/ ([;!?»])/g, `${NARROW}$1`)
    .replace(/« /g, `«${NARROW}`)
    .replace(/ :/g, '\u00a0:');
}
