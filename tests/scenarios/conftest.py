"""The Vilnius scenario and its evaluator, built once for all tests; the smallest one, to be broken."""

import shutil
from pathlib import Path

import pytest

from game_rules.evaluation import Evaluator
from game_rules.scenario import Scenario
from server.scenario_files import load_scenario

VILNIUS = Path(__file__).parents[2] / "scenarios" / "vilnius-2023"
TINY = Path(__file__).parent / "tiny"


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


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the smallest scenario, to be broken."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that was read before is found again."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
