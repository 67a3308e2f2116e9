"""Who binds a delegation: formal acts, the head's signature, the acting head (rules 1.3, 1.4); what it agreed inside.

In a game whose formal acts are the head's, a delegate's is prepared and waits. Signing it decides it there and then, as
the head's own command; what it may be refused with is what the head would be refused with. This module knows prepared
commands as data: the engine reads and decides them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import (
    Actor,
    Audience,
    Command,
    Event,
    Id,
    MemberId,
    Milliseconds,
    Reason,
    SeatId,
    TextId,
    only,
)
from game_rules.procedures.standing import act, demand, numbered, why_not_advise_only, why_not_sit, why_not_start
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.state import KEPT, Agreed, GameState, Member, PendingAct, Rules

WARNING_SECONDS = 30
"""rule 1.4: so long before the deadline a delegation is told that its break is not signed."""

UNDER_SILENCE = ("take_rung", "break_silence")
"""Acts that come too late once the silence is over."""

ABOUT: Mapping[str, tuple[str, ...]] = {
    "revise_draft": ("draft", "revision"),
    "answer_amendment": ("amendment",),
    "fold_language": ("source",),
    "open_silence": ("draft", "revision"),
    "sign_offer": ("offer",),
    "sign_complement": ("complement",),
    "withdraw_signature": ("complement",),
}
"""What tells a formal act from another of its type. Of types that are not here a delegation prepares one at a time."""

MOST_AGREED = 12
"""So many things stand on a delegation's list at once: what is longer is a conversation, and has a room."""

# --- commands


class SignAct(Command):
    """Signs a formal act that a delegate has prepared: it is done now, in the head's name."""

    type: Literal["sign_act"]
    act: Id


class DropAct(Command):
    """Lays a prepared act aside."""

    type: Literal["drop_act"]
    act: Id


class AgreeInside(Command):
    """Puts on the delegation's own list what its members have agreed among themselves. Nobody else reads it."""

    type: Literal["agree_inside"]
    texts: ClassVar[tuple[str, ...]] = ("text",)
    text: Reason


class StrikeAgreed(Command):
    """Strikes something from that list: it holds no longer."""

    type: Literal["strike_agreed"]
    agreed: Id


# --- events. stored: renaming needs an upcaster


class ActPrepared(Event):
    """A delegate's formal act waits for the head. `command` is the wish with text ids in place of its texts."""

    type: Literal["act_prepared"] = "act_prepared"
    texts: ClassVar[tuple[str, ...]] = ("note", "reason", "lift", "text")
    act: str
    seat: SeatId
    member: MemberId
    command: Mapping[str, Any]

    @property
    def note(self) -> TextId | None:
        return self.command.get("note")

    @property
    def reason(self) -> TextId | None:
        return self.command.get("reason")

    @property
    def lift(self) -> TextId | None:
        return self.command.get("lift")

    @property
    def text(self) -> TextId | None:
        return self.command.get("text")

    def audience(self) -> Audience:
        return only(self.seat)


class ActSigned(Event):
    """What follows is the head's act; `prepared_by` is whose work it was."""

    type: Literal["act_signed"] = "act_signed"
    act: str
    seat: SeatId
    prepared_by: MemberId

    def audience(self) -> Audience:
        return only(self.seat)


class ActDropped(Event):
    type: Literal["act_dropped"] = "act_dropped"
    act: str
    seat: SeatId

    def audience(self) -> Audience:
        return only(self.seat)


class ActLapsed(Event):
    """Not signed in time: it does not count (rule 1.4)."""

    type: Literal["act_lapsed"] = "act_lapsed"
    act: str
    seat: SeatId

    def audience(self) -> Audience:
        return only(self.seat)


class SignatureWarning(Event):
    """The deadline comes near, and the act is not signed."""

    type: Literal["signature_warning"] = "signature_warning"
    act: str
    seat: SeatId
    deadline: Milliseconds

    def audience(self) -> Audience:
        return only(self.seat)


class AgreedInside(Event):
    """Belongs to what was said inside the delegation, and is read by whoever may read that (rule 5.2)."""

    type: Literal["agreed_inside"] = "agreed_inside"
    texts: ClassVar[tuple[str, ...]] = ("text",)
    told: ClassVar[bool] = False
    agreed: str
    seat: SeatId
    member: MemberId | None
    text: TextId

    def audience(self) -> Audience:
        return only(self.seat)


class AgreedStruck(Event):
    type: Literal["agreed_struck"] = "agreed_struck"
    told: ClassVar[bool] = False
    agreed: str
    seat: SeatId

    def audience(self) -> Audience:
        return only(self.seat)


# --- who signs


def acting_head(state: GameState, seat: SeatId) -> MemberId | None:
    """The longest-present delegate, while the head is away or there is none; None while the head is there."""
    # rule 1.4; members stand in the order they came
    people = [state.members[member] for member in state.seats[seat].members]
    if any(one.role == "head" and one.away_since is None for one in people):
        return None
    return next((one.id for one in people if one.role == "delegate" and one.away_since is None), None)


def is_head(state: GameState, member: Member) -> bool:
    """Whether the member signs for the delegation: its head, or whoever acts as head."""
    return member.role == "head" or acting_head(state, member.seat) == member.id


def signs(state: GameState, by: Actor) -> bool:
    """Whether what the actor does for its seat counts at once.

    Stand-ins and a facilitator in the place are the whole delegation: nobody could sign for them.
    """
    if by.kind != "member":
        return True
    member = state.members.get(by.id)
    return member is not None and (state.formal == "delegates" or is_head(state, member))


def waits_for_signature(state: GameState, command: Command, by: Actor) -> bool:
    """Whether the act, if the rules allow it, is prepared instead of done."""
    return command.formal_act and by.seat is not None and not signs(state, by)


# --- predicates


def why_not_sign(state: GameState, by: Actor) -> Refusal | None:
    """The actor signs for its delegation."""
    refusal = why_not_sit(state, by) or why_not_start(by) or why_not_advise_only(state, by)
    if refusal is not None:
        return refusal
    return None if signs(state, by) else refuse(no.HEAD_SIGNS)


def why_not_prepare(state: GameState, by: Actor, type: str, about: Mapping[str, Any]) -> Refusal | None:
    """The same act waits for the head already: a second would be signed for the first one's sake, or by mistake.

    `about` names what the act is about, as its command does; other fields are not looked at.
    """
    if not state.pending or signs(state, by):
        return None
    own = (pending.command for pending in state.pending.values() if pending.seat == by.seat)
    waits = any(_is_same(wish, about) for wish in own if wish["type"] == type)
    return refuse(no.ACT_PREPARED) if waits else None


def _is_same(wish: Mapping[str, Any], about: Mapping[str, Any]) -> bool:
    if wish["type"] == "offer_deals":
        return not {*wish["deals"]}.isdisjoint(about["deals"])
    return all(wish[field] == about[field] for field in ABOUT.get(wish["type"], ()))


def why_not_sign_act(state: GameState, by: Actor, pending: PendingAct) -> Refusal | None:
    """Of another delegation's acts nobody hears, not even that they are there (rule 9.3)."""
    return why_not_own(by, pending) or why_not_sign(state, by)


def why_not_drop_act(state: GameState, by: Actor, pending: PendingAct) -> Refusal | None:
    refusal = why_not_own(by, pending) or why_not_sit(state, by)
    if refusal is not None:
        return refusal
    if pending.member == by.id:
        return None
    return refuse(no.ACT_NOT_YOURS) if why_not_sign(state, by) is not None else None


def why_not_own(by: Actor, pending: PendingAct) -> Refusal | None:
    return None if by.seat == pending.seat else refuse(no.ACT_UNKNOWN, act=pending.id)


@act("talk")
def why_not_agree_inside(state: GameState, by: Actor) -> Refusal | None:
    """An adviser talks with the delegation, and does not settle what it holds to (rule 1.3)."""
    return refuse(no.AGREED_ENOUGH, most=MOST_AGREED) if len(agreed_by(state, by.seat)) >= MOST_AGREED else None


@act("talk")
def why_not_strike_agreed(state: GameState, by: Actor) -> Refusal | None:
    return None


def agreed_by(state: GameState, seat: SeatId | None) -> tuple[Agreed, ...]:
    """What stands on a delegation's list, in the order it was agreed."""
    return tuple(one for one in state.agreed.get(seat or "", ()) if not one.struck)


# --- deciding


def prepare(state: GameState, command: Command, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    """The act waits for the head. The engine has asked before whether it could be done."""
    assert by.seat is not None
    wish = command.model_dump(mode="json")
    demand(why_not_prepare(state, by, wish["type"], wish))
    number = state.prepared.get(by.seat, 0) + 1
    prepared = ActPrepared(act=numbered(f"{by.seat}.", number, state), seat=by.seat, member=by.id, command=wish)
    return (prepared, *_signature_warnings(act_prepared(state, prepared, at), at))


def find_act(state: GameState, act: str) -> PendingAct:
    found = state.pending.get(act)
    if found is None:
        raise Rejected(refuse(no.ACT_UNKNOWN, act=act))
    return found


def sign_act(state: GameState, command: SignAct, by: Actor) -> tuple[PendingAct, ActSigned]:
    """What is signed, and the event that says so; the engine decides the act itself."""
    pending = find_act(state, command.act)
    demand(why_not_sign_act(state, by, pending))
    return pending, ActSigned(act=pending.id, seat=pending.seat, prepared_by=pending.member)


def drop_act(state: GameState, command: DropAct, by: Actor) -> tuple[Event, ...]:
    pending = find_act(state, command.act)
    demand(why_not_drop_act(state, by, pending))
    return (ActDropped(act=pending.id, seat=pending.seat),)


def agree_inside(state: GameState, command: AgreeInside, by: Actor) -> tuple[Event, ...]:
    demand(why_not_agree_inside(state, by))
    assert by.seat is not None
    # the list does not go back with the game: no number on it is given twice
    last = state.agreed.get(by.seat, ())[-1:]
    number = int(last[0].id.rpartition(".")[2]) + 1 if last else 1
    member = by.id if by.kind == "member" else None
    return (AgreedInside(agreed=f"{by.seat}.{number}", seat=by.seat, member=member, text=command.text),)


def strike_agreed(state: GameState, command: StrikeAgreed, by: Actor) -> tuple[Event, ...]:
    demand(why_not_strike_agreed(state, by))
    assert by.seat is not None
    if command.agreed not in {one.id for one in agreed_by(state, by.seat)}:
        raise Rejected(refuse(no.AGREED_UNKNOWN, agreed=command.agreed))
    return (AgreedStruck(agreed=command.agreed, seat=by.seat),)


# --- what falls due


def deadline_of(state: GameState, pending: PendingAct) -> Milliseconds | None:
    """The moment from which a signature is too late; None where only the course of the meeting sets one."""
    if pending.command["type"] not in UNDER_SILENCE or state.silence is None:
        return None
    return state.silence.deadline


def signature_warning_due(state: GameState) -> Milliseconds | None:
    """When a delegation must next be told that time runs out for a signature; None when there is nothing to tell."""
    if state.silence is None or not _unwarned(state):
        return None
    return state.silence.deadline - warning_seconds(state.rules) * 1_000


def warning_seconds(rules: Rules) -> int:
    """How long before the deadline a delegation is warned, at this game's pace."""
    return rules.paced(WARNING_SECONDS)


def _unwarned(state: GameState) -> tuple[PendingAct, ...]:
    """Prepared acts that a deadline threatens, and of which nobody has been told. A later deadline warns anew."""
    return tuple(
        pending
        for pending in state.pending.values()
        if (deadline := deadline_of(state, pending)) is not None and pending.warned != deadline
    )


def _signature_warnings(state: GameState, at: Milliseconds) -> tuple[Event, ...]:
    due = signature_warning_due(state)
    return warn_of_signatures(state) if due is not None and due <= at else ()


def warn_of_signatures(state: GameState) -> tuple[Event, ...]:
    assert state.silence is not None
    deadline = state.silence.deadline
    return tuple(SignatureWarning(act=pending.id, seat=pending.seat, deadline=deadline) for pending in _unwarned(state))


def lapsed(state: GameState) -> tuple[Event, ...]:
    """The prepared acts that nothing can come of any more: their silence is over, or the summit."""
    return tuple(
        ActLapsed(act=pending.id, seat=pending.seat) for pending in state.pending.values() if _is_moot(state, pending)
    )


def _is_moot(state: GameState, pending: PendingAct) -> bool:
    if state.outcome is not None:
        return True
    if pending.command["type"] not in UNDER_SILENCE:
        return False
    return state.silence is None or state.silence.draft != pending.command["draft"]


# --- folding


def act_prepared(state: GameState, event: ActPrepared, at: Milliseconds) -> GameState:
    pending = PendingAct(event.act, event.seat, event.member, event.command, at)
    count = state.prepared.get(event.seat, 0) + 1
    return replace(
        state,
        pending={**state.pending, pending.id: pending},
        prepared={**state.prepared, event.seat: count},
    )


def act_settled(state: GameState, event: ActSigned | ActDropped | ActLapsed) -> GameState:
    return replace(state, pending={id: pending for id, pending in state.pending.items() if id != event.act})


def signature_warned(state: GameState, event: SignatureWarning) -> GameState:
    warned = replace(state.pending[event.act], warned=event.deadline)
    return replace(state, pending={**state.pending, warned.id: warned})


def agreed_inside(state: GameState, event: AgreedInside, at: Milliseconds) -> GameState:
    """What was struck stays behind, like what was said: its number is taken."""
    agreed = (*state.agreed.get(event.seat, ()), Agreed(event.agreed, event.member, event.text, at))
    return replace(state, agreed={**state.agreed, event.seat: agreed[-KEPT:]})


def agreed_struck(state: GameState, event: AgreedStruck) -> GameState:
    listed = state.agreed.get(event.seat, ())
    struck = tuple(replace(one, struck=True) if one.id == event.agreed else one for one in listed)
    return replace(state, agreed={**state.agreed, event.seat: struck})
