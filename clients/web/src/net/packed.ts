/** The public half of a view, as the server sends it to whoever asked for it compressed. */

import type { PackedHalf } from '../protocol/frames';

export const unpacks = (): boolean => 'DecompressionStream' in globalThis;

export async function unpacked(data: ArrayBuffer): Promise<PackedHalf> {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as PackedHalf;
}
