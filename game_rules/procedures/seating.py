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
    FormalActs,
    GameKind,
    Id,
    MemberId,
    Milliseconds,
    Name,
    Pace,
    ReadingRule,
    Role,
    SeatId,
    TextId,
)
from game_rules.procedures.clock import resumed
from game_rules.procedures.facilitation import PlaceLeft
from game_rules.procedures.standing import demand, why_not_serve, why_not_sit, why_not_steer
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.scenario import Scenario
from game_rules.state import PUBLIC_ROOMS, Asked, Clock, GameState, Member, Room, SeatState, rules_of

RULES_VERSION = 2
"""Rises when a rule changes so that an old log would be decided otherwise; a running game ends under its own."""

ASKED_SECONDS = 120
"""rule 1.6: how long the clock stands still for the facilitator's answer; real seconds, in slow games too."""

MINUTES_A_DAY = 24 * 60

# --- commands


class CreateGame(Command):
    """Opens a game in its lobby. `policy` is what becomes of a seat whose people leave, `unclaimed` of one nobody
    took. `seed` decides chance alone; the key to texts is derived elsewhere. `formal` says whose formal acts count at
    once (rule 1.4). The clock of a slow game is in minutes as well: days times 1,440."""

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
    formal: FormalActs = "delegates"
    pace: Pace = "live"


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
    """What becomes of a seat whose people are gone; without a seat, of every seat that has no policy of its own."""

    type: Literal["set_policy"]
    seat: Id | None
    policy: AbsencePolicy


class AnswerAbsence(Command):
    """The facilitator's answer while the clock stands still: who plays the seat. `ask` waits for its people."""

    type: Literal["answer_absence"]
    seat: Id
    policy: AbsencePolicy


class MarkAway(Command):
    """Issued by the server when a member had no connection for a minute (rule 1.4)."""

    type: Literal["mark_away"]
    member: Id


class MarkBack(Command):
    """Issued by the server when a member who was away is connected again."""

    type: Literal["mark_back"]
    member: Id


class MoveMember(Command):
    """Seats somebody elsewhere, in the lobby or in play. Where there is a head already they come as a delegate."""

    type: Literal["move_member"]
    member: Id
    seat: Id


class SetRole(Command):
    """Gives a member another role. Whoever becomes head takes the place of the one before, who is a delegate then."""

    type: Literal["set_role"]
    member: Id
    role: Role


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
    formal: FormalActs = "delegates"
    pace: Pace = "live"


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
    """For one seat, or for the game."""

    type: Literal["policy_set"] = "policy_set"
    seat: SeatId | None
    policy: AbsencePolicy

    def audience(self) -> Audience:
        return EVERYONE


class AbsenceAsked(Event):
    """The clock stops: the facilitator is asked until then what becomes of the seat (rule 1.6)."""

    type: Literal["absence_asked"] = "absence_asked"
    seat: SeatId
    until: Milliseconds

    def audience(self) -> Audience:
        return EVERYONE


class AbsenceAnswered(Event):
    """`policy` plays the seat for as long as it is vacant now; `ask`: the clock waits for its people."""

    type: Literal["absence_answered"] = "absence_answered"
    seat: SeatId
    policy: AbsencePolicy

    def audience(self) -> Audience:
        return EVERYONE


class MemberAway(Event):
    """Nobody has seen the member connected since then. Shown beside the name, not told in the record."""

    type: Literal["member_away"] = "member_away"
    told: ClassVar[bool] = False
    seat: SeatId
    member: MemberId

    def audience(self) -> Audience:
        return EVERYONE


class MemberBack(Event):
    type: Literal["member_back"] = "member_back"
    told: ClassVar[bool] = False
    seat: SeatId
    member: MemberId

    def audience(self) -> Audience:
        return EVERYONE


class RoleSet(Event):
    type: Literal["role_set"] = "role_set"
    seat: SeatId
    member: MemberId
    role: Role

    def audience(self) -> Audience:
        return EVERYONE


class MemberMoved(Event):
    type: Literal["member_moved"] = "member_moved"
    member: MemberId
    left: SeatId
    seat: SeatId
    role: Role

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


def why_not_move_member(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_steer(state, by)
    if refusal is not None:
        return refusal
    return refuse(no.GAME_OVER) if state.clock.status == "ended" else None


def why_not_ask(state: GameState, policy: AbsencePolicy) -> Refusal | None:
    # rule 1.6: an open game has no facilitator who could be asked
    return refuse(no.ASK_NEEDS_FACILITATOR) if policy == "ask" and state.kind == "open" else None


def why_not_answer_absence(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_steer(state, by)
    if refusal is not None:
        return refusal
    return refuse(no.ABSENCE_NOT_ASKED) if state.clock.asked is None else None


def why_not_set_roles(state: GameState, by: Actor) -> Refusal | None:
    """Roles are the head's to give in its own delegation, and everywhere whoever's who runs the game."""
    if why_not_steer(state, by) is None:
        return refuse(no.GAME_OVER) if state.clock.status == "ended" else None
    if why_not_sit(state, by) is not None or by.kind != "member" or state.members[by.id].role != "head":
        return refuse(no.HEAD_CHOOSES_ROLES)
    return refuse(no.GAME_OVER) if state.clock.status == "ended" else None


# --- deciding


def create_game(state: GameState | None, command: CreateGame, by: Actor) -> tuple[Event, ...]:
    if state is not None:
        raise Rejected(refuse(no.GAME_EXISTS))
    demand(why_not_serve(by))
    casts = tuple(cast.id for cast in command.scenario.casts)
    if command.cast not in casts:
        raise Rejected(refuse(no.CAST_UNKNOWN, cast=command.cast, casts=casts))
    least, most = clock_bounds(command.scenario, command.pace)
    if not least <= command.clock_minutes <= most:
        raise Rejected(refuse(no.CLOCK_OUT_OF_BOUNDS, least=least, most=most))
    if command.kind == "open" and "ask" in (command.policy, command.unclaimed):
        raise Rejected(refuse(no.ASK_NEEDS_FACILITATOR))
    created = GameCreated(
        rules_version=RULES_VERSION,
        scenario_digest=command.scenario.digest(),
        **{name: getattr(command, name) for name in CreateGame.model_fields if name != "type"},
    )
    return (created,)


def clock_bounds(scenario: Scenario, pace: Pace) -> tuple[int, int]:
    """The shortest and the longest game of this pace, in minutes."""
    clocks = scenario.clocks
    if pace == "live":
        return clocks.min_minutes, clocks.max_minutes
    return clocks.slow.min_days * MINUTES_A_DAY, clocks.slow.max_days * MINUTES_A_DAY


def join_seat(state: GameState, command: JoinSeat, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_join_seat(state, by, command.seat, command.member))
    headed = any(state.members[member].role == "head" for member in state.seats[command.seat].members)
    # rule 1.3: the first heads the delegation, and no second head sits down beside it
    role: Role = "head" if not headed else "adviser" if command.role == "adviser" else "delegate"
    host = command.host and state.kind == "open" and state.host is None
    joined = MemberJoined(seat=command.seat, member=command.member, name=command.name, role=role, host=host)
    return (joined, *_clock_goes_on(state, command.seat, at), *_host_comes(state, command.member))


def leave_seat(state: GameState, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_leave_seat(state, by))
    return _gone(state, state.members[by.id], at, removed=False)


def remove_member(state: GameState, command: RemoveMember, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_remove_member(state, by))
    member = state.members.get(command.member)
    if member is None or not member.present:
        raise Rejected(refuse(no.MEMBER_UNKNOWN))
    return _gone(state, member, at, removed=True)


def move_member(state: GameState, command: MoveMember, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_move_member(state, by))
    member = state.members.get(command.member)
    if member is None or not member.present:
        raise Rejected(refuse(no.MEMBER_UNKNOWN))
    if command.seat not in state.seats:
        raise Rejected(refuse(no.SEAT_UNKNOWN, seat=command.seat))
    if member.seat == command.seat:
        raise Rejected(refuse(no.ALREADY_SEATED, seat=command.seat))
    headed = any(state.members[other].role == "head" for other in state.seats[command.seat].members)
    role: Role = "head" if not headed else "adviser" if member.role == "adviser" else "delegate"
    moved = MemberMoved(member=member.id, left=member.seat, seat=command.seat, role=role)
    former = state.seats[member.seat]
    vacated = _vacated(state, member.seat, at) if former.members == (member.id,) and not former.vacant else ()
    return (moved, *vacated, *_clock_goes_on(state, command.seat, at))


def _gone(state: GameState, member: Member, at: Milliseconds, *, removed: bool) -> tuple[Event, ...]:
    left = MemberLeft(seat=member.seat, member=member.id, removed=removed)
    there = state.seats[member.seat]
    vacated: tuple[Event, ...] = ()
    if there.members == (member.id,) and not there.vacant:
        vacated = _vacated(state, member.seat, at)
    return (left, *vacated, *_host_passes(state, without=frozenset({member.id})))


def _vacated(state: GameState, seat: SeatId, at: Milliseconds) -> tuple[Event, ...]:
    """The seat is nobody's; under `ask` the clock stops and the facilitator is asked, once a phase (rule 1.6)."""
    policy = state.seats[seat].policy
    vacated = SeatVacated(seat=seat, stand_in="deputy" if policy == "ask" else policy)
    in_play = state.clock.status == "running" and state.outcome is None
    if policy != "ask" or not in_play or seat in state.clock.asked_seats:
        return (vacated,)
    return (vacated, AbsenceAsked(seat=seat, until=at + ASKED_SECONDS * 1_000))


def _clock_goes_on(state: GameState, seat: SeatId, at: Milliseconds) -> tuple[Event, ...]:
    """Somebody sits down where the clock stood still for want of anybody."""
    asked = state.clock.asked
    waited_for = asked is not None and asked.seat == seat
    told_to_wait = state.clock.status == "paused" and state.seats[seat].stand_in == "ask"
    return (resumed(state, at),) if waited_for or told_to_wait else ()


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


def declare_vacant(state: GameState, command: DeclareVacant, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_serve(by))
    there = state.seats.get(command.seat)
    if there is None:
        raise Rejected(refuse(no.SEAT_UNKNOWN, seat=command.seat))
    if command.seat in state.places:
        return (PlaceLeft(seat=command.seat),)
    if there.vacant:
        raise Rejected(refuse(no.SEAT_EMPTY, seat=command.seat))
    return (*_vacated(state, command.seat, at), *_host_passes(state, without=frozenset(there.members)))


def return_to_seat(state: GameState, command: ReturnToSeat, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_serve(by))
    member = state.members.get(command.member)
    if member is None or not member.present:
        raise Rejected(refuse(no.MEMBER_UNKNOWN))
    if not state.seats[member.seat].vacant:
        raise Rejected(refuse(no.SEAT_TAKEN, seat=member.seat))
    retaken = SeatRetaken(seat=member.seat, member=member.id)
    return (retaken, *_clock_goes_on(state, member.seat, at), *_host_comes(state, member.id))


def _host_comes(state: GameState, member: MemberId) -> tuple[Event, ...]:
    """rule 1.7: whoever comes to a game whose host is gone runs it. A game that never had a host waits for its own."""
    host = state.members.get(state.host) if state.host else None
    if host is None or host.id == member or (host.present and not state.seats[host.seat].vacant):
        return ()
    return (HostPassed(member=member),)


def set_policy(state: GameState, command: SetPolicy, by: Actor) -> tuple[Event, ...]:
    demand(why_not_set_policy(state, by))
    if command.seat is not None and command.seat not in state.seats:
        raise Rejected(refuse(no.SEAT_UNKNOWN, seat=command.seat))
    demand(why_not_ask(state, command.policy))
    return (PolicySet(seat=command.seat, policy=command.policy),)


def answer_absence(state: GameState, command: AnswerAbsence, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_answer_absence(state, by))
    asked = state.clock.asked
    if asked is None or asked.seat != command.seat:
        raise Rejected(refuse(no.ABSENCE_NOT_ASKED))
    answered = AbsenceAnswered(seat=command.seat, policy=command.policy)
    return (answered,) if command.policy == "ask" else (answered, resumed(state, at))


def absence_unanswered(state: GameState, at: Milliseconds) -> tuple[Event, ...]:
    """Two minutes are over: a deputy sits in, and the clock goes on (rule 1.6)."""
    assert state.clock.asked is not None
    return (AbsenceAnswered(seat=state.clock.asked.seat, policy="deputy"), resumed(state, at))


def mark_away(state: GameState, command: MarkAway, by: Actor) -> tuple[Event, ...]:
    member = _member_in_seat(state, by, command.member)
    if member.away_since is not None:
        raise Rejected(refuse(no.MEMBER_AWAY))
    return (MemberAway(seat=member.seat, member=member.id),)


def mark_back(state: GameState, command: MarkBack, by: Actor) -> tuple[Event, ...]:
    member = _member_in_seat(state, by, command.member)
    if member.away_since is None:
        raise Rejected(refuse(no.MEMBER_THERE))
    return (MemberBack(seat=member.seat, member=member.id),)


def _member_in_seat(state: GameState, by: Actor, member: MemberId) -> Member:
    """Raises Rejected unless the server asks about somebody who has a seat."""
    demand(why_not_serve(by))
    found = state.members.get(member)
    if found is None or not found.present:
        raise Rejected(refuse(no.MEMBER_UNKNOWN))
    return found


def set_role(state: GameState, command: SetRole, by: Actor) -> tuple[Event, ...]:
    demand(why_not_set_roles(state, by))
    member = state.members.get(command.member)
    if member is None or not member.present:
        raise Rejected(refuse(no.MEMBER_UNKNOWN))
    if why_not_steer(state, by) is not None and member.seat != by.seat:
        raise Rejected(refuse(no.HEAD_CHOOSES_ROLES))
    if member.role == command.role:
        raise Rejected(refuse(no.ROLE_UNCHANGED, role=command.role))
    if member.role == "head":
        # a delegation is never left without a head: one steps down by naming the next
        raise Rejected(refuse(no.HEAD_NAMES_ANOTHER))
    return (RoleSet(seat=member.seat, member=member.id, role=command.role),)


# --- folding


def game_created(event: GameCreated) -> GameState:
    rules = rules_of(event.scenario, event.scenario_digest, event.cast, event.clock_minutes, event.pace)
    return GameState(
        rules=rules,
        game=event.game,
        kind=event.kind,
        strict=event.strict,
        reading=event.reading,
        seed=event.seed,
        policy=event.policy,
        formal=event.formal,
        seats={seat: SeatState(event.unclaimed) for seat in rules.seats},
        clock=Clock(),
        public_rooms={name: Room(name, ()) for name in PUBLIC_ROOMS},
    )


def member_joined(state: GameState, event: MemberJoined, at: Milliseconds) -> GameState:
    there = state.seats[event.seat]
    policy = there.policy if there.claimed or there.chosen else state.policy
    seat = SeatState(policy, (*there.members, event.member), vacant=False, claimed=True, chosen=there.chosen)
    member = Member(event.member, event.seat, event.role, event.name, at)
    return replace(
        _without_place(state, event.seat),
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


def member_moved(state: GameState, event: MemberMoved, at: Milliseconds) -> GameState:
    left = member_left(state, MemberLeft(seat=event.left, member=event.member))
    name = state.members[event.member].name
    joined = MemberJoined(seat=event.seat, member=event.member, name=name, role=event.role)
    return member_joined(left, joined, at)


def _without_place(state: GameState, seat: SeatId) -> GameState:
    """Its people are there: a facilitator who played the seat gives it back at once (rule 1.5)."""
    if seat not in state.places:
        return state
    return replace(state, places={other: place for other, place in state.places.items() if other != seat})


def seat_vacated(state: GameState, event: SeatVacated) -> GameState:
    there = replace(state.seats[event.seat], vacant=True, stand_in=None)
    # rule 1.5: what is done in the seat's name is marked anew for whoever returns this time
    done_for = {seat: done for seat, done in state.done_for.items() if seat != event.seat}
    return replace(state, seats={**state.seats, event.seat: there}, done_for=done_for)


def seat_retaken(state: GameState, event: SeatRetaken) -> GameState:
    there = replace(state.seats[event.seat], vacant=False, stand_in=None)
    state = replace(_without_place(state, event.seat), seats={**state.seats, event.seat: there})
    return _with_member(state, replace(state.members[event.member], away_since=None))


def policy_set(state: GameState, event: PolicySet) -> GameState:
    if event.seat is not None:
        there = replace(state.seats[event.seat], policy=event.policy, chosen=True)
        return replace(state, seats={**state.seats, event.seat: there})
    follow = {
        seat: replace(there, policy=event.policy)
        for seat, there in state.seats.items()
        if there.claimed and not there.chosen
    }
    return replace(state, policy=event.policy, seats={**state.seats, **follow})


def absence_asked(state: GameState, event: AbsenceAsked, at: Milliseconds) -> GameState:
    asked_seats = (*state.clock.asked_seats, event.seat)
    asked = Asked(event.seat, event.until)
    clock = replace(state.clock, status="paused", paused_at=at, asked=asked, asked_seats=asked_seats)
    return replace(state, clock=clock)


def absence_answered(state: GameState, event: AbsenceAnswered) -> GameState:
    there = replace(state.seats[event.seat], stand_in=event.policy)
    return replace(state, seats={**state.seats, event.seat: there}, clock=replace(state.clock, asked=None))


def member_away(state: GameState, event: MemberAway, at: Milliseconds) -> GameState:
    return _with_member(state, replace(state.members[event.member], away_since=at))


def member_back(state: GameState, event: MemberBack) -> GameState:
    return _with_member(state, replace(state.members[event.member], away_since=None))


def role_set(state: GameState, event: RoleSet) -> GameState:
    if event.role == "head":
        for member in state.seats[event.seat].members:
            if state.members[member].role == "head":
                state = _with_member(state, replace(state.members[member], role="delegate"))
    return _with_member(state, replace(state.members[event.member], role=event.role))


def _with_member(state: GameState, member: Member) -> GameState:
    return replace(state, members={**state.members, member.id: member})


def host_passed(state: GameState, event: HostPassed) -> GameState:
    return replace(state, host=event.member)
