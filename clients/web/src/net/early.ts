/** The line that public/early.js opened before the page's own scripts were here. */

import type { Resume } from '../protocol/frames';

type Early = {
  game: string;
  resume: Resume | null;
  socket: WebSocket;
  close(): void;
  take(): (string | ArrayBuffer)[];
};

declare global {
  interface Window {
    summitEarly?: Early;
  }
}

/**
 * A constructor for the reconnecting line: its first line is the early one, where there is one for this game that
 * asked for what is wanted now. It says hello by itself, and what it heard is heard again.
 */
export function earlySocket(game: string, resume: Resume | null): typeof WebSocket | null {
  const early = window.summitEarly;
  delete window.summitEarly;
  if (!early) return null;
  const same = JSON.stringify([early.game, early.resume]) === JSON.stringify([encodeURIComponent(game), resume]);
  if (!same || early.socket.readyState > WebSocket.OPEN) {
    early.close();
    return null;
  }
  let first: Early | undefined = early;
  return function (...how: ConstructorParameters<typeof WebSocket>): WebSocket {
    if (!first) return new WebSocket(...how);
    const { socket, take } = first;
    first = undefined;
    queueMicrotask(() => {
      if (socket.readyState === WebSocket.OPEN) socket.dispatchEvent(new Event('open'));
      for (const data of take()) socket.dispatchEvent(new MessageEvent('message', { data }));
      if (socket.readyState > WebSocket.OPEN) socket.dispatchEvent(new CloseEvent('close'));
    });
    return socket;
  } as unknown as typeof WebSocket;
}
