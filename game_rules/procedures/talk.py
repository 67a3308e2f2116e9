"""Rooms and messages (rules 5.1 to 5.4): plenary, delegations, bilaterals and caucuses, the facilitator's line.

The core knows that somebody spoke, where and when, never the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import (
    EVERYONE,
    Actor,
    Audience,
    Command,
    Event,
    Reference,
    SeatId,
    TextId,
    only,
)
from game_rules.messages import Message as MessageText
from game_rules.procedures.press import why_not_publish
from game_rules.procedures.standing import (
    demand,
    why_not_advise_only,
    why_not_now,
    why_not_sit,
    why_not_start,
    why_not_steer,
)
from game_rules.procedures.trade import may_know_of_deal
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.state import DISPATCHES, KEPT, PLENARY, PUBLIC_ROOMS, GameState, Message, Room

# --- commands

RoomName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[A-Za-z:+_]+$")]
"""How whoever speaks names a room: see `room_of`."""


class PostMessage(Command):
    """Says something in a room: `plenary`, `delegation`, `facilitator`, `dispatches`, or seats joined by `+`.

    The facilitator writes to one delegation as `facilitator:<seat>`.
    """

    type: Literal["post_message"]
    texts: ClassVar[tuple[str, ...]] = ("text",)
    room: RoomName
    text: MessageText
    refs: tuple[Reference, ...] = Field(default=(), max_length=8)


# --- events. stored: renaming needs an upcaster


class MessagePosted(Event):
    """`seats` are those who can read the room; None is everybody."""

    type: Literal["message_posted"] = "message_posted"
    texts: ClassVar[tuple[str, ...]] = ("text",)
    told: ClassVar[bool] = False
    room: str
    seats: tuple[SeatId, ...] | None
    seat: SeatId | None
    member: str | None
    text: TextId
    refs: tuple[str, ...] = ()

    def audience(self) -> Audience:
        return EVERYONE if self.seats is None else only(*self.seats)


# --- predicates


def why_not_speak(state: GameState, by: Actor) -> Refusal | None:
    """The plenary is open to every delegation; advisers talk inside their own only (rule 1.3)."""
    refusal = why_not_sit(state, by)
    if refusal is not None:
        return refusal
    return why_not_advise_only(state, by) or why_not_start(by) or why_not_now(state, "talk")


def why_not_speak_inside(state: GameState, by: Actor) -> Refusal | None:
    return why_not_sit(state, by) or why_not_now(state, "talk")


def why_not_call_facilitator(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_sit(state, by) or why_not_advise_only(state, by)
    if refusal is not None:
        return refusal
    return None if state.kind == "exercise" else refuse(no.NO_FACILITATOR)


def room_of(state: GameState, name: str, by: Actor) -> tuple[str, tuple[SeatId, ...] | None]:
    """The room's id and the seats in it (None: everybody). Raises Rejected when the actor may not speak there."""
    if by.kind == "facilitator" and by.seat is None:
        return _facilitators_room(state, name, by)
    if by.kind == "press":
        return _dispatches(state, name, by)
    if name == PLENARY:
        demand(why_not_speak(state, by))
        return PLENARY, None
    assert by.seat is not None or why_not_sit(state, by) is not None
    if name == "delegation":
        demand(why_not_speak_inside(state, by))
        return f"delegation:{by.seat}", (by.seat or "",)
    if name == "facilitator":
        demand(why_not_call_facilitator(state, by))
        return f"facilitator:{by.seat}", (by.seat or "",)
    if name == DISPATCHES:
        raise Rejected(refuse(no.ROOM_NOT_YOURS))
    demand(why_not_speak(state, by))
    return _caucus(state, name, by)


def seats_in(room: str) -> tuple[SeatId, ...]:
    """The seats in a room, from its id; none stands for everybody."""
    if room in PUBLIC_ROOMS:
        return ()
    _, _, seat = room.partition(":")
    return (seat,) if seat else tuple(room.split("+"))


def _dispatches(state: GameState, name: str, by: Actor) -> tuple[str, None]:
    """rule 1.1: the press publishes dispatches, and speaks nowhere else."""
    if name != DISPATCHES:
        raise Rejected(refuse(no.ROOM_NOT_YOURS))
    demand(why_not_publish(state, by))
    return DISPATCHES, None


def _facilitators_room(state: GameState, name: str, by: Actor) -> tuple[str, tuple[SeatId, ...] | None]:
    demand(why_not_steer(state, by))
    if name in PUBLIC_ROOMS:
        return name, None
    kind, _, seat = name.partition(":")
    if kind != "facilitator" or seat not in state.seats:
        raise Rejected(refuse(no.ROOM_NOT_YOURS))
    return name, (seat,)


def _caucus(state: GameState, name: str, by: Actor) -> tuple[str, tuple[SeatId, ...]]:
    """One room for each set of seats: its id is the seats in table order (rule 5.1)."""
    named = set(name.split("+"))
    unknown = tuple(sorted(named - set(state.seats)))
    if unknown:
        raise Rejected(refuse(no.ROOM_SEATS_UNKNOWN, seats=unknown))
    if by.seat not in named:
        raise Rejected(refuse(no.ROOM_NOT_YOURS))
    if len(named) < 2:
        raise Rejected(refuse(no.ROOM_NEEDS_OTHERS))
    seats = state.rules.in_table_order(named)
    return "+".join(seats), seats


def _check_refs(state: GameState, refs: tuple[str, ...], seats: tuple[SeatId, ...] | None) -> None:
    """A message may refer to what everybody in the room can see (rule 5.1). Raises Rejected.

    The facilitator, who may read along, knows everything; whoever speaks in a room of seats sits in it.
    """
    known = {
        "draft": state.drafts,
        "amendment": state.amendments,
        "objection": state.objections,
        "issue": state.rules.issue_place,
        "position": [f"{draft}:{seat}" for draft, stated in state.positions.items() for seat in stated],
    }
    for ref in refs:
        kind, _, identifier = ref.partition(":")
        traded = kind in ("deal", "offer") and _all_know(state, kind, identifier, seats or ())
        if not traded and identifier not in known.get(kind, ()):
            raise Rejected(refuse(no.REFERENCE_UNKNOWN, reference=ref))


def _all_know(state: GameState, kind: str, identifier: str, seats: tuple[SeatId, ...]) -> bool:
    """Whether a room of these seats (none: everybody) may hear of a deal or an offer (rule 6.2)."""
    if kind == "deal":
        return may_know_of_deal(state, seats, identifier)
    offer = state.offers.get(identifier)
    return offer is not None and bool(seats) and set(seats) <= set(offer.parties)


# --- deciding


def post_message(state: GameState, command: PostMessage, by: Actor) -> tuple[Event, ...]:
    if by.seat is not None or by.kind not in ("facilitator", "press"):
        demand(why_not_sit(state, by))
    room, seats = room_of(state, command.room, by)
    _check_refs(state, command.refs, seats)
    member = by.id if by.kind in ("member", "press") else None
    posted = MessagePosted(room=room, seats=seats, seat=by.seat, member=member, text=command.text, refs=command.refs)
    return (posted,)


# --- folding


def message_posted(state: GameState, event: MessagePosted, at: int) -> GameState:
    message = Message(event.seat, event.member, at, event.text, event.refs)
    if event.seats is None:
        return replace(state, public_rooms=_with(state.public_rooms, Room(event.room, ()), message))
    return replace(state, rooms=_with(state.rooms, Room(event.room, event.seats), message))


def _with(rooms: Mapping[str, Room], empty: Room, message: Message) -> Mapping[str, Room]:
    """The rooms with a message more in one of them, which opens with its first message."""
    room = rooms.get(empty.id, empty)
    messages = (*room.messages[-KEPT + 1 :], message)
    return {**rooms, room.id: Room(room.id, room.seats, messages)}
