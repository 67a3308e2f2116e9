"""What a package would be worth to a delegation, by its own lights (rules 8.8, 9.3)."""

from __future__ import annotations

import pytest

from game_rules.appraisal import appraise
from game_rules.evaluation import Circumstances
from tests.rules.harness import (
    ACTION_PLAN,
    HISTORICAL,
    broken,
    given,
    in_phase,
    package,
    rules,
    tabled,
    under_silence,
)

STATE = given(in_phase("consultations")).state


def test_an_appraisal_has_points_reservation_and_the_lines_crossed() -> None:
    """rule 8.8"""
    found = appraise(STATE, "HUN", ACTION_PLAN)
    assert found["points"] == rules().evaluator.points("HUN", ACTION_PLAN)
    assert found["reservation"] == rules().evaluator.reservation("HUN")
    assert [one["line"] for one in found["crosses"]] == ["path_not_acceptable", "requires_sweden_linkage_resolved"]
    assert (found["consistent"], found["broken_rules"]) == (True, [])


def test_an_inconsistent_package_names_the_rules_it_breaks() -> None:
    """rule 2.1"""
    found = appraise(STATE, "HUN", package(path="fast_track"))
    assert found["consistent"] is False
    assert [rule["id"] for rule in found["broken_rules"]] == ["V02"]
    assert all(rule["sentence"] and rule["issues"] for rule in found["broken_rules"])


@pytest.mark.parametrize("seat", ["HUN", "UKR", "SG", "EU"])
def test_every_other_option_says_what_it_would_change(seat: str) -> None:
    """rule 8.8: the same as appraising the changed package."""
    found = appraise(STATE, seat, HISTORICAL)
    assert found["options"].keys() == rules().package_dict(HISTORICAL).keys() - rules().cast.fixed.keys()
    for issue, options in found["options"].items():
        assert tuple(options) == rules().options[issue]
        for option, shown in options.items():
            changed = appraise(STATE, seat, package(**{issue: option}))
            assert shown["points"] == changed["points"]
            assert shown["delta"] == changed["points"] - found["points"]
            assert shown["crosses"] == [one["line"] for one in changed["crosses"]]
            assert shown["broken_rules"] == [rule["id"] for rule in changed["broken_rules"]]


def test_the_option_that_stands_changes_nothing() -> None:
    found = appraise(STATE, "POL", HISTORICAL)
    assert all(found["options"][issue][found["package"][issue]]["delta"] == 0 for issue in found["options"])


def test_silences_that_were_broken_count() -> None:
    """rules 4.3 and 8.8: through the alliance's cohesion."""
    after = given(in_phase("council_1"), tabled(), under_silence(), broken()).state
    found = appraise(after, "USA", HISTORICAL)
    assert found["points"] == rules().evaluator.points("USA", HISTORICAL, Circumstances(breaks=1))
    assert found["points"] < appraise(STATE, "USA", HISTORICAL)["points"]


def test_nothing_but_what_everybody_sees_and_the_own_instructions_enters() -> None:
    """rule 9.3: what others did in private moves nothing."""
    confided = given(in_phase("consultations"), tabled("POL", ACTION_PLAN)).when(
        "state_position", by="DEU", draft="d1", revision=1, position="would_object", reason="r", in_confidence=True
    )
    assert appraise(confided.state, "HUN", HISTORICAL) == appraise(STATE, "HUN", HISTORICAL)
