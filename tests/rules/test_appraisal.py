"""What a package would be worth to a delegation, by its own lights (rules 8.8, 9.3)."""

from __future__ import annotations

import pytest

from game_rules.appraisal import appraise
from game_rules.evaluation import Circumstances
from game_rules.scenario import Scenario
from game_rules.state import GameState
from tests.rules.harness import (
    ACTION_PLAN,
    HISTORICAL,
    broken,
    created,
    given,
    in_phase,
    package,
    rules,
    tabled,
    under_silence,
    vilnius,
)

STATE = given(in_phase("consultations")).state


@pytest.mark.rule("8.8")
def test_an_appraisal_has_points_reservation_and_the_lines_crossed() -> None:
    found = appraise(STATE, "HUN", ACTION_PLAN)
    assert found["points"] == rules().evaluator.points("HUN", ACTION_PLAN)
    assert found["reservation"] == rules().evaluator.reservation("HUN")
    assert [one["line"] for one in found["crosses"]] == ["path_not_acceptable", "requires_sweden_linkage_resolved"]
    assert (found["consistent"], found["broken_rules"]) == (True, [])


@pytest.mark.rule("2.1")
def test_an_inconsistent_package_names_the_rules_it_breaks() -> None:
    found = appraise(STATE, "HUN", package(path="fast_track"))
    assert found["consistent"] is False
    assert [rule["id"] for rule in found["broken_rules"]] == ["V02"]
    assert all(rule["sentence"] and rule["issues"] for rule in found["broken_rules"])


@pytest.mark.rule("8.8")
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


@pytest.mark.rule("4.3", "8.8")
def test_silences_that_were_broken_count() -> None:
    """rules 4.3 and 8.8: through the alliance's cohesion."""
    after = given(in_phase("council_1"), tabled(), under_silence(), broken()).state
    found = appraise(after, "USA", HISTORICAL)
    assert found["points"] == rules().evaluator.points("USA", HISTORICAL, Circumstances(breaks=1))
    assert found["points"] < appraise(STATE, "USA", HISTORICAL)["points"]


@pytest.mark.rule("9.3")
def test_nothing_but_what_everybody_sees_and_the_own_instructions_enters() -> None:
    """rule 9.3: what others did in private moves nothing."""
    confided = given(in_phase("consultations"), tabled("POL", ACTION_PLAN)).when(
        "state_position", by="DEU", draft="d1", revision=1, position="would_object", reason="r", in_confidence=True
    )
    assert appraise(confided.state, "HUN", HISTORICAL) == appraise(STATE, "HUN", HISTORICAL)


# --- which issues drive the value, and what would help most


@pytest.mark.rule("8.8")
@pytest.mark.parametrize("seat", ["HUN", "USA", "UKR", "SG"])
def test_the_drivers_are_every_issue_with_what_it_gives_and_could_give(seat: str) -> None:
    """rule 8.8: their points add up to the closeness before signed points; what could give most comes first."""
    drivers = appraise(STATE, seat, HISTORICAL)["drivers"]
    terms = rules().evaluator.point_terms(seat, HISTORICAL)
    assert {one["issue"] for one in drivers} == set(rules().issues)
    assert all(one["points"] == float(round(terms.issues[one["issue"]], 1)) for one in drivers)
    assert all(one["most"] == float(round(terms.ceilings[one["issue"]], 1)) for one in drivers)
    assert all(0 <= one["points"] <= one["most"] for one in drivers)
    assert [one["most"] for one in drivers] == sorted((one["most"] for one in drivers), reverse=True)
    assert sum(one["most"] for one in drivers) == pytest.approx(100, abs=1)


@pytest.mark.parametrize("seat", ["HUN", "USA", "DEU", "POL", "UKR", "EU"])
@pytest.mark.parametrize("of", [HISTORICAL, ACTION_PLAN, package(target_date="review_next_summit")])
def test_no_other_single_change_that_crosses_no_new_line_is_worth_more(seat: str, of: tuple[str, ...]) -> None:
    """The best change against every change there is, reckoned one by one."""
    found = appraise(STATE, seat, of)
    best = found["best_change"]
    crossed = {one["line"] for one in found["crosses"]}
    allowed = []
    for place, issue in enumerate(rules().issues):
        if issue in rules().cast.fixed:
            continue
        for option in rules().options[issue]:
            changed = (*of[:place], option, *of[place + 1 :])
            lines = set(rules().evaluator.objections(seat, changed))
            points = rules().evaluator.points(seat, changed)
            helps = points > found["points"] or lines < crossed
            if helps and lines <= crossed and rules().evaluator.is_consistent(changed):
                allowed.append((points, issue, option, crossed - lines))
    if not allowed:
        assert best is None
        return
    assert best["points"] == max(points for points, *_ in allowed)
    first = next(one for one in allowed if one[0] == best["points"])
    assert (best["issue"], best["option"], set(best["lifts"])) == first[1:]
    assert best["delta"] == best["points"] - found["points"]
    assert best["adds"] == []


def at_its_best(state: GameState, seat: str) -> tuple[str, ...]:
    """A text that no single change betters for the seat: one best change after the other from the historical one."""
    best = HISTORICAL
    while (change := appraise(state, seat, best)["best_change"]) is not None and change["delta"] > 0:
        best = tuple(
            change["option"] if issue == change["issue"] else option
            for issue, option in zip(rules().issues, best, strict=True)
        )
    return best


def test_nothing_helps_a_delegation_that_has_all_it_can_get() -> None:
    assert appraise(STATE, "SWE", at_its_best(STATE, "SWE"))["best_change"] is None


def test_a_change_that_lifts_a_line_helps_though_it_costs_points() -> None:
    best = at_its_best(STATE, "SWE")
    data = vilnius().model_dump(mode="json", by_alias=True, exclude_none=True)
    data["seats"]["SWE"]["acceptable"] = [path for path in rules().options["path"] if path != best[0]]
    torn = given(in_phase("consultations"), game=created(scenario=Scenario.model_validate(data))).state
    change = appraise(torn, "SWE", best)["best_change"]
    assert change["lifts"] == ["path_not_acceptable"]
    assert change["delta"] < 0
    assert change["issue"] == "path"


@pytest.mark.rule("9.3")
def test_what_would_help_most_hangs_on_nobody_elses_instructions() -> None:
    """rule 9.3: another game in which every other nation wants the opposite says the same."""
    data = vilnius().model_dump(mode="json", by_alias=True, exclude_none=True)
    for seat, of_seat in data["seats"].items():
        if seat != "HUN":
            of_seat["salience"] = dict.fromkeys(of_seat["salience"], 1)
            of_seat["red_lines"] = []
    other = given(in_phase("consultations"), game=created(scenario=Scenario.model_validate(data))).state
    assert appraise(other, "HUN", ACTION_PLAN) == appraise(STATE, "HUN", ACTION_PLAN)


@pytest.mark.rule("4.8", "9.3")
def test_in_a_strict_game_an_appraisal_says_what_the_own_lines_would_refuse() -> None:
    """A text of one's own may cross no line; a change of another's text only lines that the text crosses already."""
    strict = given(in_phase("consultations"), game=created(strict=True)).state
    crossing = appraise(strict, "HUN", ACTION_PLAN)["why_not"]
    assert crossing["own"] == crossing["change"]
    assert crossing["own"]["code"] == "strict.own_red_line"
    better = appraise(
        strict, "HUN", package(path="membership_action_plan", target_date="review_next_summit"), base=ACTION_PLAN
    )["why_not"]
    assert better["own"] is not None
    assert better["change"] is None
    assert appraise(strict, "HUN", HISTORICAL)["why_not"] == {"own": None, "change": None}
    assert appraise(STATE, "HUN", ACTION_PLAN)["why_not"] == {"own": None, "change": None}
