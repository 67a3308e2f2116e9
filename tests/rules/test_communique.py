"""The adopted text as it is printed: paragraphs, statements, footnotes, who stands behind it (rules 2.2, 4.3, 4.7)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.procedures.silence import RungTaken, SilenceHeld
from game_rules.state import Adoption, rules_of
from game_rules.view import view
from game_rules.view.communique import communique
from game_rules.view.texts import text_ids
from game_rules.view.viewer import PROJECTOR
from tests.rules.harbour import harbour
from tests.rules.harness import HISTORICAL, given, in_phase, package, rules, tabled, under_silence, vilnius

pytestmark = pytest.mark.rule("2.2")


def adopted(*rungs: RungTaken, of: tuple[str, ...] = HISTORICAL) -> Any:
    held = SilenceHeld(draft="d1", revision=1)
    state = given(in_phase("council_1"), tabled("USA", of), under_silence(), rungs, held).state
    found = view(state, PROJECTOR)["public"]["adopted"]
    assert found is not None
    return found["communique"]


def test_the_text_is_printed_with_a_paragraph_for_each_issue_it_speaks_of() -> None:
    printed = adopted()
    heading = vilnius().communique
    assert heading is not None
    assert (printed["title"], printed["opening"]) == (heading.title, heading.opening)
    words = {
        issue.id: option.text
        for issue, chosen in zip(vilnius().issues, HISTORICAL, strict=True)
        for option in issue.options
        if option.id == chosen and option.text
    }
    assert {one["issue"]: one["sentence"] for one in printed["paragraphs"]} == words
    assert (printed["statements"], printed["footnotes"], printed["associated"]) == ([], [], [])


def test_numbers_run_on_where_a_paragraph_says_nothing() -> None:
    printed = adopted(of=package(target_date="none", reform="none"))
    numbers = [one["number"] for one in printed["paragraphs"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {"target_date", "reform"}.isdisjoint(one["issue"] for one in printed["paragraphs"])


@pytest.mark.rule("4.3", "4.7")
def test_statements_footnotes_and_associations_are_printed_in_the_order_of_the_table() -> None:
    printed = adopted(
        RungTaken(seat="USA", rung="associate"),
        RungTaken(seat="TUR", rung="statement", text="t-tur"),
        RungTaken(seat="DEU", rung="statement", text="t-deu"),
        RungTaken(seat="FRA", rung="associate"),
        RungTaken(seat="POL", rung="silent"),
    )
    assert printed["associated"] == ["FRA", "USA"]
    assert printed["statements"] == [{"seat": "DEU", "text": "t-deu"}, {"seat": "TUR", "text": "t-tur"}]


@pytest.mark.rule("4.3", "4.7")
def test_footnotes_are_numbered_as_a_reader_meets_them() -> None:
    printed = adopted(
        RungTaken(seat="HUN", rung="footnote", issues=("minority", "forum"), text="t-hun"),
        RungTaken(seat="POL", rung="footnote", issues=("reform", "forum"), text="t-pol"),
        RungTaken(seat="DEU", rung="footnote", issues=("target_date",), text="t-deu"),
        of=package(minority="silent", target_date="none"),
    )
    numbers = {one["issue"]: one["number"] for one in printed["paragraphs"]}
    assert printed["footnotes"] == [
        {
            "number": 1,
            "seat": "POL",
            "issues": ["reform", "forum"],
            "paragraphs": [numbers["reform"], numbers["forum"]],
            "text": "t-pol",
        },
        {
            "number": 2,
            "seat": "HUN",
            "issues": ["minority", "forum"],
            "paragraphs": [numbers["forum"]],
            "text": "t-hun",
        },
        {"number": 3, "seat": "DEU", "issues": ["target_date"], "paragraphs": [], "text": "t-deu"},
    ]
    marks = {one["issue"]: one["footnotes"] for one in printed["paragraphs"] if one["footnotes"]}
    assert marks == {"reform": [1], "forum": [1, 2]}


@pytest.mark.rule("5.4")
def test_the_words_of_delegations_travel_as_ids_and_the_scenarios_as_words() -> None:
    printed = adopted(
        RungTaken(seat="TUR", rung="statement", text="t-tur"),
        RungTaken(seat="HUN", rung="footnote", issues=("reform",), text="t-hun"),
    )
    assert set(text_ids({"adopted": printed})) == {"t-tur", "t-hun"}


def test_a_scenario_without_a_heading_prints_under_its_title() -> None:
    scenario = harbour()
    table = rules_of(scenario, scenario.digest(), "all", 45)
    printed = communique(table, Adoption("d1", 1, ("north", "low", "bare"), 0, False, {}))
    assert (printed["title"], printed["opening"]) == ("The harbour", "")
    assert [one["sentence"] for one in printed["paragraphs"]] == [
        "We choose north.",
        "We choose low.",
        "We choose bare.",
    ]


def _whole(**changes: str) -> tuple[str, ...]:
    options = {**vilnius().history.options, **changes}
    return tuple(options[issue] for issue in rules().issues)


PATHS = {
    "III.C.1": _whole(path="fast_track", trigger="immediate", reform="none", minority="silent"),
    "III.C.2": _whole(path="fast_track_with_conditions", trigger="on_ceasefire", reform="explicit_eu"),
    "III.C.3": _whole(path="membership_action_plan", trigger="after_review"),
    "III.C.4": _whole(path="new_partnership"),
    "III.C.5": _whole(path="bucharest_with_group", trigger="unspecified", forum="hlg", target_date="hlg_to_propose"),
    "2008": tuple(vilnius().status_quo.options[issue] for issue in rules().issues),
}


@pytest.mark.rule("2.1")
@pytest.mark.parametrize("of", PATHS.values(), ids=PATHS.keys())
def test_each_way_in_reads_as_a_whole_text(of: tuple[str, ...]) -> None:
    """The five ways of brief III.C and the bare repetition: whole sentences, and none said twice."""
    assert rules().evaluator.is_consistent(of)
    printed = communique(rules(), Adoption("d1", 1, of, 0, False, {}))
    paragraphs = printed["paragraphs"]
    sentences = [sentence for one in paragraphs for sentence in one["sentence"].split(". ")]
    assert len(paragraphs) >= 4
    assert all(one["sentence"].endswith(".") and one["sentence"][0].isupper() for one in paragraphs)
    assert len({sentence.rstrip(".") for sentence in sentences}) == len(sentences)
    if any("high-level group that" in one["sentence"] for one in paragraphs):
        assert any("establish a high-level group" in one["sentence"] for one in paragraphs)
