/** What happened, as sentences for the record and the replay. {by} is who acted; the rest as in `store/record.ts`. */

import type { EventType } from '../protocol/generated';

/** Not in the record, but a moment of a replay all the same. */
type Untold =
  | 'game_created'
  | 'outcome_reached'
  | 'message_posted'
  | 'agreed_inside'
  | 'agreed_struck'
  | 'poll_answered'
  | 'member_away'
  | 'member_back'
  | 'offer_countered';

export const events: Record<EventType | Untold, string> = {
  game_created: 'The table is set.',
  game_started: 'The meeting opens.',
  game_paused: 'The clock is stopped.',
  game_resumed: 'The clock runs again.',
  phase_began: '{phase} begins.',
  phase_extended: 'This part of the meeting lasts longer.',
  fallback_due: 'The leaders have no text. A last one will be put under silence.',
  game_closed: 'The meeting is over.',
  outcome_reached: 'It shows what the meeting was worth.',
  results_opened: 'The results of the delegations are open.',
  member_joined: '{name} sits down for {seat}.',
  member_left: '{name} leaves the seat of {seat}.',
  seat_vacated: 'The seat of {seat} is empty; a stand-in keeps it.',
  seat_retaken: '{name} is back in the seat of {seat}.',
  policy_set: 'Who keeps a seat when it is empty was settled anew.',
  absence_asked: 'The seat of {seat} is empty. The clock waits for the facilitator to say who keeps it.',
  absence_answered: 'It is settled who keeps the seat of {seat} for now.',
  member_away: '{name} is away from the table.',
  member_back: '{name} is back at the table.',
  member_moved: '{name} moves to the seat of {seat}.',
  place_taken: 'The facilitator plays {seat} for now.',
  place_left: 'The facilitator leaves the seat of {seat} to its stand-in.',
  time_granted: 'The facilitator gave you this time. The others see only that the clock was moved.',
  game_taken_back: 'The game is taken back to an earlier moment of {phase}. What came after is undone.',
  game_taken_up: 'The meeting goes on from a moment of another table, in {phase}.',
  press_admitted: 'The press is here: {name}.',
  instructions_opened: 'Every delegation’s instructions are open to all.',
  trade_opened: 'Deals and promises are open to all.',
  rooms_opened: 'The rooms of the delegations are open to all.',
  role_set: '{name} has another part in the delegation of {seat}.',
  act_prepared: '{name} prepares a formal act. It counts once the head of delegation has signed.',
  act_signed: 'The head of delegation signs what a delegate prepared.',
  act_dropped: 'An act that waited for a signature is laid aside.',
  act_lapsed: 'An act was not signed in time. It does not count.',
  signature_warning: 'An act is still not signed, and the deadline is near. Unsigned, it does not count.',
  host_passed: '{name} runs the game from now on.',
  draft_tabled:
    '{folded, select, none {{by} tables {draft}.} other {{by} tables {draft}, folding in accepted language: {folded}.}}',
  draft_revised:
    '{folded, select, none {{draft} changes} other {{by} folds accepted language into {draft} ({folded})}}: it is now at revision {revision}.',
  draft_withdrawn: '{by} withdraws {draft}.',
  draft_cosponsored: '{by} stands behind {draft}.',
  cosponsorship_withdrawn: '{by} no longer stands behind {draft}.',
  amendment_proposed: '{by} proposes a change to {draft}: {issues}.',
  amendment_withdrawn: '{by} takes back a proposal.',
  amendment_split: '{by} splits a proposal into single changes.',
  amendment_answered: '{accepted, select, none {{by} declines a proposal.} other {{by} takes in {accepted}.}}',
  basis_named: '{draft} is the basis of the discussion.',
  position_stated:
    '{by} {position, select, support {supports} can_accept {can accept} concern {has a concern about} other {would object to}} {draft}.',
  position_confided:
    '{by} tells the chair in confidence: {position, select, support {support for} can_accept {can accept} concern {a concern about} other {would object to}} {draft}.',
  poll_opened: 'The chair asks where everybody stands on {draft}.',
  poll_answered: 'You answered the straw poll.',
  poll_closed:
    '{answers, select, known {The straw poll on {draft}, revision {revision}, is closed. Of the allies {support} {support, plural, one {supports} other {support}} it, {can_accept} can accept it, {concern} {concern, plural, one {has} other {have}} a concern, {would_object} would object, {unsaid} did not say.} other {The straw poll is closed; all answers are shown.}}',
  silence_opened: '{draft} is put under silence.',
  fallback_put: 'The last text is put on the table.',
  silence_extended: 'Silence is extended.',
  silence_cancelled:
    '{reason, select, none {The silence procedure is called off.} other {The silence procedure is called off: “{reason}”}}',
  rung_taken:
    '{by} {rung, select, associate {associates itself with the text} statement {adds a national statement} footnote {enters a footnote} other {stays silent}}.',
  silence_broken: '{by} breaks silence: {issues}.',
  silence_held: 'Silence held. {draft} is adopted.',
  offer_made: '{by} offers a deal.',
  offer_countered: 'An offer is answered with another.',
  offer_signed: '{by} signs an offer.',
  offer_declined: '{by} declines an offer.',
  offer_withdrawn: '{by} takes its signature back.',
  deals_in_force: 'Everybody has signed: the deal is in force.',
  deal_published: 'A deal is made public: {deal}.',
  deal_betrayed: '{seat} breaks silence on what a deal had settled for it: {deal}.',
  promise_made: '{by} gives a promise to {to}.',
  promise_judged:
    'A promise of {promiser} to {to} was {verdict, select, kept {kept} broken {broken} other {never put to the test}}.',
  objection_withdrawn: '{by} withdraws its objection.',
  complement_signed: '{by} signs: {complement}.',
  complement_signature_withdrawn: '{by} takes its signature back: {complement}.',
  congress_voted: 'Congress votes on {complement}: {passed, select, true {it is passed} other {it does not pass}}.',
  complement_in_force: 'Enough have signed. In force: {complement}.',
  inject_fired: 'News: {headline}.',
  instructions_changed: 'A note from your capital changes your instructions.',
  revision_handed: 'You are handed another wording, to put forward if you like.',
  inject_held: 'The facilitator holds news back.',
  inject_released: 'News that was held back is on the list again.',
  inject_skipped: 'The facilitator takes news off the list.',
  inject_edited: 'The facilitator changes news that is to come.',
  inject_written: 'The facilitator prepares news.',
  message_posted: '{by} speaks.',
  agreed_inside: '{by} puts on its list what it agreed inside.',
  agreed_struck: '{by} strikes something from its list.',
};
