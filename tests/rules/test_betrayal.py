"""A deal is betrayed when a seat that it paid breaks silence on what it had lifted (rule 6.4)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.messages import NOBODY
from game_rules.procedures.ending import ResultsOpened
from game_rules.procedures.silence import SilenceBroken
from game_rules.procedures.trade import DealBetrayed, DealsInForce, OfferMade
from game_rules.view import SPECTATOR, facilitator_viewer, member_viewer, view
from tests.rules.harness import (
    ACTION_PLAN,
    HISTORICAL,
    Answer,
    broken,
    given,
    in_phase,
    package,
    rules,
    tabled,
    under_silence,
)

FUNDS = "sd_hun_eu_funds"
RESET = "sd_hun_swe"
PROTOCOL = "sd_tur_swe"
F16 = "sd_tur_f16"
GRAIN = "sd_grain"

PATH = "path_not_acceptable"
LINKAGE = "requires_sweden_linkage_resolved"


def signed(*deals: str) -> tuple[Any, ...]:
    """Each deal in force by an offer of its own."""
    found: list[Any] = []
    for number, deal in enumerate(deals, 1):
        who = rules().deal_parties[deal]
        found.append(OfferMade(offer=f"{'+'.join(who)}.{number}", parties=who, by=who[0], deals=(deal,)))
        found.append(DealsInForce(offer=found[-1].offer, parties=who, deals=(deal,)))
    return tuple(found)


def breaking(
    *deals: str, by: str = "HUN", issues: tuple[str, ...] = ("path",), of: tuple[str, ...] = ACTION_PLAN
) -> Answer:
    """Silence is broken on the text once these deals are in force."""
    before = given(in_phase("council_1"), signed(*deals), tabled("POL", of), under_silence())
    return before.when("break_silence", by=by, draft="d1", revision=1, issues=issues, reason="why", lift="what")


def betrayed(answer: Answer) -> dict[str, tuple[str, ...]]:
    return {event.deal: event.lines for event in answer.accepted().events if isinstance(event, DealBetrayed)}


@pytest.mark.rule("6.4")
@pytest.mark.parametrize(
    ("deals", "by", "issues", "found"),
    [
        pytest.param((), "HUN", ("path",), {}, id="no deal"),
        pytest.param((FUNDS,), "HUN", ("path",), {FUNDS: (PATH,)}, id="paid, and broken on what it lifted"),
        pytest.param((FUNDS,), "HUN", ("reform",), {}, id="paid, and broken on something else"),
        pytest.param((FUNDS,), "HUN", ("reform", "path"), {FUNDS: (PATH,)}, id="on that among other things"),
        pytest.param((GRAIN,), "HUN", ("path",), {}, id="paid in a deal that lifts nothing"),
        pytest.param((FUNDS,), "TUR", ("path",), {}, id="somebody whom it did not pay"),
        pytest.param((FUNDS,), "DEU", ("path",), {}, id="somebody who has nothing to do with it"),
        pytest.param((RESET,), "HUN", ("path",), {RESET: (LINKAGE,)}, id="the linkage to Sweden"),
        pytest.param(
            (FUNDS, RESET), "HUN", ("path",), {FUNDS: (PATH,), RESET: (LINKAGE,)}, id="two deals, a line each"
        ),
        pytest.param(
            (RESET, PROTOCOL), "HUN", ("path",), {RESET: (LINKAGE,)}, id="two that lift one line: the one that paid it"
        ),
        pytest.param((PROTOCOL,), "HUN", ("path",), {}, id="a deal between others lifted its line"),
        pytest.param((PROTOCOL,), "TUR", ("path",), {PROTOCOL: (LINKAGE,)}, id="its own deal left one of two lines"),
        pytest.param((F16,), "TUR", ("path",), {}, id="a deal that lifts nothing without another"),
    ],
)
def test_which_deals_an_objection_betrays(
    deals: tuple[str, ...], by: str, issues: tuple[str, ...], found: dict[str, tuple[str, ...]]
) -> None:
    answer = breaking(*deals, by=by, issues=issues)
    assert betrayed(answer) == found
    if not found:
        answer.then_types(SilenceBroken)


@pytest.mark.rule("6.4")
def test_a_text_on_which_the_deal_lifted_nothing_betrays_nothing() -> None:
    assert betrayed(breaking(FUNDS, of=HISTORICAL)) == {}


@pytest.mark.rule("6.4")
def test_a_line_other_than_the_path_rests_on_its_own_paragraph() -> None:
    dated = package(target_date="relative_target")
    assert betrayed(breaking(FUNDS, of=dated, issues=("target_date",))) == {FUNDS: ("no_target_date_at_all",)}
    assert betrayed(breaking(FUNDS, of=dated, issues=("path",))) == {}


@pytest.mark.rule("6.4")
def test_a_deal_signed_after_the_objection_is_not_betrayed_by_it() -> None:
    state = given(
        in_phase("council_1"), tabled("POL", ACTION_PLAN), under_silence(), broken("HUN"), signed(FUNDS)
    ).state
    assert state.betrayals == ()


# --- who learns of it


@pytest.mark.rule("6.4", "9.1")
def test_only_the_facilitator_learns_of_a_betrayal_until_the_results_are_opened() -> None:
    answer = breaking(FUNDS)
    event = answer.events[1]
    assert isinstance(event, DealBetrayed)
    assert event.audience() == NOBODY
    facilitator = view(answer.state, facilitator_viewer("white-cell"))["private"]
    assert facilitator["facilitation"] is not None
    assert [one["deal"] for one in facilitator["facilitation"]["betrayals"]] == [FUNDS]
    record = facilitator["record"]
    assert [entry["event"]["deal"] for entry in record if entry["type"] == "deal_betrayed"] == [FUNDS]
    for viewer in (SPECTATOR, *(member_viewer(f"m-{seat}", seat) for seat in rules().seats)):
        shown = view(answer.state, viewer)
        assert "deal_betrayed" not in {entry["type"] for entry in shown["private"]["record"]}
        assert "deal_betrayed" not in {entry["type"] for entry in shown["public"]["record"]}


@pytest.mark.rule("6.4", "8.7", "9.1")
def test_everybody_reads_of_it_once_the_results_are_open() -> None:
    ended = breaking(FUNDS).next().when("end_game", by="facilitator").accepted()
    closed = view(ended.state, member_viewer("m-HUN", "HUN"))
    assert closed["public"]["outcome"] is not None
    assert closed["public"]["outcome"]["opened"] == {}
    assert closed["private"]["us"] is not None
    assert closed["private"]["us"]["result"] is not None
    assert closed["private"]["us"]["result"]["deals"] == [FUNDS]
    assert "betrayals" not in closed["private"]["us"]["result"]
    outcome = view(ended.next(ResultsOpened()).state, SPECTATOR)["public"]["outcome"]
    assert outcome is not None
    opened = outcome["opened"]
    betrayal = {"deal": FUNDS, "seat": "HUN", "objection": "o1", "lines": [PATH]}
    assert opened["HUN"]["betrayals"] == [betrayal]
    assert opened["EU"]["betrayals"] == []
    assert (opened["EU"]["deals"], opened["POL"]["deals"]) == ([FUNDS], [])


# --- what the outcome makes of trade


@pytest.mark.rule("8.7", "6.1")
def test_a_break_on_a_line_that_a_deal_had_lifted_is_without_cause() -> None:
    """What had been bought was no red line any more: to break all the same costs ten."""
    for deals, without_cause in (((), 0), ((FUNDS, RESET), 1)):
        ended = breaking(*deals).next().when("end_game", by="facilitator")
        result = ended.state.outcome.results["HUN"] if ended.state.outcome else {}
        assert result["breaks_without_cause"] == without_cause


@pytest.mark.rule("8.7", "6.1")
def test_a_deal_signed_after_a_break_leaves_its_cause_as_it_was() -> None:
    before = given(
        in_phase("council_1"), tabled("POL", ACTION_PLAN), under_silence(), broken("HUN"), signed(FUNDS, RESET)
    )
    outcome = before.when("end_game", by="facilitator").state.outcome
    assert outcome is not None
    assert outcome.results["HUN"]["breaks_without_cause"] == 0


@pytest.mark.rule("8.8", "6.1")
def test_deals_count_in_what_came_about() -> None:
    def points(*deals: str) -> int:
        ended = given(in_phase("council_1"), signed(*deals)).when("end_game", by="facilitator")
        assert ended.state.outcome is not None
        value: int = ended.state.outcome.results["HUN"]["points"]
        return value

    assert points(FUNDS) - points() == rules().scenario.deal(FUNDS).points_for("HUN")
