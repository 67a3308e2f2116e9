/** Small things kept in the browser. A browser that refuses storage costs comfort, never play. */

export function kept<T>(storage: () => Storage, key: string, otherwise: T): T {
  try {
    const text = storage().getItem(key);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

/** Gives whether it is kept: a storage that is full or forbidden keeps nothing, and the page works from memory. */
export function keep(storage: () => Storage, key: string, value: unknown): boolean {
  try {
    if (value === undefined || value === '') storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export const thisTab = (): Storage => sessionStorage;
export const thisBrowser = (): Storage => localStorage;

/** Everything whose key is meant. */
export function forgetAll(storage: () => Storage, meant: (key: string) => boolean): void {
  for (const key of keysOf(storage, meant)) keep(storage, key, undefined);
}

export function keysOf(storage: () => Storage, meant: (key: string) => boolean): string[] {
  try {
    return Object.keys(storage()).filter(meant);
  } catch {
    return [];
  }
}
