/** The sheet of flags shows what flag-icons has now. `python -m tests.web.pictures` draws it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { drawn_from, flags } from './flags.json';

const PACKAGE = 'node_modules/flag-icons';
const SCENARIOS = '../../scenarios';

it('is drawn from the flags that are installed', () => {
  const { name, version } = JSON.parse(readFileSync(`${PACKAGE}/package.json`, 'utf8')) as Record<string, string>;
  expect(drawn_from).toBe(`${name} ${version}`);
  expect(flags.filter((code) => !existsSync(`${PACKAGE}/flags/4x3/${code}.svg`))).toEqual([]);
});

it('has every flag of every scenario', () => {
  const flown = readdirSync(SCENARIOS).flatMap((scenario) =>
    [...readFileSync(`${SCENARIOS}/${scenario}/seats.yaml`, 'utf8').matchAll(/\bflag: "?([a-z]{2})\b/g)].map(
      ([, code]) => code as string,
    ),
  );
  expect(new Set(flown).size).toBeGreaterThan(30);
  expect(flown.filter((code) => !flags.includes(code))).toEqual([]);
});
