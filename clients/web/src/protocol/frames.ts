/** What travels over the socket, in both directions. */

import type { Command } from './commands';
import type { View } from './generated';
import type { Texts } from './names';

/** One change to one half of a view. Path elements are keys of objects, never places in a list. */
export type Op =
  | { op: 'set'; path: string[]; value: unknown }
  | { op: 'remove'; path: string[] }
  | { op: 'append'; path: string[]; values: unknown[]; keep: number };

export type Half = 'public' | 'private';

/** Where a client stands: in which stream, after how many updates. */
export type Resume = { stream: string; after: number };

export type ClientFrame =
  | { type: 'hello'; ticket: string; resume: Resume | null; packed: boolean }
  | { type: 'command'; command_id: string; command: Command }
  | { type: 'ping' }
  | { type: 'typing'; room: string };

export type GoodbyeCode = 'replaced' | 'revoked' | 'game_deleted' | 'shutting_down';

/** The answer to one command. `unavailable` is not final: the same id is sent again. */
export type Answer =
  | { type: 'ack'; command_id: string }
  | { type: 'rejected'; command_id: string; code: string; params: Record<string, unknown>; rule: string }
  | { type: 'malformed'; command_id: string | null; pointer: string; problem: string }
  | { type: 'internal'; command_id: string | null; incident: string }
  | { type: 'unavailable'; command_id: string | null; retry_after_ms: number };

/** What comes compressed right before a view without its public half. */
export type PackedHalf = { public: View['public']; texts: Texts };

export type ServerFrame =
  | Answer
  | { type: 'welcome'; server_time: number; member: string | null }
  | { type: 'view'; stream: string; view: View | Pick<View, 'private'>; texts: Texts }
  | { type: 'update'; half: Half; ops: Op[]; texts?: Texts }
  | { type: 'resumed'; stream: string; after: number }
  | { type: 'presence'; members: string[] }
  | { type: 'typing'; room: string; seat: string | null; member: string | null }
  | { type: 'pong'; server_time: number }
  | { type: 'goodbye'; code: GoodbyeCode };
