"""Every scenario, played very often: by bots to its end without an illegal state, and by anybody doing anything.

Bots play the summit as it is meant. hypothesis plays its corners (tests/rules/test_state_machine.py): everybody wishes
whatever there is, and after each step what must always hold is looked at.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from game_rules import affordances
from game_rules.engine import Event, evolve
from game_rules.messages import Actor, Milliseconds
from game_rules.procedures.drafting import DraftTabled
from game_rules.state import GameState
from game_rules.view import private
from tests.chaos.experiment import Experiment, Tries
from tests.rules.test_state_machine import SCENARIOS, play_summits, scenario_in
from tests.scenarios import legality
from tests.scenarios.legality import faults_of_a_game

GAMES_OF_EACH = 400
BATCH = 10
"""Games of anything that hypothesis makes in one go: it varies what it tried before."""


def bots_tries(games: int, seed: int) -> Tries:
    """One try a game; scenarios take turns, and the casts of each."""
    scenarios = [scenario_in(folder) for folder in SCENARIOS]
    for number in range(seed, seed + games):
        turn, whose = divmod(number, len(scenarios))
        scenario = scenarios[whose]
        cast = scenario.casts[turn % len(scenario.casts)].id
        yield "; ".join(faults_of_a_game(scenario, cast, str(number))) or None


def anything_tries(batches: int, seed: int) -> Tries:
    """One try a batch of games; scenarios take turns."""
    for number in range(seed, seed + batches):
        folder = SCENARIOS[number % len(SCENARIOS)]
        try:
            play_summits(folder, BATCH, number)
        except Exception as broken:  # hypothesis hands on whatever the rules or an invariant raised
            yield f"{folder.name}, seed {number}: {type(broken).__name__}: {broken}"
        else:
            yield None


def folding_forgets_the_author(monkeypatch: pytest.MonkeyPatch) -> None:
    """A replay that puts every draft into the same hands."""

    def forgetful(state: GameState | None, event: Event, by: Actor, at: Milliseconds) -> GameState:
        after = evolve(state, event, by, at)
        if not isinstance(event, DraftTabled):
            return after
        anybody = replace(after.drafts[event.draft], author=after.rules.chair)
        return replace(after, drafts={**after.drafts, event.draft: anybody})

    monkeypatch.setattr(legality, "evolve", forgetful)


def rooms_stand_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a room gets it."""
    monkeypatch.setattr(private, "_heard", lambda state, viewer, room: room)


def a_button_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cosponsoring is offered to everybody, and refused to some."""
    monkeypatch.setitem(affordances.ON_A_DRAFT, "cosponsor", lambda state, by, draft: None)


SCENARIO_GAMES = Experiment(
    id="1.7",
    name="scenarios",
    what="bots play every scenario with every cast to its end: no illegal state on the way",
    unit="games",
    count=GAMES_OF_EACH * len(SCENARIOS),
    tries=bots_tries,
    wrong={"folding forgets who tabled a draft": folding_forgets_the_author},
    enough=3,
)

ANYTHING = Experiment(
    id="9.3",
    name="anything",
    what="anybody wishes anything in every scenario: offered is accepted, greyed refused, nothing leaks, all end",
    unit="batches of 10 games",
    count=300,
    tries=anything_tries,
    wrong={"rooms stand open": rooms_stand_open, "a button too many": a_button_too_many},
    enough=6,
)

SUMMITS = (SCENARIO_GAMES, ANYTHING)
