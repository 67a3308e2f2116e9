/** A page of jsdom has no width that a query could ask for: none holds. */
if (typeof window !== 'undefined' && typeof window.matchMedia !== 'function') {
  const matchMedia = (media: string) => Object.assign(new EventTarget(), { matches: false, media, onchange: null });
  Object.assign(window, { matchMedia });
}
