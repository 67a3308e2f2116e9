/**
 * The one line that says what this person might do now, and the one act that goes with it.
 *
 * Not a rule of the game: it reads the view and the affordances, and picks what a good neighbour at the table would
 * whisper. The order below is the order of urgency.
 */

import type { TextKey, Values } from '../texts';
import { duration } from '../texts';
import type { Sheet } from './desk.svelte';
import { standing } from './seats';
import type { Table } from './table.svelte';

/** `ladder`: what can be done lies under the text, out of sight on a phone. `outcome`: there is a page to read. */
export type Step = {
  text: TextKey;
  values?: Values;
  act?: { label: TextKey; sheet: Sheet };
  ladder?: boolean;
  outcome?: boolean;
};

export function nextStep(table: Table): Step {
  const { clock, silence, poll, outcome } = table.pub;
  if (outcome) return { text: 'now.over', outcome: true };
  if (clock.status === 'ended') return { text: 'now.over' };
  if (clock.status === 'paused') return { text: 'now.paused' };
  if (silence) return underSilence(table);
  if (clock.fallback) return forFallback(table);
  if (!table.me) return { text: 'now.watch' };
  if (poll && table.priv.answer === null && table.can('answer_poll') === null) {
    return {
      text: 'now.poll',
      values: { draft: table.draftName(poll.draft), left: duration(table.until(poll.closes_at)) },
      act: { label: 'now.poll_act', sheet: { is: 'poll' } },
    };
  }
  return ownBusiness(table) ?? { text: 'now.talk' };
}

function underSilence(table: Table): Step {
  const { silence } = table.pub;
  const values = { left: duration(table.until(silence?.deadline ?? 0)) };
  return table.isVoter ? { text: 'now.silence', values, ladder: true } : { text: 'now.silence_watch', values };
}

function forFallback(table: Table): Step {
  if (table.can('put_fallback') === null)
    return { text: 'now.put_fallback', act: { label: 'run.open', sheet: { is: 'run' } } };
  return { text: 'now.fallback', values: { left: duration(table.until(table.pub.clock.fallback?.ends_at ?? 0)) } };
}

function ownBusiness(table: Table): Step | null {
  const mine = table.openDrafts.find((draft) => draft.author === table.me);
  const waiting = Object.values(table.pub.amendments).filter(
    (one) => one.status === 'open' && table.canAmendment(one.id, 'answer_amendment') === null,
  );
  if (waiting.length) {
    return {
      text: 'now.amendments',
      values: { count: waiting.length, draft: mine ? table.draftName(mine.id) : '' },
      act: { label: 'now.amendments_act', sheet: { is: 'amendments' } },
    };
  }
  const basis = table.basis;
  if (table.isChair && !table.pub.floor.named_by_chair && table.openDrafts.length > 1) {
    return { text: 'now.name_basis', act: { label: 'now.name_basis_act', sheet: { is: 'drafts' } } };
  }
  if (table.phase?.kind === 'briefing') {
    return { text: 'now.read_brief', act: { label: 'brief.open', sheet: { is: 'brief' } } };
  }
  if (!basis) {
    if (table.can('table_draft') !== null || mine) return null;
    return { text: 'now.table', act: { label: 'draft.table', sheet: { is: 'table_draft' } } };
  }
  return statePosition(table, basis.id, basis.revision);
}

function statePosition(table: Table, draft: string, revision: number): Step | null {
  if (!table.me || table.pub.drafts[draft]?.author === table.me) return null;
  if (table.canDraft(draft, 'state_position') !== null) return null;
  const said = standing(table, draft, table.me);
  if (said && !said.stale) return null;
  const values = { draft: table.draftName(draft), revision };
  const act = { label: 'position.state', sheet: { is: 'position', draft } } as const;
  return { text: said ? 'now.position_again' : 'now.position', values, act };
}
