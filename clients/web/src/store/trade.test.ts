import { describe, expect, it } from 'vitest';

import { closedOffers, formInWords, openOffers, sharedReason, signersOf, worthOf } from './trade';
import { Table } from './table.svelte';
import { type Fixture, fixtures } from '../dev/fixtures';

function tableOf(fixture: string): Table {
  const { view, texts } = fixtures[fixture] as Fixture;
  const table = new Table('fixture');
  table.show(structuredClone(view), texts);
  return table;
}

describe('offers', () => {
  const table = tableOf('trade');

  it('stand with those that wait for us first', () => {
    expect(openOffers(table).map((offer) => offer.by)).toEqual(['USA', 'POL']);
    expect(closedOffers(table).map((offer) => offer.status)).toEqual(['declined']);
  });

  it('are worth what the deals are that we sign ourselves', () => {
    const { points = 0 } = table.priv.trade?.deals.sd_grain ?? {};
    expect(worthOf(table, ['sd_grain'])).toBe(points);
    expect(worthOf(table, ['sd_grain', 'sd_of_others'])).toBe(points);
  });

  it('ask for everybody who signs one of the deals, in the order of the table', () => {
    const order = table.pub.scenario.seats.map((seat) => seat.id);
    const signers = signersOf(table, ['sd_grain', 'sd_eastern_flank']);
    expect(new Set(signers)).toEqual(new Set(['EU', 'POL', 'HUN', 'UKR', 'DEU', 'USA']));
    expect(signers).toEqual([...signers].sort((one, other) => order.indexOf(one) - order.indexOf(other)));
  });
});

describe('the reason why none can be had', () => {
  const [paused, unripe] = ['game.paused', 'deal.needs_more'].map((code) => ({ code, params: {}, rule: '' }));

  it('is told once where it is the same for all', () => {
    expect(sharedReason([paused ?? null, paused ?? null])).toBe(paused);
    expect(sharedReason([paused ?? null, unripe ?? null])).toBeNull();
    expect(sharedReason([null, unripe ?? null])).toBeNull();
    expect(sharedReason([])).toBeNull();
  });
});

describe('a promise that can be checked', () => {
  const table = tableOf('trade');
  const promise = Object.values(table.priv.trade?.promises ?? {}).find((one) => one.by === 'POL');

  it('reads as a sentence, with the words it is about and its term', () => {
    expect(promise && formInWords(table, promise)).toMatch(
      /^Poland will not object to a text with The invitation: .+, until the end of Second Council session\.$/,
    );
  });
});
