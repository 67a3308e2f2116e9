"""Who looks at a game."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from game_rules.messages import Actor, Audience, Everyone, SeatId, bot, deputy
from game_rules.procedures.standing import place_of
from game_rules.state import GameState

ViewerKind = Literal["seat", "facilitator", "press", "projector", "spectator", "lobby"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """A pair of eyes. `actor` is who acts when they act: None for those who only watch."""

    kind: ViewerKind
    actor: Actor | None = None

    @property
    def seat(self) -> SeatId | None:
        return self.actor.seat if self.actor is not None else None

    @property
    def sees_everything(self) -> bool:
        return self.kind == "facilitator"

    def may_know(self, audience: Audience) -> bool:
        """Everyone knows what is public; a delegation what is addressed to it; the facilitator everything (9.1)."""
        if isinstance(audience, Everyone) or self.sees_everything:
            return True
        return self.seat is not None and self.seat in audience.seats


SPECTATOR = Viewer("spectator")
PROJECTOR = Viewer("projector")
LOBBY = Viewer("lobby")


def member_viewer(member: str, seat: SeatId) -> Viewer:
    return Viewer("seat", Actor("member", member, seat))


@lru_cache(maxsize=256)
def stand_in_viewer(kind: Literal["bot", "deputy"], seat: SeatId) -> Viewer:
    return Viewer("seat", bot(seat) if kind == "bot" else deputy(seat))


def facilitator_viewer(identifier: str) -> Viewer:
    return Viewer("facilitator", Actor("facilitator", identifier))


def press_viewer(identifier: str) -> Viewer:
    return Viewer("press", Actor("press", identifier))


def in_place(state: GameState, viewer: Viewer) -> Viewer:
    """The viewer as it acts now: a facilitator who has taken a seat's place looks with that seat's eyes as well."""
    actor = viewer.actor
    if viewer.kind != "facilitator" or actor is None or not state.places:
        return viewer
    return Viewer("facilitator", Actor("facilitator", actor.id, place_of(state, actor.id)))
