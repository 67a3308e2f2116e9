"""After the game: what is opened to all, step by step, and what is written beside its moments (rules 5.2, 9.1, 10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import EVERYONE, NOBODY, Actor, Audience, Command, Event, Milliseconds, Reason, TextId
from game_rules.procedures.rewinding import AboutAMoment
from game_rules.procedures.standing import demand, why_not_steer
from game_rules.rejections import Refusal, refuse
from game_rules.state import Annotation, GameState, Part

# --- commands


class OpenInstructions(Command):
    """Lets everybody read every delegation's brief, lines and weights, once the game is decided (rule 9.1)."""

    type: Literal["open_instructions"]


class OpenTrade(Command):
    """Lets everybody see the deals, the promises and who betrayed them, once the game is decided (rule 9.1)."""

    type: Literal["open_trade"]


class OpenRooms(Command):
    """Lets everybody read the delegations' rooms, once the game is decided, where its reading rule foretold it."""

    type: Literal["open_rooms"]


class Annotate(AboutAMoment):
    """Writes beside a moment of the log, for the debrief."""

    type: Literal["annotate"]
    texts: ClassVar[tuple[str, ...]] = ("text",)
    text: Reason


# --- events. stored: renaming needs an upcaster


class InstructionsOpened(Event):
    type: Literal["instructions_opened"] = "instructions_opened"

    def audience(self) -> Audience:
        return EVERYONE


class TradeOpened(Event):
    type: Literal["trade_opened"] = "trade_opened"

    def audience(self) -> Audience:
        return EVERYONE


class RoomsOpened(Event):
    type: Literal["rooms_opened"] = "rooms_opened"

    def audience(self) -> Audience:
        return EVERYONE


class AnnotationMade(Event):
    """The facilitator's own until the results are opened; then it stands in everybody's replay."""

    type: Literal["annotation_made"] = "annotation_made"
    texts: ClassVar[tuple[str, ...]] = ("text",)
    told: ClassVar[bool] = False
    moment: int
    moment_at: Milliseconds
    text: TextId

    def audience(self) -> Audience:
        return NOBODY  # but the facilitator


# --- predicates


def _why_not_open(part: Part) -> Callable[[GameState, Actor], Refusal | None]:
    def why_not(state: GameState, by: Actor) -> Refusal | None:
        refusal = why_not_steer(state, by)
        if refusal is not None:
            return refusal
        if state.outcome is None:
            return refuse(no.GAME_NOT_OVER)
        return refuse(no.ALREADY_OPEN) if part in state.shown else None

    return why_not


why_not_open_instructions = _why_not_open("instructions")
why_not_open_trade = _why_not_open("trade")


def rooms_may_be_opened(state: GameState) -> bool:
    """Whether people were told before they wrote that their rooms may be read by all in the end (rule 5.2).

    The facilitator of an exercise may open them where the reading rule lets the facilitator read at all. Where it says
    `never`, and in an open game, which has no facilitator, a room stays with its seats for good.
    """
    return state.kind == "exercise" and state.reading != "never"


def why_not_open_rooms(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_steer(state, by)
    if refusal is None and not rooms_may_be_opened(state):
        refusal = refuse(no.ROOMS_STAY_CLOSED)
    return refusal or _why_not_open("rooms")(state, by)


def why_not_annotate(state: GameState, by: Actor) -> Refusal | None:
    """The facilitator, also after the end: that is what a debrief is for."""
    return refuse(no.FACILITATOR_ONLY) if by.kind != "facilitator" or state.kind != "exercise" else None


# --- deciding


def open_instructions(state: GameState, by: Actor) -> tuple[Event, ...]:
    demand(why_not_open_instructions(state, by))
    return (InstructionsOpened(),)


def open_trade(state: GameState, by: Actor) -> tuple[Event, ...]:
    demand(why_not_open_trade(state, by))
    return (TradeOpened(),)


def open_rooms(state: GameState, by: Actor) -> tuple[Event, ...]:
    demand(why_not_open_rooms(state, by))
    return (RoomsOpened(),)


def annotate(state: GameState, command: Annotate, by: Actor) -> tuple[Event, ...]:
    demand(why_not_annotate(state, by))
    return (AnnotationMade(moment=command.moment, moment_at=command.earlier.at, text=command.text),)


# --- folding


def opened(state: GameState, part: Part) -> GameState:
    return replace(state, shown=(*state.shown, part))


def annotation_made(state: GameState, event: AnnotationMade, at: Milliseconds) -> GameState:
    made = Annotation(event.moment, event.moment_at, event.text, at)
    return replace(state, annotations=(*state.annotations, made))
