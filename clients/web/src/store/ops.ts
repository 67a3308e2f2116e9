/** Applies the server's changes to one half of a view. What a change does not touch stays the same object. */

import type { Op } from '../protocol/frames';

type Node = Record<string, unknown>;

export class OpFault extends Error {}

/** The half after all `ops`, in order. Throws OpFault when a path leads nowhere: the view is then fetched anew. */
export function applyOps<T>(half: T, ops: readonly Op[]): T {
  return ops.reduce<unknown>((node, op) => changeAt(node, op.path, 0, op), half) as T;
}

function changeAt(node: unknown, path: readonly string[], depth: number, op: Op): unknown {
  if (depth === path.length) return replaced(node, op);
  if (!isNode(node)) throw new OpFault(`no object at /${path.slice(0, depth).join('/')}`);
  const key = path[depth] as string;
  if (op.op === 'remove' && depth === path.length - 1) return without(node, key);
  if (depth < path.length - 1 && !Object.hasOwn(node, key)) {
    throw new OpFault(`nothing at /${path.slice(0, depth + 1).join('/')}`);
  }
  const before = Object.hasOwn(node, key) ? node[key] : undefined;
  const after = changeAt(before, path, depth + 1, op);
  return after === before ? node : { ...node, [key]: after };
}

function replaced(node: unknown, op: Op): unknown {
  if (op.op === 'set') return op.value;
  if (op.op === 'remove') throw new OpFault('a half itself cannot be removed');
  if (!Array.isArray(node)) throw new OpFault(`no list at /${op.path.join('/')}`);
  const longer = [...node, ...op.values];
  return longer.slice(Math.max(0, longer.length - op.keep));
}

function without(node: Node, key: string): Node {
  const { [key]: _gone, ...rest } = node;
  return rest;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
