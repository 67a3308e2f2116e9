/** The HTTP side of the server: everything that is not play itself. */

import type {
  AppraisalView,
  CreatedGame,
  LinkAnswer,
  Invitations,
  LandmarkAnswer as Landmark,
  Lobby,
  MessageView,
  NewGame,
  RefusalView,
  ReplayMoment as Moment,
  ScenarioSummary,
  TranslatedText,
  SessionAnswer,
  View,
} from '../protocol/generated';
import type { Package, Texts } from '../protocol/names';

export type { CreatedGame, Invitations, Landmark, LinkAnswer, Lobby, Moment, NewGame, ScenarioSummary };

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
  /** What the own red lines refuse in a strict game: the text as one's own, and as a change of the draft named. */
  why_not: Record<'own' | 'change', RefusalView | null>;
  options: Record<string, Record<string, OptionAppraisal>>;
  /** By issue of the text: the points it gives, of the points it could give. */
  drivers: { issue: string; points: number; most: number }[];
  best_change: BestChange | null;
};

/** The one change that would help the own delegation most: the red lines it would lift, and those it would cross. */
export type BestChange = {
  issue: string;
  option: string;
  points: number;
  delta: number;
  lifts: string[];
  adds: string[];
};

/** What was written beside the game: beside which of the caller's own moments, and a text's id. */
export type Annotation = { n: number; at: number; text: string };
export type Annotations = { annotations: Annotation[]; texts: Texts };
/** `complete`: nothing was said before the first of these. */
export type EarlierTalk = { messages: MessageView[]; texts: Texts; complete: boolean };
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

/** What the reader is told went wrong. Our own mistake is `internal`, and stands in the browser's console as well. */
export function faultOf(fault: unknown): Pick<ApiFault, 'code' | 'status' | 'params'> {
  if (fault instanceof ApiFault) return fault;
  reportError(fault);
  return { code: 'internal', status: 0, params: {} };
}

async function call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
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
  translation: (slug: string, language: string) =>
    call<Record<string, TranslatedText>>('GET', `/api/scenarios/${encodeURIComponent(slug)}/translations/${language}`),
  createGame: (wish: NewGame) => call<CreatedGame>('POST', '/api/games', wish),
  gameOfCode: (code: string) => call<{ game: string }>('GET', `/api/codes/${encodeURIComponent(code)}`),
  lobby: (game: string) => call<Lobby>('GET', `${at(game)}/lobby`),
  enter: (game: string, token: string) => call<SessionAnswer>('POST', `${at(game)}/sessions`, { token }),
  sitDown: (game: string, seat: string, name: string) =>
    call<{ member: string; seat: string }>('POST', `${at(game)}/claims`, { seat, name }),
  /** Gives up the seat and ends the session, with all its lines. */
  leave: (game: string) => call<null>('POST', `${at(game)}/leave`, {}),
  ticket: (game: string) => call<{ ticket: string }>('POST', `${at(game)}/tickets`, {}),
  links: (game: string) => call<LinkAnswer[]>('GET', `${at(game)}/links`),
  newLink: (
    game: string,
    seat: string | null,
    how: { kind?: 'press' | 'spectator'; role?: 'delegate' | 'adviser' } = {},
  ) => call<LinkAnswer>('POST', `${at(game)}/links`, { seat, ...how }),
  revokeLink: (game: string, link: string) =>
    call<null>('POST', `${at(game)}/links/${encodeURIComponent(link)}/revoke`, {}),
  /** `base` is the draft that the text would change. */
  appraise: (game: string, text: Package, base: string | null = null) =>
    call<Appraisal>('POST', `${at(game)}/appraisals`, { package: text, base }),
  moments: (game: string) => call<Moment[]>('GET', `${at(game)}/replay/moments`),
  annotations: (game: string) => call<Annotations>('GET', `${at(game)}/replay/annotations`),
  logMoments: (game: string) => call<Landmark[]>('GET', `${at(game)}/moments`),
  fork: (game: string, moment: number) => call<CreatedGame>('POST', `${at(game)}/forks`, { moment }),
  /** `confirm` is the game's name or its code, so that no slip deletes it. */
  deleteGame: (game: string, confirm: string) => call<null>('DELETE', at(game), { confirm }),
  invite: (game: string, text: string) => call<Invitations>('POST', `${at(game)}/roster`, { format: 'csv', text }),
  admitPress: (game: string, name: string) => call<null>('POST', `${at(game)}/press`, { name }),
  /** What was said in a room right before a message, the newest last; `before` is the id of its text. */
  earlierTalk: (game: string, room: string, before: string) =>
    call<EarlierTalk>('GET', `${at(game)}/talk?room=${encodeURIComponent(room)}&before=${encodeURIComponent(before)}`),
  replay: (game: string, moment: number) => call<ReplayMoment>('GET', `${at(game)}/replay?at=${moment}`),
};
