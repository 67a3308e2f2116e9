"""What each viewer may know: the one place where secrecy is decided (rules 9.1 to 9.5).

`Views` builds the public half once for everybody and a private half for each viewer, keeps what did not change, and
`diff` says what did. A frame is a diff of what its viewer sees: what a viewer may not know cannot move it (rule 9.2).
"""

from __future__ import annotations

from typing import Literal

from game_rules.memo import Memo
from game_rules.messages import SeatId
from game_rules.state import GameState
from game_rules.view.diff import Operation, apply, diff
from game_rules.view.private import heard_by, may_read, private_half
from game_rules.view.public import public_half, public_half_when_asked
from game_rules.view.shape import PrivateView, PublicView, View
from game_rules.view.texts import text_ids
from game_rules.view.viewer import (
    LOBBY,
    PROJECTOR,
    SPECTATOR,
    Viewer,
    facilitator_viewer,
    in_place,
    member_viewer,
    press_viewer,
    stand_in_viewer,
)

__all__ = [
    "LOBBY",
    "PROJECTOR",
    "SPECTATOR",
    "Operation",
    "Viewer",
    "Views",
    "apply",
    "diff",
    "facilitator_viewer",
    "heard_by",
    "in_place",
    "may_read",
    "member_viewer",
    "press_viewer",
    "stand_in_viewer",
    "text_ids",
    "view",
]


class Views:
    """The views of one game, state after state. Holds nothing but what it can build again."""

    def __init__(self) -> None:
        self._public = Memo()
        self._private: dict[Viewer, Memo] = {}
        self._asked: tuple[GameState, PublicView] | None = None

    def public(self, state: GameState) -> PublicView:
        return public_half(state, self._public)

    def for_a_stand_in(self, state: GameState, kind: Literal["bot", "deputy"], seat: SeatId) -> View:
        """The seat's whole view, built as far as the stand-in looks: most turns look at little and wish nothing."""
        return {
            "public": self._public_when_asked(state),
            "private": self.private(state, stand_in_viewer(kind, seat)),
        }

    def _public_when_asked(self, state: GameState) -> PublicView:
        """The same for all stand-ins that look before something happens: what one looked at the next one finds."""
        if self._asked is None or self._asked[0] is not state:
            self._asked = state, public_half_when_asked(state, self._public)
        return self._asked[1]

    def private(self, state: GameState, viewer: Viewer) -> PrivateView:
        memo = self._private.get(viewer)
        if memo is None:
            memo = self._private[viewer] = Memo()
        return private_half(state, viewer, memo)

    def forget(self, viewer: Viewer) -> None:
        """Lets go of what was kept for a viewer who is gone."""
        self._private.pop(viewer, None)


def view(state: GameState, viewer: Viewer) -> View:
    """What one viewer may know now, built afresh."""
    views = Views()
    return {"public": views.public(state), "private": views.private(state, viewer)}
