"""Bucharest 2008: the table as it was, whole and reachable data, and a text worth finding at every table."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from game_rules.conditions import compile_condition
from game_rules.evaluation import Circumstances, Evaluator
from game_rules.scenario import Package, Scenario
from server.scenario_files import check_folder, load_scenario

FOLDER = Path(__file__).parents[2] / "scenarios" / "bucharest-2008"
ALLIES_OF_2008 = (
    "BEL", "BGR", "CAN", "CZE", "DNK", "EST", "FRA", "DEU", "GRC", "HUN", "ISL", "ITA", "LVA", "LTU", "LUX", "NLD",
    "NOR", "POL", "PRT", "ROU", "SVK", "SVN", "ESP", "TUR", "GBR", "USA",
)  # fmt: skip
QUICK_DEALS = frozenset({"sd_referendum", "sd_pledge", "sd_name", "sd_battalion", "sd_pipeline", "sd_patriots"})
RELEASED = frozenset({"sd_battalion", "sd_radar"})


@pytest.fixture(scope="module")
def bucharest() -> Scenario:
    return load_scenario(FOLDER)


@pytest.fixture(scope="module")
def everybody(bucharest: Scenario) -> Evaluator:
    return Evaluator(bucharest, "full")


@pytest.fixture(scope="module")
def seven(bucharest: Scenario) -> Evaluator:
    return Evaluator(bucharest, "quick")


@pytest.fixture(scope="module")
def texts(bucharest: Scenario, seven: Evaluator) -> list[Package]:
    """Every consistent text that the seven allies of the small table can agree on."""
    fixed = bucharest.cast("quick").fixed
    options = [(fixed[issue.id],) if issue.id in fixed else issue.option_ids for issue in bucharest.issues]
    return [text for text in product(*options) if seven.is_consistent(text)]


def accepted_by_all(evaluator: Evaluator, texts: list[Package], deals: frozenset[str]) -> list[Package]:
    around = Circumstances(deals=deals)
    return [
        text
        for text in texts
        if not evaluator.objectors(text, around)
        and all(evaluator.points(seat, text, around) >= evaluator.reservation(seat) for seat in evaluator.allies)
    ]


# --- the table --------------------------------------------------------------------------------------------------------


def test_it_has_no_fault_and_hides_nothing_from_the_small_table() -> None:
    checked = check_folder(FOLDER)
    assert checked.faults == ()
    assert checked.remarks == ()


@pytest.mark.rule("1.1", "1.2", "7.2")
def test_twenty_six_allies_sit_with_a_chair_two_principals_and_macedonia(bucharest: Scenario) -> None:
    assert bucharest.voting_seats == ALLIES_OF_2008
    kinds = {seat.id: seat.kind for seat in bucharest.seats.values() if not seat.votes}
    assert kinds == {"SG": "chair", "UKR": "principal", "GEO": "principal", "MKD": "observer"}
    for cast in bucharest.casts:
        assert set(kinds) <= set(cast.seats)
    assert len(bucharest.allies_of("quick")) == 7
    assert len(bucharest.open_issues("quick")) == 6


def test_allies_sit_by_their_english_names(bucharest: Scenario) -> None:
    names = [bucharest.seats[seat].name.replace("ü", "u") for seat in bucharest.voting_seats]
    assert names == sorted(names)


def test_what_is_not_in_the_brief_is_marked_or_says_how_sure_it_is(bucharest: Scenario) -> None:
    for issue in bucharest.issues:
        for option in issue.options:
            assert option.section or option.added or option.confidence or issue.options.index(option) == 0, option.id
    for deal in bucharest.deals:
        assert deal.confidence, deal.id
        assert deal.note, deal.id
    for choice in bucharest.history.choices:
        assert choice.confidence in ("H", "M"), choice.issue


# --- instructions -----------------------------------------------------------------------------------------------------


def test_every_line_is_held_and_every_red_line_encodes_a_hurdle(bucharest: Scenario) -> None:
    seats = bucharest.seats.values()
    assert {line.id for seat in seats for line in seat.red_lines} == {line.id for line in bucharest.red_lines}
    assert {line.id for seat in seats for line in seat.soft_lines} == {line.id for line in bucharest.soft_lines}
    encoded = [line for hurdle in bucharest.hurdles for line in hurdle.red_lines]
    assert sorted(encoded) == sorted(line.id for line in bucharest.red_lines)


def test_every_red_line_can_be_crossed_and_kept_by_whoever_holds_it(bucharest: Scenario, everybody: Evaluator) -> None:
    """No line that is never crossed, and none that no text and no deal can satisfy."""
    situation = everybody.situation(Circumstances())
    texts = list(product(*(issue.option_ids for issue in bucharest.issues)))[::7]
    for seat in bucharest.seats.values():
        for held in seat.red_lines:
            line = bucharest.red_line(held.id)
            crossed = compile_condition(line.crossed_when, bucharest.vocabulary, seat.id)
            answers = {crossed(text, situation) for text in texts if everybody.is_consistent(text)}
            assert answers == {True, False}, (seat.id, held.id)


def test_every_seat_has_a_brief_of_its_own(bucharest: Scenario) -> None:
    for seat in bucharest.seats.values():
        assert seat.brief is not None, seat.id
        headings = [line for line in seat.brief.text.splitlines() if line.startswith("#")]
        assert headings[0] == f"# {seat.name}"
        assert headings[1:] == [
            "## What your government wants",
            "## Where your limits are",
            "## What you might trade",
            "## Whom to see first",
        ]
        assert 2 <= len(seat.brief.aims) <= 5
        assert set(seat.brief.red_line_sentences) == {line.id for line in seat.red_lines}
        assert seat.brief.paths_sentence


def test_every_deal_moves_something_or_somebody(bucharest: Scenario) -> None:
    for deal in bucharest.deals:
        assert bucharest.lifted_by_deal(deal.id) or any(side.points for side in deal.sides), deal.id


@pytest.mark.rule("6.2")
@pytest.mark.parametrize(
    ("deal", "public"),
    [
        pytest.param("sd_referendum", True, id="half of the table waits for it"),
        pytest.param("sd_pledge", True, id="so it does for Georgia's"),
        pytest.param("sd_name", True, id="and for a name"),
        pytest.param("sd_battalion", True, id="Canada needs the battalion and does not sign for it"),
        pytest.param("sd_pipeline", False, id="the pipeline is for those who quarrel over it"),
        pytest.param("sd_patriots", False, id="and so is air defence"),
    ],
)
def test_a_deal_is_public_when_another_nation_looks_at_it(bucharest: Scenario, deal: str, public: bool) -> None:
    assert (deal in bucharest.public_deals) is public


# --- is it worth playing? ---------------------------------------------------------------------------------------------


@pytest.mark.rule("8.9")
def test_the_historical_text_lies_above_every_reservation(bucharest: Scenario, everybody: Evaluator) -> None:
    text = everybody.package(bucharest.history.options)
    for seat in bucharest.seats:
        assert everybody.points(seat, text) > everybody.reservation(seat), seat


@pytest.mark.rule("8.1", "8.9")
def test_nobody_breaks_silence_on_what_really_happened(bucharest: Scenario, everybody: Evaluator) -> None:
    """With the French battalion: without it Canada has no partner in Kandahar."""
    text = everybody.package(bucharest.history.options)
    assert everybody.objectors(text, Circumstances(deals=RELEASED)) == {}
    assert everybody.objectors(text) == {"CAN": ("help_in_the_south",)}


@pytest.mark.rule("8.1")
def test_the_fallback_is_bearable(bucharest: Scenario, everybody: Evaluator, seven: Evaluator) -> None:
    text = everybody.package(bucharest.fallback.options)
    assert seven.objectors(text) == {}
    assert set(everybody.objectors(text)) <= {"CAN"}


@pytest.mark.rule("8.9")
@pytest.mark.parametrize(
    ("deals", "offers"),
    [
        pytest.param((), {"engagement"}, id="nothing bought: engagement"),
        pytest.param(("sd_pipeline",), {"engagement"}, id="the wrong thing bought: the same"),
        pytest.param(("sd_referendum",), {"engagement", "plan_if_support"}, id="Ukraine's people asked"),
        pytest.param(
            ("sd_referendum", "sd_pipeline", "sd_battalion"),
            {"engagement", "plan_if_support", "plan_now"},
            id="Berlin and Paris bought as well",
        ),
    ],
)
def test_a_better_offer_has_its_price(
    seven: Evaluator, texts: list[Package], deals: tuple[str, ...], offers: set[str]
) -> None:
    assert {text[0] for text in accepted_by_all(seven, texts, frozenset(deals))} == offers


@pytest.mark.rule("8.9")
def test_with_all_deals_a_plan_for_both_gives_each_of_the_seven_what_history_gave(
    bucharest: Scenario, seven: Evaluator, texts: list[Package]
) -> None:
    history, after = seven.package(bucharest.history.options), Circumstances(deals=QUICK_DEALS)
    given = {seat: seven.points(seat, history) for seat in seven.allies}
    better = {
        text[:2]
        for text in accepted_by_all(seven, texts, QUICK_DEALS)
        if all(seven.points(seat, text, after) >= points for seat, points in given.items())
    }
    assert ("plan_if_support", "plan_if_peaceful") in better


@pytest.mark.rule("8.2")
@pytest.mark.parametrize(
    ("options", "deals", "chances"),
    [
        pytest.param({}, (), (75, 140, 85), id="an open hand to Moscow"),
        pytest.param(
            {"plan_ukraine": "engagement", "plan_georgia": "engagement", "promise": "will_become"},
            (),
            (75, 110, 115),
            id="section I: a promise without a plan, arguably a factor",
        ),
        pytest.param({"russia": "firm"}, ("sd_pledge",), (105, 125, 70), id="Georgia's pledge"),
        pytest.param(
            {"plan_georgia": "plan_now", "plan_ukraine": "engagement", "promise": "when_ready", "russia": "firm"},
            (),
            (60, 140, 100),
            id="a plan deters, say its friends; with a slap it provokes, say the others",
        ),
    ],
)
def test_how_the_years_after_may_go(
    everybody: Evaluator, options: dict[str, str], deals: tuple[str, ...], chances: tuple[int, ...]
) -> None:
    package = everybody.package({**everybody.scenario.status_quo.options, **options})
    found = everybody.chances(package, Circumstances(deals=frozenset(deals)))
    assert tuple(found.values()) == chances


@pytest.mark.rule("8.5")
def test_after_a_war_more_allies_refuse(bucharest: Scenario, everybody: Evaluator) -> None:
    text = everybody.package(bucharest.history.options)
    refused = {world: len(everybody.accession_refusals(text, world)) for world in bucharest.accession.worlds}
    assert refused["quiet_years"] < refused["unsettled_lines"] < refused["war_in_august"]
