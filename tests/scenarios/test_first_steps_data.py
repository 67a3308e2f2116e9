"""First steps: small enough for ten minutes, and each brief leads through every control."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from game_rules.evaluation import Circumstances, Evaluator
from game_rules.scenario import Scenario
from server.scenario_files import check_folder, load_scenario

FOLDER = Path(__file__).parents[2] / "scenarios" / "first-steps"
NATIONS = ("ISL", "LUX", "SVN")
CONTROLS = ("Table", "Amend", "Position", "Deal", "Silence", "The ladder")


@pytest.fixture(scope="module")
def steps() -> Scenario:
    return load_scenario(FOLDER)


@pytest.fixture(scope="module")
def table(steps: Scenario) -> Evaluator:
    return Evaluator(steps, "table")


def test_it_has_no_fault() -> None:
    checked = check_folder(FOLDER)
    assert checked.faults == ()
    languages = ("de", "fr", "uk")
    assert checked.remarks == tuple(f"translations/{one}.yaml: 32 of 32 texts are translated" for one in languages)


@pytest.mark.rule("1.1", "7.2")
def test_three_nations_and_two_issues(steps: Scenario) -> None:
    assert steps.voting_seats == NATIONS
    assert len(steps.issues) == len(steps.open_issues("table")) == 2


@pytest.mark.rule("4.2", "7.1")
def test_ten_minutes_are_ten_minutes(steps: Scenario) -> None:
    assert (
        steps.clocks.min_minutes == steps.clocks.default_minutes == sum(phase.minutes for phase in steps.agenda) == 10
    )
    assert (steps.silence.min_seconds, steps.silence.max_seconds) == (30, 60)
    closing = next(phase for phase in steps.agenda if phase.kind == "leaders")
    assert closing.minutes * 60 > steps.silence.max_seconds, "a silence opened at its start ends within it"


@pytest.mark.parametrize("seat", NATIONS)
def test_each_brief_teaches_every_control_one_at_a_time(steps: Scenario, seat: str) -> None:
    brief = steps.seats[seat].brief
    assert brief is not None
    steps_of_brief = [line for line in brief.text.splitlines() if line[:2] in ("1.", "2.", "3.", "4.", "5.", "6.")]
    assert len(steps_of_brief) == len(CONTROLS)
    assert {line.split("**")[1].rstrip(".") for line in steps_of_brief} == set(CONTROLS)


def test_every_seat_has_a_brief_for_its_lines(steps: Scenario) -> None:
    for seat in steps.seats.values():
        assert seat.brief is not None, seat.id
        assert set(seat.brief.red_line_sentences) == {line.id for line in seat.red_lines}


@pytest.mark.rule("8.9")
def test_there_is_something_to_find(steps: Scenario, table: Evaluator) -> None:
    """All can live with turns; the house needs a deal, and then each is better off than without a text."""
    texts = [text for text in product(*(issue.option_ids for issue in steps.issues)) if table.is_consistent(text)]

    def places(*deals: str) -> set[str]:
        around = Circumstances(deals=frozenset(deals))
        return {
            text[0]
            for text in texts
            if not table.objectors(text, around)
            and all(table.points(seat, text, around) > table.reservation(seat) for seat in NATIONS)
        }

    assert places() == {"put_off", "on_screens", "by_turns"}
    assert places("language") == places() | {"one_house"}


@pytest.mark.rule("8.1")
def test_the_fallback_is_bearable_and_less_than_what_can_be_found(steps: Scenario, table: Evaluator) -> None:
    fallback, found = table.package(steps.fallback.options), table.package(steps.history.options)
    assert table.objectors(fallback) == table.objectors(found) == {}
    assert all(table.points(seat, found) > table.points(seat, fallback) for seat in NATIONS)
