/** Views of a short game on the real rules, made by scripts/client_fixtures.py. For tests and for looking. */

import type { Appraisal } from '../net/api';
import type { View } from '../protocol/generated';
import type { Texts } from '../protocol/names';

export type Fixture = { view: View; texts: Texts; now: number; appraisal?: Appraisal };

const files = import.meta.glob<Fixture>('../../tests/fixtures/*.json', { eager: true, import: 'default' });

export const fixtures: Record<string, Fixture> = Object.fromEntries(
  Object.entries(files).map(([path, fixture]) => [path.replace(/^.*\/|\.json$/g, ''), fixture]),
);
