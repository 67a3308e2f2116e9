"""What a delegation is told before it keeps or breaks a silence (rules 6.3, 6.4, 8.7)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.procedures.promises import PromiseJudged
from game_rules.procedures.trade import DealBetrayed
from game_rules.state import GameState
from game_rules.view import SPECTATOR, facilitator_viewer, member_viewer, view
from tests.rules.harness import ACTION_PLAN, HISTORICAL, Given, given, in_phase, tabled, under_silence
from tests.rules.test_betrayal import FUNDS, PATH, signed
from tests.rules.test_promises import OTHER, promise


def council(*history: Any, of: tuple[str, ...] = ACTION_PLAN) -> Given:
    return given(in_phase("council_1"), history, tabled("POL", of), under_silence())


def stakes(state: GameState, seat: str = "HUN") -> dict[str, Any] | None:
    return view(state, member_viewer(f"m-{seat.lower()}", seat))["private"]["stakes"]  # type: ignore[return-value]


@pytest.mark.rule("8.7")
@pytest.mark.parametrize(
    ("of", "breaking", "consenting"),
    [
        pytest.param(ACTION_PLAN, 0, 15, id="across a line: to consent costs"),
        pytest.param(HISTORICAL, 10, 0, id="within the lines and worth having: to break costs"),
    ],
)
def test_the_capital_names_its_price_beforehand(of: tuple[str, ...], breaking: int, consenting: int) -> None:
    told = stakes(council(of=of).state)
    assert told is not None
    assert (told["breaking"], told["consenting"]) == (breaking, consenting)


@pytest.mark.rule("8.7")
def test_it_is_the_price_that_the_result_takes_off() -> None:
    before = council(of=HISTORICAL)
    told = stakes(before.state)
    broken = before.when("break_silence", by="HUN", draft="d1", revision=1, issues=("path",), reason="why", lift="what")
    outcome = broken.next().when("end_game", by="facilitator").state.outcome
    assert outcome is not None
    assert told is not None
    result = outcome.results["HUN"]
    assert result["points"] - result["total"] == told["breaking"]


@pytest.mark.rule("6.3")
def test_it_names_exactly_the_promises_that_a_break_breaks() -> None:
    before = council(promise("will_not_object"), promise("will_support", number=2, options=OTHER))
    told = stakes(before.state)
    answer = before.when("break_silence", by="HUN", draft="d1", revision=1, issues=("path",), reason="why", lift="what")
    judged = [event.promise for event in answer.accepted().events if isinstance(event, PromiseJudged)]
    assert told is not None
    assert told["promises"] == judged == ["HUN>POL.1"]


@pytest.mark.rule("6.4")
@pytest.mark.parametrize("issue", ["path", "reform"])
def test_it_names_the_deals_that_a_break_would_betray_and_over_what(issue: str) -> None:
    before = council(*signed(FUNDS))
    told = stakes(before.state)
    answer = before.when("break_silence", by="HUN", draft="d1", revision=1, issues=(issue,), reason="why", lift="what")
    betrayed = {event.deal: event.lines for event in answer.accepted().events if isinstance(event, DealBetrayed)}
    assert told is not None
    assert [one["deal"] for one in told["deals"]] == [FUNDS]
    assert betrayed == ({FUNDS: (PATH,)} if issue in told["deals"][0]["issues"] else {})


@pytest.mark.rule("1.1", "9.1")
def test_only_an_ally_under_silence_has_something_at_stake() -> None:
    state = council(promise("will_not_object")).state
    assert all(stakes(state, seat) is None for seat in ("UKR", "SWE", "EU", "SG"))
    assert view(state, SPECTATOR)["private"]["stakes"] is None
    assert view(state, facilitator_viewer("f-1"))["private"]["stakes"] is None
    assert stakes(given(in_phase("council_1"), tabled("POL", ACTION_PLAN)).state) is None
