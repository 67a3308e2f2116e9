"""The Vilnius scenario and its evaluator, built once for all tests of the scenario."""

from pathlib import Path

import pytest

from game_rules.evaluation import Evaluator
from game_rules.scenario import Scenario
from server.scenario_files import load_scenario

VILNIUS = Path(__file__).parents[2] / "scenarios" / "vilnius-2023"


@pytest.fixture(scope="session")
def vilnius() -> Scenario:
    """The Vilnius summit as it stands in `scenarios/`."""
    return load_scenario(VILNIUS)


@pytest.fixture(scope="session")
def evaluator(vilnius: Scenario) -> Evaluator:
    """Its evaluator, with all thirty-one allies."""
    return Evaluator(vilnius)


@pytest.fixture(scope="session")
def quick(vilnius: Scenario) -> Evaluator:
    """Its evaluator for the cast of six allies."""
    return Evaluator(vilnius, "quick")
