import { describe, expect, it } from 'vitest';

import { fixtures } from '../dev/fixtures';
import type { PublicView } from '../protocol/generated';
import { betweenUs, keptBy, peopleOf, presence, saidBy, speaking, stepsOf } from './nation';
import { Table } from './table.svelte';

function tableOf(name: string, change: (pub: PublicView) => void = () => undefined): Table {
  const fixture = structuredClone(fixtures[name]);
  if (!fixture) throw new Error(name);
  change(fixture.view.public);
  const table = new Table('fixture');
  table.show(fixture.view, fixture.texts);
  table.now = fixture.now;
  return table;
}

describe('who is here', () => {
  it('tells people, stand-ins and those who have gone apart', () => {
    const table = tableOf('table', (pub) => {
      const poland = pub.seats.POL?.members[0];
      if (poland) poland.away = true;
      (pub.seats.TUR as { player: string }).player = 'silent';
    });
    expect(['DEU', 'POL', 'HUN', 'TUR'].map((seat) => presence(table, seat))).toEqual([
      'here',
      'away',
      'bot',
      'silent',
    ]);
    expect(peopleOf(table, 'DEU').map((one) => one.words)).toEqual(['Ben, head']);
    expect(peopleOf(table, 'POL').map((one) => one.words)).toEqual(['Anna, head, away']);
    expect(keptBy(table, 'HUN')).toBe('played by a bot');
  });

  it('says who acts as head', () => {
    const table = tableOf('table', (pub) => {
      const ben = pub.seats.DEU?.members[0];
      if (ben) Object.assign(ben, { role: 'delegate', acting_head: true });
    });
    expect(peopleOf(table, 'DEU')[0]?.words).toBe('Ben, delegate, acting head');
  });

  it('shows who spoke for a moment only', () => {
    const table = tableOf('table');
    const last = table.pub.rooms.plenary?.messages.at(-1);
    table.now = (last?.at ?? 0) + 1000;
    expect(speaking(table)).toBe(last?.seat);
    table.now += 60_000;
    expect(speaking(table)).toBeNull();
  });
});

describe('what a nation said', () => {
  it('is its positions with their reasons, and its words in the plenary, newest first', () => {
    const hungary = saidBy(tableOf('table'), 'HUN');
    const stated = hungary.find((one) => one.position === 'would_object');
    expect(stated?.words).toBe('Hungary would object to Draft A.');
    expect(stated?.quotes).toContain('Reform has to be measured, not assessed.');
    const turkey = saidBy(tableOf('silence'), 'TUR');
    expect(turkey[0]?.quotes).toEqual(['Türkiye recalls that common funds are for allies.']);
    expect(turkey.map((one) => one.at)).toEqual(turkey.map((one) => one.at).sort((one, other) => other - one));
  });

  it('does not count what was undone', () => {
    const table = tableOf('table', (pub) => pub.record.forEach((entry) => (entry.undone = true)));
    expect(saidBy(table, 'HUN').filter((one) => one.position)).toEqual([]);
  });

  it('keeps each change of mind on a draft', () => {
    const table = tableOf('table', (pub) => {
      const first = pub.record.find((entry) => entry.event.seat === 'HUN' && entry.type === 'position_stated');
      if (!first) throw new Error('Hungary has said nothing');
      for (const [later, position] of [
        [1000, 'would_object'],
        [2000, 'concern'],
      ] as const)
        pub.record.push({ ...first, at: first.at + later, event: { ...first.event, position } });
    });
    expect(stepsOf(table, 'd1', 'HUN').map((step) => step.position)).toEqual(['would_object', 'concern']);
  });
});

describe('what is between a nation and us', () => {
  it('is what both are party to, and nothing between oneself and oneself', () => {
    const table = tableOf('trade');
    const partners = table.pub.scenario.seats.map((seat) => seat.id);
    const all = partners.map((seat) => betweenUs(table, seat));
    expect(all.some((one) => one.offers.length + one.toUs.length + one.byUs.length > 0)).toBe(true);
    expect(betweenUs(table, table.me ?? '')).toEqual({ offers: [], deals: [], toUs: [], byUs: [] });
    partners.forEach((seat, place) => {
      for (const offer of all[place]?.offers ?? []) expect(offer.parties).toContain(seat);
    });
  });
});
