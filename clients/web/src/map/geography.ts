/** The countries as they are drawn, by flag. Made by scripts/map_data.mjs; loaded with the map, when it is opened. */

import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

import boundaries from './countries.json';
import type { Spot } from './spread';

export type Part = 'europe' | 'america';
export type Country = { flag: string; d: string; at: Spot };
type Drawn = { at: [number, number] };

const topology = boundaries as unknown as Topology<Record<Part, GeometryCollection<Drawn>>>;

/** Width and height of the two drawings, in their own units. */
export const frames = boundaries.frames as unknown as Record<Part, [number, number]>;

export const countries: Record<Part, Country[]> = { europe: drawn('europe'), america: drawn('america') };

function drawn(part: Part): Country[] {
  return feature(topology, topology.objects[part]).features.map(({ id, geometry, properties }) => {
    const polygons = geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
    const [x, y] = properties.at;
    return { flag: String(id), d: polygons.flat().map(ringPath).join(''), at: { x, y } };
  });
}

function ringPath(ring: number[][]): string {
  return `M${ring.map(([x, y]) => `${(x ?? 0).toFixed(1)},${(y ?? 0).toFixed(1)}`).join('L')}Z`;
}

type Placed = { scale: number; x: number; y: number };
type Edges = { x: number; y: number; width: number; height: number };

/** Where the two drawings lie in a box. Wide: America left of the Atlantic; else it stands below Europe. */
export type Layout = { width: number; height: number; wide: boolean; edges: Record<Part, Edges> } & Record<
  Part,
  Placed
>;

/** In units of the European drawing. */
const WIDE = { left: 310, inset: 0.75, top: 400 };
const NARROW = { inset: 1, gap: 24 };

/** The largest layout that fits `width`, and `height` where one is given: then the map is wide. */
export function layOut(width: number, height: number | null): Layout {
  const [europeWidth, europeHeight] = frames.europe;
  if (height === null) {
    const scale = width / europeWidth;
    const below = { scale: scale * NARROW.inset, x: 0, y: (europeHeight + NARROW.gap) * scale };
    return framed(width, below.y + frames.america[1] * below.scale, false, { scale, x: 0, y: 0 }, below);
  }
  const scale = Math.min(width / (europeWidth + WIDE.left), height / europeHeight);
  const beside = { scale: scale * WIDE.inset, x: 0, y: WIDE.top * scale };
  const europe = { scale, x: WIDE.left * scale, y: 0 };
  return framed(europe.x + europeWidth * scale, europeHeight * scale, true, europe, beside);
}

function framed(width: number, height: number, wide: boolean, europe: Placed, america: Placed): Layout {
  const edges = { europe: edgesOf(europe, frames.europe), america: edgesOf(america, frames.america) };
  return { width, height, wide, edges, europe, america };
}

function edgesOf({ scale, x, y }: Placed, [across, down]: [number, number]): Edges {
  return { x, y, width: across * scale, height: down * scale };
}

/** Where a country's marker points to; undefined for a flag that is not on the map. */
export function placeOf(layout: Layout, flag: string | null): Spot | undefined {
  for (const part of ['europe', 'america'] as const) {
    const found = countries[part].find((country) => country.flag === flag);
    const { scale, x, y } = layout[part];
    if (found) return { x: x + found.at.x * scale, y: y + found.at.y * scale };
  }
  return undefined;
}
