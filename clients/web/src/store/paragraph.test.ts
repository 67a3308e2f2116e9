import { describe, expect, it } from 'vitest';

import { type Fixture, fixtures } from '../dev/fixtures';
import type { View } from '../protocol/generated';
import { notTaken, revisionsOf, turnsOf } from './history';
import { refName } from './refs';
import { Table } from './table.svelte';
import { concernsOf, voicesOn, voicesOnWhole } from './voices';

/** Draft A of France, with whatever else is said of it. */
function tableWith(change: (half: View['public']) => void): Table {
  const { view, texts } = structuredClone(fixtures.table as Fixture);
  change(view.public);
  const table = new Table('fixture');
  table.show(view, texts);
  return table;
}

const folded = { source: 'd2', issues: ['reform'] };

describe('how a sentence came to read so', () => {
  const table = tableWith(({ drafts, amendments }) => {
    const draft = drafts.d1!;
    const first = { ...draft.package, trigger: 'unspecified', reform: 'explicit_eu' };
    const second = { ...draft.package, reform: 'explicit_eu' };
    draft.history = [
      { package: first, at: 1, amendment: null, folded: null },
      { package: second, at: 2, amendment: 'd1.a1', folded: null },
    ];
    Object.assign(draft, { revision: 3, at: 3, folded });
    drafts.d2 = { ...draft, id: 'd2', author: 'DEU', history: [], revision: 1 };
    Object.assign(amendments['d1.a1']!, { status: 'partly', accepted: ['trigger'] });
  });
  const draft = table.pub.drafts.d1!;

  it('tells who wrote which words, in which revision', () => {
    expect(turnsOf(table, draft, 'trigger')).toMatchObject([
      { how: 'tabled', revision: 1, from: null, to: 'unspecified', by: 'FRA' },
      { how: 'taken_in', revision: 2, from: 'unspecified', to: 'allies_agree', by: 'POL', source: 'd1.a1' },
    ]);
    expect(turnsOf(table, draft, 'reform').at(-1)).toMatchObject({ how: 'folded', revision: 3, by: 'DEU' });
    expect(turnsOf(table, draft, 'path')).toHaveLength(1);
  });

  it('lists revisions from the latest, with what each changed', () => {
    expect(revisionsOf(table, draft).map((one) => [one.revision, one.turns.map((turn) => turn.issue)])).toEqual([
      [3, ['reform']],
      [2, ['trigger']],
    ]);
  });

  it('remembers what was proposed in vain', () => {
    expect(notTaken(table, 'd1', 'target_date').map((one) => one.id)).toEqual(['d1.a1']);
    expect(notTaken(table, 'd1', 'trigger')).toEqual([]);
  });
});

describe('what was said of a paragraph', () => {
  it('gathers positions, words in the plenary, and nothing about other paragraphs', () => {
    const table = tableWith(({ rooms }) => {
      const words = { seat: 'SWE', member: null, at: 9, text: 'said', refs: ['draft:d1', 'issue:reform'] };
      rooms.plenary!.messages.push(words);
    });
    const voices = voicesOn(table, 'reform');
    expect(voices.map((one) => [one.seat, one.how, one.position])).toEqual([
      ['HUN', 'position', 'would_object'],
      ['SWE', 'said', null],
    ]);
    expect(voicesOn(table, 'borders')).toEqual([]);
  });

  it('says by paragraph who has a concern, the gravest first', () => {
    const table = tableWith(({ positions }) => {
      positions.d1!.DEU = { ...positions.d1!.TUR!, position: 'concern', issues: ['reform'] };
    });
    expect(concernsOf(table, 'd1').get('reform')).toEqual([
      { seat: 'HUN', position: 'would_object', vote: true },
      { seat: 'DEU', position: 'concern', vote: true },
    ]);
  });
});

it('names what is referred to, and nothing it does not know', () => {
  const table = tableWith(() => undefined);
  expect(refName(table, 'draft:d1')).toBe('Draft A');
  expect(refName(table, 'issue:trigger')).toBe('¶3 The invitation');
  expect(refName(table, 'amendment:d1.a1')).toBe('Change to Draft A by Poland');
  expect(['draft:d9', 'issue:x', 'objection:o9', 'nothing'].map((ref) => refName(table, ref))).toEqual([
    '',
    '',
    '',
    '',
  ]);
});

describe('what was said of the text as a whole', () => {
  it('is every reason that names no paragraph', () => {
    const table = tableWith(({ positions }) => {
      const said = { revision: 1, lift: null };
      positions.d1 = {
        HUN: { ...said, position: 'would_object', issues: [], reason: 'why-1', at: 1 },
        DEU: { ...said, position: 'support', issues: [], reason: 'why-2', at: 2 },
        TUR: { ...said, position: 'would_object', issues: ['path'], reason: 'why-3', at: 3 },
        USA: { ...said, position: 'can_accept', issues: [], reason: null, at: 4 },
      };
    });
    expect(voicesOnWhole(table, 'd1').map(({ seat, words }) => [seat, words])).toEqual([
      ['DEU', 'why-2'],
      ['HUN', 'why-1'],
    ]);
  });
});
