"""What a facilitator does for a seat: play it while nobody else does, and grant it time (section 10).

A facilitator who has taken a seat's place acts in that seat's name by the same commands as its people would;
`in_whose_name` says which of its commands those are. Everybody sees that the facilitator plays the seat.
"""

from __future__ import annotations

from typing import Literal

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import EVERYONE, Actor, Audience, Command, Event, Id, Milliseconds, SeatId, only
from game_rules.procedures import clock
from game_rules.procedures.silence import later_deadline
from game_rules.procedures.standing import demand, place_of, why_not_now
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.state import DISPATCHES, GameState, Place

# --- commands


class TakePlace(Command):
    """The facilitator plays a vacant seat; its stand-in rests until the place is left or its people return."""

    type: Literal["take_place"]
    seat: Id


class LeavePlace(Command):
    """Leaves the seat to its stand-in again."""

    type: Literal["leave_place"]


class GrantTime(Command):
    """Moves the deadline that runs, for the sake of one seat: everybody sees an extension, only that seat for whom."""

    type: Literal["grant_time"]
    seat: Id
    seconds: int


# --- events. stored: renaming needs an upcaster


class PlaceTaken(Event):
    type: Literal["place_taken"] = "place_taken"
    seat: SeatId
    facilitator: str

    def audience(self) -> Audience:
        return EVERYONE


class PlaceLeft(Event):
    type: Literal["place_left"] = "place_left"
    seat: SeatId

    def audience(self) -> Audience:
        return EVERYONE


class TimeGranted(Event):
    """For whom the clock was moved. The extension itself is an event of its own, without the seat (rule 10)."""

    type: Literal["time_granted"] = "time_granted"
    seat: SeatId
    seconds: int

    def audience(self) -> Audience:
        return only(self.seat)


# --- in whose name a facilitator acts

TOOLS = frozenset(
    {"start_game", "pause_game", "resume_game", "extend_phase", "advance_phase", "end_game", "open_results"}
    | {"set_policy", "set_role", "remove_member", "move_member", "answer_absence", "take_place", "leave_place"}
    | {"grant_time", "rewind_game", "annotate", "open_instructions", "open_trade", "open_rooms"}
    | {"open_poll", "extend_silence", "cancel_silence"}
    | {"fire_inject", "hold_inject", "release_inject", "skip_inject", "edit_inject", "write_inject"}
)
"""What a facilitator does as facilitator, also in a seat's place: by command type."""


def in_whose_name(state: GameState, command: Command, by: Actor) -> Actor:
    """The actor as it goes on record: a facilitator in a seat's place does that seat's acts in the seat's name."""
    if by.kind != "facilitator":
        return by
    place = None if _is_the_facilitators(command) else place_of(state, by.id)
    return Actor(by.kind, by.id, place)


def _is_the_facilitators(command: Command) -> bool:
    room = getattr(command, "room", "")
    return getattr(command, "type", "") in TOOLS or room == DISPATCHES or room.startswith("facilitator:")


# --- predicates


def why_not_facilitate(state: GameState, by: Actor) -> Refusal | None:
    """The facilitator of an exercise that has not ended."""
    if by.kind != "facilitator" or state.kind != "exercise":
        return refuse(no.FACILITATOR_ONLY)
    return refuse(no.GAME_OVER) if state.clock.status == "ended" else None


why_not_take_place = why_not_facilitate


def why_not_leave_place(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_facilitate(state, by)
    if refusal is not None:
        return refusal
    return refuse(no.PLACE_NOT_TAKEN) if place_of(state, by.id) is None else None


def why_not_grant_time(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_facilitate(state, by)
    if refusal is not None:
        return refusal
    return why_not_now(state, "silence") if state.silence is not None else clock.why_not_extend_phase(state, by)


# --- deciding


def take_place(state: GameState, command: TakePlace, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_take_place(state, by))
    there = state.seats.get(command.seat)
    if there is None:
        raise Rejected(refuse(no.SEAT_UNKNOWN, seat=command.seat))
    if not there.vacant:
        # whoever sits there plays it: the facilitator moves or removes them first
        raise Rejected(refuse(no.PLACE_HAS_PEOPLE, seat=command.seat))
    former = place_of(state, by.id)
    if former == command.seat:
        raise Rejected(refuse(no.PLACE_TAKEN_ALREADY, seat=command.seat))
    left = (PlaceLeft(seat=former),) if former is not None else ()
    asked = state.clock.asked
    # rule 1.6: the clock stood still for somebody to play the seat, and now the facilitator does
    goes_on = (clock.resumed(state, at),) if asked is not None and asked.seat == command.seat else ()
    return (*left, PlaceTaken(seat=command.seat, facilitator=by.id), *goes_on)


def leave_place(state: GameState, by: Actor) -> tuple[Event, ...]:
    demand(why_not_leave_place(state, by))
    place = place_of(state, by.id)
    assert place is not None
    return (PlaceLeft(seat=place),)


def grant_time(state: GameState, command: GrantTime, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_grant_time(state, by))
    if command.seat not in state.seats:
        raise Rejected(refuse(no.SEAT_UNKNOWN, seat=command.seat))
    granted = TimeGranted(seat=command.seat, seconds=command.seconds)
    if state.silence is not None:
        return (later_deadline(state, command.seconds, by, at), granted)
    more = clock.ExtendPhase(type="extend_phase", seconds=command.seconds)
    return (*clock.extend_phase(state, more, by), granted)


# --- folding


def place_taken(state: GameState, event: PlaceTaken, at: Milliseconds) -> GameState:
    return replace(state, places={**state.places, event.seat: Place(event.facilitator, at)})


def place_left(state: GameState, event: PlaceLeft) -> GameState:
    return replace(state, places={seat: place for seat, place in state.places.items() if seat != event.seat})
