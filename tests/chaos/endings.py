"""Rule 1.7: every game ends, whoever does what in it and whoever goes in the middle of it.

Random people play each cast for a while, come and go as chance will; then everybody falls silent and the clock alone
has to bring the game to its outcome.
"""

from __future__ import annotations

from itertools import islice

import pytest

from game_rules.engine import next_due
from game_rules.messages import GameKind, Milliseconds
from game_rules.state import GameState
from tests.chaos.experiment import Experiment, Tries
from tests.rules import random_games
from tests.rules.random_games import play

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
    steps = play(number, wishes, kind, to_the_end=True, cast=cast, strict=number % 4 == 0)
    return any(step.after.outcome is not None for step in islice(steps, wishes + LONGEST))


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
