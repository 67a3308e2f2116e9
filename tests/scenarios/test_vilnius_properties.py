"""What the scoring must keep whatever its weights: T01 to T15 of the research, and the counts of the quick cast."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from game_rules.conditions import Package
from game_rules.evaluation import Circumstances, Evaluator
from game_rules.evaluation.instructions import Instructions
from game_rules.scenario import SignedComplement

SWEDEN = frozenset({"sd_tur_swe"})
OPTION_1 = {
    "path": "fast_track",
    "perspective": "future_in_nato",
    "trigger": "on_ceasefire",
    "assurances": "multi_year",
    "forum": "council",
    "negotiation": "ukraine_decides",
}
OPTION_2 = {
    "path": "fast_track_with_conditions",
    "perspective": "future_in_nato",
    "trigger": "on_ceasefire",
    "nonforce": "required_if_occupied",
    "reform": "explicit_benchmarked",
    "minority": "eu_aligned",
    "borders": "decide_before_invitation",
    "low_level": "task_options",
    "assurances": "multi_year",
    "common_funding": "voluntary_fund",
    "forum": "council",
    "planning": "tasked",
    "negotiation": "ukraine_decides",
}
FULL = {
    **OPTION_2,
    "path": "membership_action_plan",
    "trigger": "after_review",
    "nonforce": "deferred",
    "reform": "explicit_eu",
}
ALLIED_SIGNERS = ["USA", "GBR", "FRA", "DEU", "POL", "ITA", "CAN", "NLD"]


def package(evaluator: Evaluator, options: dict[str, str]) -> Package:
    """The status quo with these options changed."""
    return evaluator.package({**evaluator.scenario.status_quo.options, **options})


def history(evaluator: Evaluator) -> Package:
    """The historical text."""
    return evaluator.package(evaluator.scenario.history.options)


def signed(*entries: dict[str, Any]) -> Circumstances:
    """Sweden settled and these complements signed."""
    return Circumstances(deals=SWEDEN, complements=tuple(SignedComplement.model_validate(entry) for entry in entries))


def value(evaluator: Evaluator, score: str, options: Package, around: Circumstances | None = None) -> Fraction:
    """One consideration's exact value."""
    return evaluator.scores(options, around or signed())[score].value


TRA = {"name": "tra_language", "signers": ALLIED_SIGNERS, "congress": True}
BILATERAL = {"name": "israel_model", "mode": "bilateral", "signers": ["USA", "UKR"]}
MULTILATERAL = {"name": "israel_model", "mode": "multilateral", "signers": [*ALLIED_SIGNERS, "UKR"]}
MNNA = {"name": "us_mnna", "signers": ["USA"]}
RESOLUTION = {"name": "us_concurrent_resolution", "signers": ["USA"], "congress": True}


@pytest.mark.rule("8.10")
def test_t01_with_the_war_on_the_bare_fast_track_deters_less_than_the_conditioned_one(evaluator: Evaluator) -> None:
    bare, conditioned = package(evaluator, OPTION_1), package(evaluator, OPTION_2)
    assert value(evaluator, "S4", bare) < value(evaluator, "S4", conditioned)


def test_t02_and_after_a_cease_fire_with_occupied_land_too(evaluator: Evaluator) -> None:
    w3 = Circumstances(world="W3", deals=SWEDEN)
    bare, conditioned = package(evaluator, OPTION_1), package(evaluator, OPTION_2)
    assert value(evaluator, "S4", bare, w3) < value(evaluator, "S4", conditioned, w3)


def test_t03_after_victory_the_bare_fast_track_deters_at_least_as_history_does(evaluator: Evaluator) -> None:
    w1 = Circumstances(world="W1", deals=SWEDEN)
    assert value(evaluator, "S4", package(evaluator, OPTION_1), w1) >= value(evaluator, "S4", history(evaluator), w1)


def test_t04_the_bilateral_israel_model_alone_is_inadequate(evaluator: Evaluator) -> None:
    assert value(evaluator, "S4", history(evaluator), signed(BILATERAL)) < 60


def test_t05_multilateral_complements_beat_american_ones(evaluator: Evaluator) -> None:
    text = history(evaluator)
    american = value(evaluator, "S1", text, signed(MNNA, RESOLUTION, BILATERAL))
    assert value(evaluator, "S1", text, signed(MULTILATERAL)) > american


@pytest.mark.parametrize("answer", [{"no_substitute": "included"}, {"perspective": "irreversible"}])
def test_t06_mnna_lowers_clarity_unless_the_substitute_reading_is_shut_off(
    evaluator: Evaluator, answer: dict[str, str]
) -> None:
    text = evaluator.scenario.history.options
    bare, answered = package(evaluator, text), package(evaluator, {**text, **answer})
    assert value(evaluator, "S3", bare, signed(MNNA)) < value(evaluator, "S3", bare)
    assert value(evaluator, "S3", answered, signed(MNNA)) > value(evaluator, "S3", answered)


def test_t07_a_tra_law_deters_more_than_the_israel_model(evaluator: Evaluator) -> None:
    text = history(evaluator)
    assert value(evaluator, "S4", text, signed(TRA)) > value(evaluator, "S4", text, signed(MULTILATERAL))


def test_t08_the_eu_clause_alone_deters_less_than_any_real_path(evaluator: Evaluator) -> None:
    members = [seat.id for seat in evaluator.scenario.seats.values() if seat.facts.eu_member]
    accelerated = {"name": "eu_accelerated", "signers": [*members, "EU"]}
    alone = evaluator.scores(package(evaluator, {}), signed(accelerated))["S4"].groups["D"].value
    assert "eu_accelerated" in evaluator.complements_in_force(signed(accelerated))
    for path in ("new_partnership", "membership_action_plan", "fast_track_with_conditions"):
        text = package(evaluator, {"path": path, "assurances": "multi_year"})
        assert alone < evaluator.scores(text, signed())["S4"].groups["D"].value


def test_t09_joining_in_the_war_is_worst_of_all_on_deterrence(evaluator: Evaluator) -> None:
    now = value(evaluator, "S4", package(evaluator, {**OPTION_1, "trigger": "immediate"}))
    for other in (package(evaluator, {}), history(evaluator), package(evaluator, OPTION_1), package(evaluator, FULL)):
        assert now < value(evaluator, "S4", other)


@pytest.mark.rule("8.10")
def test_t10_the_full_conclusions_beat_the_status_quo_on_all_six(evaluator: Evaluator) -> None:
    best = evaluator.scores(package(evaluator, FULL), signed())
    worst = evaluator.scores(package(evaluator, {}), Circumstances(deals=SWEDEN, adopted=False))
    assert all(best[name].value > worst[name].value for name in best)


def test_t11_pressing_kyiv_to_talk_drags_its_freedom_below_55(evaluator: Evaluator) -> None:
    text = package(evaluator, {**FULL, "negotiation": "calls_for_talks"})
    assert value(evaluator, "S5", text) < 55


@pytest.mark.rule("8.10")
def test_t12_the_non_force_clause_costs_only_where_land_stays_occupied(evaluator: Evaluator) -> None:
    with_clause, without = package(evaluator, OPTION_2), package(evaluator, {**OPTION_2, "nonforce": "absent"})
    for world, costs in (("W1", 0), ("undecided", 6), ("W2", 12), ("W3", 12)):
        around = Circumstances(world=world)
        lost = value(evaluator, "S5", without, around) - value(evaluator, "S5", with_clause, around)
        assert lost == costs, world


@pytest.mark.rule("8.10")
def test_t13_every_score_stays_between_0_and_100(evaluator: Evaluator) -> None:
    highest = {issue.id: issue.options[-1].id for issue in evaluator.scenario.issues}
    lowest = {issue.id: issue.options[0].id for issue in evaluator.scenario.issues}
    everything = signed(TRA, MULTILATERAL, MNNA, RESOLUTION)
    for options, around in itertools.product((highest, lowest), (everything, Circumstances(adopted=False, breaks=31))):
        for score in evaluator.scores(evaluator.package(options), around).values():
            assert 0 <= score.value <= 100


def test_t14_any_path_is_clearer_than_the_status_quo(evaluator: Evaluator) -> None:
    quo = value(evaluator, "S3", package(evaluator, {}))
    for rival in ("fallback", "history"):
        options = getattr(evaluator.scenario, rival).options
        assert value(evaluator, "S3", package(evaluator, options)) > quo
    assert all(value(evaluator, "S3", package(evaluator, text)) > quo for text in (OPTION_1, OPTION_2, FULL))


@pytest.mark.rule("6.5")
def test_t15_a_promise_to_fight_breaks_the_american_red_line(evaluator: Evaluator) -> None:
    text = history(evaluator)
    promise = signed({**MULTILATERAL, "defence": True})
    assert evaluator.objections("USA", text, promise) == ("no_new_article5_like_guarantee_outside_nato",)
    without_usa = signed({**TRA, "signers": ["DEU", "FRA", "GBR", "POL"], "defence": True})
    assert evaluator.objections("DEU", text, without_usa) == (), "what is not in force binds nobody"


# --- what a seat looks at ---------------------------------------------------------------------------------------------


def test_what_a_seat_does_not_look_at_changes_nothing_it_thinks_of_a_text(evaluator: Evaluator) -> None:
    """Judgments are kept under the circumstances as far as a seat looks at them; with too few, another's comes back."""
    scenario, chance = evaluator.scenario, Random(6)
    sheets = (TRA, MNNA, RESOLUTION, {**MULTILATERAL, "defence": True})
    for seat in scenario.voting_seats:
        instructions = Instructions(scenario, scenario.seat(seat))
        for _ in range(40):
            around = replace(
                signed(*(sheet for sheet in sheets if chance.random() < 0.4)),
                deals=frozenset(deal.id for deal in scenario.deals if chance.random() < 0.3),
                breaks=chance.randrange(4),
                adopted=chance.random() < 0.5,
            )
            text = tuple(chance.choice(issue.option_ids) for issue in scenario.issues)
            everything = evaluator.situation(around)
            looked_at = evaluator.situation(instructions.concerned(around))
            assert instructions.objections(text, everything) == instructions.objections(text, looked_at)
            assert instructions.worth(text, everything) == instructions.worth(text, looked_at)


# --- the quick cast ---------------------------------------------------------------------------------------------------

LIFTING_HUNGARY = frozenset({"sd_tur_swe", "sd_hun_eu_funds"})
ALL_FIVE = LIFTING_HUNGARY | {"sd_tur_f16", "sd_ukr_minority_law", "sd_eu_reform_report"}


def consistent_packages(evaluator: Evaluator) -> Iterator[Package]:
    """Every consistent package on the cast's open issues."""
    assert evaluator.cast is not None
    fixed = evaluator.scenario.cast(evaluator.cast).fixed
    choices = [(fixed[issue.id],) if issue.id in fixed else issue.option_ids for issue in evaluator.scenario.issues]
    return (package for package in itertools.product(*choices) if evaluator.is_consistent(package))


@pytest.fixture(scope="module")
def quick_packages(quick: Evaluator) -> list[Package]:
    """The quick cast's outcome space."""
    return list(consistent_packages(quick))


def test_the_quick_cast_has_2600_consistent_packages(quick_packages: list[Package]) -> None:
    assert len(quick_packages) == 2600


@pytest.mark.parametrize(
    ("deals", "accepted"),
    [
        pytest.param(
            frozenset(), {"new_partnership": 60, "bucharest_with_group": 8}, id="68 at the start, history among them"
        ),
        pytest.param(
            LIFTING_HUNGARY,
            {"membership_action_plan": 160, "new_partnership": 60, "bucharest_with_group": 16},
            id="236 once Sweden and Hungary are settled",
        ),
        pytest.param(
            ALL_FIVE,
            {
                "membership_action_plan": 160,
                "new_partnership": 72,
                "fast_track_with_conditions": 32,
                "bucharest_with_group": 16,
            },
            id="280 with five deals",
        ),
    ],
)
def test_what_all_six_accept(
    quick: Evaluator, quick_packages: list[Package], deals: frozenset[str], accepted: dict[str, int]
) -> None:
    around = Circumstances(deals=deals)
    paths = Counter(text[0] for text in quick_packages if not quick.objectors(text, around))
    assert dict(paths) == accepted


# --- rule 8.9: better is on the table, at a price ------------------------------------------------------------

DEALS_ON_OFFER = ALL_FIVE | {"sd_eu_role", "sd_eastern_flank"}
HISTORICAL_DEALS = frozenset({"sd_tur_swe", "sd_eu_tur", "sd_ct_coordinator", "sd_defence_pledge"})


@pytest.mark.rule("8.9")
@pytest.mark.parametrize("path", ["membership_action_plan", "fast_track_with_conditions"])
@pytest.mark.parametrize(
    ("historical", "deals"),
    [
        pytest.param(frozenset(), ALL_FIVE, id="against the historical text"),
        pytest.param(HISTORICAL_DEALS, DEALS_ON_OFFER | HISTORICAL_DEALS, id="against history with its own deals"),
    ],
)
def test_rule_8_9_a_better_path_gives_each_of_the_six_at_least_what_history_gives(
    quick: Evaluator, quick_packages: list[Package], path: str, historical: frozenset[str], deals: frozenset[str]
) -> None:
    text, before, after = history(quick), Circumstances(deals=historical), Circumstances(deals=deals)
    wanted = {seat: quick.points(seat, text, before) for seat in quick.allies}
    better = [
        rival
        for rival in quick_packages
        if rival[0] == path
        and not quick.objectors(rival, after)
        and all(quick.points(seat, rival, after) >= points for seat, points in wanted.items())
    ]
    assert better


@pytest.mark.rule("8.9")
def test_rule_8_9_the_historical_text_lies_above_every_reservation(evaluator: Evaluator) -> None:
    text = history(evaluator)
    below = {
        seat: (evaluator.points(seat, text), evaluator.reservation(seat))
        for seat in evaluator.scenario.seats
        if evaluator.points(seat, text) <= evaluator.reservation(seat)
    }
    assert below == {}
