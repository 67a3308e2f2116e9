"""What the research says must come out: the worked examples, the table of who breaks silence, the score tables."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from game_rules.evaluation import Circumstances, Evaluator
from game_rules.scenario import SignedComplement
from tests.scenarios.vilnius.plain_model import ALLIES

EXAMPLES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vilnius" / "worked_examples.json").read_text(encoding="utf-8")
)


def circumstances(example: dict[str, Any]) -> Circumstances:
    """The example's own world, deals and complements; Sweden settled means that its deal is signed."""
    return Circumstances(
        world=example["war"],
        deals=frozenset(example["deals"]) | ({"sd_tur_swe"} if example["sweden_deal"] else frozenset()),
        complements=tuple(SignedComplement.model_validate(entry) for entry in example["complements"]),
        adopted=example["adopted"],
        breaks=example["breaks"],
    )


@pytest.mark.rule("8.8", "8.10")
@pytest.mark.parametrize(
    "example", [pytest.param(example, id=f"{example['name']} / {example['war']}") for example in EXAMPLES]
)
def test_a_worked_example_comes_out(evaluator: Evaluator, example: dict[str, Any]) -> None:
    package, around = evaluator.package(example["draft"]), circumstances(example)
    expected = example["expect"]
    objectors = {seat: list(reasons) for seat, reasons in evaluator.objectors(package, around).items()}
    assert objectors == expected["objects"]
    assert float(evaluator.accession_blockers(package, around)) == expected["accession_blockers"]
    rounded = {name: float(score.rounded) for name, score in evaluator.scores(package, around).items()}
    assert rounded == expected["scores"]
    assert evaluator.benchmark(package, around) == expected["brief_minimum"]
    assert evaluator.broken_rules(package) == ()


# --- red_lines, section 6: who breaks silence -------------------------------------------------------------------------

CAUTIOUS_ON_CALENDAR = "BEL DEU ESP GRC HUN ITA LUX NLD PRT SVN TUR USA"
OPTION_1 = {
    "path": "fast_track",
    "perspective": "future_in_nato",
    "trigger": "on_ceasefire",
    "assurances": "multi_year",
    "forum": "council",
    "negotiation": "ukraine_decides",
}
FULL_CONDITIONS = {
    "path": "fast_track_with_conditions",
    "perspective": "future_in_nato",
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
MINIMUM = {
    "path": "membership_action_plan",
    "perspective": "future_in_nato",
    "trigger": "after_review",
    "reform": "explicit_eu",
    "minority": "eu_aligned",
    "assurances": "multi_year",
    "common_funding": "voluntary_fund",
    "forum": "council",
    "negotiation": "ukraine_decides",
}
OPTION_4 = {
    "path": "new_partnership",
    "perspective": "future_in_nato",
    "trigger": "allies_agree",
    "reform": "general_review",
    "assurances": "multi_year",
    "common_funding": "voluntary_fund",
    "forum": "council",
    "negotiation": "ukraine_decides",
}
OPTION_5 = {
    "path": "bucharest_with_group",
    "perspective": "future_in_nato",
    "target_date": "hlg_to_propose",
    "assurances": "multi_year",
    "common_funding": "voluntary_fund",
    "forum": "council_and_hlg",
    "negotiation": "ukraine_decides",
}
SWEDEN = "sd_tur_swe"
FOUR_DEALS = "sd_tur_swe sd_eu_reform_report sd_ukr_minority_law sd_hun_eu_funds sd_tur_f16"
CHAMPIONS = "EST LVA LTU POL"


@pytest.mark.parametrize(
    ("options", "world", "deals", "breaking"),
    [
        pytest.param({}, "undecided", "", "CZE EST FRA GBR LTU LVA POL ROU", id="plain repeat of 2008"),
        pytest.param(OPTION_1, "undecided", "", "27", id="option 1 on a cease-fire, war on: all but the champions"),
        pytest.param(OPTION_1, "W1", "", "13", id="option 1 after W1"),
        pytest.param(OPTION_1, "W1", FOUR_DEALS, "", id="option 1 after W1, Sweden and four deals"),
        pytest.param(
            {**FULL_CONDITIONS, "trigger": "on_ceasefire"},
            "undecided",
            SWEDEN,
            "BEL DEU ESP GRC HUN LUX PRT SVN TUR",
            id="option 2 on a cease-fire",
        ),
        pytest.param(
            {**FULL_CONDITIONS, "trigger": "on_ceasefire"}, "W1", SWEDEN, "HUN", id="option 2 on a cease-fire after W1"
        ),
        pytest.param(
            {**FULL_CONDITIONS, "trigger": "on_ceasefire"},
            "W1",
            "sd_tur_swe sd_hun_eu_funds",
            "",
            id="option 2 on a cease-fire after W1, Hungary's price paid",
        ),
        pytest.param(
            {**FULL_CONDITIONS, "trigger": "on_ceasefire", "assurances": "guaranteed_floor"},
            "undecided",
            SWEDEN,
            "BEL DEU ESP GRC HUN LUX PRT SVN TUR USA",
            id="option 2 on a cease-fire with a floor and no resolution",
        ),
        pytest.param(
            {**FULL_CONDITIONS, "trigger": "allies_agree"}, "undecided", SWEDEN, "HUN TUR", id="option 2, allies agree"
        ),
        pytest.param(
            {**FULL_CONDITIONS, "trigger": "allies_agree"},
            "undecided",
            "sd_tur_swe sd_ukr_minority_law sd_hun_eu_funds sd_tur_f16",
            "",
            id="option 2, allies agree, four deals",
        ),
        pytest.param(MINIMUM, "undecided", "", "HUN TUR", id="option 3 before the Sweden deal"),
        pytest.param(MINIMUM, "undecided", SWEDEN, "HUN", id="option 3 with Sweden settled"),
        pytest.param(MINIMUM, "undecided", "sd_tur_swe sd_hun_otp", "", id="option 3, Sweden and OTP"),
        pytest.param(MINIMUM, "undecided", "sd_tur_swe sd_hun_eu_funds", "", id="option 3, Sweden and EU funds"),
        pytest.param(MINIMUM, "undecided", "sd_tur_swe sd_ukr_minority_law", "", id="option 3, Sweden and the law"),
        pytest.param(OPTION_4, "undecided", "", "", id="option 4 with a voluntary fund, no Sweden deal"),
        pytest.param(OPTION_4, "undecided", SWEDEN, "", id="option 4 with a voluntary fund, Sweden deal"),
        pytest.param(
            {**OPTION_4, "common_funding": "common_nonlethal"}, "undecided", "", "HUN", id="option 4, common funding"
        ),
        pytest.param(
            {**OPTION_4, "common_funding": "common_nonlethal"},
            "undecided",
            "sd_hun_eu_funds",
            "",
            id="option 4, common funding, EU funds released",
        ),
        pytest.param(OPTION_5, "undecided", "", "", id="option 5, the group proposes a date"),
        pytest.param(
            {**OPTION_5, "target_date": "calendar_target"},
            "undecided",
            "",
            CAUTIOUS_ON_CALENDAR,
            id="option 5 with a calendar date",
        ),
        pytest.param(
            {**OPTION_5, "target_date": "calendar_target", "forum": "hlg"},
            "undecided",
            "",
            f"{CAUTIOUS_ON_CALENDAR} {CHAMPIONS}",
            id="option 5 with a calendar date and no Council",
        ),
    ],
)
def test_who_breaks_silence(
    evaluator: Evaluator, options: dict[str, str], world: str, deals: str, breaking: str
) -> None:
    package = evaluator.package({**evaluator.scenario.status_quo.options, **options})
    objectors = evaluator.objectors(package, Circumstances(world=world, deals=frozenset(deals.split())))
    if breaking.isdigit():
        assert len(objectors) == int(breaking)
        assert not set(objectors) & set(CHAMPIONS.split())
    else:
        assert set(objectors) == set(breaking.split())


# --- scoring, section 2: the tables as printed ------------------------------------------------------------------------

G7 = ["USA", "GBR", "FRA", "DEU", "ITA", "CAN", "EU", "UKR"]
SIGNED = {
    "CG": {
        "name": "contact_group_permanent",
        "signers": [ally for ally in ALLIES if ally != "HUN"],
    },
    "G7": {"name": "israel_model", "mode": "multilateral", "signers": G7},
    "framework": {"name": "israel_model", "mode": "multilateral", "status": "framework", "signers": [*G7, "NLD"]},
    "Core": {"name": "core_group", "signers": ["USA", "GBR", "FRA", "DEU", "POL"]},
    "Res": {"name": "us_concurrent_resolution", "signers": ["USA"], "congress": True},
}
FULL = {
    **MINIMUM,
    "nonforce": "deferred",
    "borders": "decide_before_invitation",
    "low_level": "task_options",
    "planning": "tasked",
}
KYIVS_ASK = next(example["draft"] for example in EXAMPLES if example["name"] == "Kyiv's ask")
HISTORY = {**OPTION_4}


@pytest.mark.rule("8.10")
@pytest.mark.parametrize(
    ("options", "signed", "expected", "grade"),
    [
        pytest.param(HISTORY, "", (58, 40, 28, 57, 78, 44, 51), "arguable", id="historical text"),
        pytest.param(HISTORY, "framework", (64, 40, 32, 59, 78, 49, 54), "arguable", id="historical text, G7"),
        pytest.param(OPTION_5, "", (53, 26, 35, 51, 83, 44, 49), "below", id="option 5, group proposes date"),
        pytest.param(FULL, "", (60, 80, 39, 63, 81, 44, 61), "met", id="full conclusions"),
        pytest.param(FULL, "framework", (66, 80, 43, 65, 81, 49, 64), "met", id="full conclusions, G7"),
        pytest.param(FULL, "CG G7", (80, 80, 50, 72, 81, 58, 70), "met", id="full conclusions, Contact Group, G7"),
        pytest.param(
            {**FULL, "assurances": "guaranteed_floor"},
            "CG G7 Res",
            (81, 80, 61, 80, 86, 79, 78),
            "met",
            id="the same with a support floor",
        ),
        pytest.param(
            {
                **FULL,
                "assurances": "guaranteed_floor",
                "perspective": "irreversible",
                "target_date": "relative_target",
            },
            "CG Core framework Res",
            (87, 80, 85, 86, 86, 82, 84),
            "met",
            id="the same, irreversible, date after the war",
        ),
        pytest.param(KYIVS_ASK, "G7", (71, 22, 65, 60, 88, 69, 62), "met", id="Kyiv's ask: invite now"),
        pytest.param(
            {**OPTION_1, "trigger": "immediate", "perspective": "irreversible"},
            "",
            (62, 0, 51, 25, 83, 36, 43),
            "met",
            id="join now, in war",
        ),
    ],
)
def test_the_score_table(
    evaluator: Evaluator, options: dict[str, str], signed: str, expected: tuple[int, ...], grade: str
) -> None:
    package = evaluator.package({**evaluator.scenario.status_quo.options, **options})
    around = Circumstances(
        deals=frozenset({SWEDEN}),
        complements=tuple(SignedComplement.model_validate(SIGNED[name]) for name in signed.split()),
    )
    values = [score.value for score in evaluator.scores(package, around).values()]
    mean = sum(values, Fraction(0)) / len(values)
    assert tuple(round(value) for value in (*values, mean)) == expected
    assert evaluator.benchmark(package, around) == grade


@pytest.mark.rule("8.5")
@pytest.mark.parametrize(
    ("options", "refusing"),
    [
        pytest.param(HISTORY, {"W1": 0, "W2": 27, "W3": 6}, id="historical text"),
        pytest.param(FULL, {"W1": 0, "W2": 6, "W3": 6}, id="full conclusions"),
        pytest.param({**MINIMUM, "low_level": "task_options"}, {"W1": 0, "W2": 6, "W3": 6}, id="the brief's minimum"),
        pytest.param(
            {**FULL_CONDITIONS, "trigger": "on_ceasefire"}, {"W1": 0, "W2": 1, "W3": 1}, id="option 2, full conditions"
        ),
        pytest.param(OPTION_1, {"W1": 5, "W2": 27, "W3": 9}, id="option 1 on a cease-fire"),
    ],
)
def test_how_many_allies_refuse_accession(
    evaluator: Evaluator, options: dict[str, str], refusing: dict[str, int]
) -> None:
    package = evaluator.package({**evaluator.scenario.status_quo.options, **options})
    assert {world: evaluator.accession_blockers(package, Circumstances(world=world)) for world in refusing} == refusing


@pytest.mark.rule("8.5")
def test_history_meets_six_refusals_where_land_stays_occupied(evaluator: Evaluator) -> None:
    package = evaluator.package(evaluator.scenario.history.options)
    refusals = evaluator.accession_refusals(package, "W3")
    assert set(refusals) == {"DEU", "HUN", "ITA", "LUX", "SVN", "USA"}


@pytest.mark.rule("8.10")
def test_history_earns_three_of_the_eight_marks(evaluator: Evaluator) -> None:
    history = evaluator.scenario.history
    around = Circumstances(deals=frozenset(history.deals), complements=history.complements)
    marks = evaluator.checklist(evaluator.package(history.options), around)
    assert [mark for mark, given in marks.items() if given] == ["support", "perspective", "multilateral"]
    assert len(marks) == 8
