"""The experiments of `make chaos` that need nothing but time, as far as `make test` has it.

Kills are tried in tests/server/test_kills.py, twin worlds in tests/secrecy/, exact replay over the goldens.
"""

from __future__ import annotations

import pytest

from tests.chaos.double_submit import DOUBLE_SUBMITS
from tests.chaos.endings import ENDINGS
from tests.chaos.experiment import Experiment
from tests.chaos.mutated_frames import MUTATED_FRAMES
from tests.chaos.streams import STREAMS
from tests.chaos.summits import ANYTHING, SCENARIO_GAMES

pytestmark = pytest.mark.slow

SEED = 1
TRIES = [
    pytest.param(MUTATED_FRAMES, 50_000, id="mutated_frames"),
    pytest.param(DOUBLE_SUBMITS[0], 10_000, id="double_submit_sqlite"),
    pytest.param(DOUBLE_SUBMITS[1], 2_000, id="double_submit_postgres", marks=pytest.mark.postgres),
    pytest.param(ENDINGS, 60, id="endings"),
    pytest.param(STREAMS, 3, id="streams"),
    pytest.param(SCENARIO_GAMES, 6, id="scenarios"),
    pytest.param(ANYTHING, 6, id="anything"),
]
every_experiment = pytest.mark.parametrize(("experiment", "count"), TRIES)


@every_experiment
def test_it_never_fails(experiment: Experiment, count: int) -> None:
    assert not [failure for failure in experiment.tries(count, SEED) if failure]


@every_experiment
def test_it_fails_on_the_wrong_designs(experiment: Experiment, count: int) -> None:
    assert experiment.wrong
    for name, wrong in experiment.wrong.items():
        assert experiment.notices(wrong, SEED), name
