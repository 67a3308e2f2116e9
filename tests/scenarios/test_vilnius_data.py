"""The scenario's data against the research table, and against what the pages say of casts, agenda and hurdles."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from game_rules.evaluation import Circumstances, Evaluator
from game_rules.faults import scenario_faults
from game_rules.scenario import Scenario
from tests.scenarios.vilnius.plain_model import ORDERS, PATHS

ROWS = {
    row["code"]: row
    for row in csv.DictReader((Path(__file__).parent / "vilnius" / "nations.csv").open(encoding="utf-8"))
    if row["code"] != "RUS"  # not seated: Russia acts through injects
}
WITH_ORDERS = [code for code, row in ROWS.items() if row["preference_order"]]
QUICK_FIXED = (
    "minority=eu_aligned borders=decide_before_invitation low_level=task_options common_funding=voluntary_fund "
    "forum=council_and_hlg planning=tasked negotiation=ukraine_decides no_substitute=absent"
)


def test_the_scenario_has_no_fault(vilnius: Scenario) -> None:
    assert scenario_faults(vilnius) == ()


def test_the_scenario_survives_canonical_json(vilnius: Scenario) -> None:
    again = Scenario.model_validate_json(vilnius.canonical())
    assert again.digest() == vilnius.digest()
    assert tuple(again.seats) == again.table_order == tuple(vilnius.seats)
    assert again.canonical() == vilnius.canonical()


@pytest.mark.rule("2.1")
def test_the_issues_have_the_options_of_the_research_in_their_order(vilnius: Scenario) -> None:
    assert {issue.id: list(issue.option_ids) for issue in vilnius.issues} == ORDERS


@pytest.mark.rule("8.8")
@pytest.mark.parametrize("code", ROWS)
def test_a_seat_is_its_row_of_the_research(vilnius: Scenario, code: str) -> None:
    row, seat = ROWS[code], vilnius.seats[code]
    assert seat.votes == (row["voting"] == "yes")
    assert ";".join(line.id for line in seat.red_lines) == row["red_lines"]
    assert ";".join(line.confidence for line in seat.red_lines) == row["red_line_conf"]
    assert ";".join(line.id for line in seat.soft_lines) == row["soft_lines"]
    assert ";".join(seat.levers) == row["side_deal_levers"]
    assert seat.salience == {name[4:]: int(value) for name, value in row.items() if name.startswith("sal_")}
    assert [*(seat.acceptable or ())] == [PATHS[option] for option in row["acceptable_options"].split(";") if option]
    assert seat.facts.eu_member == (row["eu_member"] == "yes")
    assert seat.confidence == row["confidence"]


@pytest.mark.parametrize("code", WITH_ORDERS)
def test_a_seats_order_of_paths_is_its_rows_with_2008_put_in(vilnius: Scenario, code: str) -> None:
    seat = vilnius.seats[code]
    own = [PATHS[option] for option in ROWS[code]["preference_order"].split(">")]
    assert [path for path in seat.preference_order if path != "bucharest_repeat"] == own
    assert seat.ideal["path"] == own[0]
    accepted = [path in (seat.acceptable or ()) for path in seat.preference_order]
    if "bucharest_repeat" in (seat.acceptable or ()):
        assert True not in accepted[seat.preference_order.index("bucharest_repeat") + 1 :]
    else:
        assert seat.preference_order[-1] == "bucharest_repeat"


def test_the_table_is_seated_with_the_chair_first_then_allies_by_english_name(vilnius: Scenario) -> None:
    order = list(vilnius.table_order)
    assert order[0] == "SG"
    assert order[-3:] == ["UKR", "SWE", "EU"]
    names = [vilnius.seats[seat].name.replace("ü", "u") for seat in order[1:-3]]
    assert names == sorted(names)
    assert len(names) == 31


@pytest.mark.rule("1.2")
@pytest.mark.parametrize(
    ("cast", "allies", "fixed"),
    [
        pytest.param("full", 31, "", id="full"),
        pytest.param("council", "USA DEU FRA GBR POL LTU ROU ITA NLD CZE HUN TUR", "", id="council"),
        pytest.param("quick", "USA DEU FRA POL HUN TUR", QUICK_FIXED, id="quick"),
    ],
)
def test_a_cast_is_as_agreed(vilnius: Scenario, cast: str, allies: str | int, fixed: str) -> None:
    found = vilnius.allies_of(cast)
    assert len(found) == allies if isinstance(allies, int) else set(found) == set(allies.split())
    assert {"SG", "UKR", "SWE", "EU"} <= set(vilnius.cast(cast).seats)
    assert vilnius.cast(cast).fixed == dict(pair.split("=") for pair in fixed.split())


@pytest.mark.rule("1.2")
def test_the_quick_cast_leaves_seven_issues_open(vilnius: Scenario) -> None:
    assert vilnius.open_issues("quick") == (
        "path", "perspective", "trigger", "target_date", "nonforce", "reform", "assurances",
    )  # fmt: skip


@pytest.mark.rule("4.1")
def test_every_red_line_is_held_and_encodes_a_hurdle(vilnius: Scenario) -> None:
    held = {line.id for seat in vilnius.seats.values() for line in seat.red_lines}
    encoded = {line for hurdle in vilnius.hurdles for line in hurdle.red_lines}
    defined = {line.id for line in vilnius.red_lines}
    assert held == defined == encoded


def test_every_soft_line_is_held(vilnius: Scenario) -> None:
    held = {line.id for seat in vilnius.seats.values() for line in seat.soft_lines}
    assert held == {line.id for line in vilnius.soft_lines}


@pytest.mark.rule("6.1")
def test_every_deal_moves_something_or_somebody(vilnius: Scenario) -> None:
    for deal in vilnius.deals:
        assert vilnius.lifted_by_deal(deal.id) or any(side.points for side in deal.sides), deal.id


@pytest.mark.rule("6.1")
@pytest.mark.parametrize(
    ("deal", "lifts"),
    [
        pytest.param("sd_tur_swe", {"TUR", "HUN"}, id="Sweden"),
        pytest.param("sd_hun_swe", {"HUN"}, id="Hungary's own way with Sweden"),
        pytest.param("sd_hun_otp", {"HUN"}, id="OTP"),
        pytest.param("sd_ukr_minority_law", {"HUN"}, id="the law on minorities"),
        pytest.param("sd_tur_f16", {"TUR"}, id="F-16s"),
        pytest.param("sd_ct_coordinator", set(), id="a soft line only"),
    ],
)
def test_what_a_deal_lifts(vilnius: Scenario, deal: str, lifts: set[str]) -> None:
    assert set(vilnius.lifted_by_deal(deal)) == lifts


@pytest.mark.rule("6.2")
@pytest.mark.parametrize(
    ("deal", "public"),
    [("sd_tur_swe", True), ("sd_tur_f16", True), ("sd_hun_otp", False), ("sd_eu_tur", False)],
)
def test_a_deal_is_public_when_another_seats_instructions_look_at_it(
    vilnius: Scenario, deal: str, public: bool
) -> None:
    """Rule 6.2: Hungary looks at Sweden's deal with Ankara, Athens at the F-16s, nobody else at OTP."""
    assert (deal in vilnius.public_deals) is public


@pytest.mark.rule("8.1")
def test_status_quo_fallback_and_history_are_consistent(vilnius: Scenario, evaluator: Evaluator) -> None:
    for options in (vilnius.status_quo.options, vilnius.fallback.options, vilnius.history.options):
        assert evaluator.broken_rules(evaluator.package(options)) == ()


@pytest.mark.rule("8.1")
def test_nobody_objects_to_the_fallback(vilnius: Scenario, evaluator: Evaluator) -> None:
    assert evaluator.objectors(evaluator.package(vilnius.fallback.options)) == {}


@pytest.mark.rule("7.1")
def test_the_leaders_session_holds_the_longest_silence_on_the_shortest_clock(vilnius: Scenario) -> None:
    leaders = next(phase for phase in vilnius.agenda if phase.kind == "leaders")
    shortest = leaders.minutes * 60 * vilnius.clocks.min_minutes / vilnius.clocks.default_minutes
    assert shortest > vilnius.silence.max_seconds
    assert vilnius.silence.fallback_seconds == 180


@pytest.mark.rule("4.2")
def test_silence_is_not_before_the_first_council_session(vilnius: Scenario) -> None:
    open_in = [phase.kind for phase in vilnius.agenda if "silence" in phase.allows]
    assert open_in == ["council", "council", "leaders"]


@pytest.mark.rule("2.2")
def test_every_option_that_says_something_has_a_sentence_for_the_communique(vilnius: Scenario) -> None:
    wordless = {"none", "absent", "silent", "defer"}
    for issue in vilnius.issues:
        for option in issue.options:
            assert option.text or option.id in wordless, (issue.id, option.id)
            assert len(option.label.split()) <= 6, option.label
            assert option.section or option.added, "what the brief does not have is marked as added"


@pytest.mark.rule("8.2")
@pytest.mark.parametrize(
    ("options", "around", "chances"),
    [
        pytest.param({}, Circumstances(), (100, 100, 100), id="a third each"),
        pytest.param({"assurances": "multi_year"}, Circumstances(), (115, 85, 100), id="III.B: weapons promised"),
        pytest.param({"assurances": "guaranteed_floor"}, Circumstances(), (130, 70, 100), id="III.B: a floor as well"),
        pytest.param(
            {"assurances": "guaranteed_floor"},
            Circumstances(adopted=False),
            (100, 100, 100),
            id="nothing follows from a text that was not adopted",
        ),
        pytest.param(
            {"path": "fast_track", "trigger": "on_ceasefire"},
            Circumstances(),
            (100, 130, 70),
            id="III.C.1: no reason for Moscow to stop",
        ),
        pytest.param(
            {"path": "fast_track_with_conditions", "trigger": "on_ceasefire"},
            Circumstances(),
            (100, 115, 85),
            id="III.C.2: less of one",
        ),
    ],
)
def test_the_chances_of_the_aftermath(
    evaluator: Evaluator, options: dict[str, str], around: Circumstances, chances: tuple[int, ...]
) -> None:
    package = evaluator.package({**evaluator.scenario.status_quo.options, **options})
    found = evaluator.chances(package, around)
    assert tuple(found.values()) == chances
    assert tuple(found) == ("W1", "W2", "W3")
    assert sum(found.values()) == evaluator.scenario.aftermath.whole == 300
