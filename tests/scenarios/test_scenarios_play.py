"""Every scenario is played to its end by bots, and no state on the way is one that the rules do not know.

`make chaos` plays them four hundred times.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from game_rules.scenario import Scenario
from game_rules.simulation import simulate
from game_rules.state import Revision
from server.scenario_files import load_scenario
from tests.scenarios.legality import faults_of_a_game, illegal

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SEEDS = range(20)


@pytest.fixture(scope="session")
def scenarios() -> dict[str, Scenario]:
    return {folder.name: load_scenario(folder) for folder in SCENARIOS.iterdir() if folder.is_dir()}


@pytest.mark.slow
@pytest.mark.rule("1.7", "7.2", "8.1")
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("slug", "cast"), [("bucharest-2008", "quick"), ("first-steps", "table")])
def test_bots_play_a_scenario_to_its_end(scenarios: dict[str, Scenario], slug: str, cast: str, seed: int) -> None:
    assert faults_of_a_game(scenarios[slug], cast, str(seed)) == []


@pytest.mark.slow
@pytest.mark.rule("1.7", "7.2", "8.1")
@pytest.mark.parametrize(("slug", "cast"), [("bucharest-2008", "full"), ("vilnius-2023", "quick")])
def test_so_they_do_at_other_tables(scenarios: dict[str, Scenario], slug: str, cast: str) -> None:
    assert faults_of_a_game(scenarios[slug], cast, "a") == []


@pytest.mark.rule("7.2")
def test_the_small_scenario_is_played_by_the_same_engine(scenarios: dict[str, Scenario]) -> None:
    assert faults_of_a_game(scenarios["first-steps"], "table", "quick look") == []


@pytest.mark.rule("4.8", "1.7")
@pytest.mark.parametrize(
    ("slug", "cast"), [("first-steps", "table"), ("bucharest-2008", "quick"), ("vilnius-2023", "quick")]
)
def test_in_strict_games_bots_wish_nothing_that_their_instructions_forbid(
    scenarios: dict[str, Scenario], slug: str, cast: str
) -> None:
    games = [simulate(scenarios[slug], cast, f"strict {seed}", strict=True) for seed in range(2)]
    assert [(game.game.state.strict, game.refused) for game in games] == [(True, 0)] * 2


@pytest.mark.rule("7.1")
def test_first_steps_take_ten_minutes(scenarios: dict[str, Scenario]) -> None:
    """From the start to the outcome no more than the nine minutes before the debrief, and the fallback's one."""
    for seed in SEEDS:
        record = simulate(scenarios["first-steps"], "table", f"ten minutes {seed}").game.state.record
        assert record[-1].at - record[0].at <= 10 * 60_000


@pytest.mark.slow
@pytest.mark.rule("8.1")
def test_tables_of_bucharest_end_in_different_texts(scenarios: dict[str, Scenario]) -> None:
    """A scenario in which every table finds the same text at once is not worth playing."""
    games = [simulate(scenarios["bucharest-2008"], "quick", str(seed)).to_json() for seed in SEEDS]
    texts = Counter((game["package"]["plan_ukraine"], game["package"]["promise"]) for game in games)
    assert len(texts) >= 3
    assert {"adopted", "fallback"} <= {game["ending"] for game in games}


def test_an_illegal_state_would_be_noticed(scenarios: dict[str, Scenario]) -> None:
    """The check itself, on a text that breaks a rule of the scenario."""
    state = simulate(scenarios["first-steps"], "table", "checked").game.state
    broken = state.evaluator.package({"place": "put_off", "costs": "shared"})
    (name, draft), *others = state.drafts.items()
    moved = replace(draft, revisions=(*draft.revisions, Revision(broken, draft.tabled_at)))
    wrong = replace(state, drafts={name: moved, **dict(others)})
    assert list(illegal(state, state)) == []
    assert any("inconsistent" in fault for fault in illegal(state, wrong))
