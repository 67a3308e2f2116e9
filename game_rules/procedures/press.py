"""The press: sees what is public, and publishes dispatches under its name (rule 1.1)."""

from __future__ import annotations

from typing import ClassVar, Literal

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import EVERYONE, Actor, Audience, Command, Event, Id, Name, TextId
from game_rules.procedures.standing import demand, why_not_now, why_not_serve
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.state import GameState


class AdmitPress(Command):
    """Lets somebody publish under this name. Issued by the server for whoever holds a press link."""

    type: Literal["admit_press"]
    texts: ClassVar[tuple[str, ...]] = ("name",)
    press: Id
    name: Name


# stored: renaming needs an upcaster
class PressAdmitted(Event):
    type: Literal["press_admitted"] = "press_admitted"
    texts: ClassVar[tuple[str, ...]] = ("name",)
    press: str
    name: TextId

    def audience(self) -> Audience:
        return EVERYONE


def why_not_publish(state: GameState, by: Actor) -> Refusal | None:
    """The press has given a name, and the phase leaves time to talk: dispatches are talk."""
    if by.kind != "press":
        return refuse(no.ROOM_NOT_YOURS)
    return refuse(no.PRESS_HAS_NO_NAME) if by.id not in state.press else why_not_now(state, "talk")


def admit_press(state: GameState, command: AdmitPress, by: Actor) -> tuple[Event, ...]:
    demand(why_not_serve(by))
    if state.clock.status == "ended":
        raise Rejected(refuse(no.GAME_OVER))
    if command.press in state.press:
        raise Rejected(refuse(no.PRESS_KNOWN))
    return (PressAdmitted(press=command.press, name=command.name),)


def press_admitted(state: GameState, event: PressAdmitted) -> GameState:
    return replace(state, press={**state.press, event.press: event.name})
