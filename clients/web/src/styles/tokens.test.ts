/** What colours owe each other, by the formula of WCAG 2.2 (relative luminance), in every theme, by day and by night. */
import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

const css = readFileSync('src/styles/tokens.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

type Palette = Record<string, string>;

/** The tokens of the block that follows `selector`. */
function block(selector: string): Palette {
  const after = css.slice(css.indexOf(`${selector} {`) + selector.length + 2);
  const found = after.slice(0, after.indexOf('}')).matchAll(/--([\w-]+):\s*([^;]+);/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name, value]));
}

const plain = block(':root');
const contrast = block(":root[data-theme='contrast']");

function palette(tokens: Palette, night: boolean): Palette {
  const hues = Object.entries(tokens).flatMap(([name, value]) => {
    const pair = /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value);
    return pair ? [[name, pair[night ? 2 : 1] as string]] : [];
  });
  return Object.fromEntries(hues) as Palette;
}

function luminance(hue: string): number {
  const channel = (start: number): number => {
    const share = parseInt(hue.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function ratio(one: string, other: string): number {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

const GROUNDS = ['paper', 'sheet', 'shade', 'hush'];
const WASHES = ['accent-wash', 'concern-wash', 'object-wash', 'mine-wash', 'theirs-wash'];

/** Words, and what they may stand on. */
const WORDS: [string, string[]][] = [
  ['ink', [...GROUNDS, ...WASHES]],
  ['soft', [...GROUNDS, ...WASHES]],
  ['accent', [...GROUNDS, ...WASHES]],
  ['concern', [...GROUNDS, 'concern-wash']],
  ['object', [...GROUNDS, 'object-wash']],
  ['mine', [...GROUNDS, 'mine-wash']],
  ['theirs', [...GROUNDS, 'theirs-wash']],
  ['on-bar', ['bar']],
  ['on-bar-soft', ['bar']],
  ['on-accent', ['accent']],
  ['on-object', ['object']],
];

/** Shapes and edges that carry meaning, and what they may stand on. */
const SHAPES: [string, string[]][] = [
  ['edge', [...GROUNDS, ...WASHES]],
  ['unsaid', [...GROUNDS, ...WASHES]],
  ['support', [...GROUNDS, ...WASHES]],
  ['concern', [...GROUNDS, ...WASHES]],
  ['object', [...GROUNDS, ...WASHES]],
];

const THEMES = [
  { name: 'light', hues: palette(plain, false), words: 4.5 },
  { name: 'dark', hues: palette(plain, true), words: 4.5 },
  { name: 'contrast by day', hues: palette({ ...plain, ...contrast }, false), words: 7 },
  { name: 'contrast by night', hues: palette({ ...plain, ...contrast }, true), words: 7 },
];

describe.each(THEMES)('$name', ({ hues, words }) => {
  const short = (pairs: [string, string[]][], least: number): string[] =>
    pairs.flatMap(([front, grounds]) =>
      grounds.flatMap((ground) => {
        const measured = ratio(hues[front] ?? '#', hues[ground] ?? '#');
        return measured >= least ? [] : [`${front} on ${ground}: ${measured.toFixed(2)}`];
      }),
    );

  it('can be read', () => expect(short(WORDS, words)).toEqual([]));
  it('has edges and shapes that can be seen', () => expect(short(SHAPES, 3)).toEqual([]));
});

it('asked of the system or chosen here, high contrast is the same', () => {
  expect(block(':root:not([data-theme])')).toEqual(contrast);
  expect(Object.keys(palette(plain, false)).filter((name) => !(name in contrast))).toEqual([]);
});

it('is the only place where a colour is named', () => {
  /** A QR code is dark on light whatever the theme: cameras want it so. */
  const EXEMPT = ['QrCode.svelte'];
  const named = ['components', 'commands', 'screens'].flatMap((folder) =>
    readdirSync(`src/${folder}`)
      .filter((file) => file.endsWith('.svelte') && !EXEMPT.includes(file))
      .filter((file) => /[:\s](#[0-9a-f]{3,8}\b|rgba?\(|hsla?\()/i.test(style(`src/${folder}/${file}`))),
  );
  expect(named).toEqual([]);
});

function style(path: string): string {
  return /<style>[\s\S]*<\/style>/.exec(readFileSync(path, 'utf8'))?.[0] ?? '';
}

it('owes what docs/design.md says it owes', () => {
  const said = readFileSync('../../docs/design.md', 'utf8');
  const least = (front: string, grounds: string[], hues: Palette): string =>
    Math.min(...grounds.map((ground) => ratio(hues[front] ?? '#', hues[ground] ?? '#'))).toFixed(1);
  for (const [front, grounds] of WORDS) {
    const row = `| \`--${front}\` | ${THEMES.map(({ hues }) => least(front, grounds, hues)).join(' | ')} |`;
    expect(said.replace(/ +/g, ' ')).toContain(row);
  }
  for (const [front, grounds] of SHAPES.slice(0, 2)) {
    const row = `| \`--${front}\` | ${THEMES.map(({ hues }) => least(front, grounds, hues)).join(' | ')} |`;
    expect(said.replace(/ +/g, ' ')).toContain(row);
  }
});
