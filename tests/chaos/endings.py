"""Rule 1.7: every game ends, whoever does what in it and whoever goes in the middle of it.

Random people play each cast for a while, come and go as chance will; then everybody falls silent and the clock alone
has to bring the game to its outcome. A game that stands paused goes on when whoever runs it says so; where they have
gone, somebody new comes, runs it, and says so.
"""

from __future__ import annotations

from collections import deque
from itertools import islice

import pytest

from game_rules.engine import next_due
from game_rules.messages import SERVER, Actor, GameKind, Milliseconds
from game_rules.state import GameState
from tests.chaos.experiment import Experiment, Tries
from tests.rules import random_games
from tests.rules.harness import FACILITATOR
from tests.rules.random_games import Wish, answered, by_the_clock, command, play

CASTS = ("quick", "council", "full")
WISHES = (40, 90, 150)
LONGEST = 1_000
"""Steps of the clock after which a game would never end."""


def ending_tries(games: int, seed: int) -> Tries:
    """One try a game."""
    for number in range(seed, seed + games):
        cast = CASTS[number % len(CASTS)]
        yield None if ends(number, cast) else f"game {number} of the {cast} cast has no outcome"


def ends(number: int, cast: str) -> bool:
    kind: GameKind = "open" if number % 2 else "exercise"
    wishes = WISHES[number % 7 % len(WISHES)]
    played = deque(play(number, wishes, kind, cast=cast, strict=number % 4 == 0), maxlen=1).pop()
    state, at = played.after, played.wish.at
    if state.clock.status == "paused":
        state = _resumed(state, at)
    return any(step.after.outcome is not None for step in islice(by_the_clock(state, at), LONGEST)) or bool(
        state.outcome
    )


def _resumed(state: GameState, at: int) -> GameState:
    """The paused game gone on by whoever runs it. Still paused when nobody can."""
    host = state.members.get(state.host or "")
    if state.kind == "open" and (host is None or not host.present or state.seats[host.seat].vacant):
        comes = command("join_seat", seat="HUN", member="m-late", name="Late")
        state = answered(state, Wish(0, comes, SERVER, at)).after
        host = state.members["m-late"]
    by = Actor("member", host.id, host.seat) if host and state.kind == "open" else FACILITATOR
    return answered(state, Wish(0, command("resume_game"), by, at)).after


def waits_for_those_who_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands as long as somebody's seat is empty."""

    def patient(state: GameState) -> Milliseconds | None:
        return None if any(seat.vacant and seat.members for seat in state.seats.values()) else next_due(state)

    monkeypatch.setattr(random_games, "next_due", patient)


ENDINGS = Experiment(
    id="1.7",
    name="endings",
    what="random games of every cast with people leaving: each has an outcome",
    unit="games",
    count=3_000,
    tries=ending_tries,
    wrong={"the clock waits for those who left": waits_for_those_who_left},
    enough=12,
)
