"""Consensus and the silence procedure (rules 4.1 to 4.8).

brief II.B: membership "requires all existing NATO members to concur": there is no vote, and one objection is enough.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import (
    EVERYONE,
    Actor,
    Audience,
    Command,
    DraftId,
    Event,
    Id,
    IssueId,
    Milliseconds,
    Reason,
    Reference,
    SeatId,
    TextId,
)
from game_rules.procedures.drafting import find_draft, next_draft_id, why_not_current, why_not_open
from game_rules.procedures.standing import (
    act,
    circumstances,
    demand,
    numbered,
    why_not_across_own_line,
    why_not_act,
    why_not_now,
    why_not_preside,
    why_not_steer,
    why_not_vote,
)
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.scenario import Package, Scenario
from game_rules.state import (
    Adoption,
    ClosedSilence,
    Draft,
    GameState,
    Objection,
    Revision,
    Rules,
    Rung,
    Silence,
    TakenRung,
)

FOOTNOTE_MOST_ISSUES = 2
"""rule 4.3: a footnote dissociates from at most two named issues, never from the path."""

COSPONSOR_SHARE = 3
"""Without a chair an ally needs every third ally of the cast behind its draft, rounded up (rules 1.2, 4.2)."""

EXTENSION_LEAST_SECONDS = 30

MOST_LIFTS = 8
"""So many deals and injects an objection may name. Our own bound: an objection to everything waits for nothing."""

# --- commands


class OpenSilence(Command):
    """Puts the current revision of a draft under silence for so many seconds."""

    type: Literal["open_silence"]
    formal_act: ClassVar[bool] = True
    draft: Id
    revision: int
    seconds: int


class ExtendSilence(Command):
    type: Literal["extend_silence"]
    seconds: int


class CancelSilence(Command):
    type: Literal["cancel_silence"]
    texts: ClassVar[tuple[str, ...]] = ("reason",)
    reason: Reason


class TakeRung(Command):
    """Chooses a rung of the ladder of dissent below a break; may be changed until the deadline."""

    type: Literal["take_rung"]
    formal_act: ClassVar[bool] = True
    texts: ClassVar[tuple[str, ...]] = ("text",)
    draft: Id
    revision: int
    rung: Rung
    issues: tuple[Id, ...] = ()
    text: Reason | None = None


class BreakSilence(Command):
    """Objects in writing: which issues, why, and what would lift the objection (rule 4.4).

    `lifted_by` names deals and foreseen injects that would do it by themselves: `deal:<id>`, `inject:<id>`.
    """

    type: Literal["break_silence"]
    formal_act: ClassVar[bool] = True
    texts: ClassVar[tuple[str, ...]] = ("reason", "lift")
    draft: Id
    revision: int
    issues: tuple[Id, ...]
    reason: Reason
    lift: Reason
    lifted_by: tuple[Reference, ...] = Field(default=(), max_length=MOST_LIFTS)


class WithdrawObjection(Command):
    type: Literal["withdraw_objection"]
    objection: Id


class PutFallback(Command):
    """The chair puts the scenario's fallback under silence when the leaders' session ended without a text."""

    type: Literal["put_fallback"]
    formal_act: ClassVar[bool] = True


# --- events. stored: renaming needs an upcaster


class SilenceOpened(Event):
    type: Literal["silence_opened"] = "silence_opened"
    draft: DraftId
    revision: int
    opened_by: SeatId | None
    deadline: Milliseconds
    fallback: bool = False

    def audience(self) -> Audience:
        return EVERYONE


class FallbackPut(Event):
    """The fallback stands on the floor as a draft of the chair's."""

    type: Literal["fallback_put"] = "fallback_put"
    draft: DraftId
    author: SeatId
    package: Package

    def audience(self) -> Audience:
        return EVERYONE


class SilenceExtended(Event):
    type: Literal["silence_extended"] = "silence_extended"
    deadline: Milliseconds
    by_chair: bool

    def audience(self) -> Audience:
        return EVERYONE


class SilenceCancelled(Event):
    type: Literal["silence_cancelled"] = "silence_cancelled"
    texts: ClassVar[tuple[str, ...]] = ("reason",)
    reason: TextId

    def audience(self) -> Audience:
        return EVERYONE


class RungTaken(Event):
    type: Literal["rung_taken"] = "rung_taken"
    texts: ClassVar[tuple[str, ...]] = ("text",)
    seat: SeatId
    rung: Rung
    issues: tuple[IssueId, ...] = ()
    text: TextId | None = None

    def audience(self) -> Audience:
        return EVERYONE


class SilenceBroken(Event):
    type: Literal["silence_broken"] = "silence_broken"
    texts: ClassVar[tuple[str, ...]] = ("reason", "lift")
    objection: str
    seat: SeatId
    draft: DraftId
    revision: int
    issues: tuple[IssueId, ...]
    reason: TextId
    lift: TextId
    lifted_by: tuple[str, ...] = ()

    def audience(self) -> Audience:
        return EVERYONE


class SilenceHeld(Event):
    """The deadline passed and nobody broke: the text is adopted with its statements and footnotes (rule 4.7)."""

    type: Literal["silence_held"] = "silence_held"
    draft: DraftId
    revision: int

    def audience(self) -> Audience:
        return EVERYONE


class ObjectionWithdrawn(Event):
    type: Literal["objection_withdrawn"] = "objection_withdrawn"
    objection: str

    def audience(self) -> Audience:
        return EVERYONE


# --- predicates


def cosponsors_needed(state: GameState) -> int:
    return -(-len(state.rules.voters) // COSPONSOR_SHARE)


def why_not_manage_silence(state: GameState, by: Actor) -> Refusal | None:
    """Running the procedure is the chair's business; the facilitator of an exercise may step in."""
    if by.kind == "facilitator":
        return why_not_steer(state, by) or why_not_now(state, "silence")
    return why_not_act(state, by, "silence") or why_not_preside(state, by)


@act("silence")
def why_not_open_silence(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
    """rule 4.2: the chair, or an ally with enough cosponsors once a session while nobody plays the chair."""
    refusal = None
    if by.seat != state.rules.chair:
        refusal = _why_not_open_without_chair(state, by, draft)
    if refusal is not None:
        return refusal
    return _why_not_put(state, draft)


def _why_not_open_without_chair(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
    if state.player(state.rules.chair) in ("people", "facilitator", "bot"):
        return refuse(no.SILENCE_CHAIR_PRESENT)
    refusal = why_not_vote(state, by)
    if refusal is not None:
        return refusal
    if draft.author != by.seat:
        return refuse(no.DRAFT_NOT_YOURS, author=draft.author)
    if len(draft.cosponsors) < cosponsors_needed(state):
        return refuse(no.SILENCE_COSPONSORS, needed=cosponsors_needed(state))
    this_session = (closed.silence.opened_by for closed in state.silences if closed.silence.phase == state.clock.phase)
    return refuse(no.SILENCE_ONCE_A_SESSION) if by.seat in this_session else None


def _why_not_put(state: GameState, draft: Draft) -> Refusal | None:
    if state.silence is not None:
        return refuse(no.SILENCE_RUNNING, draft=state.silence.draft)
    if state.clock.fallback_ends_at is not None:
        return refuse(no.PHASE_FORBIDS, act="silence", phase=state.phase.id)
    if state.adopted is not None and state.adopted.package == draft.package:
        return refuse(no.SILENCE_ADOPTED_TEXT, draft=draft.id)
    return why_not_open(draft) or why_not_unbarred(state, draft.package)


def why_not_unbarred(state: GameState, package: Package) -> Refusal | None:
    # rule 4.5: the same options cannot be put under silence again, in any draft or revision
    for objection in state.objections.values():
        if objection.package == package and not objection.withdrawn and not is_lifted(state, objection):
            return refuse(no.SILENCE_BARRED, objection=objection.id, seat=objection.seat)
    return None


def is_lifted(state: GameState, objection: Objection) -> bool:
    """Whether something that the objection named has happened: a deal in force, an inject everybody read (4.5).

    Everybody sees it: a deal that a standing objection names is published when it is signed.
    """
    return any(_has_happened(state, reference) for reference in objection.lifted_by)


def _has_happened(state: GameState, reference: str) -> bool:
    kind, _, name = reference.partition(":")
    if kind == "deal":
        return name in state.deals and state.deals[name].public
    return any(news.inject == name for news in state.news)


def _lifts(state: GameState, by: SeatId, named: tuple[str, ...]) -> tuple[str, ...]:
    """What an objection may wait for, in the order it was named: deals and injects that are still to come.

    Deals that the objector signs itself or that become public anyhow: to name one tells everybody that it is to be
    had. Injects that the scenario foresees in public. Raises Rejected.
    """
    foreseen = {inject.id for inject in state.rules.scenario.injects if inject.foreseen}
    for reference in named:
        kind, _, name = reference.partition(":")
        parties = state.rules.deal_parties.get(name, ())
        open_to_it = bool(parties) and (by in parties or name in state.rules.scenario.public_deals)
        if not (kind == "deal" and open_to_it) and not (kind == "inject" and name in foreseen):
            raise Rejected(refuse(no.LIFT_UNKNOWN, reference=reference))
        # an own or a public deal: the objector knows whether it is in force
        if name in state.deals if kind == "deal" else _has_happened(state, reference):
            raise Rejected(refuse(no.LIFT_HAPPENED, reference=reference))
    return tuple(dict.fromkeys(named))


def why_not_extend_silence(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_manage_silence(state, by)
    if refusal is not None:
        return refusal
    if state.silence is None:
        return refuse(no.SILENCE_NOT_RUNNING)
    # rule 4.2: the chair may extend once, the facilitator freely
    return refuse(no.SILENCE_EXTENDED_ONCE) if state.silence.extended and by.kind != "facilitator" else None


def why_not_cancel_silence(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_manage_silence(state, by)
    if refusal is not None:
        return refusal
    if state.silence is None:
        return refuse(no.SILENCE_NOT_RUNNING)
    # rule 1.7: a chair that takes the last text back again and again would keep the game from ending
    return refuse(no.FALLBACK_STANDS) if state.silence.fallback and by.kind != "facilitator" else None


@act("silence")
def why_not_take_rung(state: GameState, by: Actor) -> Refusal | None:
    """Any voting ally, while a silence runs."""
    return _why_not_dissent(state, by)


@act("silence")
def why_not_associate(state: GameState, by: Actor) -> Refusal | None:
    """Going on record in support (rules 4.3, 4.8)."""
    refusal = _why_not_dissent(state, by)
    if refusal is not None or state.silence is None:
        return refusal
    return why_not_across_own_line(state, by.seat or "", state.silence.package)


@act("silence", answers=True)
def why_not_break_silence(state: GameState, by: Actor) -> Refusal | None:
    """Any voting ally, while a silence runs; for a vacant seat its deputy, on a crossed red line (rule 1.6)."""
    return _why_not_dissent(state, by)


def _why_not_dissent(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_vote(state, by)
    if refusal is not None:
        return refusal
    return None if state.silence is not None else refuse(no.SILENCE_NOT_RUNNING)


@act("position")
def why_not_withdraw_objection(state: GameState, by: Actor, objection: Objection) -> Refusal | None:
    if objection.seat != by.seat:
        return refuse(no.OBJECTION_NOT_YOURS, seat=objection.seat)
    return refuse(no.OBJECTION_WITHDRAWN, objection=objection.id) if objection.withdrawn else None


def why_not_put_fallback(state: GameState, by: Actor) -> Refusal | None:
    if by.kind not in ("timer", "server"):
        refusal = why_not_act(state, by, "silence") or why_not_preside(state, by)
        if refusal is not None:
            return refusal
    if state.clock.fallback_ends_at is None:
        return refuse(no.FALLBACK_NOT_DUE)
    return refuse(no.SILENCE_RUNNING, draft=state.silence.draft) if state.silence is not None else None


def why_not_in_time(state: GameState, by: Actor, at: Milliseconds) -> Refusal | None:
    """Before the deadline counts; equal to it or later does not (rule 4.6).

    A deputy speaks at the last moment by rule, not by its own clock (rule 1.6): it is heard until the silence closes.
    """
    if by.kind == "deputy" or state.silence is None or at < state.silence.deadline:
        return None
    return refuse(no.SILENCE_CLOSED)


def why_not_before_end(state: GameState, at: Milliseconds) -> Refusal | None:
    """A phase whose time is up takes no new silence to wait for, though the timer has not come round yet (rule 4.6)."""
    ends_at = state.clock.phase_ends_at
    return refuse(no.PHASE_TIME_UP, phase=state.phase.id) if ends_at is not None and at >= ends_at else None


# --- deciding


def _running(state: GameState, draft: DraftId, revision: int) -> Silence:
    """The silence that runs, if it is on this draft and revision. Raises Rejected."""
    silence = state.silence
    if silence is None or silence.draft != draft:
        raise Rejected(refuse(no.SILENCE_NOT_RUNNING))
    demand(why_not_current(state, state.drafts[draft], revision))
    return silence


def open_silence(state: GameState, command: OpenSilence, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    draft = find_draft(state, command.draft)
    demand(why_not_open_silence(state, by, draft) or why_not_current(state, draft, command.revision))
    demand(why_not_before_end(state, at))
    bounds = state.rules.silence
    if not bounds.min_seconds <= command.seconds <= bounds.max_seconds:
        raise Rejected(refuse(no.SILENCE_OUT_OF_BOUNDS, least=bounds.min_seconds, most=bounds.max_seconds))
    deadline = at + command.seconds * 1_000
    return (SilenceOpened(draft=draft.id, revision=draft.revision, opened_by=by.seat, deadline=deadline),)


def extend_silence(state: GameState, command: ExtendSilence, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_extend_silence(state, by))
    return (later_deadline(state, command.seconds, by, at),)


def later_deadline(state: GameState, seconds: int, by: Actor, at: Milliseconds) -> SilenceExtended:
    """The deadline that runs, moved by so much. Raises Rejected when it has passed, or when that is out of bounds."""
    demand(why_not_in_time(state, by, at))
    least, most = silence_extension_bounds(state.rules)
    if not least <= seconds <= most:
        raise Rejected(refuse(no.SILENCE_OUT_OF_BOUNDS, least=least, most=most))
    assert state.silence is not None
    deadline = state.silence.deadline + seconds * 1_000
    return SilenceExtended(deadline=deadline, by_chair=by.kind != "facilitator")


def silence_extension_bounds(rules: Rules) -> tuple[int, int]:
    """The shortest and the longest time a deadline is moved by, in seconds at this game's pace."""
    return rules.paced(EXTENSION_LEAST_SECONDS), rules.silence.max_seconds


def cancel_silence(state: GameState, command: CancelSilence, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_cancel_silence(state, by) or why_not_in_time(state, by, at))
    return (SilenceCancelled(reason=command.reason),)


def take_rung(state: GameState, command: TakeRung, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_take_rung(state, by) or why_not_in_time(state, by, at))
    silence = _running(state, command.draft, command.revision)
    assert by.seat is not None
    if command.rung == "associate":
        demand(why_not_associate(state, by))
    issues = _footnoted_issues(state, command) if command.rung == "footnote" else ()
    if command.rung in ("statement", "footnote") and command.text is None:
        raise Rejected(refuse(no.RUNG_NEEDS_TEXT, rung=command.rung))
    taken = silence.rungs.get(by.seat)
    if taken is not None and (taken.rung, taken.issues) == (command.rung, issues) and command.text is None:
        raise Rejected(refuse(no.RUNG_UNCHANGED, rung=command.rung))
    return (RungTaken(seat=by.seat, rung=command.rung, issues=issues, text=command.text),)


def may_be_footnoted(scenario: Scenario, issue: IssueId) -> bool:
    """Every issue but the path (rule 4.3)."""
    return issue != scenario.ranked_issue


def _footnoted_issues(state: GameState, command: TakeRung) -> tuple[IssueId, ...]:
    """One or two issues that may be footnoted, in the scenario's order. Raises Rejected."""
    scenario = state.rules.scenario
    named = set(command.issues)
    allowed = {issue for issue in state.rules.issues if may_be_footnoted(scenario, issue)}
    if not 1 <= len(named) <= FOOTNOTE_MOST_ISSUES or not named <= allowed:
        raise Rejected(refuse(no.FOOTNOTE_ISSUES, most=FOOTNOTE_MOST_ISSUES, excluded=scenario.ranked_issue))
    return tuple(issue for issue in state.rules.issues if issue in named)


def break_silence(state: GameState, command: BreakSilence, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    # brief II.B: every ally must concur; rule 4.4: it ends the procedure at once
    demand(why_not_break_silence(state, by) or why_not_in_time(state, by, at))
    silence = _running(state, command.draft, command.revision)
    issues = tuple(issue for issue in state.rules.issues if issue in command.issues)
    if not issues or len(issues) != len(set(command.issues)):
        raise Rejected(refuse(no.BREAK_NEEDS_ISSUES))
    assert by.seat is not None
    return (
        SilenceBroken(
            objection=numbered("o", len(state.objections) + 1, state),
            seat=by.seat,
            draft=silence.draft,
            revision=silence.revision,
            issues=issues,
            reason=command.reason,
            lift=command.lift,
            lifted_by=_lifts(state, by.seat, command.lifted_by),
        ),
    )


def withdraw_objection(state: GameState, command: WithdrawObjection, by: Actor) -> tuple[Event, ...]:
    objection = state.objections.get(command.objection)
    if objection is None:
        raise Rejected(refuse(no.OBJECTION_UNKNOWN, objection=command.objection))
    demand(why_not_withdraw_objection(state, by, objection))
    return (ObjectionWithdrawn(objection=objection.id),)


def put_fallback(state: GameState, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    """The fallback under silence until the three minutes are over, or for the shortest silence if they nearly are."""
    demand(why_not_put_fallback(state, by))
    assert state.clock.fallback_ends_at is not None
    options = state.rules.scenario.fallback.options
    draft = next_draft_id(state)
    shortest = at + state.rules.silence.min_seconds * 1_000
    return (
        FallbackPut(
            draft=draft, author=state.rules.chair, package=tuple(options[issue] for issue in state.rules.issues)
        ),
        SilenceOpened(
            draft=draft,
            revision=1,
            opened_by=by.seat,
            deadline=max(state.clock.fallback_ends_at, shortest),
            fallback=True,
        ),
    )


def is_over(state: GameState, at: Milliseconds) -> bool:
    """Whether a silence runs whose deadline has passed. A pause stops the deadline (rule 7.1)."""
    return state.silence is not None and state.clock.status == "running" and at >= state.silence.deadline


def hold_silence(state: GameState) -> tuple[Event, ...]:
    assert state.silence is not None
    return (SilenceHeld(draft=state.silence.draft, revision=state.silence.revision),)


# --- folding


def silence_opened(state: GameState, event: SilenceOpened, at: Milliseconds) -> GameState:
    silence = Silence(
        draft=event.draft,
        revision=event.revision,
        package=state.drafts[event.draft].package,
        opened_by=event.opened_by,
        opened_at=at,
        deadline=event.deadline,
        phase=state.clock.phase,
        fallback=event.fallback,
    )
    return replace(state, silence=silence)


def fallback_put(state: GameState, event: FallbackPut, at: Milliseconds) -> GameState:
    draft = Draft(event.draft, event.author, (Revision(event.package, at),), fallback=True)
    return replace(state, drafts={**state.drafts, draft.id: draft}, named_basis=draft.id)


def silence_extended(state: GameState, event: SilenceExtended) -> GameState:
    assert state.silence is not None
    extended = state.silence.extended or event.by_chair
    return replace(state, silence=replace(state.silence, deadline=event.deadline, extended=extended))


def _closed(
    state: GameState,
    result: Literal["held", "broken", "cancelled"],
    at: Milliseconds,
    objection: str | None = None,
    reason: TextId | None = None,
) -> GameState:
    assert state.silence is not None
    closed = ClosedSilence(state.silence, result, at, objection, reason)
    return replace(state, silence=None, silences=(*state.silences, closed))


def silence_cancelled(state: GameState, event: SilenceCancelled, at: Milliseconds) -> GameState:
    assert state.silence is not None
    draft = state.drafts[state.silence.draft]
    if draft.fallback:  # put anew it is a draft anew; nobody works on the old one meanwhile
        state = replace(state, drafts={**state.drafts, draft.id: replace(draft, open=False)})
    return _closed(state, "cancelled", at, reason=event.reason)


def rung_taken(state: GameState, event: RungTaken, at: Milliseconds) -> GameState:
    assert state.silence is not None
    rungs = {**state.silence.rungs, event.seat: TakenRung(event.rung, at, event.issues, event.text)}
    return replace(state, silence=replace(state.silence, rungs=rungs))


def silence_broken(state: GameState, event: SilenceBroken, at: Milliseconds) -> GameState:
    assert state.silence is not None
    objection = Objection(
        id=event.objection,
        seat=event.seat,
        draft=event.draft,
        revision=event.revision,
        package=state.silence.package,
        issues=event.issues,
        reason=event.reason,
        lift=event.lift,
        at=at,
        lifted_by=event.lifted_by,
        around=circumstances(state),
    )
    closed = _closed(state, "broken", at, objection=objection.id)
    return replace(closed, objections={**state.objections, objection.id: objection})


def silence_held(state: GameState, event: SilenceHeld, at: Milliseconds) -> GameState:
    silence = state.silence
    assert silence is not None
    adopted = Adoption(
        silence.draft, silence.revision, silence.package, at, silence.fallback, silence.rungs, circumstances(state)
    )
    return replace(_closed(state, "held", at), adopted=adopted)


def objection_withdrawn(state: GameState, event: ObjectionWithdrawn) -> GameState:
    objection = replace(state.objections[event.objection], withdrawn=True)
    return replace(state, objections={**state.objections, objection.id: objection})
