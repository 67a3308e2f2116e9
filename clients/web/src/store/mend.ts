/** Bringing a text into order when its paragraphs do not go together, a paragraph at a time. */

import { api, type Appraisal } from '../net/api';
import type { Package } from '../protocol/names';
import { setApart } from '../texts/tongue.svelte';
import type { Table } from './table.svelte';

type Change = { issue: string; option: string; broken: number; points: number };

/**
 * The one change that leaves fewest rules broken and, among those, is worth most to us; null when none helps.
 *
 * It knows no rule: the server's appraisal says of every wording what would be broken with it. What is in `kept` a
 * person has just chosen, and it is not changed behind their back. With `sideways` a change will do that leaves as many
 * rules broken: some are mended in two steps only.
 */
export function bestChange(
  text: Package,
  appraisal: Appraisal,
  kept: readonly string[] = [],
  sideways = false,
): Change | null {
  const involved = new Set(appraisal.broken_rules.flatMap((rule) => rule.issues));
  let best: Change | null = null;
  for (const [issue, options] of Object.entries(appraisal.options)) {
    if (!involved.has(issue) || kept.includes(issue)) continue;
    for (const [option, { broken_rules, points }] of Object.entries(options)) {
      if (option === text[issue]) continue;
      const change = { issue, option, broken: broken_rules.length, points };
      if (!best || change.broken < best.broken || (change.broken === best.broken && points > best.points))
        best = change;
    }
  }
  const most = appraisal.broken_rules.length - (sideways ? 0 : 1);
  return best && best.broken <= most ? best : null;
}

/** Rules of the scenario, by id, as the sentences that state them. */
export function rulesInWords(table: Table, rules: readonly string[]): string {
  return rules
    .map((rule) => setApart(table.pub.scenario.rules.find((one) => one.id === rule)?.sentence ?? ''))
    .join(' ');
}

/**
 * The text with whatever has to change for its paragraphs to go together, each time the change that costs us least.
 * What is in `kept` is left alone as long as there is another way.
 */
export async function inOrder(table: Table, text: Package, kept: readonly string[] = []): Promise<Package> {
  let mended = text;
  const done = [...kept];
  for (let step = 0; step < table.openIssues.length; step += 1) {
    const seen = await api.appraise(table.game, mended).catch(() => null);
    if (!seen || seen.consistent) break;
    const change = bestChange(mended, seen, kept) ?? bestChange(mended, seen) ?? bestChange(mended, seen, done, true);
    if (!change) break;
    done.push(change.issue);
    mended = { ...mended, [change.issue]: change.option };
  }
  return mended;
}
