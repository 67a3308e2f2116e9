/** Where we are: a handful of addresses, read from the location and changed without loading the page anew. */

export type Route =
  | { is: 'start' }
  /** For whoever plays along, or for whoever runs it for others. */
  | { is: 'new'; kind: 'open' | 'exercise' }
  | { is: 'join' }
  | { is: 'game'; game: string }
  | { is: 'replay'; game: string }
  | { is: 'projector'; game: string }
  | { is: 'nowhere' };

export function routeOf(path: string): Route {
  const parts = path.split('/').filter(Boolean);
  if (parts.length === 0) return { is: 'start' };
  if (parts.length === 1 && parts[0] === 'new') return { is: 'new', kind: 'open' };
  if (parts.length === 2 && parts[0] === 'new' && parts[1] === 'exercise') return { is: 'new', kind: 'exercise' };
  if (parts.length === 1 && parts[0] === 'join') return { is: 'join' };
  const [area, game, screen] = parts;
  if (area !== 'g' || !game || parts.length > 3) return { is: 'nowhere' };
  if (!screen) return { is: 'game', game };
  if (screen === 'replay' || screen === 'projector') return { is: screen, game };
  return { is: 'nowhere' };
}

class Router {
  route = $state.raw<Route>(routeOf(location.pathname));

  constructor() {
    addEventListener('popstate', () => (this.route = routeOf(location.pathname)));
  }

  go(path: string): void {
    history.pushState(null, '', path);
    this.route = routeOf(location.pathname);
    scrollTo(0, 0);
  }

  /** Follows a click on one of our own links here; everything else is the browser's. */
  follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element).closest('a');
    if (!link || link.target || link.origin !== location.origin || link.hash || link.hasAttribute('download')) return;
    if (routeOf(link.pathname).is === 'nowhere') return;
    event.preventDefault();
    this.go(link.pathname);
  }
}

export const router = new Router();
