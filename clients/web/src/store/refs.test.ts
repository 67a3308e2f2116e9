import { describe, expect, it } from 'vitest';

import { fixtures } from '../dev/fixtures';
import type { View } from '../protocol/generated';
import { Desk } from './desk.svelte';
import { openRef, positionsStated, refName, tradeKnownIn } from './refs';
import { Table } from './table.svelte';

const { view, texts } = structuredClone(fixtures.trade) as { view: View; texts: Record<string, string> };
const table = new Table('fixture');
table.show(view, texts);

const US_OFFER = 'offer:DEU+POL+USA.1';
const POLISH_OFFER = 'offer:HUN+POL+UKR+EU.1';

describe('what a message refers to', () => {
  it.each([
    ['deal:sd_grain', 'Deal: Grain'],
    ['deal:of_others', ''],
    [US_OFFER, 'United States’s offer: The eastern flank'],
    ['position:d1:HUN', 'Hungary on Draft A'],
    ['position:d1:FRA', ''],
    ['position:d9:HUN', ''],
  ])('is called by its name: %s', (ref, name) => {
    expect(refName(table, ref).replace('the ', '')).toBe(name);
  });

  it('opens where it is: a nation, or a line of the ledger', () => {
    const desk = new Desk(table);
    openRef(table, desk, 'position:d1:HUN');
    expect([desk.nation, desk.tab]).toEqual(['HUN', 'room']);
    desk.open({ is: 'record' });
    openRef(table, desk, 'deal:sd_grain');
    expect([desk.beside, desk.tab, desk.wanted, desk.sheet]).toEqual(['trade', 'talk', 'deal:sd_grain', null]);
  });
});

describe('trade that may be spoken of', () => {
  it('is what everybody in the room signs', () => {
    expect(tradeKnownIn(table, 'HUN+POL')).toEqual([POLISH_OFFER, 'deal:sd_defence_pledge', 'deal:sd_grain']);
    expect(tradeKnownIn(table, 'FRA+POL')).toEqual(['deal:sd_defence_pledge']);
    expect(tradeKnownIn(table, 'delegation:POL')).toContain(US_OFFER);
    expect(tradeKnownIn(table, 'facilitator:POL')).toContain('deal:sd_grain');
  });

  it('is in the plenary only what everybody knows', () => {
    expect(tradeKnownIn(table, 'plenary')).toEqual([]);
    const known = structuredClone(view);
    known.public.deals = [{ deal: 'sd_grain', title: 'Grain', signers: ['POL'], at: 0 }];
    const after = new Table('fixture');
    after.show(known, texts);
    expect(tradeKnownIn(after, 'plenary')).toEqual(['deal:sd_grain']);
  });

  it('has the positions that were stated in public', () => {
    expect(new Set(positionsStated(table))).toEqual(new Set(['position:d1:DEU', 'position:d1:HUN', 'position:d1:TUR']));
  });
});
