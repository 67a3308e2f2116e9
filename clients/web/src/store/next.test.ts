import { describe, expect, it } from 'vitest';

import { nextStep, type Step } from './next';
import { Table } from './table.svelte';
import { fixtures } from '../dev/fixtures';
import type { PrivateView, PublicView, RefusalView, View } from '../protocol/generated';

/** Offers what the view offers, without a line to a server. */
class Offering extends Table {
  override get readOnly(): boolean {
    return false;
  }
}

type Change = { public?: (half: PublicView) => void; private?: (half: PrivateView) => void };

function tableOf(fixture: string, ...changes: Change[]): Table {
  const { view, texts, now } = fixtures[fixture] as { view: View; texts: Record<string, string>; now: number };
  const changed = structuredClone(view);
  for (const change of changes) {
    change.public?.(changed.public);
    change.private?.(changed.private);
  }
  const table = new Offering('fixture');
  table.show(changed, texts);
  table.now = now;
  return table;
}

const not: RefusalView = { code: 'game.phase_forbids', params: {}, rule: '' };

const phase = (id: string): Change => ({ public: (half) => (half.clock.phase = id) });
const inSeat = (seat: string): Change => ({ private: (half) => (half.you.seat = seat) });
const withoutText: Change = {
  public: (half) => {
    half.drafts = {};
    half.floor = { basis: null, named_by_chair: false, paragraphs: [] };
    half.amendments = {};
  },
};
const paused: Change = { public: (half) => (half.clock.status = 'paused') };
const act = (type: string, why: RefusalView | null): Change => ({ private: (half) => (half.can.acts[type] = why) });
const onDrafts = (type: string, why: RefusalView | null): Change => ({
  private: (half) => Object.values(half.can.drafts).forEach((acts) => (acts[type] = why)),
});
const facilitator: Change = {
  private: (half) => {
    half.you = { kind: 'facilitator', seat: null, member: null, role: null, host: false, signs: false };
    half.brief = null;
    half.us = null;
  },
};
const adviser: Change = { private: (half) => (half.you.role = 'adviser') };
/** Every position withdrawn, so that nobody is against the text. */
const unopposed: Change = {
  public: (half) => {
    half.positions = {};
    half.objections = {};
  },
};

const press: Change = {
  private: (half) => {
    half.you = { kind: 'press', seat: null, member: 'p-1', role: null, host: false, signs: false };
    half.brief = null;
    half.us = null;
    half.trade = null;
  },
};
const inPlace: Change = { private: (half) => (half.you.kind = 'facilitator') };
/** What the delegation has prepared about an offer, and its head has not signed. */
const prepared: Change = {
  private: (half) => {
    half.you.signs = false;
    const command = { type: 'sign_offer', offer: 'DEU+POL+USA.1' };
    half.pending = [{ id: 'a1', seat: 'POL', member: 'm-anna', command, at: 0, until: null }];
  },
};

function opened(act: NonNullable<Step['act']>): string {
  if ('room' in act) return act.room;
  return 'beside' in act ? act.beside : act.sheet.is;
}

const BRIEFING = [phase('briefing'), withoutText, act('table_draft', not)];

describe('what is expected of whom', () => {
  it.each([
    ['a delegate in the briefing', 'table', BRIEFING, 'now.read_brief', null],
    ['the facilitator in the briefing', 'table', [...BRIEFING, facilitator], 'now.facilitate_briefing', 'run'],
    ['a delegate without a text', 'table', [phase('consultations'), withoutText], 'now.table', 'table_draft'],
    [
      'the chair without a text',
      'table',
      [phase('consultations'), withoutText, inSeat('SG')],
      'now.table',
      'table_draft',
    ],
    [
      'an observer without a text',
      'table',
      [withoutText, inSeat('SWE'), act('table_draft', not), act('post_message', null)],
      'now.speak',
      'plenary',
    ],
    ['a delegate before a text', 'table', [], 'now.position', 'position'],
    ['the author of the text', 'table', [inSeat('FRA')], 'now.win_over', 'new_room'],
    ['an adviser', 'table', [adviser], 'now.advise', 'delegation:POL'],
    ['the facilitator', 'table', [facilitator], 'now.facilitate', 'announce'],
    ['the chair while an ally is against', 'table', [inSeat('SG')], 'now.chair_reconcile', 'new_room'],
    [
      'the chair when nobody is against',
      'table',
      [inSeat('SG'), unopposed, onDrafts('open_silence', null)],
      'now.chair_silence',
      'open_silence',
    ],
    [
      'the chair before silence is possible',
      'table',
      [inSeat('SG'), unopposed, onDrafts('open_silence', not), onDrafts('open_poll', null)],
      'now.chair_poll',
      'open_poll',
    ],
    ['the host while the clock is stopped', 'table', [paused, act('resume_game', null)], 'now.paused_by_you', 'run'],
    ['a guest while the clock is stopped', 'table', [paused, act('resume_game', not)], 'now.paused', null],
    ['an ally under silence', 'silence', [], 'now.silence', null],
    ['the chair under silence', 'silence', [inSeat('SG'), act('cancel_silence', null)], 'now.silence_chair', 'run'],
    ['the facilitator under silence', 'silence', [facilitator], 'now.silence_watch', null],
    ['whom an offer waits for', 'trade', [], 'now.offers', 'trade'],
    ['whose answer to an offer is prepared', 'trade', [prepared], 'now.position', 'position'],
    ['a facilitator in the place of an ally', 'trade', [inPlace], 'now.offers', 'trade'],
    ['the press', 'trade', [press, act('post_message', null)], 'now.press', 'dispatches'],
    [
      'the press without a name',
      'trade',
      [press, act('post_message', { ...not, code: 'press.no_name' })],
      'now.press',
      'dispatches',
    ],
    ['the press while nobody may talk', 'trade', [press, act('post_message', not)], 'now.watch', null],
    ['the wall', 'projector', [], 'now.watch', null],
    ['anybody afterwards', 'outcome', [], 'now.over', null],
  ] as const)('tells %s', (_who, fixture, changes, text, opens) => {
    const step = nextStep(tableOf(fixture, ...changes));
    expect(step.text).toBe(text);
    expect(step.act ? opened(step.act) : null).toBe(opens);
  });
});
