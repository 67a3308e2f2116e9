"""kill -9 at every point of a command's way: what was acknowledged is in the log, once (promises R1).

`make chaos` does it a thousand times on each database.
"""

from __future__ import annotations

import pytest

from tests.chaos.doomed_server import POINTS
from tests.chaos.kills import WRONG, kill_tries

pytestmark = pytest.mark.slow

TELLING = {"ack before commit": ("head_updated", "before_commit"), "no de-duplication": ("after_hint", "after_hint")}
"""Where a kill brings it to light."""


@pytest.mark.parametrize("house", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_nothing_acknowledged_is_lost_or_doubled_wherever_a_server_is_killed(house: str) -> None:
    assert not any(kill_tries(house, len(POINTS), seed=1))


@pytest.mark.parametrize("wrong", WRONG)
def test_the_check_notices(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """promises: a harness counts only when it fails on the wrong designs."""
    WRONG[wrong](monkeypatch)
    points = TELLING[wrong]
    assert any(kill_tries("sqlite", len(points), seed=1, points=points))
