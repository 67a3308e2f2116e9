"""Who sits where: creation, joining, leaving, vacancy and return, absence policy (rules 1.1 to 1.7)."""

from __future__ import annotations

from typing import ClassVar, Literal

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import (
    EVERYONE,
    AbsencePolicy,
    Actor,
    Audience,
    Command,
    Event,
    GameKind,
    Id,
    MemberId,
    Milliseconds,
    Name,
    ReadingRule,
    Role,
    SeatId,
    TextId,
)
from game_rules.procedures.standing import demand, why_not_serve, why_not_sit, why_not_steer
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.scenario import Scenario
from game_rules.state import PUBLIC_ROOMS, Clock, GameState, Member, Room, SeatState, rules_of

RULES_VERSION = 2
"""Rises when a rule changes so that an old log would be decided otherwise; a running game ends under its own."""

# --- commands


class CreateGame(Command):
    """Opens a game in its lobby. `policy` is what becomes of a seat whose people leave, `unclaimed` of one nobody
    took. `seed` decides chance alone; the key to texts is derived elsewhere."""

    type: Literal["create_game"]
    game: Id
    scenario: Scenario
    cast: Id
    kind: GameKind
    clock_minutes: int
    seed: str
    strict: bool = False
    reading: ReadingRule = "after the end"
    policy: AbsencePolicy = "deputy"
    unclaimed: AbsencePolicy = "bot"


class JoinSeat(Command):
    """Seats a person. Issued by the server when somebody claims a seat; the first in an open game may be its host."""

    type: Literal["join_seat"]
    texts: ClassVar[tuple[str, ...]] = ("name",)
    seat: Id
    member: Id
    name: Name
    role: Role | None = None
    host: bool = False


class LeaveSeat(Command):
    type: Literal["leave_seat"]


class RemoveMember(Command):
    type: Literal["remove_member"]
    member: Id


class DeclareVacant(Command):
    """Issued by the server when a seat had nobody connected for a minute (rule 1.5)."""

    type: Literal["declare_vacant"]
    seat: Id


class ReturnToSeat(Command):
    """Issued by the server when a member of a vacant seat is connected again: the seat is theirs at once."""

    type: Literal["return_to_seat"]
    member: Id


class SetPolicy(Command):
    type: Literal["set_policy"]
    seat: Id
    policy: AbsencePolicy


# --- events. stored: renaming needs an upcaster


class GameCreated(Event):
    """Pins the rules' version and the whole scenario, so that the game replays after the files have changed."""

    type: Literal["game_created"] = "game_created"
    told: ClassVar[bool] = False
    rules_version: int
    game: str
    scenario: Scenario
    scenario_digest: str
    cast: str
    kind: GameKind
    clock_minutes: int
    seed: str
    strict: bool
    reading: ReadingRule
    policy: AbsencePolicy
    unclaimed: AbsencePolicy


class MemberJoined(Event):
    type: Literal["member_joined"] = "member_joined"
    texts: ClassVar[tuple[str, ...]] = ("name",)
    seat: SeatId
    member: MemberId
    name: TextId
    role: Role
    host: bool = False

    def audience(self) -> Audience:
        return EVERYONE


class MemberLeft(Event):
    type: Literal["member_left"] = "member_left"
    seat: SeatId
    member: MemberId
    removed: bool = False

    def audience(self) -> Audience:
        return EVERYONE


class SeatVacated(Event):
    """Nobody plays the seat any more; that its stand-in does is public (rule 1.6)."""

    type: Literal["seat_vacated"] = "seat_vacated"
    seat: SeatId
    stand_in: AbsencePolicy

    def audience(self) -> Audience:
        return EVERYONE


class SeatRetaken(Event):
    type: Literal["seat_retaken"] = "seat_retaken"
    seat: SeatId
    member: MemberId

    def audience(self) -> Audience:
        return EVERYONE


class PolicySet(Event):
    type: Literal["policy_set"] = "policy_set"
    seat: SeatId
    policy: AbsencePolicy

    def audience(self) -> Audience:
        return EVERYONE


class HostPassed(Event):
    """The host of an open game left; the person who is at the table longest runs it now (rule 1.7)."""

    type: Literal["host_passed"] = "host_passed"
    member: MemberId

    def audience(self) -> Audience:
        return EVERYONE


# --- predicates


def why_not_join_seat(state: GameState, by: Actor, seat: SeatId, member: MemberId) -> Refusal | None:
    refusal = why_not_serve(by)
    if refusal is not None:
        return refusal
    if seat not in state.seats:
        return refuse(no.SEAT_UNKNOWN, seat=seat)
    if state.clock.status == "ended":
        return refuse(no.GAME_OVER)
    known = state.members.get(member)
    return refuse(no.ALREADY_SEATED, seat=known.seat) if known is not None and known.present else None


def why_not_leave_seat(state: GameState, by: Actor) -> Refusal | None:
    return why_not_sit(state, by) if by.kind == "member" else refuse(no.NOT_SEATED)


def why_not_set_policy(state: GameState, by: Actor) -> Refusal | None:
    return why_not_steer(state, by)


why_not_remove_member = why_not_set_policy


# --- deciding


def create_game(state: GameState | None, command: CreateGame, by: Actor) -> tuple[Event, ...]:
    if state is not None:
        raise Rejected(refuse(no.GAME_EXISTS))
    demand(why_not_serve(by))
    casts = tuple(cast.id for cast in command.scenario.casts)
    if command.cast not in casts:
        raise Rejected(refuse(no.CAST_UNKNOWN, cast=command.cast, casts=casts))
    clocks = command.scenario.clocks
    if not clocks.min_minutes <= command.clock_minutes <= clocks.max_minutes:
        raise Rejected(refuse(no.CLOCK_OUT_OF_BOUNDS, least=clocks.min_minutes, most=clocks.max_minutes))
    created = GameCreated(
        rules_version=RULES_VERSION,
        scenario_digest=command.scenario.digest(),
        **{name: getattr(command, name) for name in CreateGame.model_fields if name != "type"},
    )
    return (created,)


def join_seat(state: GameState, command: JoinSeat, by: Actor) -> tuple[Event, ...]:
    demand(why_not_join_seat(state, by, command.seat, command.member))
    seated = state.seats[command.seat].members
    role = command.role or ("delegate" if seated else "head")
    host = command.host and state.kind == "open" and state.host is None
    joined = MemberJoined(seat=command.seat, member=command.member, name=command.name, role=role, host=host)
    return (joined, *_host_comes(state, command.member))


def leave_seat(state: GameState, by: Actor) -> tuple[Event, ...]:
    demand(why_not_leave_seat(state, by))
    return _gone(state, state.members[by.id], removed=False)


def remove_member(state: GameState, command: RemoveMember, by: Actor) -> tuple[Event, ...]:
    demand(why_not_remove_member(state, by))
    member = state.members.get(command.member)
    if member is None or not member.present:
        raise Rejected(refuse(no.MEMBER_UNKNOWN))
    return _gone(state, member, removed=True)


def _gone(state: GameState, member: Member, *, removed: bool) -> tuple[Event, ...]:
    left = MemberLeft(seat=member.seat, member=member.id, removed=removed)
    there = state.seats[member.seat]
    vacated: tuple[Event, ...] = ()
    if there.members == (member.id,) and not there.vacant:
        vacated = (SeatVacated(seat=member.seat, stand_in=there.policy),)
    return (left, *vacated, *_host_passes(state, without=frozenset({member.id})))


def _host_passes(state: GameState, without: frozenset[MemberId]) -> tuple[Event, ...]:
    """rule 1.7: a game whose host is gone must still have somebody who can start, pause and advance it."""
    if state.host is None or state.host not in without:
        return ()
    waiting = (
        member
        for member in state.members.values()
        if member.present and member.id not in without and not state.seats[member.seat].vacant
    )
    longest = min(waiting, key=lambda member: (member.joined_at, member.id), default=None)
    return (HostPassed(member=longest.id),) if longest else ()


def declare_vacant(state: GameState, command: DeclareVacant, by: Actor) -> tuple[Event, ...]:
    demand(why_not_serve(by))
    there = state.seats.get(command.seat)
    if there is None:
        raise Rejected(refuse(no.SEAT_UNKNOWN, seat=command.seat))
    if there.vacant:
        raise Rejected(refuse(no.SEAT_EMPTY, seat=command.seat))
    vacated = SeatVacated(seat=command.seat, stand_in=there.policy)
    return (vacated, *_host_passes(state, without=frozenset(there.members)))


def return_to_seat(state: GameState, command: ReturnToSeat, by: Actor) -> tuple[Event, ...]:
    demand(why_not_serve(by))
    member = state.members.get(command.member)
    if member is None or not member.present:
        raise Rejected(refuse(no.MEMBER_UNKNOWN))
    if not state.seats[member.seat].vacant:
        raise Rejected(refuse(no.SEAT_TAKEN, seat=member.seat))
    retaken = SeatRetaken(seat=member.seat, member=member.id)
    return (retaken, *_host_comes(state, member.id))


def _host_comes(state: GameState, member: MemberId) -> tuple[Event, ...]:
    """rule 1.7: whoever comes to a game whose host is gone runs it. A game that never had a host waits for its own."""
    host = state.members.get(state.host) if state.host else None
    if host is None or host.id == member or (host.present and not state.seats[host.seat].vacant):
        return ()
    return (HostPassed(member=member),)


def set_policy(state: GameState, command: SetPolicy, by: Actor) -> tuple[Event, ...]:
    demand(why_not_set_policy(state, by))
    if command.seat not in state.seats:
        raise Rejected(refuse(no.SEAT_UNKNOWN, seat=command.seat))
    return (PolicySet(seat=command.seat, policy=command.policy),)


# --- folding


def game_created(event: GameCreated) -> GameState:
    rules = rules_of(event.scenario, event.scenario_digest, event.cast, event.clock_minutes)
    return GameState(
        rules=rules,
        game=event.game,
        kind=event.kind,
        strict=event.strict,
        reading=event.reading,
        seed=event.seed,
        policy=event.policy,
        seats={seat: SeatState(event.unclaimed) for seat in rules.seats},
        clock=Clock(),
        public_rooms={name: Room(name, ()) for name in PUBLIC_ROOMS},
    )


def member_joined(state: GameState, event: MemberJoined, at: Milliseconds) -> GameState:
    there = state.seats[event.seat]
    policy = there.policy if there.claimed else state.policy
    seat = SeatState(policy, (*there.members, event.member), vacant=False, claimed=True)
    member = Member(event.member, event.seat, event.role, event.name, at)
    return replace(
        state,
        seats={**state.seats, event.seat: seat},
        members={**state.members, member.id: member},
        host=event.member if event.host else state.host,
    )


def member_left(state: GameState, event: MemberLeft) -> GameState:
    there = state.seats[event.seat]
    left = tuple(member for member in there.members if member != event.member)
    gone = replace(state.members[event.member], present=False)
    members = {**state.members, gone.id: gone}
    if not any(members[one].role == "head" for one in left):
        # rule 1.4: the longest-present delegate heads the delegation; `members` stand in the order they came
        head = next((members[one] for one in left if members[one].role == "delegate"), None)
        if head is not None:
            members[head.id] = replace(head, role="head")
    return replace(state, seats={**state.seats, event.seat: replace(there, members=left)}, members=members)


def seat_vacated(state: GameState, event: SeatVacated) -> GameState:
    return replace(state, seats={**state.seats, event.seat: replace(state.seats[event.seat], vacant=True)})


def seat_retaken(state: GameState, event: SeatRetaken) -> GameState:
    return replace(state, seats={**state.seats, event.seat: replace(state.seats[event.seat], vacant=False)})


def policy_set(state: GameState, event: PolicySet) -> GameState:
    there = replace(state.seats[event.seat], policy=event.policy)
    return replace(state, seats={**state.seats, event.seat: there})


def host_passed(state: GameState, event: HostPassed) -> GameState:
    return replace(state, host=event.member)
