"""The Vilnius scenario and its quick cast, built once for all tests of the analysis."""

from pathlib import Path

import pytest

from game_rules.analysis.outcome_space import OutcomeSpace, outcome_space
from game_rules.scenario import Scenario
from server.scenario_files import load_scenario

VILNIUS = Path(__file__).parents[2] / "scenarios" / "vilnius-2023"


@pytest.fixture(scope="session")
def vilnius() -> Scenario:
    """The Vilnius summit as it stands in `scenarios/`."""
    return load_scenario(VILNIUS)


@pytest.fixture(scope="session")
def quick_space(vilnius: Scenario) -> OutcomeSpace:
    """Every consistent package of the cast of six."""
    return outcome_space(vilnius, "quick")
