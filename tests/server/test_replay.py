"""A game step by step, in one viewer's eyes, from its log alone."""

from __future__ import annotations

import pytest

from game_rules.state import KEPT
from game_rules.view import Viewer
from game_rules.view.viewer import PROJECTOR, member_viewer
from server.replay import History
from tests.replays.goldens import ByBots, pinned_scenario


@pytest.fixture(scope="module")
def history() -> History:
    """A long afternoon of the whole alliance: more is in its record than a view keeps."""
    game = ByBots("full", "a long day", 90)(pinned_scenario("vilnius-2023"))
    history = History(game.game)
    history.extend(game.records)
    return history


@pytest.mark.rule("10")
@pytest.mark.parametrize("viewer", [PROJECTOR, member_viewer("m1", "HUN")], ids=["projector", "seat"])
def test_a_moment_is_told_though_it_has_long_left_the_record(history: History, viewer: Viewer) -> None:
    told = [moment.entry for moment in history.seen_by(viewer).moments if moment.entry is not None]
    said = [(one["by"], one["event"]) for one in told[:-KEPT] if one["type"] == "position_stated"]
    assert said
    assert all(by == event["seat"] and event["draft"] and event["position"] for by, event in said)
