"""decide and evolve: the whole of the rules behind two functions.

    command ──▶ decide(state, command, by, at) ──▶ events, or Rejected and nothing changes
    events  ──▶ evolve(state, event, by, at)   ──▶ state

Both are pure and total over their unions, closed by `assert_never`. Time (`at`, integer milliseconds UTC) and the
actor come in as data; chance comes from the seed in the first event and is written into the event it decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, assert_never

from pydantic import Field, TypeAdapter

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import Actor, Everyone, Milliseconds
from game_rules.messages import Event as AnyEvent
from game_rules.procedures import (
    clock,
    complements,
    debriefing,
    delegation,
    drafting,
    ending,
    facilitation,
    injects,
    positions,
    press,
    promises,
    rewinding,
    seating,
    silence,
    single_text,
    talk,
    trade,
)
from game_rules.procedures.clock import next_due
from game_rules.procedures.standing import demand
from game_rules.rejections import Rejected, refuse
from game_rules.state import KEPT, Ending, GameState, Recorded

__all__ = ["COMMANDS", "EVENTS", "Command", "Event", "decide", "evolve", "fold", "next_due"]

Command = (
    seating.CreateGame
    | seating.JoinSeat
    | seating.LeaveSeat
    | seating.RemoveMember
    | seating.DeclareVacant
    | seating.ReturnToSeat
    | seating.SetPolicy
    | seating.AnswerAbsence
    | seating.MarkAway
    | seating.MarkBack
    | seating.SetRole
    | delegation.SignAct
    | delegation.DropAct
    | delegation.AgreeInside
    | delegation.StrikeAgreed
    | clock.StartGame
    | clock.PauseGame
    | clock.ResumeGame
    | clock.ExtendPhase
    | clock.AdvancePhase
    | clock.AdvanceClock
    | clock.EndGame
    | drafting.TableDraft
    | drafting.ReviseDraft
    | drafting.WithdrawDraft
    | drafting.Cosponsor
    | drafting.WithdrawCosponsorship
    | drafting.ProposeAmendment
    | drafting.WithdrawAmendment
    | drafting.SplitAmendment
    | drafting.AnswerAmendment
    | drafting.NameBasis
    | single_text.FoldLanguage
    | positions.StatePosition
    | positions.OpenPoll
    | positions.AnswerPoll
    | silence.OpenSilence
    | silence.ExtendSilence
    | silence.CancelSilence
    | silence.TakeRung
    | silence.BreakSilence
    | silence.WithdrawObjection
    | silence.PutFallback
    | trade.OfferDeals
    | trade.SignOffer
    | trade.DeclineOffer
    | trade.WithdrawFromOffer
    | promises.MakePromise
    | complements.SignComplement
    | complements.WithdrawSignature
    | injects.FireInject
    | injects.HoldInject
    | injects.ReleaseInject
    | injects.SkipInject
    | injects.EditInject
    | injects.WriteInject
    | talk.PostMessage
    | ending.OpenResults
    | seating.MoveMember
    | facilitation.TakePlace
    | facilitation.LeavePlace
    | facilitation.GrantTime
    | rewinding.RewindGame
    | rewinding.ForkGame
    | debriefing.OpenInstructions
    | debriefing.OpenTrade
    | debriefing.OpenRooms
    | debriefing.Annotate
    | press.AdmitPress
)

Event = (
    seating.GameCreated
    | seating.MemberJoined
    | seating.MemberLeft
    | seating.SeatVacated
    | seating.SeatRetaken
    | seating.PolicySet
    | seating.HostPassed
    | seating.AbsenceAsked
    | seating.AbsenceAnswered
    | seating.MemberAway
    | seating.MemberBack
    | seating.RoleSet
    | delegation.ActPrepared
    | delegation.ActSigned
    | delegation.ActDropped
    | delegation.ActLapsed
    | delegation.SignatureWarning
    | delegation.AgreedInside
    | delegation.AgreedStruck
    | clock.GameStarted
    | clock.PhaseBegan
    | clock.GamePaused
    | clock.GameResumed
    | clock.PhaseExtended
    | clock.FallbackDue
    | clock.GameClosed
    | drafting.DraftTabled
    | drafting.DraftRevised
    | drafting.DraftWithdrawn
    | drafting.DraftCosponsored
    | drafting.CosponsorshipWithdrawn
    | drafting.AmendmentProposed
    | drafting.AmendmentWithdrawn
    | drafting.AmendmentSplit
    | drafting.AmendmentAnswered
    | drafting.BasisNamed
    | positions.PositionStated
    | positions.PositionConfided
    | positions.PollOpened
    | positions.PollAnswered
    | positions.PollClosed
    | silence.SilenceOpened
    | silence.FallbackPut
    | silence.SilenceExtended
    | silence.SilenceCancelled
    | silence.RungTaken
    | silence.SilenceBroken
    | silence.SilenceHeld
    | silence.ObjectionWithdrawn
    | trade.OfferMade
    | trade.OfferCountered
    | trade.OfferSigned
    | trade.OfferDeclined
    | trade.OfferWithdrawn
    | trade.DealsInForce
    | trade.DealPublished
    | trade.DealBetrayed
    | promises.PromiseMade
    | promises.PromiseJudged
    | complements.ComplementSigned
    | complements.ComplementSignatureWithdrawn
    | complements.CongressVoted
    | complements.ComplementInForce
    | injects.InjectFired
    | injects.EffectsApplied
    | injects.InstructionsChanged
    | injects.RevisionHanded
    | injects.EffectsLapsed
    | injects.InjectPassed
    | injects.InjectHeld
    | injects.InjectReleased
    | injects.InjectSkipped
    | injects.InjectEdited
    | injects.InjectWritten
    | talk.MessagePosted
    | ending.OutcomeReached
    | ending.ResultsOpened
    | seating.MemberMoved
    | facilitation.PlaceTaken
    | facilitation.PlaceLeft
    | facilitation.TimeGranted
    | rewinding.GameRewound
    | rewinding.GameTakenBack
    | rewinding.GameForked
    | rewinding.GameTakenUp
    | debriefing.InstructionsOpened
    | debriefing.TradeOpened
    | debriefing.RoomsOpened
    | debriefing.AnnotationMade
    | press.PressAdmitted
)

COMMANDS: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="type")])
EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])


def decide(state: GameState | None, command: Command, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    """What follows from the command, or Rejected. `at` is never below the last event's."""
    if isinstance(command, seating.CreateGame):
        return _events(seating.create_game(state, command, by))
    if state is None:
        raise Rejected(refuse(no.NOT_STARTED))
    if delegation.waits_for_signature(state, command, by):
        # rule 1.4: what could not be done is not prepared either; the delegate hears why
        _decide(state, command, by, at)
        return _events(delegation.prepare(state, command, by, at))
    events = _with_news(state, _decide(state, command, by, at), by, at)
    return _events((*events, *_lapsed(state, events, by, at)))


def _lapsed(state: GameState, events: tuple[AnyEvent, ...], by: Actor, at: Milliseconds) -> tuple[AnyEvent, ...]:
    """Prepared acts of which nothing can come after these events (rule 1.4)."""
    return delegation.lapsed(_folded(state, events, by, at)) if state.pending else ()


def _signed(state: GameState, command: delegation.SignAct, by: Actor, at: Milliseconds) -> tuple[AnyEvent, ...]:
    """The prepared act, decided now as that of whoever signs it, with the refusals they would get (rule 1.4)."""
    pending, signed = delegation.sign_act(state, command, by)
    act = COMMANDS.validate_python(pending.command)
    return (signed, *_decide(_folded(state, (signed,), by, at), act, by, at))


def _events(events: tuple[AnyEvent, ...]) -> tuple[Event, ...]:
    return events  # type: ignore[return-value]  # procedures return their own event types, all of which are in Event


def _decide(state: GameState, command: Command, by: Actor, at: Milliseconds) -> tuple[AnyEvent, ...]:
    match command:  # what a busy table wishes most stands first: every case before a match costs a little
        case delegation.SignAct():
            return _signed(state, command, by, at)
        case talk.PostMessage():
            return talk.post_message(state, command, by)
        case positions.StatePosition():
            return positions.state_position(state, command, by)
        case positions.OpenPoll():
            return positions.open_poll(state, command, by, at)
        case positions.AnswerPoll():
            return positions.answer_poll(state, command, by, at)
        case drafting.TableDraft():
            return drafting.table_draft(state, command, by)
        case drafting.ReviseDraft():
            return drafting.revise_draft(state, command, by)
        case drafting.WithdrawDraft():
            return drafting.withdraw_draft(state, command, by)
        case drafting.Cosponsor():
            return drafting.cosponsor(state, command, by)
        case drafting.WithdrawCosponsorship():
            return drafting.withdraw_cosponsorship(state, command, by)
        case drafting.ProposeAmendment():
            return drafting.propose_amendment(state, command, by)
        case drafting.WithdrawAmendment():
            return drafting.withdraw_amendment(state, command, by)
        case drafting.SplitAmendment():
            return drafting.split_amendment(state, command, by)
        case drafting.AnswerAmendment():
            return drafting.answer_amendment(state, command, by)
        case drafting.NameBasis():
            return drafting.name_basis(state, command, by)
        case single_text.FoldLanguage():
            return single_text.fold_language(state, command, by)
        case silence.OpenSilence():
            return silence.open_silence(state, command, by, at)
        case silence.ExtendSilence():
            return silence.extend_silence(state, command, by, at)
        case silence.CancelSilence():
            return _and_what_follows(state, silence.cancel_silence(state, command, by, at), by, at)
        case silence.TakeRung():
            return silence.take_rung(state, command, by, at)
        case silence.BreakSilence():
            broken = _and_what_it_breaks(state, silence.break_silence(state, command, by, at), by, at)
            return _and_what_follows(state, broken, by, at)
        case silence.WithdrawObjection():
            return silence.withdraw_objection(state, command, by)
        case silence.PutFallback():
            return silence.put_fallback(state, by, at)
        case trade.OfferDeals():
            return trade.offer_deals(state, command, by)
        case trade.SignOffer():
            return trade.sign_offer(state, command, by)
        case trade.DeclineOffer():
            return trade.decline_offer(state, command, by)
        case trade.WithdrawFromOffer():
            return trade.withdraw_from_offer(state, command, by)
        case promises.MakePromise():
            return promises.make_promise(state, command, by)
        case complements.SignComplement():
            return complements.sign_complement(state, command, by)
        case complements.WithdrawSignature():
            return complements.withdraw_signature(state, command, by)
        case injects.FireInject():
            return injects.fire_inject(state, command, by)
        case injects.HoldInject():
            return injects.hold_inject(state, command, by)
        case injects.ReleaseInject():
            return injects.release_inject(state, command, by)
        case injects.SkipInject():
            return injects.skip_inject(state, command, by)
        case injects.EditInject():
            return injects.edit_inject(state, command, by)
        case injects.WriteInject():
            return injects.write_inject(state, command, by)
        case clock.AdvanceClock():
            return _whatever_is_due(state, by, at)
        case clock.StartGame():
            return clock.start_game(state, by, at)
        case clock.PauseGame():
            return clock.pause_game(state, by)
        case clock.ResumeGame():
            return clock.resume_game(state, by, at)
        case clock.ExtendPhase():
            return clock.extend_phase(state, command, by)
        case clock.AdvancePhase():
            demand(clock.why_not_advance_phase(state, by))
            return _phase_over(state, by, at)
        case clock.EndGame():
            demand(clock.why_not_end_game(state, by))
            return _broken_off(state, by, at)
        case seating.JoinSeat():
            return seating.join_seat(state, command, by, at)
        case seating.LeaveSeat():
            return seating.leave_seat(state, by, at)
        case seating.RemoveMember():
            return seating.remove_member(state, command, by, at)
        case seating.DeclareVacant():
            return seating.declare_vacant(state, command, by, at)
        case seating.ReturnToSeat():
            return seating.return_to_seat(state, command, by, at)
        case seating.SetPolicy():
            return seating.set_policy(state, command, by)
        case seating.AnswerAbsence():
            return seating.answer_absence(state, command, by, at)
        case seating.MarkAway():
            return seating.mark_away(state, command, by)
        case seating.MarkBack():
            return seating.mark_back(state, command, by)
        case seating.SetRole():
            return seating.set_role(state, command, by)
        case delegation.DropAct():
            return delegation.drop_act(state, command, by)
        case delegation.AgreeInside():
            return delegation.agree_inside(state, command, by)
        case delegation.StrikeAgreed():
            return delegation.strike_agreed(state, command, by)
        case ending.OpenResults():
            demand(ending.why_not_open_results(state, by))
            return (ending.ResultsOpened(),)
        case seating.MoveMember():
            return seating.move_member(state, command, by, at)
        case facilitation.TakePlace():
            return facilitation.take_place(state, command, by, at)
        case facilitation.LeavePlace():
            return facilitation.leave_place(state, by)
        case facilitation.GrantTime():
            return facilitation.grant_time(state, command, by, at)
        case rewinding.RewindGame():
            return rewinding.rewind_game(state, command, by)
        case rewinding.ForkGame():
            return rewinding.fork_game(state, command, by)
        case debriefing.OpenInstructions():
            return debriefing.open_instructions(state, by)
        case debriefing.OpenTrade():
            return debriefing.open_trade(state, by)
        case debriefing.OpenRooms():
            return debriefing.open_rooms(state, by)
        case debriefing.Annotate():
            return debriefing.annotate(state, command, by)
        case press.AdmitPress():
            return press.admit_press(state, command, by)
        case seating.CreateGame():
            raise Rejected(refuse(no.GAME_EXISTS))
        case _:
            assert_never(command)


# --- what the agenda does by itself


def _whatever_is_due(state: GameState, by: Actor, at: Milliseconds) -> tuple[AnyEvent, ...]:
    """Everything whose moment has come, in the order it fell due. Nothing is due early: `at` is the database's."""
    events: list[AnyEvent] = []
    while (due := next_due(state)) is not None and due <= at:
        happened = _with_news(state, _next_thing_due(state, by, at), by, at)
        state = _folded(state, happened, by, at)
        events.extend(happened)
    return tuple(events)


def _next_thing_due(state: GameState, by: Actor, at: Milliseconds) -> tuple[AnyEvent, ...]:
    due = next_due(state)
    if state.clock.asked is not None:
        return seating.absence_unanswered(state, at)
    if state.clock.status == "paused":
        # rule 1.7: nobody came back to it
        return _broken_off(state, by, at)
    if delegation.signature_warning_due(state) == due:
        return delegation.warn_of_signatures(state)
    if state.poll is not None and state.poll.closes_at == due:
        return positions.close_poll(state)
    if state.silence is not None and state.silence.deadline == due:
        return _and_what_follows(state, silence.hold_silence(state), by, at)
    if injects.next_moment(state) == due:
        return injects.what_is_due(state)
    return _phase_over(state, by, at)


def _with_news(state: GameState, events: tuple[AnyEvent, ...], by: Actor, at: Milliseconds) -> tuple[AnyEvent, ...]:
    """The events, each with the news that its moment brings behind it (rule 7.3). Twice is as good as once."""
    if not any(getattr(event, "type", "") in injects.BRINGING for event in events):
        return events
    come = {event.inject for event in events if isinstance(event, injects.EffectsApplied)}
    told: list[AnyEvent] = []
    for event, following in zip(events, (*events[1:], None), strict=True):
        state = _folded(state, (event,), by, at)
        told.append(event)
        if not isinstance(following, injects.EffectsLapsed):
            brought = injects.brought_by(state, event, come)
            state = _folded(state, brought, by, at)
            told.extend(brought)
    return tuple(told)


def _and_what_it_breaks(
    state: GameState, events: tuple[AnyEvent, ...], by: Actor, at: Milliseconds
) -> tuple[AnyEvent, ...]:
    """After an objection: the promises and the deals that it goes against (rules 6.3, 6.4)."""
    after = _folded(state, events, by, at)
    objection = list(after.objections.values())[-1]
    return (*events, *promises.broken_by(after, objection), *trade.betrayals(after, objection))


def _and_what_follows(
    state: GameState, events: tuple[AnyEvent, ...], by: Actor, at: Milliseconds
) -> tuple[AnyEvent, ...]:
    """After a silence closed: the fallback's decides the summit; any other lets a phase that waited go on later."""
    events = _with_news(state, events, by, at)
    if state.clock.fallback_ends_at is None:
        return events
    after = _folded(state, events, by, at)
    if after.adopted is not None:
        return (*events, *_concluded(after, "fallback", at))
    broken = after.silences[-1].result == "broken"
    return (*events, *_concluded(after, "deadlock", at)) if broken else events


def _phase_over(state: GameState, by: Actor, at: Milliseconds) -> tuple[AnyEvent, ...]:
    """What comes after the phase whose time is up (rules 7.1, 8.1)."""
    if state.clock.fallback_ends_at is not None:
        return silence.put_fallback(state, _SERVER_IN_THE_CHAIR, at)
    if state.phase.kind == "leaders":
        if state.adopted is not None:
            return _concluded(state, "adopted", at)
        put_by = at + state.rules.paced(clock.FALLBACK_GRACE_SECONDS) * 1_000
        ends_at = at + state.rules.silence.fallback_seconds * 1_000
        return (clock.FallbackDue(put_by=put_by, ends_at=ends_at),)
    following = state.clock.phase + 1
    if following == len(state.rules.agenda):
        return (clock.GameClosed(),)
    return (*promises.due_after(state, state.phase.id), clock.phase_began(state, following, at))


_SERVER_IN_THE_CHAIR = Actor("server", "server")


def _concluded(state: GameState, end: Ending, at: Milliseconds) -> tuple[AnyEvent, ...]:
    """The verdict on every promise, the outcome among the news of the aftermath, and the aftermath begins."""
    aftermath = next(place for place, phase in enumerate(state.rules.agenda) if phase.kind == "aftermath")
    before = (*promises.due_at_the_end(state), *injects.before_the_outcome(state, ending.text_that_stands(state)))
    state = _folded(state, before, _SERVER_IN_THE_CHAIR, at)
    # what holds until the next phase lapses with the phase, once the outcome is worked out
    reached = _with_news(
        state, (ending.reach_outcome(state, end), clock.phase_began(state, aftermath, at)), _SERVER_IN_THE_CHAIR, at
    )
    state = _folded(state, reached, _SERVER_IN_THE_CHAIR, at)
    return (*before, *reached, *injects.after_the_outcome(state))


def _broken_off(state: GameState, by: Actor, at: Milliseconds) -> tuple[AnyEvent, ...]:
    """Ended by hand: before the outcome what stands now comes about; after it the record closes."""
    if state.outcome is not None:
        return (clock.GameClosed(),)
    held: tuple[AnyEvent, ...] = ()
    if positions.is_over(state, at):
        # rule 3.3: the answers are shown all the same
        held = positions.close_poll(state)
        state = _folded(state, held, by, at)
    if silence.is_over(state, at):
        # rule 4.7: the deadline passed and nobody broke, though the timer has not come round yet
        adopted = _and_what_follows(state, silence.hold_silence(state), by, at)
        state = _folded(state, adopted, by, at)
        held = (*held, *adopted)
        if state.outcome is not None:
            return held
    resumed = (clock.GameResumed(shift=0),) if state.clock.status == "paused" else ()
    return (*held, *resumed, *_concluded(state, "ended", at))


# --- folding


def _folded(state: GameState, events: Iterable[AnyEvent], by: Actor, at: Milliseconds) -> GameState:
    for event in _events(tuple(events)):
        state = evolve(state, event, by, at)
    return state


def fold(events: Iterable[tuple[Event, Actor, Milliseconds]], state: GameState | None = None) -> GameState:
    """The state after these events. Raises ValueError when there is nothing to fold."""
    for event, by, at in events:
        state = evolve(state, event, by, at)
    if state is None:
        raise ValueError("a game begins with its GameCreated event")
    return state


def evolve(state: GameState | None, event: Event, by: Actor, at: Milliseconds) -> GameState:
    """The state after a fact. Never rejects, draws or computes a score: a stored event is true."""
    if state is None:
        if isinstance(event, seating.GameCreated):
            return seating.game_created(event)
        raise ValueError("a game begins with its GameCreated event")
    after = promises.noted(_evolve(state, event, at), event)
    if not event.told:
        return after
    entry = Recorded(at, by, event)
    return _marked(_recorded(after, entry), entry)


def _marked(state: GameState, entry: Recorded) -> GameState:
    """What a stand-in does is marked for the people in whose name it is done (rule 1.5)."""
    by, audience = entry.by, entry.event.audience()
    if by.seat is None or not by.is_stand_in or not state.seats[by.seat].claimed:
        return state
    known = isinstance(audience, Everyone) or by.seat in audience.seats
    if not known or isinstance(entry.event, _OF_THE_MEETING):
        return state
    done = _grown(state.done_for.get(by.seat, ()), entry)
    return replace(state, done_for={**state.done_for, by.seat: done})


_OF_THE_MEETING = (clock.PhaseBegan, ending.OutcomeReached, delegation.ActLapsed)
"""What follows from an act for everybody, and is nobody's act itself."""


def _recorded(state: GameState, entry: Recorded) -> GameState:
    """The entry in the records of those who may know it."""
    audience = entry.event.audience()
    if isinstance(audience, Everyone):
        return replace(state, record=_grown(state.record, entry))
    readers = ("facilitator", *state.rules.in_table_order(audience.seats))
    grown = {reader: _grown(state.private_records.get(reader, ()), entry) for reader in readers}
    return replace(state, private_records={**state.private_records, **grown})


def _grown(record: tuple[Recorded, ...], entry: Recorded) -> tuple[Recorded, ...]:
    return (*record[-KEPT + 1 :], entry)


def _evolve(state: GameState, event: Event, at: Milliseconds) -> GameState:
    match event:  # what happens most stands first, as above
        case delegation.ActPrepared():
            return delegation.act_prepared(state, event, at)
        case delegation.ActSigned() | delegation.ActDropped() | delegation.ActLapsed():
            return delegation.act_settled(state, event)
        case talk.MessagePosted():
            return talk.message_posted(state, event, at)
        case positions.PositionStated():
            return positions.position_stated(state, event, at)
        case silence.RungTaken():
            return silence.rung_taken(state, event, at)
        case drafting.DraftCosponsored():
            return drafting.draft_cosponsored(state, event)
        case complements.ComplementSigned():
            return complements.complement_signed(state, event)
        case complements.ComplementSignatureWithdrawn():
            return complements.complement_signature_withdrawn(state, event)
        case complements.CongressVoted():
            return complements.congress_voted(state, event)
        case complements.ComplementInForce():
            return complements.complement_in_force(state, event)
        case injects.InjectFired():
            return injects.inject_fired(state, event, at)
        case injects.EffectsApplied():
            return injects.effects_applied(state, event)
        case injects.InstructionsChanged() | injects.RevisionHanded():
            return injects.instructions_changed(state, event)
        case injects.EffectsLapsed():
            return injects.effects_lapsed(state)
        case injects.InjectPassed():
            return injects.inject_passed(state, event)
        case injects.InjectHeld():
            return injects.inject_held(state, event)
        case injects.InjectReleased():
            return injects.inject_released(state, event)
        case injects.InjectSkipped():
            return injects.inject_skipped(state, event)
        case injects.InjectEdited():
            return injects.inject_edited(state, event)
        case injects.InjectWritten():
            return injects.inject_written(state, event)
        case positions.PositionConfided():
            return positions.position_confided(state, event, at)
        case positions.PollOpened():
            return positions.poll_opened(state, event)
        case positions.PollAnswered():
            return positions.poll_answered(state, event)
        case positions.PollClosed():
            return positions.poll_closed(state, event)
        case drafting.DraftTabled():
            return drafting.draft_tabled(state, event, at)
        case drafting.DraftRevised():
            return drafting.draft_revised(state, event, at)
        case drafting.DraftWithdrawn():
            return drafting.draft_withdrawn(state, event)
        case drafting.CosponsorshipWithdrawn():
            return drafting.cosponsorship_withdrawn(state, event)
        case drafting.AmendmentProposed():
            return drafting.amendment_proposed(state, event, at)
        case drafting.AmendmentWithdrawn():
            return drafting.amendment_withdrawn(state, event)
        case drafting.AmendmentSplit():
            return drafting.amendment_split(state, event, at)
        case drafting.AmendmentAnswered():
            return drafting.amendment_answered(state, event)
        case drafting.BasisNamed():
            return drafting.basis_named(state, event)
        case silence.SilenceOpened():
            return silence.silence_opened(state, event, at)
        case silence.FallbackPut():
            return silence.fallback_put(state, event, at)
        case silence.SilenceExtended():
            return silence.silence_extended(state, event)
        case silence.SilenceCancelled():
            return silence.silence_cancelled(state, event, at)
        case silence.SilenceBroken():
            return silence.silence_broken(state, event, at)
        case silence.SilenceHeld():
            return silence.silence_held(state, event, at)
        case silence.ObjectionWithdrawn():
            return silence.objection_withdrawn(state, event)
        case trade.OfferMade():
            return trade.offer_made(state, event, at)
        case trade.OfferCountered():
            return trade.offer_countered(state, event)
        case trade.OfferSigned():
            return trade.offer_signed(state, event)
        case trade.OfferDeclined():
            return trade.offer_declined(state, event, at)
        case trade.OfferWithdrawn():
            return trade.offer_withdrawn(state, event, at)
        case trade.DealsInForce():
            return trade.deals_in_force(state, event, at)
        case trade.DealPublished():
            return trade.deal_published(state, event, at)
        case trade.DealBetrayed():
            return trade.deal_betrayed(state, event)
        case promises.PromiseMade():
            return promises.promise_made(state, event, at)
        case promises.PromiseJudged():
            return promises.promise_judged(state, event)
        case clock.GameStarted():
            return clock.game_started(state)
        case clock.PhaseBegan():
            return clock.phase_entered(state, event, at)
        case clock.GamePaused():
            return clock.game_paused(state, at)
        case clock.GameResumed():
            return clock.game_resumed(state, event)
        case clock.PhaseExtended():
            return clock.phase_extended(state, event)
        case clock.FallbackDue():
            return clock.fallback_due(state, event)
        case clock.GameClosed():
            return clock.game_closed(state)
        case seating.MemberJoined():
            return seating.member_joined(state, event, at)
        case seating.MemberLeft():
            return seating.member_left(state, event)
        case seating.SeatVacated():
            return seating.seat_vacated(state, event)
        case seating.SeatRetaken():
            return seating.seat_retaken(state, event)
        case seating.PolicySet():
            return seating.policy_set(state, event)
        case seating.AbsenceAsked():
            return seating.absence_asked(state, event, at)
        case seating.AbsenceAnswered():
            return seating.absence_answered(state, event)
        case seating.MemberAway():
            return seating.member_away(state, event, at)
        case seating.MemberBack():
            return seating.member_back(state, event)
        case seating.RoleSet():
            return seating.role_set(state, event)
        case delegation.SignatureWarning():
            return delegation.signature_warned(state, event)
        case delegation.AgreedInside():
            return delegation.agreed_inside(state, event, at)
        case delegation.AgreedStruck():
            return delegation.agreed_struck(state, event)
        case seating.HostPassed():
            return seating.host_passed(state, event)
        case ending.OutcomeReached():
            return ending.outcome_reached(state, event)
        case ending.ResultsOpened():
            return ending.results_opened(state)
        case seating.MemberMoved():
            return seating.member_moved(state, event, at)
        case facilitation.PlaceTaken():
            return facilitation.place_taken(state, event, at)
        case facilitation.PlaceLeft():
            return facilitation.place_left(state, event)
        case facilitation.TimeGranted() | rewinding.GameTakenBack() | rewinding.GameTakenUp():
            return state  # told, and nothing else: what they speak of is done by the event beside them
        case rewinding.GameRewound():
            return rewinding.game_rewound(state, event, at)
        case rewinding.GameForked():
            return rewinding.game_forked(state, event, at)
        case debriefing.InstructionsOpened():
            return debriefing.opened(state, "instructions")
        case debriefing.TradeOpened():
            return debriefing.opened(state, "trade")
        case debriefing.RoomsOpened():
            return debriefing.opened(state, "rooms")
        case debriefing.AnnotationMade():
            return debriefing.annotation_made(state, event, at)
        case press.PressAdmitted():
            return press.press_admitted(state, event)
        case seating.GameCreated():
            raise ValueError("a game is created once")
        case _:
            assert_never(event)
