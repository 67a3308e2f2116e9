// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { fixtures, type Fixture } from '../dev/fixtures';
import type { View } from '../protocol/generated';
import { keptBy, leave } from './leaving';
import { Table } from './table.svelte';

class Seated extends Table {
  opened = 0;

  override open(): void {
    this.opened += 1;
  }
}

function seated(change: (view: View) => unknown = () => null): Seated {
  const { view, texts } = structuredClone(fixtures.table as Fixture);
  change(view);
  const table = new Seated('g1');
  table.show(view, texts);
  return table;
}

describe('who keeps the seat', () => {
  it('are the others of the delegation, if there are any', () => {
    const more = seated(({ public: half }) => {
      const members = half.seats.POL?.members ?? [];
      members.push({ ...(members[0] as (typeof members)[0]), id: 'm-cia' });
    });
    expect(keptBy(more)).toBe('others');
  });

  it('is what was settled for seats that are left, and nobody once the meeting is over', () => {
    expect(keptBy(seated())).toBe('deputy');
    expect(keptBy(seated((view) => (view.public.clock.status = 'ended')))).toBe('nobody');
  });
});

describe('leaving', () => {
  const keys = (): string[] => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort();

  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
    for (const key of ['summit.typed.g1.s.say:plenary', 'summit.pending.g1.s.4', 'summit.links.g1.made', 'summit.name'])
      localStorage.setItem(key, '"kept"');
    localStorage.setItem('summit.typed.g2.s.notes', '"of another game"');
    sessionStorage.setItem('summit.view.g1', '"the brief"');
  });
  afterEach(() => vi.restoreAllMocks());

  it('leaves nothing of the game on the device, and everything of others', async () => {
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(null, { status: 204 }));
    await leave(seated());
    expect(keys()).toEqual(['summit.name', 'summit.typed.g2.s.notes']);
  });

  it('changes nothing when the server does not answer', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('no line'));
    const table = seated();
    await expect(leave(table)).rejects.toMatchObject({ code: 'offline' });
    expect(table.opened).toBe(1);
    expect(localStorage.getItem('summit.typed.g1.s.say:plenary')).toBe('"kept"');
  });
});
