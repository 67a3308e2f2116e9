import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { GeometryCollection, MultiPolygon, Topology } from 'topojson-specification';
import { describe, expect, it } from 'vitest';

import { build } from '../../scripts/map_data.mjs';
import { frames as views } from '../../scripts/map_frame.mjs';
import { nextTo } from '../store/walk';
import boundaries from './countries.json';
import { countries, type Country, frames, layOut, placeOf } from './geography';
import { spread } from './spread';

const SCENARIOS = join(__dirname, '../../../../scenarios');
const TARGET_SIZE = 24;
const MARKER = { width: 30, height: 29 };
const LAYOUTS = { laptop: layOut(480, 330), phone: layOut(328, null), tablet: layOut(900, 560) };

/** By kind of seat: the flags of every scenario. The entries are blocks of `kind:` and, a line or so later, `flag:`. */
function flagsOf(kind: string): string[] {
  const seats = readdirSync(SCENARIOS).map((slug) => readFileSync(join(SCENARIOS, slug, 'seats.yaml'), 'utf-8'));
  const found = seats.flatMap((yaml) => [...yaml.matchAll(new RegExp(`kind: ${kind}\\s+flag: "(\\w+)"`, 'g'))]);
  return [...new Set(found.map((one) => one[1] as string))];
}

const everywhere = [...countries.europe, ...countries.america].map((country) => country.flag);
const atTheTable = [...flagsOf('voting'), ...flagsOf('principal'), ...flagsOf('observer')];
const onTheMap = [...new Set(atTheTable)].filter((flag) => everywhere.includes(flag));

function holds(country: Country | undefined, [x, y]: [number, number]): boolean {
  const rings = (country?.d ?? '')
    .split('M')
    .slice(1)
    .map((ring) =>
      ring
        .replace('Z', '')
        .split('L')
        .map((point) => point.split(',').map(Number) as [number, number]),
    );
  let odd = false;
  for (const ring of rings)
    ring.forEach(([toX, toY], at) => {
      const [fromX, fromY] = ring.at(at - 1) as [number, number];
      if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) odd = !odd;
    });
  return odd;
}

function whose(at: [number, number]): string[] {
  const point = views.europe.projection(at) as [number, number];
  return countries.europe.filter((country) => holds(country, point)).map((country) => country.flag);
}

describe('the map', () => {
  it('holds the country of every voting seat of every scenario', () => {
    expect(flagsOf('voting').length).toBeGreaterThan(30);
    expect(flagsOf('voting').filter((flag) => !everywhere.includes(flag))).toEqual([]);
    expect(flagsOf('principal').filter((flag) => !everywhere.includes(flag))).toEqual([]);
  });

  it('draws the borders that the United Nations recognise', () => {
    const crimea: [number, number][] = [
      [34.1, 44.95],
      [33.9, 45.6],
      [35.4, 45.1],
      [34.15, 44.5],
    ];
    for (const at of crimea) expect(whose(at)).toEqual(['ua']);
    expect(whose([37.8, 48.0])).toEqual(['ua']);
    expect(whose([37.6, 55.7])).toEqual(['ru']);
    expect(whose([33.4, 35.25])).toEqual(['cy']);
  });

  it('knows the small ones, and points into each country', () => {
    for (const flag of ['lu', 'me', 'mk', 'si', 'is', 'al', 'ee']) expect(everywhere).toContain(flag);
    for (const country of [...countries.europe, ...countries.america])
      expect(holds(country, [country.at.x, country.at.y]), country.flag).toBe(true);
  });

  it('is what the script makes of its source', { timeout: 60_000 }, () => {
    expect(JSON.parse(JSON.stringify(build()))).toEqual(boundaries);
  });

  it('is one topology, so that neighbours share their border', () => {
    const topology = boundaries as unknown as Topology<Record<'europe', GeometryCollection>>;
    const arcs = (flag: string): number[] => {
      const country = topology.objects.europe.geometries.find((one) => one.id === flag) as MultiPolygon;
      return country.arcs.flat(2).map((arc) => (arc < 0 ? ~arc : arc));
    };
    for (const [one, other] of [
      ['fr', 'de'],
      ['ua', 'pl'],
      ['no', 'se'],
    ] as const)
      expect(arcs(one).some((arc) => arcs(other).includes(arc))).toBe(true);
    expect(frames.europe[0]).toBeCloseTo(views.europe.width, 3);
  });
});

describe.each(Object.entries(LAYOUTS))('markers on a %s', (_, layout) => {
  const anchors = onTheMap.map((flag) => placeOf(layout, flag) as { x: number; y: number });
  const spots = spread(anchors, MARKER, layout);

  it('do not lie over one another, nor leave the map, and stay near their country', () => {
    expect(MARKER.height).toBeGreaterThanOrEqual(TARGET_SIZE);
    spots.forEach((one, place) => {
      expect(one.x).toBeGreaterThanOrEqual(MARKER.width / 2 - 0.5);
      expect(one.x).toBeLessThanOrEqual(layout.width - MARKER.width / 2 + 0.5);
      expect(one.y).toBeLessThanOrEqual(layout.height - MARKER.height / 2 + 0.5);
      const anchor = anchors[place] as { x: number; y: number };
      expect(Math.hypot(one.x - anchor.x, one.y - anchor.y), onTheMap[place]).toBeLessThan(90);
      for (const other of spots.slice(0, place)) {
        const apart = Math.max(Math.abs(one.x - other.x) - MARKER.width, Math.abs(one.y - other.y) - MARKER.height);
        expect(apart).toBeGreaterThan(-1);
      }
    });
  });

  it('are all reached by the arrow keys', () => {
    const reached = new Set([0]);
    for (const place of reached)
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const) {
        const next = nextTo(spots, place, key);
        if (next !== undefined) reached.add(next);
      }
    expect(onTheMap.filter((_, place) => !reached.has(place))).toEqual([]);
  });

  it('go to the same places each time', () => {
    expect(spread(anchors, MARKER, layout)).toEqual(spots);
  });
});
