/** The HTTP side of the server: everything that is not play itself. */

import type {
  AppraisalView,
  CreatedGame,
  LinkAnswer,
  Lobby,
  NewGame,
  ReplayMoment as Moment,
  ScenarioSummary,
  SessionAnswer,
  View,
} from '../protocol/generated';
import type { Package, Texts } from '../protocol/names';

export type { CreatedGame, LinkAnswer, Lobby, Moment, NewGame, ScenarioSummary };

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
  scenarios: () => call<ScenarioSummary[]>('GET', '/api/scenarios'),
  createGame: (wish: NewGame) => call<CreatedGame>('POST', '/api/games', wish),
  gameOfCode: (code: string) => call<{ game: string }>('GET', `/api/codes/${encodeURIComponent(code)}`),
  lobby: (game: string) => call<Lobby>('GET', `${at(game)}/lobby`),
  enter: (game: string, token: string) => call<SessionAnswer>('POST', `${at(game)}/sessions`, { token }),
  sitDown: (game: string, seat: string, name: string) =>
    call<{ member: string; seat: string }>('POST', `${at(game)}/claims`, { seat, name }),
  ticket: (game: string) => call<{ ticket: string }>('POST', `${at(game)}/tickets`, {}),
  links: (game: string) => call<LinkAnswer[]>('GET', `${at(game)}/links`),
  newLink: (game: string, seat: string | null) => call<LinkAnswer>('POST', `${at(game)}/links`, { seat }),
  revokeLink: (game: string, link: string) =>
    call<null>('POST', `${at(game)}/links/${encodeURIComponent(link)}/revoke`, {}),
  appraise: (game: string, text: Package) => call<Appraisal>('POST', `${at(game)}/appraisals`, { package: text }),
  moments: (game: string) => call<Moment[]>('GET', `${at(game)}/replay/moments`),
  replay: (game: string, moment: number) => call<ReplayMoment>('GET', `${at(game)}/replay?at=${moment}`),
};
