/**
 * Makes src/map/countries.json of Natural Earth's boundaries (npm: world-atlas, 1:50 million), with corrections.
 *
 * Run by hand when the corrections, the frames or the source change: `node scripts/map_data.mjs`. A test runs it too and
 * compares. Why there is a map of our own: docs/decisions/0017-a-map-of-our-own.md.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { geoContains, geoPath } from 'd3-geo';
import { feature, mergeArcs, quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { filter, filterWeight, planarTriangleArea, presimplify, simplify } from 'topojson-simplify';

import { frames } from './map_frame.mjs';

export const TARGET = fileURLToPath(new URL('../src/map/countries.json', import.meta.url));

/** ISO 3166: the source numbers its countries, the scenarios' flags are two letters. */
const FLAGS = {
  '008': 'al', '010': 'aq', '012': 'dz', '020': 'ad', '031': 'az', '040': 'at', '044': 'bs', '051': 'am', '056': 'be',
  '070': 'ba', '100': 'bg', '112': 'by', '124': 'ca', '191': 'hr', '192': 'cu', '196': 'cy', '203': 'cz', '208': 'dk',
  '233': 'ee', '246': 'fi', '250': 'fr', '268': 'ge', '276': 'de', '300': 'gr', '348': 'hu', '352': 'is', '364': 'ir',
  '368': 'iq', '372': 'ie', '380': 'it', '398': 'kz', '428': 'lv', '438': 'li', '440': 'lt', '442': 'lu', '470': 'mt',
  '484': 'mx', '492': 'mc', '498': 'md', '499': 'me', '504': 'ma', '528': 'nl', '578': 'no', '616': 'pl', '620': 'pt',
  '642': 'ro', '643': 'ru', '674': 'sm', '688': 'rs', '703': 'sk', '705': 'si', '724': 'es', '752': 'se', '756': 'ch',
  '760': 'sy', '788': 'tn', '792': 'tr', '804': 'ua', '807': 'mk', '826': 'gb', '840': 'us',
}; // prettier-ignore

/** What the source draws for itself and belongs to another: by name there, by flag here. */
const BELONGS = { 'N. Cyprus': 'cy', Åland: 'fi', 'Faeroe Is.': 'dk', Greenland: 'dk', Kosovo: 'xk' };

const SIMFEROPOL = [34.1, 44.95];
const IN_AMERICA = new Set(['us', 'ca', 'mx', 'cu', 'bs']);

/** Land below this many square units is left out: rocks. The smallest member is forty times larger. */
const LEAST_LAND = 4;
const SIMPLER = 0.6;
const STEPS = 1e4;

function source() {
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve('world-atlas/countries-50m.json'), 'utf-8'));
}

/** By flag: the country's polygons as arcs of the source, with what belongs to it. */
function countriesOf(world) {
  const parts = new Map();
  for (const geometry of world.objects.countries.geometries) {
    const flag = FLAGS[geometry.id] ?? BELONGS[geometry.properties.name];
    if (!flag) continue;
    const polygons = geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs;
    parts.set(flag, [...(parts.get(flag) ?? []), ...polygons]);
  }
  return parts;
}

/** The source draws who controls it; we draw whose it is (UN General Assembly, resolution 68/262). */
function giveBackCrimea(world, parts) {
  const isCrimea = (arcs) => geoContains(feature(world, { type: 'Polygon', arcs }), SIMFEROPOL);
  const crimea = parts.get('ru').filter(isCrimea);
  if (crimea.length !== 1) throw new Error('the source draws Crimea in another way now');
  parts.set(
    'ru',
    parts.get('ru').filter((arcs) => !isCrimea(arcs)),
  );
  parts.set('ua', [...parts.get('ua'), ...crimea]);
}

/** A country as it lies in a frame: rings of points, cut off at the frame's edge. */
function drawn(projection, geometry) {
  const path = geoPath(projection).digits(2)(geometry) ?? '';
  const rings = path
    .split('M')
    .slice(1)
    .map((ring) => {
      const points = ring
        .replace(/Z$/, '')
        .split('L')
        .map((point) => point.split(',').map(Number));
      return [...points, points[0]];
    });
  return rings.filter((ring) => ring.length > 3 && Math.abs(areaOf(ring)) >= LEAST_LAND);
}

function areaOf(ring) {
  let twice = 0;
  for (let at = 1; at < ring.length; at += 1) twice += ring[at - 1][0] * ring[at][1] - ring[at][0] * ring[at - 1][1];
  return twice / 2;
}

/** Inside the largest ring, as far from its edge as can be: where a marker points to. */
function middleOf(rings) {
  const ring = rings.reduce((one, other) => (Math.abs(areaOf(other)) > Math.abs(areaOf(one)) ? other : one));
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const GRID = 24;
  let best = { room: -1, at: [0, 0] };
  for (let column = 0; column <= GRID; column += 1)
    for (let row = 0; row <= GRID; row += 1) {
      const at = [box[0] + ((box[2] - box[0]) * column) / GRID, box[1] + ((box[3] - box[1]) * row) / GRID];
      const room = inside(ring, at) ? roomAt(ring, at) : -1;
      if (room > best.room) best = { room, at };
    }
  return best.at.map((one) => Math.round(one * 10) / 10);
}

function inside(ring, [x, y]) {
  let odd = false;
  for (let at = 1; at < ring.length; at += 1) {
    const [[fromX, fromY], [toX, toY]] = [ring[at - 1], ring[at]];
    if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) odd = !odd;
  }
  return odd;
}

function roomAt(ring, [x, y]) {
  let least = Infinity;
  for (let at = 1; at < ring.length; at += 1) {
    const [[fromX, fromY], [toX, toY]] = [ring[at - 1], ring[at]];
    const [alongX, alongY] = [toX - fromX, toY - fromY];
    const way = alongX * alongX + alongY * alongY;
    const part = way ? Math.max(0, Math.min(1, ((x - fromX) * alongX + (y - fromY) * alongY) / way)) : 0;
    least = Math.min(least, Math.hypot(x - fromX - part * alongX, y - fromY - part * alongY));
  }
  return least;
}

/** The map as it is written down: one topology, an object a frame. */
export function build() {
  const world = source();
  const parts = countriesOf(world);
  giveBackCrimea(world, parts);
  const objects = {};
  for (const [name, { projection }] of Object.entries(frames)) {
    const features = [...parts].sort().flatMap(([flag, polygons]) => {
      const whole = mergeArcs(
        world,
        polygons.map((arcs) => ({ type: 'Polygon', arcs })),
      );
      const rings = drawn(projection, feature(world, whole));
      if (!rings.length || (name === 'america') !== IN_AMERICA.has(flag)) return [];
      const geometry = { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) };
      return [{ type: 'Feature', id: flag, properties: { at: middleOf(rings) }, geometry }];
    });
    objects[name] = { type: 'FeatureCollection', features };
  }
  const weighed = presimplify(topology(objects, 1e5), planarTriangleArea);
  const simple = filter(simplify(weighed, SIMPLER), filterWeight(weighed, 0));
  const map = quantize(simple, STEPS);
  const sizes = Object.entries(frames).map(([name, { width, height }]) => [name, [width, height]]);
  return { ...map, frames: Object.fromEntries(sizes) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = JSON.stringify(build());
  writeFileSync(TARGET, `${text}\n`);
  console.log(`${TARGET}: ${text.length} characters`);
}
