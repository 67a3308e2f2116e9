"""Taking a game back to an earlier moment, and beginning another one from it (rule 10).

What stood on the table then stands there again. People stay where they sit now, what was said stays said, and what
came after stays on record, marked as undone. The clock stands still, with as much time left as there was then.

The rules know one state, the log all of them: whoever decides these commands in front of a log hands the earlier state
in (`EarlierMoment`), as it hands in the scenario of a new game. It never comes over the wire.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeVar

from pydantic import Field, PrivateAttr

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import EVERYONE, NOBODY, Actor, Audience, Command, Event, Milliseconds, SeatId
from game_rules.procedures import clock
from game_rules.procedures.facilitation import why_not_facilitate
from game_rules.procedures.standing import demand, why_not_serve
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.state import GameState, Recorded, SeatState, TakenBack
from game_rules.state_json import PARTS, RECORDS, as_text, parts_json, read_parts

STAYS = frozenset(
    {"rules", "game", "kind", "strict", "reading", "seed", "policy", "formal", "host"}
    | {"seats", "members", "places", "press", "public_rooms", "rooms", "agreed", "annotations", "taken_back", *RECORDS}
)
"""What does not go back with the game: who sits where, what was said, and what was written about it."""

RESTORED = tuple(name for name in PARTS if name not in STAYS)

FORKED = (*RESTORED, "public_rooms")
"""What another game begins with: what stood on the table, and what everybody heard."""


@dataclass(frozen=True, slots=True)
class EarlierMoment:
    """The game after the event number `seq` of its log, at `at`; `until` is the last number there is now.

    `public`: everybody saw something of the command that ended there.
    """

    seq: int
    at: Milliseconds
    state: GameState
    until: int
    public: bool


C = TypeVar("C", bound="AboutAMoment")


class AboutAMoment(Command):
    """A command that names a moment of the log: the number of the last event that some command led to."""

    moment: int = Field(ge=1, le=1_000_000_000)
    _earlier: EarlierMoment | None = PrivateAttr(default=None)

    def seeing(self: C, earlier: EarlierMoment | None) -> C:
        """The command, with what the log says of that moment; None when it has no such moment."""
        seeing = self.model_copy()
        seeing._earlier = earlier
        return seeing

    @property
    def is_answered(self) -> bool:
        """Whether somebody has looked the moment up already, perhaps in the log of another game."""
        return self._earlier is not None

    @property
    def earlier(self) -> EarlierMoment:
        """Raises Rejected when the log has no such moment."""
        if self._earlier is None or self._earlier.seq != self.moment:
            raise Rejected(refuse(no.MOMENT_UNKNOWN, moment=self.moment))
        return self._earlier


class RewindGame(AboutAMoment):
    """Takes the game back to a moment that everybody saw, and lets the clock stand still there."""

    type: Literal["rewind_game"]


class ForkGame(AboutAMoment):
    """Begins this new game as another one stood at a moment. Issued by the server, in a game that was just made."""

    type: Literal["fork_game"]


# --- events. stored: renaming needs an upcaster


class GameRewound(Event):
    """What was on the table after event `to`, as JSON by field, and how many entries of each record are undone.

    `undone` counts by reader, the public record under "everyone"; `undone_for` what stand-ins did for a seat.
    """

    type: Literal["game_rewound"] = "game_rewound"
    told: ClassVar[bool] = False
    to: int
    to_at: Milliseconds
    until: int
    state: str
    undone: Mapping[str, int]
    undone_for: Mapping[SeatId, int]

    def audience(self) -> Audience:
        return NOBODY  # the state of the whole table; what may be known of it shows in the views


class GameTakenBack(Event):
    """What everybody hears: that the game stands where it stood then."""

    type: Literal["game_taken_back"] = "game_taken_back"
    to_at: Milliseconds
    phase: str

    def audience(self) -> Audience:
        return EVERYONE


class GameForked(Event):
    """What was on the table of the other game at that moment, as JSON by field, and what becomes of each seat."""

    type: Literal["game_forked"] = "game_forked"
    told: ClassVar[bool] = False
    to_at: Milliseconds
    state: str
    seats: Mapping[SeatId, SeatState]

    def audience(self) -> Audience:
        return NOBODY  # as GameRewound


class GameTakenUp(Event):
    """What everybody hears at the new table: that it goes on from a moment of another."""

    type: Literal["game_taken_up"] = "game_taken_up"
    to_at: Milliseconds
    phase: str

    def audience(self) -> Audience:
        return EVERYONE


# --- predicates


def why_not_rewind_game(state: GameState, by: Actor) -> Refusal | None:
    return why_not_facilitate(state, by) or clock.why_not_started(state)


def _demand_play(earlier: EarlierMoment) -> None:
    """Raises Rejected for a moment before the game began or after it ended: there is no clock to stop."""
    if earlier.state.clock.status not in ("running", "paused"):
        raise Rejected(refuse(no.MOMENT_NOT_IN_PLAY, moment=earlier.seq))


def is_undone(state: GameState, moment: int) -> bool:
    """Whether the game was taken back to before that event of its log."""
    return any(back.to < moment <= back.until for back in state.taken_back)


# --- deciding


def rewind_game(state: GameState, command: RewindGame, by: Actor) -> tuple[Event, ...]:
    demand(why_not_rewind_game(state, by))
    earlier = command.earlier
    if not earlier.public:
        # the time of what only some know would be told to everybody
        raise Rejected(refuse(no.MOMENT_UNKNOWN, moment=command.moment))
    if is_undone(state, earlier.seq):
        # its record could not be put back in order
        raise Rejected(refuse(no.MOMENT_UNDONE, moment=earlier.seq))
    _demand_play(earlier)
    then = earlier.state
    readers = {"everyone": (then.record, state.record)} | {
        reader: (then.private_records.get(reader, ()), record) for reader, record in state.private_records.items()
    }
    rewound = GameRewound(
        to=earlier.seq,
        to_at=earlier.at,
        until=earlier.until,
        state=as_text(parts_json(then, RESTORED)),
        undone={reader: _grown_by(*records) for reader, records in readers.items()},
        undone_for={seat: _grown_by(then.done_for.get(seat, ()), done) for seat, done in state.done_for.items()},
    )
    return (rewound, GameTakenBack(to_at=earlier.at, phase=then.phase.id))


def _grown_by(then: tuple[Recorded, ...], now: tuple[Recorded, ...]) -> int:
    """How many of the last entries were not there then. Both are windows on one record, which only grows."""
    for place in range(len(now), 0, -1):
        common = min(place, len(then))
        if common and now[place - common : place] == then[len(then) - common :]:
            return len(now) - place
    return len(now)


def fork_game(state: GameState, command: ForkGame, by: Actor) -> tuple[Event, ...]:
    demand(why_not_serve(by))
    if state.clock.status != "lobby" or state.members:
        raise Rejected(refuse(no.ALREADY_STARTED))
    earlier = command.earlier
    _demand_play(earlier)
    # nobody sits here yet: prepared acts would wait for a head who is at another table
    then = replace(earlier.state, pending={})
    forked = GameForked(
        to_at=earlier.at,
        state=as_text(parts_json(then, FORKED)),
        seats={seat: _left(there) for seat, there in then.seats.items()},
    )
    return (forked, GameTakenUp(to_at=earlier.at, phase=then.phase.id))


def _left(there: SeatState) -> SeatState:
    return replace(there, members=(), vacant=True, stand_in=None)


# --- folding


def game_rewound(state: GameState, event: GameRewound, at: Milliseconds) -> GameState:
    undone = {reader: _undone(record, event.undone.get(reader, 0)) for reader, record in state.private_records.items()}
    done_for = {seat: _undone(done, event.undone_for.get(seat, 0)) for seat, done in state.done_for.items()}
    return replace(
        _standing_still(replace(state, **read_parts(json.loads(event.state))), event.to_at, at),
        record=_undone(state.record, event.undone.get("everyone", 0)),
        private_records=undone,
        done_for=done_for,
        taken_back=(*state.taken_back, TakenBack(event.to, event.until)),
    )


def game_forked(state: GameState, event: GameForked, at: Milliseconds) -> GameState:
    # in the order of the table, which a stored event does not keep
    seats = {seat: event.seats[seat] for seat in state.seats}
    taken_up = replace(state, **read_parts(json.loads(event.state)), seats=seats)
    return _standing_still(taken_up, event.to_at, at)


def _standing_still(state: GameState, then: Milliseconds, at: Milliseconds) -> GameState:
    """The game paused now, with every deadline as far away as it was then (rule 7.1)."""
    stood_still_since = state.clock.paused_at if state.clock.paused_at is not None else then
    moved = clock.game_resumed(state, clock.GameResumed(shift=at - stood_still_since))
    return replace(moved, clock=replace(moved.clock, status="paused", paused_at=at))


def _undone(record: tuple[Recorded, ...], count: int) -> tuple[Recorded, ...]:
    kept = len(record) - count
    return (*record[:kept], *(replace(entry, undone=True) for entry in record[kept:]))
