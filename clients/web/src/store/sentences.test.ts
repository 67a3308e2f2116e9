import { describe, expect, it } from 'vitest';

import { whyNot } from './sentences';
import { Table } from './table.svelte';
import { type Fixture, fixtures } from '../dev/fixtures';
import { REFUSALS } from '../protocol/generated';

const table = new Table('fixture');
const { view, texts } = fixtures.table as Fixture;
table.show(view, texts);

const refused = (code: string, params: Record<string, unknown>): string => whyNot(table, { code, params, rule: '' });

describe('a number in a refusal', () => {
  /** Every refusal that names a least or a most, with numbers as the server sends them. */
  const numbers: Record<string, { params: Record<string, unknown>; says: RegExp }> = {
    'agreed.enough': { params: { most: 12 }, says: /full with 12\./ },
    'silence.footnote_issues': { params: { most: 2, excluded: ['path'] }, says: /\(2 at most\)/ },
    'game.clock_out_of_bounds': { params: { least: 45, most: 1_440 }, says: /between 45 min and 1 day\./ },
    'phase.extension_out_of_bounds': { params: { least: 60, most: 3_600 }, says: /between 1 min and 1 hr\./ },
    'poll.out_of_bounds': { params: { least: 20, most: 5_400 }, says: /between 20 sec and 1 hr 30 min\./ },
    'silence.out_of_bounds': { params: { least: 30, most: 300 }, says: /between 30 sec and 5 min\./ },
  };

  it('is said in its unit, or as the count that it is', () => {
    for (const [code, { params, says }] of Object.entries(numbers)) expect(refused(code, params)).toMatch(says);
  });

  it('is known of every refusal that has one', () => {
    const bounded = Object.entries(REFUSALS).filter(([, { parameters }]) =>
      parameters.some((name) => name === 'least' || name === 'most'),
    );
    expect(bounded.map(([code]) => code).sort()).toEqual(Object.keys(numbers).sort());
  });
});
