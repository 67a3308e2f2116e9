"""The vectorised interpreter against the one for single packages, and the counts of the quick cast."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from game_rules.analysis.blocking import acceptability, acceptable_to_all, blocked_alone, opened_by_lifting
from game_rules.analysis.outcome_space import OutcomeSpace, TooLarge, outcome_space, sampled_space, size_estimate
from game_rules.analysis.report import report
from game_rules.analysis.valuation import valuation
from game_rules.analysis.vectorised import vectorised
from game_rules.conditions import compile_condition
from game_rules.evaluation import Circumstances, Evaluator
from game_rules.faults.conditions import conditions
from game_rules.scenario import CastRule, ComplementForm, Scenario, SignedComplement

AT_THE_START: frozenset[str] = frozenset()
SETTLED = frozenset({"sd_tur_swe", "sd_hun_eu_funds"})
FIVE = SETTLED | {"sd_tur_f16", "sd_ukr_minority_law", "sd_eu_reform_report"}
DEAL_SETS = [
    pytest.param(AT_THE_START, 68, id="at the start"),
    pytest.param(SETTLED, 236, id="Sweden and Hungary settled"),
    pytest.param(FIVE, 280, id="five deals"),
]
EVERYBODY = ("USA", "GBR", "FRA", "DEU", "ITA", "CAN", "POL", "HUN", "TUR", "NLD", "UKR", "EU")
SIGNED = (
    SignedComplement(name="israel_model", mode="multilateral", signers=EVERYBODY, defence=True, status="framework"),
    SignedComplement(name="us_concurrent_resolution", signers=("USA",), congress=True),
    SignedComplement(name="core_group", signers=("USA", "GBR", "FRA", "DEU", "POL")),
)


def test_the_space_is_every_consistent_package_in_scenario_order(vilnius: Scenario, quick_space: OutcomeSpace) -> None:
    evaluator, fixed = Evaluator(vilnius, "quick"), vilnius.cast("quick").fixed
    choices = [(fixed[issue.id],) if issue.id in fixed else issue.option_ids for issue in vilnius.issues]
    expected = [package for package in itertools.product(*choices) if evaluator.is_consistent(package)]
    assert [quick_space.package(row) for row in range(len(quick_space))] == expected
    assert len(expected) == 2600
    assert quick_space.product == 34_560


@pytest.mark.parametrize(("deals", "accepted"), DEAL_SETS)
def test_both_interpreters_agree_on_every_package(
    vilnius: Scenario, quick_space: OutcomeSpace, deals: frozenset[str], accepted: int
) -> None:
    around = Circumstances(deals=deals)
    _compare(Evaluator(vilnius, "quick"), quick_space, around, range(len(quick_space)))
    assert acceptable_to_all(valuation(quick_space, around).objecting()) == accepted


def _compare(evaluator: Evaluator, space: OutcomeSpace, around: Circumstances, rows: range) -> None:
    valued = valuation(space, around)
    objecting = valued.objecting()
    for row in rows:
        package = space.package(row)
        for column, seat in enumerate(valued.allies):
            reasons = tuple(reason for reason, truths in valued.grounds[seat].items() if truths[row])
            assert reasons == evaluator.objections(seat, package, around)
            assert bool(objecting[row, column]) is bool(reasons)
            assert valued.points[row, column] == evaluator.points(seat, package, around)
    assert valued.reservation.tolist() == [evaluator.reservation(seat) for seat in valued.allies]


@pytest.mark.parametrize("cast", ["full", "council"])
@pytest.mark.parametrize("world", ["undecided", "W1", "W2", "W3"])
def test_both_interpreters_agree_in_every_world_with_complements_and_news(
    vilnius: Scenario, cast: str, world: str
) -> None:
    chance = random.Random(f"{cast} {world}")
    effects = [effect for inject in vilnius.injects for effect in inject.effects]
    around = Circumstances(
        world=world,
        deals=frozenset(chance.sample([deal.id for deal in vilnius.deals], 6)),
        complements=SIGNED,
        breaks=2,
        effects=tuple(chance.sample(effects, 12)),
    )
    space = sampled_space(vilnius, cast, 60, seed=7)
    _compare(Evaluator(vilnius, cast), space, around, range(len(space)))


def test_both_interpreters_agree_on_every_condition_of_the_scenario(vilnius: Scenario) -> None:
    space = sampled_space(vilnius, None, 200, seed=3)
    packages = [space.package(row) for row in range(len(space))]
    evaluator = Evaluator(vilnius)
    situations = [
        evaluator.situation(Circumstances()),
        evaluator.situation(Circumstances(world="W2", deals=SETTLED, complements=SIGNED, adopted=False)),
    ]
    vocabulary, judged = vilnius.vocabulary, 0
    for _, owner, condition in conditions(vilnius):
        if isinstance(owner, ComplementForm | CastRule):
            continue
        judged += 1
        for holder, situation in itertools.product((None, "USA", "HUN"), situations):
            one = compile_condition(condition, vocabulary, holder)
            expected = [one(package, situation) for package in packages]
            assert vectorised(condition, vocabulary, holder)(space.codes, situation).tolist() == expected
    assert judged > 100


def test_a_signature_rule_has_no_place_in_the_space(vilnius: Scenario) -> None:
    rule = vilnius.complements[0].forms[0].in_force_when
    with pytest.raises(ValueError, match="complement"):
        vectorised(rule, vilnius.vocabulary)


# --- sizes ------------------------------------------------------------------------------------------------------------


def test_a_space_too_large_to_hold_says_so_at_once(vilnius: Scenario) -> None:
    with pytest.raises(TooLarge, match="477,757,440") as refused:
        outcome_space(vilnius, "full", limit=100_000)
    assert refused.value.product == 477_757_440


def test_a_sample_is_consistent_and_the_same_for_a_seed(vilnius: Scenario) -> None:
    space, again = (sampled_space(vilnius, "full", 500, seed=5) for _ in range(2))
    evaluator = Evaluator(vilnius)
    assert len(space) == 500
    assert not space.complete
    assert np.array_equal(space.codes, again.codes)
    assert all(evaluator.is_consistent(space.package(row)) for row in range(len(space)))
    assert not np.array_equal(space.codes, sampled_space(vilnius, "full", 500, seed=6).codes)


def test_the_estimate_comes_near_the_count(vilnius: Scenario) -> None:
    assert size_estimate(vilnius, "quick") == pytest.approx(2600, rel=0.05)


# --- who blocks what --------------------------------------------------------------------------------------------------


def test_what_each_ally_blocks_is_counted_from_the_objections() -> None:
    objecting = np.array([[True, False, False], [True, True, False], [False, False, True], [False, False, True]])
    assert acceptability(objecting, ("A", "B", "C")) == {"A": 2, "B": 3, "C": 2}
    assert blocked_alone(objecting, ("A", "B", "C")) == {"A": 1, "B": 0, "C": 2}
    assert acceptable_to_all(objecting) == 0


def test_lifting_a_red_line_opens_what_it_alone_closed(vilnius: Scenario, quick_space: OutcomeSpace) -> None:
    valued = valuation(quick_space, Circumstances())
    for hurdle in vilnius.hurdles:
        assert opened_by_lifting(valued, hurdle.red_lines) >= 0
    everything = {reason for grounds in valued.grounds.values() for reason in grounds}
    assert opened_by_lifting(valued, everything) == len(quick_space) - 68


@pytest.mark.parametrize(("deals", "accepted"), DEAL_SETS)
def test_the_report_holds_together(
    vilnius: Scenario, quick_space: OutcomeSpace, deals: frozenset[str], accepted: int
) -> None:
    shown, evaluator = report(quick_space, deals), Evaluator(vilnius, "quick")
    assert shown["acceptable_to_all"] == accepted == sum(shown["acceptable_by_option"].values())
    assert shown["feasible"] == sum(shown["feasible_by_option"].values()) <= accepted
    for name in ("nash", "kalai_smorodinsky", "utilitarian", "egalitarian"):
        package = evaluator.package({**vilnius.cast("quick").fixed, **shown[name]["package"]})
        assert not evaluator.objectors(package, Circumstances(deals=deals))
        assert shown[name]["points"] == {
            seat: evaluator.points(seat, package, Circumstances(deals=deals)) for seat in evaluator.allies
        }
        assert all(points >= shown["reservation"][seat] for seat, points in shown[name]["points"].items())
    assert len(shown["pareto_frontier"]["packages"]) == shown["pareto_frontier"]["of_feasible"] > 0
