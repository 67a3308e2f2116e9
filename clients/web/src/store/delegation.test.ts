import { describe, expect, it } from 'vitest';

import { inHaste, lapsed, needsHead, toSign, wishInWords, wordsOf } from './delegation';
import { Table } from './table.svelte';
import { type Fixture, fixtures } from '../dev/fixtures';
import type { View } from '../protocol/generated';

/** Offers what the view offers, without a line to a server. */
class Offering extends Table {
  override get readOnly(): boolean {
    return false;
  }
}

function tableOf(fixture: string, changed?: (view: View) => unknown): Table {
  const { view: recorded, texts, now } = fixtures[fixture] as Fixture;
  const view = structuredClone(recorded);
  changed?.(view);
  const table = new Offering('fixture');
  table.show(view, texts);
  table.now = now;
  return table;
}

describe('where the head signs', () => {
  it('what a delegate prepares waits for the head, and for nobody else', () => {
    expect(toSign(tableOf('head')).map((act) => act.command.type)).toEqual(['break_silence', 'offer_deals']);
    expect(toSign(tableOf('delegate'))).toEqual([]);
  });

  it('a delegate is told beforehand, and only of formal acts', () => {
    expect(needsHead(tableOf('delegate'), 'break_silence')).toBe(true);
    expect(needsHead(tableOf('delegate'), 'post_message')).toBe(false);
    expect(needsHead(tableOf('head'), 'break_silence')).toBe(false);
    expect(needsHead(tableOf('table'), 'table_draft')).toBe(false);
  });

  it('half a minute before the deadline the delegation is warned of what will not count', () => {
    const table = tableOf('head');
    const deadline = table.pub.silence?.deadline ?? 0;
    table.now = deadline - 30_001;
    expect(inHaste(table)).toEqual([]);
    table.now = deadline - 30_000;
    expect(inHaste(table).map((act) => act.command.type)).toEqual(['break_silence']);
  });

  it('in a slow game the warning comes as long before, by its own pace', () => {
    const table = tableOf('head', (view) => (view.public.scenario.signature_warning_seconds = 72 * 30));
    table.now = (table.pub.silence?.deadline ?? 0) - 36 * 60_000;
    expect(inHaste(table).map((act) => act.command.type)).toEqual(['break_silence']);
  });

  it('the head reads what it would sign', () => {
    const table = tableOf('head');
    const [breaking, offering] = toSign(table).map((act) => act.command);
    expect(breaking && wishInWords(table, breaking)).toBe('Break silence: A date');
    expect(breaking && wordsOf(table, breaking)).toContain('A promise without a date is what Bucharest gave.');
    expect(offering && wishInWords(table, offering)).toBe('Offer: Grain');
  });

  it('an act of a kind that has no words yet is still an act', () => {
    expect(wishInWords(tableOf('head'), { type: 'do_something_new' })).toBe('A formal act');
  });

  it('what came too late is told once, with what it was', () => {
    const table = tableOf('head', ({ private: half }) => {
      const [breaking] = half.pending;
      const entry = { by: 'POL', member: null, stand_in: false, undone: false };
      const about = { act: breaking?.id, seat: 'POL' };
      const command = breaking?.command;
      half.record.push(
        { ...entry, at: 1_000, type: 'act_prepared', event: { ...about, command } },
        { ...entry, at: 2_000, type: 'act_lapsed', event: about },
      );
    });
    expect(lapsed(table, 0)).toEqual([{ at: 2_000, what: 'Break silence: A date' }]);
    expect(lapsed(table, 2_000)).toEqual([]);
  });
});
