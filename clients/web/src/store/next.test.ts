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

/** The text on the floor has been adopted and nobody has tabled another. */
const adopted: Change = {
  public: (half) => {
    const { id: draft, revision, package: options } = Object.values(half.drafts)[0]!;
    half.adopted = {
      draft,
      revision,
      package: options,
      at: 0,
      fallback: false,
      rungs: {},
      communique: fixtures.outcome!.view.public.adopted!.communique,
    };
  },
};
const revisedSince: Change = {
  public: (half) => (half.adopted!.package = { ...half.adopted!.package, path: 'another way in' }),
};
const chairEmpty: Change = { public: (half) => (half.seats.SG!.player = 'silent') };
const withoutOffers: Change = { private: (half) => (half.can.offers = {}) };
const offered: Change = {
  private: (half) => {
    for (const offer of Object.keys(half.can.offers)) half.can.offers[offer]!.decline_offer = null;
  },
};

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
    ['a delegate whose text stands', 'table', [adopted], 'now.adopted', 'communique'],
    ['its author', 'table', [inSeat('FRA'), adopted], 'now.adopted', 'communique'],
    ['the chair of a text that stands', 'table', [inSeat('SG'), adopted], 'now.adopted', 'communique'],
    ['a delegate once others go on', 'table', [adopted, revisedSince], 'now.position', 'position'],
    ['a delegate who is offered a deal', 'trade', [offered], 'now.offers', 'trade'],
    [
      'an author while nobody plays the chair',
      'table',
      [inSeat('FRA'), chairEmpty, onDrafts('open_silence', null)],
      'now.chair_empty',
      'open_silence',
    ],
    [
      'an author with too few allies behind it',
      'table',
      [
        inSeat('FRA'),
        chairEmpty,
        onDrafts('open_silence', { code: 'silence.cosponsors', params: { needed: 3 }, rule: '' }),
      ],
      'now.chair_empty_backers',
      'new_room',
    ],
    ['an ally under silence', 'silence', [], 'now.silence', null],
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
    ['an adviser under silence', 'silence', [adviser, act('take_rung', not)], 'now.silence_advise', 'delegation:POL'],
    [
      'the chair under silence',
      'silence',
      [inSeat('SG'), withoutOffers, act('extend_silence', null), act('cancel_silence', null)],
      'now.silence_chair',
      'run',
    ],
    [
      'the chair that has extended it',
      'silence',
      [inSeat('SG'), withoutOffers, act('extend_silence', not), act('cancel_silence', null)],
      'now.silence_cancel',
      'run',
    ],
    ['an observer with an offer under silence', 'silence', [inSeat('SWE'), offered], 'now.offers', 'trade'],
    ['an observer under silence', 'silence', [inSeat('SWE'), withoutOffers], 'now.silence_watch', null],
    ['the facilitator under silence', 'silence', [facilitator, withoutOffers], 'now.silence_watch', null],
    ['an ally before the last text', 'fallback', [], 'now.silence_last', null],
    [
      'the chair of the last text',
      'fallback',
      [inSeat('SG'), withoutOffers, act('extend_silence', null), act('cancel_silence', not)],
      'now.silence_extend',
      'run',
    ],
    ['an observer before the last text', 'fallback', [inSeat('SWE')], 'now.silence_last_watch', null],
    ['the wall', 'projector', [], 'now.watch', null],
    ['anybody afterwards', 'outcome', [], 'now.over', null],
  ] as const)('tells %s', (_who, fixture, changes, text, opens) => {
    const step = nextStep(tableOf(fixture, ...changes));
    expect(step.text).toBe(text);
    expect(step.act ? opened(step.act) : null).toBe(opens);
  });
});
