// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { api } from '../net/api';
import { VIEW_HOLDS } from './archive.svelte';
import { fixtures } from '../dev/fixtures';
import type { MessageView, RecordEntry, View } from '../protocol/generated';
import { Desk } from './desk.svelte';
import { Table } from './table.svelte';

const LATER = 1_700_000_000_000;

function deskOf(fixture: string, change: (view: View) => void = () => undefined): Desk {
  const { view, texts } = structuredClone(fixtures[fixture]) as { view: View; texts: Record<string, string> };
  change(view);
  const table = new Table('fixture');
  table.show(view, texts);
  return new Desk(table);
}

const message = (seat: string | null, member: string | null, at = LATER): MessageView => ({
  seat,
  member,
  at,
  text: `m${at}`,
  refs: [],
});

const happened = (type: string, member: string | null, event: Record<string, unknown> = {}): RecordEntry => ({
  at: LATER,
  by: 'FRA',
  member,
  stand_in: member === null,
  undone: false,
  type,
  event,
});

function says(view: View, room: string, ...messages: MessageView[]): void {
  const rooms = room === 'dispatches' ? view.public.rooms : view.private.rooms;
  rooms[room] = { seats: [], readers: [], messages };
}

beforeEach(() => localStorage.clear());

describe('what is new under Trade', () => {
  const seenBefore = (change: (view: View) => void): Desk => {
    const before = deskOf('trade');
    before.markTradeSeen();
    return deskOf('trade', change);
  };

  it('is what one has not looked at, beside the offers that wait', () => {
    expect(deskOf('trade').unreadTrade).toBeGreaterThan(1);
    expect(seenBefore(() => undefined).unreadTrade).toBe(1); // the offer of the United States
  });

  it.each([
    ['a promise to us', happened('promise_made', null, { by: 'FRA', to: 'POL' }), 2],
    ['a promise of ours', happened('promise_made', 'm-anna', { by: 'POL', to: 'FRA' }), 1],
    ['a promise of a colleague', happened('promise_made', 'm-ola', { by: 'POL', to: 'FRA' }), 1],
    ['a verdict', happened('promise_judged', null), 2],
    ['deals in force', happened('deals_in_force', 'm-ben'), 2],
    ['deals that our signature put in force', happened('deals_in_force', 'm-anna'), 1],
    ['what was undone', { ...happened('deals_in_force', null), undone: true }, 1],
    ['an offer declined', happened('offer_declined', null), 1],
  ] as const)('counts %s', (_what, entry, expected) => {
    expect(seenBefore((view) => view.private.record.push(entry)).unreadTrade).toBe(expected);
  });

  it('is for a facilitator what is public, and no offer', () => {
    const desk = deskOf('trade', (view) => {
      view.private.you = { kind: 'facilitator', seat: null, member: null, role: null, host: false, signs: false };
      view.public.record = [happened('complement_in_force', 'm-ben')];
      view.private.record = [happened('deals_in_force', 'm-ben')];
    });
    expect(desk.unreadTrade).toBe(1);
  });
});

describe('earlier talk', () => {
  it('is put before what was known when it was asked for, whatever is said meanwhile, and once', async () => {
    const talk = Array.from({ length: VIEW_HOLDS + 60 }, (_, place) => message('HUN', 'm-1', place + 1));
    const { view, texts } = structuredClone(fixtures.table) as { view: View; texts: Record<string, string> };
    const table = new Table('fixture');
    const desk = new Desk(table);
    const show = (from: number): void => {
      const half = structuredClone(view);
      says(half, 'dispatches', ...talk.slice(from, from + VIEW_HOLDS));
      table.show(half, texts);
    };
    const asked = vi
      .spyOn(api, 'earlierTalk')
      .mockResolvedValue({ messages: talk.slice(0, 50), texts: { m1: 'First.' }, complete: true });
    show(50);
    const [put, again] = await Promise.all([desk.earlier('dispatches'), desk.earlier('dispatches')]);
    show(60);
    put();
    again();
    expect(asked).toHaveBeenCalledWith('fixture', 'dispatches', 'm51');
    expect(desk.said('dispatches').map((one) => one.at)).toEqual(talk.map((one) => one.at));
    expect(table.text('m1')).toBe('First.');
    expect(desk.mayHoldMore('dispatches')).toBe(false);
    asked.mockRestore();
  });
});

describe('what breaks in', () => {
  it('is a dispatch, until the news have been looked at', () => {
    const desk = deskOf('table', (view) => says(view, 'dispatches', message(null, 'p-1')));
    expect(desk.arrival).toMatchObject({ is: 'message', room: 'dispatches' });
    desk.markSeen('dispatches', LATER);
    expect(desk.arrival?.at).not.toBe(LATER);
  });

  it('is what the facilitator says to us, and not our own words to the facilitator', () => {
    const facilitators = 'facilitator:POL';
    const spoken = deskOf('table', (view) =>
      says(view, facilitators, message(null, null), message('POL', 'm-ola', LATER + 1)),
    );
    expect(spoken.arrival).toMatchObject({ is: 'message', room: facilitators, at: LATER });
  });

  it('is never one’s own dispatch', () => {
    const desk = deskOf('table', (view) => {
      view.private.you = { kind: 'press', seat: null, member: 'p-1', role: null, host: false, signs: false };
      says(view, 'dispatches', message(null, 'p-1'));
    });
    expect(desk.arrival?.at).not.toBe(LATER);
    expect(desk.unread('dispatches')).toBe(0);
  });

  it('reaches a facilitator from the press', () => {
    const desk = deskOf('table', (view) => {
      view.private.you = { kind: 'facilitator', seat: null, member: null, role: null, host: false, signs: false };
      says(view, 'dispatches', message(null, null, LATER - 1), message(null, 'p-1'));
    });
    expect(desk.arrival?.at).toBe(LATER);
    expect(desk.unread('dispatches')).toBe(1);
  });
});
