"""Promises and their verdicts, from the log alone (rule 6.3): a table of what keeps, breaks and never tests each."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.affordances import affordances
from game_rules.memo import Memo
from game_rules.messages import Actor, Seats
from game_rules.procedures.clock import PhaseBegan
from game_rules.procedures.drafting import (
    CosponsorshipWithdrawn,
    DraftCosponsored,
    DraftRevised,
    DraftWithdrawn,
)
from game_rules.procedures.ending import OutcomeReached
from game_rules.procedures.positions import PositionConfided, PositionStated
from game_rules.procedures.promises import Form, PromiseJudged, PromiseMade
from game_rules.procedures.silence import RungTaken, SilenceBroken, SilenceCancelled, SilenceHeld
from game_rules.procedures.trade import DealsInForce, OfferDeclined, OfferMade, OfferSigned, OfferWithdrawn
from game_rules.state import GameState
from game_rules.view import SPECTATOR, facilitator_viewer, member_viewer, view
from tests.rules.harness import (
    ACTION_PLAN,
    DEADLINE,
    FALLBACK_PENDING,
    HISTORICAL,
    NOON,
    Given,
    at,
    broken,
    given,
    in_phase,
    rules,
    tabled,
    under_silence,
)

FUNDS = "sd_hun_eu_funds"
OTP = "sd_hun_otp"
PLAN = {"path": "membership_action_plan"}
OTHER = {"path": "fast_track"}
HUN_UKR = ("HUN", "UKR")


def promise(
    kind: str | None = None, by: str = "HUN", to: str = "POL", until: str | None = None, number: int = 1, **form: Any
) -> PromiseMade:
    """Hungary's word to Poland unless a test says otherwise; about texts with a Membership Action Plan."""
    about = form or {"options": PLAN}
    return PromiseMade(
        promise=f"{by}>{to}.{number}",
        by=by,
        to=to,
        text="t",
        form=Form.model_validate({"kind": kind, **about}) if kind else None,
        until=until,
    )


def judged(verdict: str, by: str = "HUN", to: str = "POL") -> PromiseJudged:
    return PromiseJudged.model_validate({"promise": f"{by}>{to}.1", "by": by, "to": to, "verdict": verdict})


def council(*history: Any) -> Given:
    return given(in_phase("council_1"), history)


def ended(before: Given) -> tuple[Any, ...]:
    """What follows when the first Council session is over."""
    return before.when("advance_phase", by="facilitator").accepted().events


def verdicts(events: tuple[Any, ...]) -> list[str]:
    return [event.verdict for event in events if isinstance(event, PromiseJudged)]


# --- giving one's word


@pytest.mark.rule("6.3")
def test_a_promise_is_for_the_two_of_them() -> None:
    answer = council().when(
        "make_promise", by="HUN", to="POL", text="t", form={"kind": "will_support", "options": PLAN}
    )
    answer.then(promise("will_support"))
    (event,) = answer.events
    assert event.audience() == Seats(frozenset({"HUN", "POL"}))
    for seat, reads in (("HUN", True), ("POL", True), ("UKR", False)):
        assert ("HUN>POL.1" in ledger(answer.state, seat)) is reads
    assert view(answer.state, SPECTATOR)["private"]["trade"] is None
    everything = view(answer.state, facilitator_viewer("white-cell"))["private"]["trade"]
    assert everything is not None
    assert everything["promises"].keys() == {"HUN>POL.1"}


def ledger(state: GameState, seat: str) -> dict[str, Any]:
    trade = view(state, member_viewer(f"m-{seat}", seat))["private"]["trade"]
    assert trade is not None
    return dict(trade["promises"])


@pytest.mark.rule("6.3", "9.2")
def test_promises_are_numbered_from_seat_to_seat() -> None:
    before = council(promise(), promise(to="DEU"), promise(by="POL", to="HUN"))
    before.when("make_promise", by="HUN", to="POL", text="t").then(promise(number=2))


@pytest.mark.rule("6.3", "9.3")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"text": "t"}, None, id="words alone"),
        pytest.param({"form": {"kind": "will_support", "options": PLAN}}, None, id="a form alone"),
        pytest.param({}, "promise.empty", id="nothing"),
        pytest.param({"text": "t", "to": "HUN"}, "promise.to_self", id="to oneself"),
        pytest.param({"text": "t", "to": "FIN"}, "seat.unknown", id="to somebody who is not there"),
        pytest.param({"form": {"kind": "will_support"}}, "promise.form", id="support of what?"),
        pytest.param({"form": {"kind": "will_support", "options": PLAN, "deal": OTP}}, "promise.form", id="two things"),
        pytest.param({"form": {"kind": "will_sign"}}, "promise.form", id="signing what?"),
        pytest.param({"form": {"kind": "will_sign", "options": PLAN}}, "promise.form", id="signing a text"),
        pytest.param(
            {"form": {"kind": "will_sign", "deal": OTP, "complement": "x"}}, "promise.form", id="signing two things"
        ),
        pytest.param({"form": {"kind": "will_support", "options": {"x": "y"}}}, "package.issue_unknown", id="an issue"),
        pytest.param(
            {"form": {"kind": "will_support", "options": {"path": "y"}}}, "package.option_unknown", id="an option"
        ),
        pytest.param({"form": {"kind": "will_sign", "deal": OTP}}, "deal.unknown", id="a deal that Poland knows not"),
        pytest.param({"to": "UKR", "form": {"kind": "will_sign", "deal": OTP}}, None, id="a deal of both"),
        pytest.param({"to": "EU", "form": {"kind": "will_sign", "deal": FUNDS}}, "deal.in_force", id="a deal in force"),
        pytest.param({"form": {"kind": "will_sign", "complement": "x"}}, "complement.unknown", id="no complement"),
        pytest.param({"text": "t", "until": "council_1"}, None, id="until this session is over"),
        pytest.param({"text": "t", "until": "leaders"}, None, id="until the leaders part"),
        pytest.param({"text": "t", "until": "consultations"}, "promise.until", id="until what is over"),
        pytest.param({"text": "t", "until": "aftermath"}, "promise.until", id="until it no longer matters"),
    ],
)
def test_what_can_be_promised(fields: dict[str, Any], code: str | None) -> None:
    funds = OfferMade(offer="HUN+EU.1", parties=("HUN", "EU"), by="EU", deals=(FUNDS,))
    signed = DealsInForce(offer="HUN+EU.1", parties=("HUN", "EU"), deals=(FUNDS,))
    council(funds, signed).when("make_promise", by="HUN", **{"to": "POL", **fields}).decided(code)


@pytest.mark.rule("6.3", "1.1")
@pytest.mark.parametrize("seat", ["UKR", "SWE", "EU", "SG"])
@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("will_not_object", "promise.not_yours_to_keep"),
        ("will_cosponsor", "promise.not_yours_to_keep"),
        ("will_support", None),
    ],
)
def test_nobody_promises_what_only_allies_can_do(seat: str, kind: str, code: str | None) -> None:
    council().when("make_promise", by=seat, to="POL", form={"kind": kind, "options": PLAN}).decided(code)
    acts = affordances(council().state, Actor("member", f"m-{seat}", seat), Memo())["acts"]
    refusal = acts.get(f"make_promise:{kind}")
    assert (refusal and refusal["code"]) == code


@pytest.mark.rule("6.3")
def test_free_text_is_never_judged() -> None:
    before = council(promise(until="council_1"), tabled("POL", ACTION_PLAN), under_silence())
    answer = before.when("break_silence", by="HUN", draft="d1", revision=1, issues=["path"], reason="w", lift="l")
    answer.then_types(SilenceBroken)
    assert verdicts(ended(answer.next())) == []
    assert ledger(answer.state, "POL")["HUN>POL.1"]["verdict"] is None


# --- verdicts: silence


TABLED = tabled("POL", ACTION_PLAN)
HELD = SilenceHeld(draft="d1", revision=1)


def silent(*history: Any) -> tuple[Any, ...]:
    return (TABLED, under_silence(), *history)


@pytest.mark.rule("6.3")
@pytest.mark.parametrize("kind", ["will_not_object", "will_support", "will_cosponsor"])
@pytest.mark.parametrize(
    ("by", "options", "verdict"),
    [
        pytest.param("HUN", PLAN, ["broken"], id="it breaks silence on such a text"),
        pytest.param("HUN", OTHER, [], id="on a text without these options"),
        pytest.param("HUN", {**PLAN, "target_date": "review_next_summit"}, [], id="on a text with some of them"),
        pytest.param("TUR", PLAN, [], id="somebody else breaks it"),
    ],
)
def test_a_broken_silence_is_judged_at_once(kind: str, by: str, options: dict[str, str], verdict: list[str]) -> None:
    before = council(promise(kind, options=options), silent())
    answer = before.when("break_silence", by=by, draft="d1", revision=1, issues=["path"], reason="w", lift="l")
    assert verdicts(answer.events) == verdict


@pytest.mark.rule("6.3")
def test_both_sides_read_the_verdict_and_nobody_else() -> None:
    before = council(promise("will_not_object"), silent())
    answer = before.when("break_silence", by="HUN", draft="d1", revision=1, issues=["path"], reason="w", lift="l")
    (event,) = (one for one in answer.events if isinstance(one, PromiseJudged))
    assert event == judged("broken")
    assert event.audience() == Seats(frozenset({"HUN", "POL"}))
    assert ledger(answer.state, "POL")["HUN>POL.1"]["verdict"] == "broken"


@pytest.mark.rule("6.3")
def test_a_verdict_is_given_once() -> None:
    before = council(promise("will_not_object", until="council_1"), silent(broken("HUN")), judged("broken"))
    assert verdicts(ended(before)) == []


@pytest.mark.rule("6.3")
@pytest.mark.parametrize(
    ("history", "verdict"),
    [
        pytest.param((), "never_tested", id="no text at all"),
        pytest.param((TABLED,), "never_tested", id="no silence"),
        pytest.param(silent(HELD), "kept", id="silence held"),
        pytest.param(
            silent(RungTaken(seat="HUN", rung="footnote", issues=("reform",), text="t"), HELD), "kept", id="a footnote"
        ),
        pytest.param(silent(broken("TUR")), "never_tested", id="somebody else broke it"),
        pytest.param(silent(SilenceCancelled(reason="r")), "never_tested", id="it was called off"),
        pytest.param(
            (tabled("POL", HISTORICAL), under_silence(), HELD), "never_tested", id="silence held on another text"
        ),
    ],
)
def test_not_to_object(history: tuple[Any, ...], verdict: str) -> None:
    before = council(promise("will_not_object", until="council_1"), history)
    assert verdicts(ended(before)) == [verdict]


@pytest.mark.rule("6.3")
def test_a_silence_that_runs_when_the_promise_is_made_tests_it() -> None:
    assert verdicts(ended(council(silent(), promise("will_not_object", until="council_1"), HELD))) == ["kept"]


@pytest.mark.rule("6.3")
def test_a_silence_that_held_before_the_promise_does_not() -> None:
    assert verdicts(ended(council(silent(HELD), promise("will_not_object", until="council_1")))) == ["never_tested"]


# --- verdicts: standing behind a text


def said(position: str, by: str = "HUN", revision: int = 1) -> PositionStated:
    return PositionStated.model_validate({"draft": "d1", "revision": revision, "seat": by, "position": position})


CONFIDED = PositionConfided(draft="d1", revision=1, seat="HUN", position="support", chair="SG")
BEHIND = DraftCosponsored(draft="d1", seat="HUN")
NOT_ANY_MORE = CosponsorshipWithdrawn(draft="d1", seat="HUN")
AWAY = DraftWithdrawn(draft="d1")
INTO_ANOTHER = DraftRevised(draft="d1", revision=2, package=HISTORICAL)
PLAIN = tabled("POL", HISTORICAL)
INTO_IT = DraftRevised(draft="d1", revision=2, package=ACTION_PLAN)


@pytest.mark.rule("6.3")
@pytest.mark.parametrize(
    ("history", "support", "cosponsor"),
    [
        pytest.param((), "never_tested", "never_tested", id="no text at all"),
        pytest.param((PLAIN,), "never_tested", "never_tested", id="another text only"),
        pytest.param((TABLED,), "broken", "broken", id="such a text, and not a word"),
        pytest.param((TABLED, AWAY), "never_tested", "never_tested", id="such a text, withdrawn in time"),
        pytest.param((TABLED, INTO_ANOTHER), "never_tested", "never_tested", id="such a text, changed in time"),
        pytest.param((TABLED, said("support")), "kept", "broken", id="support in public"),
        pytest.param((TABLED, said("can_accept")), "broken", "broken", id="less than support"),
        pytest.param((TABLED, CONFIDED), "broken", "broken", id="support in confidence"),
        pytest.param((TABLED, said("support", "TUR")), "broken", "broken", id="somebody else's support"),
        pytest.param((TABLED, said("support"), said("concern")), "broken", "broken", id="support taken back"),
        pytest.param((TABLED, said("concern"), said("support")), "kept", "broken", id="support in the end"),
        pytest.param(
            (TABLED, said("support"), INTO_ANOTHER, said("concern", revision=2)),
            "kept",
            "never_tested",
            id="a concern about another text",
        ),
        pytest.param((TABLED, said("support"), AWAY), "kept", "never_tested", id="support of a text that went away"),
        pytest.param((TABLED, BEHIND), "broken", "kept", id="its name under it"),
        pytest.param((TABLED, BEHIND, NOT_ANY_MORE), "broken", "broken", id="its name taken off"),
        pytest.param((TABLED, BEHIND, AWAY), "never_tested", "kept", id="its name under a text that went away"),
        pytest.param((PLAIN, BEHIND, INTO_IT), "broken", "kept", id="its name under a text that became one"),
        pytest.param((tabled("HUN", ACTION_PLAN),), "kept", "kept", id="such a text of its own"),
        pytest.param((tabled("HUN", HISTORICAL), INTO_IT), "kept", "kept", id="its own text changed into one"),
        pytest.param(silent(RungTaken(seat="HUN", rung="associate")), "kept", "broken", id="on record in support"),
        pytest.param(silent(RungTaken(seat="HUN", rung="statement", text="t")), "broken", "broken", id="a statement"),
        pytest.param(silent(RungTaken(seat="TUR", rung="associate")), "broken", "broken", id="somebody else on record"),
    ],
)
def test_to_stand_behind_a_text(history: tuple[Any, ...], support: str, cosponsor: str) -> None:
    for kind, verdict in (("will_support", support), ("will_cosponsor", cosponsor)):
        cleared = (*history, SilenceCancelled(reason="r")) if under_silence() in history else history
        before = council(promise(kind, until="council_1"), cleared)
        assert verdicts(ended(before)) == [verdict], kind


@pytest.mark.rule("6.3")
@pytest.mark.parametrize(
    ("kind", "before_it"),
    [("will_support", (TABLED, said("support"))), ("will_cosponsor", (TABLED, BEHIND))],
)
def test_what_is_done_already_when_the_promise_is_made_keeps_it(kind: str, before_it: tuple[Any, ...]) -> None:
    assert verdicts(ended(council(before_it, promise(kind, until="council_1")))) == ["kept"]


@pytest.mark.rule("6.3")
def test_support_of_an_older_revision_does_not() -> None:
    changed = DraftRevised(draft="d1", revision=2, package=(*ACTION_PLAN[:1], *HISTORICAL[1:]))
    before = council(TABLED, said("support"), changed, promise("will_support", until="council_1"))
    assert verdicts(ended(before)) == ["broken"]


# --- verdicts: signatures


OFFER = OfferMade(offer="HUN+UKR.1", parties=HUN_UKR, by="UKR", deals=(OTP,))
OWN = OfferMade(offer="HUN+UKR.1", parties=HUN_UKR, by="HUN", deals=(OTP,))
SIGNED = OfferSigned(offer="HUN+UKR.1", parties=HUN_UKR, seat="HUN")
IN_FORCE = DealsInForce(offer="HUN+UKR.1", parties=HUN_UKR, deals=(OTP,))
REFUSED = OfferDeclined(offer="HUN+UKR.1", parties=HUN_UKR, seat="UKR")
TAKEN_BACK = OfferWithdrawn(offer="HUN+UKR.1", parties=HUN_UKR, seat="HUN")


@pytest.mark.rule("6.3")
@pytest.mark.parametrize(
    ("history", "verdict"),
    [
        pytest.param((), "never_tested", id="nobody offered"),
        pytest.param((OFFER,), "broken", id="offered and not answered"),
        pytest.param((OFFER, OfferDeclined(offer="HUN+UKR.1", parties=HUN_UKR, seat="HUN")), "broken", id="declined"),
        pytest.param(
            (OFFER, OfferWithdrawn(offer="HUN+UKR.1", parties=HUN_UKR, seat="UKR")),
            "never_tested",
            id="offer withdrawn",
        ),
        pytest.param(
            (OFFER, SIGNED, IN_FORCE),
            "kept",
            id="in force",
        ),
        pytest.param((OWN,), "kept", id="offered by itself"),
        pytest.param((OWN, REFUSED), "kept", id="the other said no"),
        pytest.param((OWN, TAKEN_BACK), "never_tested", id="taken back unanswered"),
    ],
)
def test_to_sign_a_deal(history: tuple[Any, ...], verdict: str) -> None:
    before = council(promise("will_sign", to="UKR", until="council_1", deal=OTP), history)
    assert verdicts(ended(before)) == [verdict]


@pytest.mark.rule("6.3")
def test_a_signature_taken_back_from_an_offer_that_the_other_signed_breaks_the_word() -> None:
    who = rules().in_table_order({"HUN", "UKR", "EU"})
    both = OfferMade(offer=f"{'+'.join(who)}.1", parties=who, by="UKR", deals=(OTP, "sd_eu_reform_report"))
    signed = OfferSigned(offer=both.offer, parties=who, seat="HUN")
    before = council(promise("will_sign", to="UKR", until="council_1", deal=OTP), both, signed)
    assert verdicts(ended(before)) == ["kept"]
    assert verdicts(ended(before.when("withdraw_from_offer", by="HUN", offer=both.offer).next())) == ["broken"]


@pytest.mark.rule("6.3")
def test_an_offer_that_was_declined_before_the_promise_does_not_test_it() -> None:
    declined = OfferDeclined(offer="HUN+UKR.1", parties=HUN_UKR, seat="HUN")
    before = council(OFFER, declined, at(NOON + 1, promise("will_sign", to="UKR", until="council_1", deal=OTP)))
    assert verdicts(before.when("advance_phase", by="facilitator", at=NOON + 2).events) == ["never_tested"]


@pytest.mark.rule("6.3", "6.5")
@pytest.mark.parametrize("signs", [True, False])
def test_to_sign_a_complement(signs: bool) -> None:
    complement = rules().scenario.complements[0]
    word = promise("will_sign", until="council_1", complement=complement.id)
    before = council(word)
    if signs:
        before = before.when(
            "sign_complement", by="HUN", complement=complement.id, mode=complement.forms[0].mode, defence=False
        ).next()
    assert verdicts(ended(before)) == ["kept" if signs else "broken"]


# --- when


@pytest.mark.rule("6.3")
def test_a_promise_is_judged_when_its_phase_is_over_and_not_before() -> None:
    word = promise("will_support", until="council_2")
    first = council(word).when("advance_phase", by="facilitator")
    first.then_types(PhaseBegan)
    second = first.next().when("advance_phase", by="facilitator")
    second.then_types(PromiseJudged, PhaseBegan)


@pytest.mark.rule("6.3", "8.1")
def test_what_is_left_is_judged_when_the_summit_is_over_before_the_results() -> None:
    before = given(in_phase("leaders"), promise("will_not_object"), promise("will_support", to="DEU", until="leaders"))
    answer = before.when("end_game", by="facilitator")
    answer.then_types(PromiseJudged, PromiseJudged, OutcomeReached, PhaseBegan)
    outcome = answer.events[2]
    assert isinstance(outcome, OutcomeReached)
    assert outcome.results["HUN"]["promises"] == {"kept": 0, "broken": 0, "never_tested": 2}
    assert outcome.results["POL"]["promises"] == {"kept": 0, "broken": 0, "never_tested": 0}


@pytest.mark.rule("6.3", "8.1")
def test_a_broken_fallback_breaks_promises_too() -> None:
    put = given(FALLBACK_PENDING, promise("will_not_object", options={"path": fallback_path()})).when(
        "put_fallback", by="SG"
    )
    draft = put.state.silence.draft if put.state.silence else ""
    answer = put.next().when("break_silence", by="HUN", draft=draft, revision=1, issues=["path"], reason="w", lift="l")
    answer.then_types(SilenceBroken, PromiseJudged, OutcomeReached, PhaseBegan)
    outcome = answer.events[2]
    assert isinstance(outcome, OutcomeReached)
    assert outcome.results["HUN"]["promises"]["broken"] == 1


def fallback_path() -> str:
    return rules().scenario.fallback.options["path"]


@pytest.mark.rule("6.3", "4.7")
def test_a_silence_that_holds_to_the_end_keeps_the_word_before_the_results_come() -> None:
    before = given(in_phase("leaders", NOON + 1), promise("will_not_object"), silent())
    answer = before.when("advance_clock", by="timer", at=DEADLINE)
    answer.then_types(SilenceHeld, PromiseJudged, OutcomeReached, PhaseBegan)
    assert verdicts(answer.events) == ["kept"]
