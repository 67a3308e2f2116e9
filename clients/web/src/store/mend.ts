/** Bringing a text into order when its paragraphs do not go together, a paragraph at a time. */

import type { Appraisal } from '../net/api';
import type { Package } from '../protocol/names';

type Change = { issue: string; option: string; broken: number; points: number };

/**
 * The one change that leaves fewest rules broken and, among those, is worth most to us; null when none helps.
 *
 * It knows no rule: the server's appraisal says of every wording what would be broken with it.
 */
export function bestChange(text: Package, appraisal: Appraisal): Change | null {
  const involved = new Set(appraisal.broken_rules.flatMap((rule) => rule.issues));
  let best: Change | null = null;
  for (const [issue, options] of Object.entries(appraisal.options)) {
    if (!involved.has(issue)) continue;
    for (const [option, { broken_rules, points }] of Object.entries(options)) {
      if (option === text[issue]) continue;
      const change = { issue, option, broken: broken_rules.length, points };
      if (!best || change.broken < best.broken || (change.broken === best.broken && points > best.points))
        best = change;
    }
  }
  return best && best.broken < appraisal.broken_rules.length ? best : null;
}
