"""Commitments beside the alliance's text: who signs, when, and what is in force (rule 6.5, brief IV)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.engine import Event
from game_rules.procedures.complements import (
    ComplementInForce,
    ComplementSignatureWithdrawn,
    ComplementSigned,
    CongressVoted,
)
from game_rules.procedures.standing import circumstances, public_circumstances
from game_rules.view import SPECTATOR, view
from tests.rules.harness import (
    Answer,
    created,
    given,
    in_phase,
    package,
    rules,
    tabled,
    under_silence,
)
from tests.rules.test_ending import adopted

pytestmark = pytest.mark.rule("6.5")

ISRAEL: dict[str, Any] = {"complement": "israel_model"}
MULTILATERAL: dict[str, Any] = {**ISRAEL, "mode": "multilateral"}


def signed(seat: str, complement: str = "us_mnna", mode: str | None = None, defence: bool = False) -> ComplementSigned:
    return ComplementSigned(complement=complement, mode=mode, defence=defence, seat=seat)


def multilateral(*seats: str) -> tuple[ComplementSigned, ...]:
    return tuple(signed(seat, "israel_model", "multilateral") for seat in seats)


def in_force(complement: str, mode: str | None = None, defence: bool = False) -> ComplementInForce:
    return ComplementInForce(complement=complement, mode=mode, defence=defence)


def strength(answer: Answer, complement: str) -> float | None:
    found = answer.state.evaluator.complements_in_force(circumstances(answer.state))
    return float(found[complement]) if complement in found else None


# --- who signs, and when


@pytest.mark.parametrize(
    ("by", "code"),
    [
        pytest.param("USA", None, id="rule 6.5: an ally"),
        pytest.param("UKR", None, id="rule 6.5: the principal"),
        pytest.param("EU", None, id="rule 6.5: an observer"),
        pytest.param("SG", "complement.chair_signs_nothing", id="rule 1.1: the chair speaks for no nation"),
        pytest.param("facilitator", "seat.not_seated", id="rule 10: a facilitator has no name to sign in"),
    ],
)
def test_who_signs(by: str, code: str | None) -> None:
    given(in_phase("consultations")).when("sign_complement", by=by, **MULTILATERAL).decided(code)


@pytest.mark.parametrize(
    ("history", "code"),
    [
        pytest.param((), "game.not_started", id="not in the lobby"),
        pytest.param(in_phase("briefing"), None, id="brief IV: at any time, the briefing included"),
        pytest.param(in_phase("leaders"), None, id="in the leaders' session"),
        pytest.param((*in_phase("council_1"), tabled(), under_silence()), None, id="rule 2.6: under silence"),
        pytest.param(adopted(), None, id="brief IV: whatever becomes of the communiqué"),
    ],
)
def test_when_nations_sign(history: tuple[Any, ...], code: str | None) -> None:
    given(history).when("sign_complement", by="USA", **MULTILATERAL).decided(code)


def test_once_the_summit_is_decided_nobody_signs() -> None:
    ended = given(adopted()).when("advance_clock", by="timer").next()
    ended.when("sign_complement", by="USA", **MULTILATERAL).rejected("phase.forbids", phase="aftermath")


def test_while_the_clock_stands_still_nobody_signs() -> None:
    paused = given(in_phase("council_1")).when("pause_game", by="facilitator").next()
    paused.when("sign_complement", by="USA", **MULTILATERAL).rejected("game.paused")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"complement": "nothing"}, "complement.unknown", id="no such complement"),
        pytest.param({**ISRAEL, "mode": "alone"}, "complement.mode_unknown", id="no such form"),
        pytest.param(
            {"complement": "us_mnna", "defence": True}, "complement.no_defence", id="brief IV.B: supplies only"
        ),
        pytest.param({**MULTILATERAL, "defence": True}, None, id="brief IV.C: a promise to fight is allowed"),
        pytest.param({"complement": "israel_model"}, None, id="without a mode it is the first form"),
    ],
)
def test_what_can_be_signed(fields: dict[str, Any], code: str | None) -> None:
    given(in_phase("council_1")).when("sign_complement", by="POL", **fields).decided(code)


def test_each_sheet_is_signed_once_and_each_for_itself() -> None:
    game = given(in_phase("council_1"), multilateral("POL"))
    game.when("sign_complement", by="POL", **MULTILATERAL).rejected("complement.already_signed")
    game.when("sign_complement", by="POL", **MULTILATERAL, defence=True).then(
        signed("POL", "israel_model", "multilateral", defence=True)
    )


# --- taking it back


def test_a_signature_is_taken_back_before_the_sheet_is_in_force() -> None:
    game = given(in_phase("council_1"), multilateral("POL", "FRA"))
    taken = ComplementSignatureWithdrawn(complement="israel_model", mode="multilateral", defence=False, seat="POL")
    answer = game.when("withdraw_signature", by="POL", **MULTILATERAL).then(taken)
    (sheet,) = answer.state.complements["israel_model"].sheets
    assert sheet.signers == ("FRA",)
    game.when("withdraw_signature", by="HUN", **MULTILATERAL).rejected("complement.not_signed")
    game.when("withdraw_signature", by="POL", **ISRAEL, mode="bilateral").rejected("complement.not_signed")


def test_a_signature_under_what_is_in_force_stands() -> None:
    game = given(in_phase("council_1")).when("sign_complement", by="USA", complement="us_mnna").next()
    game.when("withdraw_signature", by="USA", complement="us_mnna").rejected("complement.in_force")


# --- in force


@pytest.mark.parametrize(
    ("complement", "mode", "before", "last", "comes"),
    [
        pytest.param("us_mnna", None, (), "USA", True, id="IV.B.2: the United States alone"),
        pytest.param("us_mnna", None, ("POL",), "FRA", False, id="IV.B.2: not without it"),
        pytest.param("israel_model", "bilateral", ("UKR",), "USA", True, id="IV.C: Washington and Kyiv"),
        pytest.param("israel_model", "multilateral", ("UKR",), "USA", False, id="IV.C: one ally is not several"),
        pytest.param("israel_model", "multilateral", ("UKR", "POL"), "USA", True, id="IV.C: two in the quick cast"),
        pytest.param("core_group", None, ("FRA", "POL"), "USA", True, id="IV.A.2: two of France, Germany, Poland"),
        pytest.param("core_group", None, ("HUN", "POL"), "USA", False, id="IV.A.2: Hungary is none of them"),
        pytest.param(
            "eu_accelerated", None, ("EU", "SWE", "FRA", "DEU", "POL"), "HUN", True, id="IV.A.4: Hungary could block"
        ),
        pytest.param("eu_accelerated", None, ("EU", "SWE", "FRA", "DEU"), "POL", False, id="IV.A.4: and it does"),
        pytest.param(
            "contact_group_permanent", None, ("FRA", "DEU"), "POL", False, id="IV.A.1: not without the United States"
        ),
        pytest.param(
            "contact_group_permanent", None, ("FRA", "DEU", "POL"), "USA", True, id="rule 1.2: four of six, as 20 of 31"
        ),
    ],
)
def test_a_complement_is_in_force_when_its_signature_rule_is_met(
    complement: str, mode: str | None, before: tuple[str, ...], last: str, comes: bool
) -> None:
    game = given(in_phase("council_1"), [signed(seat, complement, mode) for seat in before])
    answer = game.when("sign_complement", by=last, complement=complement, mode=mode)
    expected: list[Event] = [signed(last, complement, mode)]
    answer.then(*expected, *([in_force(complement, mode)] if comes else []))
    assert (strength(answer, complement) is not None) is comes
    assert (missing(answer, complement, mode) == "") is comes


def missing(answer: Answer, complement: str, mode: str | None = None) -> str:
    sheets = view(answer.state, SPECTATOR)["public"]["complements"][complement]["sheets"]
    return next(sheet["missing"] for sheet in sheets if sheet["mode"] == mode)


def test_everybody_reads_which_signatures_are_missing() -> None:
    """The Contact Group needs the United States and, in the quick cast, four allies in all."""
    game = given(in_phase("council_1"), signed("FRA", "contact_group_permanent"))
    answer = game.when("sign_complement", by="POL", complement="contact_group_permanent")
    assert missing(answer, "contact_group_permanent") == "United States; 2 more allies."
    last = answer.next().when("sign_complement", by="DEU", complement="contact_group_permanent")
    assert missing(last, "contact_group_permanent") == "United States; 1 more ally."


def test_whoever_joins_later_makes_it_stronger() -> None:
    """brief IV.A.2: in the quick cast there are four of the five that the brief names."""
    game = given(in_phase("council_1"), signed("FRA", "core_group"), signed("DEU", "core_group"))
    first = game.when("sign_complement", by="USA", complement="core_group")
    then = first.next().when("sign_complement", by="POL", complement="core_group").then(signed("POL", "core_group"))
    assert (strength(first, "core_group"), strength(then, "core_group")) == (0.75, 1.0)


def test_of_two_sheets_in_force_the_stronger_counts() -> None:
    """rule 6.5: there is one entry a complement."""
    bilateral = [signed(seat, "israel_model", "bilateral") for seat in ("UKR", "USA")]
    both = given(in_phase("council_1"), bilateral, multilateral("UKR", "POL", "FRA", "DEU"))
    answer = both.when("sign_complement", by="USA", **MULTILATERAL)
    (entry,) = public_circumstances(answer.state).complements
    assert entry.mode == "multilateral"
    alone = strength(
        given(in_phase("council_1"), bilateral[:1]).when("sign_complement", by="USA", **ISRAEL), "israel_model"
    )
    assert (alone, strength(answer, "israel_model")) == (0.4, 1.0)


def test_a_promise_to_fight_crosses_the_line_of_a_signer_that_has_one() -> None:
    """rule 6.5, brief IV: the whole package is then objected to by whoever holds the line and signed."""
    promise = [signed(seat, "israel_model", "multilateral", defence=True) for seat in ("UKR", "POL")]
    answer = given(in_phase("council_1"), promise).when("sign_complement", by="USA", **MULTILATERAL, defence=True)
    around = circumstances(answer.state, "USA")
    line = "no_new_article5_like_guarantee_outside_nato"
    assert line in answer.state.evaluator.objections("USA", package(), around)
    assert line not in answer.state.evaluator.objections("USA", package())
    assert line not in answer.state.evaluator.objections("FRA", package(), around)


# --- the vote of a legislature


def resolution(seed: str, *history: Any) -> Answer:
    return given(in_phase("council_1"), history, game=created(seed=seed)).when(
        "sign_complement", by="USA", complement="us_concurrent_resolution"
    )


def vote(answer: Answer) -> CongressVoted:
    (found,) = [event for event in answer.events if isinstance(event, CongressVoted)]
    return found


def test_a_legislature_votes_when_its_vote_alone_is_lacking() -> None:
    outcomes = {vote(resolution(f"seed {number}")).passed for number in range(20)}
    assert outcomes == {True, False}
    for number in range(20):
        answer = resolution(f"seed {number}")
        voted = vote(answer)
        assert len(voted.dice) == 2
        assert all(1 <= die <= 6 for die in voted.dice)
        assert voted.passed is (sum(voted.dice) + voted.bonus >= voted.pass_at == 8)
        assert (strength(answer, "us_concurrent_resolution") == 1) is voted.passed
    nobody_else = given(in_phase("council_1")).when("sign_complement", by="POL", complement="us_concurrent_resolution")
    nobody_else.then(signed("POL", "us_concurrent_resolution"))


def test_the_law_of_several_nations_waits_for_all_its_signers_before_the_vote() -> None:
    """brief IV.A.3"""
    alone = given(in_phase("council_1")).when("sign_complement", by="USA", complement="tra_language")
    alone.then(signed("USA", "tra_language"))
    both = alone.next().when("sign_complement", by="POL", complement="tra_language")
    assert vote(both).pass_at == 10


def test_the_vote_is_drawn_once_and_by_seed_and_name() -> None:
    """rule 6.5: also after a rewind, or after the first signature was taken back."""
    assert vote(resolution("seed 3")).dice == vote(resolution("seed 3", tabled(), signed("POL"))).dice
    assert len({vote(resolution(f"seed {number}")).dice for number in range(12)}) > 6
    failed = next(answer for number in range(20) if not vote(answer := resolution(f"seed {number}")).passed)
    left = failed.next().when("withdraw_signature", by="USA", complement="us_concurrent_resolution").next()
    again = left.when("sign_complement", by="USA", complement="us_concurrent_resolution")
    again.then(signed("USA", "us_concurrent_resolution"))
    assert strength(again, "us_concurrent_resolution") is None


@pytest.mark.parametrize(
    ("history", "bonus"),
    [
        pytest.param((), 0, id="nothing on the floor: the status quo is silent"),
        pytest.param((tabled("POL", package(reform="explicit_eu")),), 1, id="reforms in the basis"),
        pytest.param(
            (adopted(package(reform="explicit_eu"))[2:], tabled("POL", draft="d2")), 1, id="in what is adopted"
        ),
        pytest.param((tabled("USA", package(reform="general_review")),), 0, id="a review names no reform"),
    ],
)
def test_the_bonus_looks_at_the_text_of_the_day(history: tuple[Any, ...], bonus: int) -> None:
    """rule 6.5: the text adopted, else the one under silence, else the basis."""
    assert vote(resolution("seed 1", history)).bonus == bonus


def test_the_bonus_counts_every_ally_that_has_put_its_name_to_something() -> None:
    """scenario: one more when ten others have; a seat on a second sheet of a complement counts as well."""
    state = given(in_phase("council_1"), signed("HUN", "israel_model", "bilateral"), multilateral("POL", "FRA")).state
    around = public_circumstances(state)
    signing = state.evaluator.situation(around).allies_signing
    assert signing == {"HUN", "POL", "FRA"}


# --- who sees it


def test_signatures_are_public() -> None:
    """rule 9.1"""
    state = (
        given(in_phase("council_1"), multilateral("UKR", "POL")).when("sign_complement", by="USA", **MULTILATERAL).state
    )
    public = view(state, SPECTATOR)["public"]
    shown = public["complements"]["israel_model"]
    (sheet,) = [sheet for sheet in shown["sheets"] if sheet["signers"]]
    assert (sheet["mode"], sheet["signers"], sheet["in_force"]) == ("multilateral", ["POL", "USA", "UKR"], True)
    assert shown["in_force"] is not None
    assert public["complements"]["us_mnna"]["in_force"] is None
    assert [entry["type"] for entry in public["record"]][-2:] == ["complement_signed", "complement_in_force"]


def test_what_may_be_signed_is_described_with_the_thresholds_of_the_cast() -> None:
    """rule 1.2"""
    described = {one["id"]: one for one in view(given().state, SPECTATOR)["public"]["scenario"]["complements"]}
    assert described.keys() == {complement.id for complement in rules().scenario.complements}
    assert described["contact_group_permanent"]["forms"][0]["rule"] == (
        "Signed by United States; signed by at least 4 allies in all."
    )
    assert "must reach 8" in str(described["us_concurrent_resolution"]["congress_test"])


@pytest.mark.rule("1.6")
def test_a_deputy_signs_nothing_and_a_bot_may() -> None:
    played = given(in_phase("council_1"), seats=(), game=created(unclaimed="deputy"))
    played.when("sign_complement", by="deputy:POL", **MULTILATERAL).rejected("seat.deputy")
    bots = given(in_phase("council_1"), seats=(), game=created(unclaimed="bot"))
    bots.when("sign_complement", by="bot:POL", **MULTILATERAL).accepted()
