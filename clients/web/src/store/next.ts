/**
 * The one line that says what this person might do now, and the one act that goes with it.
 *
 * Not a rule of the game: it reads the view and the affordances, and picks what a good neighbour at the table would
 * whisper. The order below is the order of urgency.
 */

import type { DraftView } from '../protocol/generated';
import type { Package } from '../protocol/names';
import type { TextKey, Values } from '../texts';
import { duration } from '../texts';
import { toSign } from './delegation';
import type { Beside, Sheet } from './desk.svelte';
import { nameless } from './rooms';
import { standing } from './seats';
import type { Table } from './table.svelte';
import { offersToAnswer } from './trade';

/** `show`: what is meant lies in the text column, out of sight on a phone. `outcome`: there is a page to read. */
export type Step = {
  text: TextKey;
  values?: Values;
  act?: { label: TextKey; sheet: Sheet } | { label: TextKey; room: string } | { label: TextKey; beside: Beside };
  show?: 'ladder' | 'brief';
  outcome?: boolean;
};

const ROOM_OF_ALL = { label: 'now.plenary_act', room: 'plenary' } as const;
const NEW_ROOM = { label: 'now.room_act', sheet: { is: 'new_room' } } as const;
const RUN = { label: 'now.run_act', sheet: { is: 'run' } } as const;

export function nextStep(table: Table): Step {
  const { clock, silence, outcome } = table.pub;
  if (outcome) return { text: 'now.over', outcome: true };
  if (clock.status === 'ended') return { text: 'now.over' };
  if (toSign(table).length) return signing(table);
  if (clock.status === 'paused') return whilePaused(table);
  if (silence) return underSilence(table);
  if (clock.fallback) return forFallback(table);
  if (!table.me) return withoutSeat(table);
  if (table.phase?.kind === 'briefing') return { text: 'now.read_brief', show: 'brief' };
  if (table.priv.you.role === 'adviser') return advising(table);
  return answering(table) ?? adopted(table) ?? (table.isChair ? presiding(table) : delegating(table));
}

/** What one's own delegation has prepared and waits for. */
function signing(table: Table): Step {
  return {
    text: 'now.sign',
    values: { count: toSign(table).length },
    act: { label: 'now.sign_act', sheet: { is: 'delegation' } },
  };
}

function whilePaused(table: Table): Step {
  if (table.can('resume_game') === null) return { text: 'now.paused_by_you', act: RUN };
  return { text: 'now.paused' };
}

/** An ally decides. Whoever has no part in that may see to what else waits: only the text is frozen (rule 2.6). */
function underSilence(table: Table): Step {
  const last = table.pub.silence?.fallback;
  if (table.isVoter && table.can('take_rung') === null) {
    return { text: last ? 'now.silence_last' : 'now.silence', show: 'ladder' };
  }
  if (table.isVoter && table.priv.you.role === 'adviser') return { ...advising(table), text: 'now.silence_advise' };
  return answering(table) ?? keeping(table) ?? { text: last ? 'now.silence_last_watch' : 'now.silence_watch' };
}

/** The chair keeps the procedure. */
function keeping(table: Table): Step | null {
  if (!table.isChair) return null;
  const [extend, cancel] = [table.can('extend_silence') === null, table.can('cancel_silence') === null];
  if (extend && cancel) return { text: 'now.silence_chair', act: RUN };
  if (extend) return { text: 'now.silence_extend', act: RUN };
  return cancel ? { text: 'now.silence_cancel', act: RUN } : null;
}

function forFallback(table: Table): Step {
  if (table.can('put_fallback') === null) return { text: 'now.put_fallback', act: RUN };
  return { text: 'now.fallback', values: { left: duration(table.until(table.pub.clock.fallback?.ends_at ?? 0)) } };
}

function withoutSeat(table: Table): Step {
  const { kind } = table.priv.you;
  if (kind === 'facilitator') return facilitating(table);
  // who has not said yet under which name is asked for it there
  if (kind === 'press' && (nameless(table) || table.can('post_message') === null))
    return { text: 'now.press', act: { label: 'now.press_act', room: 'dispatches' } };
  return { text: 'now.watch' };
}

function facilitating(table: Table): Step {
  if (table.phase?.kind === 'briefing') return { text: 'now.facilitate_briefing', act: RUN };
  return { text: 'now.facilitate', act: { label: 'now.announce_act', sheet: { is: 'announce' } } };
}

function advising(table: Table): Step {
  return { text: 'now.advise', act: { label: 'now.advise_act', room: `delegation:${table.me}` } };
}

/** What others wait for: a straw poll, changes proposed to one's own draft, offers to sign. */
function answering(table: Table): Step | null {
  const { poll } = table.pub;
  if (poll && table.priv.answer === null && table.can('answer_poll') === null) {
    return {
      text: 'now.poll',
      values: { draft: table.draftName(poll.draft), left: duration(table.until(poll.closes_at)) },
      act: { label: 'now.poll_act', sheet: { is: 'poll' } },
    };
  }
  const waiting = Object.values(table.pub.amendments).filter(
    (one) => one.status === 'open' && table.canAmendment(one.id, 'answer_amendment') === null,
  );
  const first = waiting[0];
  if (!first) return answeringOffers(table);
  return {
    text: 'now.amendments',
    values: { count: waiting.length, draft: table.draftName(first.draft) },
    act: { label: 'now.amendments_act', sheet: { is: 'amendments' } },
  };
}

function answeringOffers(table: Table): Step | null {
  const waiting = offersToAnswer(table).filter(
    (one) => table.canOffer(one.id, 'decline_offer') === null && !isPrepared(table, one.id),
  );
  if (!waiting.length) return null;
  return {
    text: 'now.offers',
    values: { count: waiting.length },
    act: { label: 'now.offers_act', beside: 'trade' },
  };
}

/** The delegation has prepared its answer, which waits for its head. */
function isPrepared(table: Table, offer: string): boolean {
  return table.priv.pending.some((one) => one.command.offer === offer);
}

/** A text stands, and nobody works on another: there is nothing to win over for (rule 4.7). */
function adopted(table: Table): Step | null {
  const { adopted: text } = table.pub;
  const basis = table.basis;
  if (!text || (basis && !samePackage(basis.package, text.package))) return null;
  return {
    text: 'now.adopted',
    values: { draft: table.draftName(text.draft) },
    act: { label: 'now.adopted_act', sheet: { is: 'communique' } },
  };
}

function samePackage(one: Package, other: Package): boolean {
  return Object.entries(one).every(([issue, option]) => other[issue] === option);
}

function presiding(table: Table): Step {
  const several = table.openDrafts.length > 1 && !table.pub.floor.named_by_chair;
  if (several && table.openDrafts.some((draft) => table.canDraft(draft.id, 'name_basis') === null)) {
    return { text: 'now.name_basis', act: { label: 'now.name_basis_act', sheet: { is: 'drafts' } } };
  }
  const basis = table.basis;
  if (!basis) return withoutText(table);
  const values = { draft: table.draftName(basis.id), count: against(table, basis) };
  if (values.count) return { text: 'now.chair_reconcile', values, act: NEW_ROOM };
  if (table.canDraft(basis.id, 'open_silence') === null) {
    return {
      text: 'now.chair_silence',
      values,
      act: { label: 'silence.open', sheet: draftSheet('open_silence', basis) },
    };
  }
  if (table.canDraft(basis.id, 'open_poll') === null) {
    return { text: 'now.chair_poll', values, act: { label: 'poll.open', sheet: draftSheet('open_poll', basis) } };
  }
  return { text: 'now.chair_listen', values, act: NEW_ROOM };
}

/** How many allies say they would object to the draft as it stands, or once said so and have not come back to it. */
function against(table: Table, draft: DraftView): number {
  return table.pub.scenario.seats.filter(
    (seat) => seat.kind === 'voting' && standing(table, draft.id, seat.id)?.position === 'would_object',
  ).length;
}

/** While nobody plays the chair, whoever has enough allies behind its own draft opens silence itself (rule 4.2). */
function withoutChair(table: Table): Step | null {
  const own = table.openDrafts.find((draft) => draft.author === table.me);
  if (!own || !table.chairIsEmpty) return null;
  const why = table.canDraft(own.id, 'open_silence');
  const draft = table.draftName(own.id);
  if (why === null) {
    const act = { label: 'silence.open', sheet: draftSheet('open_silence', own) } as const;
    return { text: 'now.chair_empty', values: { draft }, act };
  }
  if (why.code !== 'silence.cosponsors') return null;
  return { text: 'now.chair_empty_backers', values: { draft, needed: Number(why.params.needed) }, act: NEW_ROOM };
}

function delegating(table: Table): Step {
  const alone = withoutChair(table);
  if (alone) return alone;
  const basis = table.basis;
  if (!basis) return withoutText(table);
  const values = { draft: table.draftName(basis.id), revision: basis.revision };
  if (basis.author === table.me) return { text: 'now.win_over', values, act: NEW_ROOM };
  const said = standing(table, basis.id, table.me ?? '');
  if ((!said || said.stale) && table.canDraft(basis.id, 'state_position') === null) {
    const act = { label: 'position.state', sheet: draftSheet('position', basis) } as const;
    return { text: said ? 'now.position_again' : 'now.position', values, act };
  }
  if (said?.position === 'support') return { text: 'now.win_over', values, act: NEW_ROOM };
  if (table.canDraft(basis.id, 'propose_amendment') === null) {
    const sheet = { is: 'propose', draft: basis.id, changes: {} } as const;
    return { text: 'now.propose', values, act: { label: 'now.propose_act', sheet } };
  }
  return table.can('post_message') === null ? { text: 'now.talk', act: NEW_ROOM } : { text: 'now.listen' };
}

function withoutText(table: Table): Step {
  const own = table.openDrafts.find((draft) => draft.author === table.me);
  if (own) return { text: 'now.find_backers', values: { draft: table.draftName(own.id) }, act: NEW_ROOM };
  if (table.can('table_draft') === null) {
    return { text: 'now.table', act: { label: 'draft.table', sheet: { is: 'table_draft' } } };
  }
  return table.can('post_message') === null ? { text: 'now.speak', act: ROOM_OF_ALL } : { text: 'now.listen' };
}

function draftSheet<Kind extends 'position' | 'open_poll' | 'open_silence'>(is: Kind, draft: DraftView) {
  return { is, draft: draft.id };
}
