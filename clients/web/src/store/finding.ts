/** Looking through long lists by a word. */

/** From this many on a list is searched and sorted; fewer are read. */
export const LONG = 7;

/** Whether any of the texts has every word that is looked for, however it is written. */
export function holds(texts: readonly (string | null | undefined)[], wanted: string): boolean {
  const all = plain(texts.filter(Boolean).join(' '));
  return plain(wanted)
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase();
}
