/** The HTTP side of the server: everything that is not play itself. */

import type { AppraisalView, View } from '../protocol/generated';
import type { Package, Player, SeatKind, Texts } from '../protocol/names';

export type CastOffer = { id: string; title: string; seats: string[] | number; voting: string[] | number };
export type ScenarioOffer = { slug: string; title: string; summary: string; casts: CastOffer[]; clocks: number[] };

export type NewGame = {
  scenario: string;
  cast: string;
  kind: 'open' | 'exercise';
  clock_minutes: number;
  strict: boolean;
  policy: 'deputy' | 'silent' | 'bot';
  reading: 'never' | 'after the end' | 'live';
  name?: string;
};
export type GameLinks = { host?: string; facilitator?: string; projector: string; join: string };
export type CreatedGame = { game: string; code: string; links: GameLinks };

export type LobbySeat = {
  id: string;
  name: string;
  flag: string | null;
  kind: SeatKind;
  taken_by: number;
  player: Player;
  brief_summary: string | null;
};
export type Lobby = {
  title: string;
  cast: string;
  kind: 'open' | 'exercise';
  status: string;
  code?: string | null;
  seats: LobbySeat[];
};

export type SeatLink = {
  id: string;
  seat: string | null;
  kind?: string;
  revoked?: boolean;
  used?: boolean;
  url?: string;
};

export type OptionAppraisal = {
  points: number;
  delta: number;
  /** Ids of red lines. */
  crosses: string[];
  broken_rules: string[];
};
export type Appraisal = {
  consistent: boolean;
  broken_rules: { id: string; sentence: string; issues: string[] }[];
  points: number;
  crosses: AppraisalView['crosses'];
  options: Record<string, Record<string, OptionAppraisal>>;
};

export type Moment = { n: number; at: number; type: string; by: string | null };
export type ReplayMoment = { at: number; moments: number; view: View; texts: Texts };

/** The server said no, or could not be reached (`code` is then `offline`). */
export class ApiFault extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly params: Record<string, unknown> = {},
  ) {
    super(code);
  }
}

async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch {
    throw new ApiFault('offline', 0);
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const fault = (answer as { error?: { code?: string; params?: Record<string, unknown> } } | null)?.error;
  throw new ApiFault(fault?.code ?? (response.status >= 500 ? 'starting' : 'unknown'), response.status, fault?.params);
}

const at = (game: string): string => `/api/games/${encodeURIComponent(game)}`;

export const api = {
  scenarios: () => call<ScenarioOffer[]>('GET', '/api/scenarios'),
  createGame: (wish: NewGame) => call<CreatedGame>('POST', '/api/games', wish),
  gameOfCode: (code: string) => call<{ game: string }>('GET', `/api/codes/${encodeURIComponent(code)}`),
  lobby: (game: string, code?: string | null) =>
    call<Lobby>('GET', `${at(game)}/lobby${code ? `?code=${encodeURIComponent(code)}` : ''}`),
  enter: (game: string, token: string) =>
    call<{ kind?: string; seat?: string | null }>('POST', `${at(game)}/sessions`, { token }),
  sitDown: (game: string, wish: { seat: string; name: string; token?: string; code?: string }) =>
    call<{ member: string; seat: string }>('POST', `${at(game)}/claims`, wish),
  ticket: (game: string) => call<{ ticket: string }>('POST', `${at(game)}/tickets`, {}),
  leave: (game: string) => call<unknown>('POST', `${at(game)}/leave`, {}),
  newLink: (game: string, seat?: string) => call<{ url: string }>('POST', `${at(game)}/links`, seat ? { seat } : {}),
  links: (game: string) => call<SeatLink[]>('GET', `${at(game)}/links`),
  revokeLink: (game: string, link: string) => call<unknown>('POST', `${at(game)}/links/${link}/revoke`, {}),
  appraise: (game: string, wish: { package: Package; base?: Package }) =>
    call<Appraisal>('POST', `${at(game)}/appraisals`, wish),
  moments: (game: string) => call<Moment[]>('GET', `${at(game)}/replay/moments`),
  replay: (game: string, moment: number) => call<ReplayMoment>('GET', `${at(game)}/replay?at=${moment}`),
  exportAddress: (game: string) => `${at(game)}/export`,
};
