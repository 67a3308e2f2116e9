/** The line that public/early.js opened before the page's own scripts were here. */

import type { Resume } from '../protocol/frames';

type Early = {
  game: string;
  resume: Resume | null;
  socket: WebSocket;
  /** When the first frame came, by this device; the page was not there yet. */
  heardAt?: number;
  close(): void;
  take(): (string | ArrayBuffer)[];
};

declare global {
  interface Window {
    summitEarly?: Early;
  }
}

/** `WebSocket`: for the reconnecting line. Its first socket is the early one, which says hello by itself. */
export type EarlyLine = { WebSocket: typeof WebSocket; heardAt: number | undefined };

/**
 * The early line, where there is one for this game that asked for what is wanted now. What it heard already is heard
 * again by whoever takes it.
 */
export function earlyLine(game: string, resume: Resume | null): EarlyLine | null {
  const early = window.summitEarly;
  delete window.summitEarly;
  if (!early) return null;
  const same = JSON.stringify([early.game, early.resume]) === JSON.stringify([encodeURIComponent(game), resume]);
  if (!same || early.socket.readyState > WebSocket.OPEN) {
    early.close();
    return null;
  }
  let first: Early | undefined = early;
  const Socket = function (...how: ConstructorParameters<typeof WebSocket>): WebSocket {
    if (!first) return new WebSocket(...how);
    const { socket, take } = first;
    first = undefined;
    queueMicrotask(() => {
      if (socket.readyState === WebSocket.OPEN) socket.dispatchEvent(new Event('open'));
      for (const data of take()) socket.dispatchEvent(new MessageEvent('message', { data }));
      if (socket.readyState > WebSocket.OPEN) socket.dispatchEvent(new CloseEvent('close'));
    });
    return socket;
  };
  return {
    WebSocket: Socket as unknown as typeof WebSocket,
    get heardAt() {
      return early.heardAt;
    },
  };
}
