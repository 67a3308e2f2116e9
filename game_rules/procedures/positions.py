"""Positions, in public and in confidence to the chair, and straw polls (rules 3.1 to 3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

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
    SeatId,
    TextId,
    only,
)
from game_rules.procedures.drafting import find_draft, why_not_current, why_not_open
from game_rules.procedures.standing import (
    act,
    demand,
    numbered,
    why_not_across_own_line,
    why_not_act,
    why_not_now,
    why_not_preside,
    why_not_steer,
)
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.state import Draft, GameState, Poll, Position, Rules, StatedPosition

POLL_SECONDS = (20, 300)
"""How long a straw poll may stay open. Our own bounds: long enough to ask the capital, short enough for a session."""

CONSENTING: frozenset[Position] = frozenset({"support", "can_accept"})

# --- commands


class StatePosition(Command):
    """Says where the seat stands on a draft. In confidence only the chair hears it (a confessional)."""

    type: Literal["state_position"]
    texts: ClassVar[tuple[str, ...]] = ("reason", "lift")
    draft: Id
    revision: int
    position: Position
    issues: tuple[Id, ...] = ()
    reason: Reason | None = None
    lift: Reason | None = None
    in_confidence: bool = False


class OpenPoll(Command):
    type: Literal["open_poll"]
    draft: Id
    revision: int
    seconds: int


class AnswerPoll(Command):
    type: Literal["answer_poll"]
    poll: Id
    position: Position


# --- events. stored: renaming needs an upcaster


class _Statement(Event):
    """What a seat said of a draft, to whomever."""

    texts: ClassVar[tuple[str, ...]] = ("reason", "lift")
    draft: DraftId
    revision: int
    seat: SeatId
    position: Position
    issues: tuple[IssueId, ...] = ()
    reason: TextId | None = None
    lift: TextId | None = None


class PositionStated(_Statement):
    type: Literal["position_stated"] = "position_stated"

    def audience(self) -> Audience:
        return EVERYONE


class PositionConfided(_Statement):
    """For the chair's ears: to the others it looks like nothing said (rule 3.1)."""

    type: Literal["position_confided"] = "position_confided"
    chair: SeatId

    def audience(self) -> Audience:
        return only(self.seat, self.chair)


class PollOpened(Event):
    type: Literal["poll_opened"] = "poll_opened"
    poll: str
    draft: DraftId
    revision: int
    closes_at: Milliseconds

    def audience(self) -> Audience:
        return EVERYONE


class PollAnswered(Event):
    """Known to its own seat until the poll closes; then the answers are public in `PollClosed`."""

    type: Literal["poll_answered"] = "poll_answered"
    told: ClassVar[bool] = False
    poll: str
    seat: SeatId
    position: Position

    def audience(self) -> Audience:
        return only(self.seat)


class PollClosed(Event):
    type: Literal["poll_closed"] = "poll_closed"
    poll: str
    answers: Mapping[SeatId, Position]

    def audience(self) -> Audience:
        return EVERYONE


# --- predicates


@act("position")
def why_not_state_position(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
    return why_not_open(draft)


@act("position")
def why_not_consent(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
    """Saying that one supports a draft, or can accept it (rule 4.8)."""
    return why_not_open(draft) or why_not_across_own_line(state, by.seat or "", draft.package)


def why_not_confide(state: GameState, by: Actor) -> Refusal | None:
    return refuse(no.CONFESSIONAL_TO_SELF) if by.seat == state.rules.chair else None


def why_not_call_poll(state: GameState, by: Actor) -> Refusal | None:
    """The chair calls polls, and so does the facilitator of an exercise."""
    if by.kind == "facilitator":
        refusal = why_not_steer(state, by) or why_not_now(state, "position")
    else:
        refusal = why_not_act(state, by, "position") or why_not_preside(state, by)
    if refusal is not None:
        return refusal
    return refuse(no.POLL_RUNNING) if state.poll is not None else None


def why_not_open_poll(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
    return why_not_call_poll(state, by) or why_not_open(draft)


@act("position", answers=True)
def why_not_answer_poll(state: GameState, by: Actor) -> Refusal | None:
    if state.poll is None:
        return refuse(no.POLL_NOT_RUNNING)
    # the chair asks; it has no vote and gives no answer (rule 1.1)
    return refuse(no.NOT_A_VOTER, seat=by.seat) if by.seat == state.rules.chair else None


@act("position", answers=True)
def why_not_answer_with_consent(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_answer_poll.own(state, by)
    if refusal is not None or state.poll is None:
        return refusal
    return why_not_across_own_line(state, by.seat or "", state.drafts[state.poll.draft].package)


# --- deciding


def state_position(state: GameState, command: StatePosition, by: Actor) -> tuple[Event, ...]:
    draft = find_draft(state, command.draft)
    demand(why_not_state_position(state, by, draft) or why_not_current(state, draft, command.revision))
    for issue in command.issues:
        if issue not in state.rules.issue_place:
            raise Rejected(refuse(no.ISSUE_UNKNOWN, issue=issue, issues=state.rules.issues))
    if command.position == "concern" and not command.issues:
        raise Rejected(refuse(no.CONCERN_NAMES_ISSUES))
    if command.position == "would_object" and command.reason is None:
        raise Rejected(refuse(no.OBJECTION_NEEDS_REASON))
    if command.position in CONSENTING:
        demand(why_not_consent(state, by, draft))
    said = {
        "draft": draft.id,
        "revision": draft.revision,
        "seat": by.seat,
        "position": command.position,
        "issues": tuple(sorted(set(command.issues), key=state.rules.issue_place.__getitem__)),
        "reason": command.reason,
        "lift": command.lift,
    }
    if not command.in_confidence:
        return (PositionStated.model_validate(said),)
    demand(why_not_confide(state, by))
    return (PositionConfided.model_validate({**said, "chair": state.rules.chair}),)


def open_poll(state: GameState, command: OpenPoll, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    draft = find_draft(state, command.draft)
    demand(why_not_open_poll(state, by, draft) or why_not_current(state, draft, command.revision))
    least, most = poll_bounds(state.rules)
    if not least <= command.seconds <= most:
        raise Rejected(refuse(no.POLL_OUT_OF_BOUNDS, least=least, most=most))
    poll = numbered("p", len(state.polls) + 1, state)
    closes_at = at + command.seconds * 1_000
    return (PollOpened(poll=poll, draft=draft.id, revision=draft.revision, closes_at=closes_at),)


def answer_poll(state: GameState, command: AnswerPoll, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_answer_poll(state, by))
    if state.poll is None or state.poll.id != command.poll or at >= state.poll.closes_at:
        raise Rejected(refuse(no.POLL_NOT_RUNNING))
    if command.position in CONSENTING:
        demand(why_not_answer_with_consent(state, by))
    assert by.seat is not None
    return (PollAnswered(poll=command.poll, seat=by.seat, position=command.position),)


def poll_bounds(rules: Rules) -> tuple[int, int]:
    """The shortest and the longest straw poll, in seconds at this game's pace."""
    least, most = POLL_SECONDS
    return rules.paced(least), rules.paced(most)


def is_over(state: GameState, at: Milliseconds) -> bool:
    """Whether a poll runs whose time is up. A pause stops it (rule 7.1)."""
    return state.poll is not None and state.clock.status == "running" and at >= state.poll.closes_at


def close_poll(state: GameState) -> tuple[Event, ...]:
    """Shows all answers together; a seat that did not answer counts as not said (rule 3.3)."""
    assert state.poll is not None
    answers = {seat: state.poll.answers[seat] for seat in state.seats if seat in state.poll.answers}
    return (PollClosed(poll=state.poll.id, answers=answers),)


# --- folding


def _stated(event: _Statement, at: Milliseconds) -> StatedPosition:
    return StatedPosition(event.position, event.revision, at, event.issues, event.reason, event.lift)


def position_stated(state: GameState, event: PositionStated, at: Milliseconds) -> GameState:
    of_draft = {**state.positions.get(event.draft, {}), event.seat: _stated(event, at)}
    return replace(state, positions={**state.positions, event.draft: of_draft})


def position_confided(state: GameState, event: PositionConfided, at: Milliseconds) -> GameState:
    of_draft = {**state.confessionals.get(event.draft, {}), event.seat: _stated(event, at)}
    return replace(state, confessionals={**state.confessionals, event.draft: of_draft})


def poll_opened(state: GameState, event: PollOpened) -> GameState:
    return replace(state, poll=Poll(event.poll, event.draft, event.revision, event.closes_at))


def poll_answered(state: GameState, event: PollAnswered) -> GameState:
    assert state.poll is not None
    answers = {**state.poll.answers, event.seat: event.position}
    return replace(state, poll=replace(state.poll, answers=answers))


def poll_closed(state: GameState, event: PollClosed) -> GameState:
    assert state.poll is not None
    return replace(state, poll=None, polls=(*state.polls, replace(state.poll, answers=event.answers)))
