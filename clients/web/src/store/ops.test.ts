import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import type { Op } from '../protocol/frames';
import { applyOps, OpFault } from './ops';

describe('applying changes to a view', () => {
  const half = { drafts: { d1: { revision: 1 } }, record: [1, 2, 3], silence: null };

  it('sets, adds and removes what the path names', () => {
    expect(applyOps(half, [{ op: 'set', path: ['drafts', 'd1', 'revision'], value: 2 }]).drafts.d1.revision).toBe(2);
    expect(applyOps(half, [{ op: 'set', path: ['drafts', 'd2'], value: {} }]).drafts).toHaveProperty('d2');
    expect(applyOps(half, [{ op: 'remove', path: ['drafts', 'd1'] }]).drafts).toEqual({});
  });

  it('appends to a list and keeps its end only', () => {
    expect(applyOps(half, [{ op: 'append', path: ['record'], values: [4, 5], keep: 3 }]).record).toEqual([3, 4, 5]);
  });

  it('leaves the old view as it was and shares what did not change', () => {
    const before = structuredClone(half);
    const after = applyOps(half, [{ op: 'set', path: ['silence'], value: { draft: 'd1' } }]);
    expect(half).toEqual(before);
    expect(after.drafts).toBe(half.drafts);
  });

  it('refuses a path that leads nowhere', () => {
    const lost: Op[] = [{ op: 'set', path: ['drafts', 'd9', 'revision'], value: 2 }];
    expect(() => applyOps(half, lost)).toThrow(OpFault);
    expect(() => applyOps(half, [{ op: 'append', path: ['drafts'], values: [1], keep: 9 }])).toThrow(OpFault);
  });

  it('treats the name of a prototype as any other key', () => {
    const odd = applyOps({} as Record<string, unknown>, [{ op: 'set', path: ['__proto__'], value: { a: 1 } }]);
    expect(Object.getPrototypeOf(odd)).toBe(Object.prototype);
  });
});

/** The sync law: an old view and the server's changes give the server's fresh view. Vectors come from Python. */
const VECTORS = new URL('../../../../tests/vectors/sync_law.json', `file://${import.meta.dirname}/`);
const vectors = existsSync(VECTORS) ? VECTORS : undefined;

describe.skipIf(!vectors)('the sync law', () => {
  const cases = vectors ? (JSON.parse(readFileSync(vectors, 'utf8')) as SyncCase[]) : [];

  it.each(cases.map((one, place) => [one.name ?? `case ${place + 1}`, one] as const))('%s', (_name, one) => {
    expect(applyOps(one.before, one.ops)).toEqual(one.after);
  });
});

type SyncCase = { name?: string; before: unknown; ops: Op[]; after: unknown };
