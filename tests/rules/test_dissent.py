"""Who may put a text under silence, what a rung costs and changes, what strict games refuse (rules 4.2 to 4.8)."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from game_rules.procedures.drafting import AmendmentAnswered, DraftTabled
from game_rules.procedures.seating import PolicySet, SeatVacated
from game_rules.procedures.silence import RungTaken, SilenceCancelled, SilenceHeld
from game_rules.state import GameState
from tests.rules.harness import (
    ACTION_PLAN,
    HISTORICAL,
    Fields,
    Given,
    broken,
    cosponsored,
    created,
    given,
    in_phase,
    open_issues,
    package,
    phase_began,
    seated,
    tabled,
    under_silence,
)

OPENING: Fields = {"draft": "d1", "revision": 1, "seconds": 180}

# --- rule 4.2: who opens, where, and who plays the chair


def council(chair: str, phase: str = "council_1", *history: object) -> Given:
    """The floor with a draft of the USA that two allies stand behind; `chair` is who plays the chair now."""
    empty: tuple[object, ...] = ()
    if chair != "people":
        empty = (
            PolicySet.model_validate({"seat": "SG", "policy": chair}),
            SeatVacated.model_validate({"seat": "SG", "stand_in": chair}),
        )
    return given(in_phase(phase), tabled(), cosponsored("POL", "FRA"), empty, history)


@pytest.mark.rule("4.2")
@pytest.mark.parametrize(
    ("chair", "by", "phase", "code"),
    [
        pytest.param("people", "SG", "council_1", None, id="the chair"),
        pytest.param("people", "SG", "leaders", None, id="in the leaders' session too"),
        pytest.param("people", "SG", "briefing", "silence.not_before_council", id="not in the briefing"),
        pytest.param("people", "SG", "consultations", "silence.not_before_council", id="nor in the consultations"),
        pytest.param("people", "SG", "aftermath", "phase.forbids", id="nor when all is over"),
        pytest.param("people", "USA", "council_1", "silence.chair_opens", id="not an ally beside a chair"),
        pytest.param("people", "facilitator", "council_1", "seat.not_seated", id="nor the facilitator"),
        pytest.param("people", "bot:SG", "council_1", "seat.not_vacant", id="nor a bot beside a chair"),
        pytest.param("bot", "bot:SG", "council_1", None, id="a bot in the chair is one"),
        pytest.param("bot", "USA", "council_1", "silence.chair_opens", id="also to an ally"),
        pytest.param("deputy", "deputy:SG", "council_1", "seat.deputy", id="a deputy starts nothing"),
        pytest.param("deputy", "USA", "council_1", None, id="so an ally may"),
        pytest.param("silent", "USA", "council_1", None, id="and beside an empty chair"),
        pytest.param("silent", "USA", "leaders", None, id="whatever the session"),
        pytest.param("silent", "USA", "consultations", "silence.not_before_council", id="not before the first"),
        pytest.param("silent", "POL", "council_1", "draft.not_yours", id="for its own draft only"),
        pytest.param("silent", "UKR", "council_1", "seat.no_vote", id="an ally, not the principal"),
        pytest.param("silent", "SWE", "council_1", "seat.no_vote", id="nor an observer"),
        pytest.param("silent", "facilitator", "council_1", "seat.not_seated", id="nor the facilitator, still"),
    ],
)
def test_who_opens_silence(chair: str, by: str, phase: str, code: str | None) -> None:
    council(chair, phase).when("open_silence", by=by, **OPENING).decided(code)


@pytest.mark.rule("4.2")
@pytest.mark.parametrize(
    ("history", "code"),
    [
        pytest.param((), None, id="the first"),
        pytest.param((under_silence(by="USA"), SilenceCancelled(reason="r")), "silence.once_a_session", id="cancelled"),
        pytest.param((under_silence(by="USA"), broken()), "silence.once_a_session", id="broken"),
        pytest.param(
            (under_silence(by="SG"), SilenceCancelled(reason="r")), None, id="the chair's own counts for none"
        ),
        pytest.param(
            (under_silence(by="USA"), SilenceCancelled(reason="r"), phase_began("council_2")),
            None,
            id="another session",
        ),
    ],
)
def test_an_ally_may_once_a_session(history: tuple[object, ...], code: str | None) -> None:
    council("silent", "council_1", history).when("open_silence", by="USA", **OPENING).decided(code)


@pytest.mark.rule("4.2")
def test_a_chair_that_comes_back_presides_again_at_once() -> None:
    back = council("silent", "council_1", seated("SG", "m-SG-2"))
    back.when("open_silence", by="USA", **OPENING).rejected("silence.chair_opens")
    back.when("open_silence", by="SG/m-SG-2", **OPENING).accepted()


@pytest.mark.rule("4.2")
@pytest.mark.parametrize("by", ["SG", "facilitator"])
@pytest.mark.parametrize("reason", [{}, {"reason": ""}, {"reason": "   "}])
def test_nobody_cancels_without_a_reason(by: str, reason: Fields) -> None:
    with pytest.raises(ValidationError):
        council("people", "council_1", under_silence()).when("cancel_silence", by=by, **reason)


# --- rule 4.3: the ladder, rung by rung

SILENT = (*in_phase("council_1"), tabled(), under_silence())
LADDER: list[tuple[str, int]] = [("silent", 0), ("associate", 0), ("statement", 1), ("footnote", 3)]


def rung(taken: str, by: str = "HUN", issues: tuple[str, ...] = ("reform",)) -> RungTaken:
    words = "t" if taken in ("statement", "footnote") else None
    named = issues if taken == "footnote" else ()
    return RungTaken.model_validate({"seat": by, "rung": taken, "issues": named, "text": words})


def ended(*rungs: object, of: tuple[str, ...] = HISTORICAL) -> GameState:
    """The summit whose text was adopted with these rungs and then broken off."""
    held = (*in_phase("council_1"), tabled("USA", of), under_silence(), rungs, SilenceHeld(draft="d1", revision=1))
    return given(held).when("end_game", by="facilitator").state


def figures(state: GameState) -> Any:
    assert state.outcome is not None
    return state.outcome.figures


def cohesion(state: GameState) -> float:
    found: float = figures(state)["figures"]["cohesion"]["value"]
    return found


@pytest.mark.rule("4.3")
@pytest.mark.parametrize(("taken", "price"), LADDER, ids=[taken for taken, _ in LADDER])
def test_each_rung_has_its_price_in_cohesion(taken: str, price: int) -> None:
    """The price is the scenario's; two who climb pay twice."""
    whole = cohesion(ended())
    assert whole - cohesion(ended(rung(taken))) == price
    assert whole - cohesion(ended(rung(taken), rung(taken, "POL"))) == 2 * price


@pytest.mark.rule("4.3")
def test_a_break_is_the_dearest_rung_whatever_was_adopted_later() -> None:
    again = given(
        SILENT, broken(), tabled("POL", HISTORICAL, "d2"), under_silence("d2"), SilenceHeld(draft="d2", revision=1)
    )
    after = again.when("end_game", by="facilitator").state
    assert cohesion(ended()) - cohesion(after) == 8


@pytest.mark.rule("4.3")
def test_rungs_are_public_when_taken_and_only_the_last_one_costs() -> None:
    """A footnote thought better of before the deadline is no footnote."""
    assert cohesion(ended(rung("footnote"), rung("associate"))) == cohesion(ended())


@pytest.mark.rule("4.3", "8.7")
def test_a_footnote_lifts_no_red_line() -> None:
    """Whoever stands apart from the very issue its line is about has consented across it all the same."""
    across = package(common_funding="common_nonlethal")
    plain, noted = ended(of=across), ended(rung("footnote", issues=("common_funding",)), of=across)
    assert plain.outcome is not None
    assert noted.outcome is not None
    lines = noted.outcome.results["HUN"]["consented_across"]
    assert "no_common_funding" in lines
    assert lines == plain.outcome.results["HUN"]["consented_across"]


@pytest.mark.rule("4.3", "8.5")
@pytest.mark.parametrize("of", [HISTORICAL, ACTION_PLAN], ids=["history", "an action plan"])
def test_a_footnote_changes_nothing_at_accession(of: tuple[str, ...]) -> None:
    notes = [rung("footnote", by, ("reform", "minority")) for by in ("HUN", "TUR", "USA")]
    plain, noted = figures(ended(of=of))["worlds"], figures(ended(*notes, of=of))["worlds"]
    assert any(there["refusals"] for there in plain.values())
    assert {world: there["refusals"] for world, there in noted.items()} == {
        world: there["refusals"] for world, there in plain.items()
    }


# --- rule 4.4: an objection is attached to the text


@pytest.mark.rule("4.4")
@pytest.mark.parametrize("missing", ["issues", "reason", "lift"])
def test_an_objection_says_which_issues_why_and_what_would_lift_it(missing: str) -> None:
    whole: Fields = {"draft": "d1", "revision": 1, "issues": ["path"], "reason": "why", "lift": "what"}
    with pytest.raises(ValidationError):
        given(SILENT).when("break_silence", by="HUN", **{key: value for key, value in whole.items() if key != missing})


@pytest.mark.rule("4.4")
def test_an_objection_stays_with_the_text_it_was_made_to() -> None:
    state = given(SILENT, broken()).state
    objection = state.objections["o1"]
    assert (objection.draft, objection.revision, objection.package) == ("d1", 1, HISTORICAL)
    assert (objection.issues, objection.reason, objection.lift) == (("path",), "why", "what")


# --- rule 4.8: what strict games refuse, act by act

OWN_TEXT = DraftTabled(draft="d2", author="HUN", package=HISTORICAL)
ASKED: Fields = {"amendment": "d2.a1", "accept": ["path"]}


def strict_game(strict: bool) -> Given:
    """An action plan on the floor (across Hungary's lines and nobody's but Türkiye's), Hungary's own text beside it."""
    proposed: Fields = {"draft": "d2", "revision": 1, "changes": {"path": "membership_action_plan"}}
    game = given(in_phase("council_1"), tabled("POL", ACTION_PLAN), OWN_TEXT, game=created(strict=strict))
    return game.when("propose_amendment", by="POL", **proposed).next()


POSITION: Fields = {"draft": "d1", "revision": 1, "reason": "r", "issues": ["path"]}
RUNG: Fields = {"draft": "d1", "revision": 1, "text": "t", "issues": ["reform"]}
ACTS: list[Any] = [
    pytest.param("revise_draft", {"draft": "d2", "revision": 1, "changes": {"path": "membership_action_plan"}}, True),
    pytest.param("answer_amendment", ASKED, True, id="taking in"),
    pytest.param("answer_amendment", {**ASKED, "accept": []}, False, id="declining"),
    pytest.param("cosponsor", {"draft": "d1", "revision": 1}, True),
    pytest.param("propose_amendment", {"draft": "d1", "revision": 1, "changes": {"path": "new_partnership"}}, False),
    pytest.param("state_position", {**POSITION, "position": "support"}, True, id="support"),
    pytest.param("state_position", {**POSITION, "position": "can_accept"}, True, id="can accept"),
    pytest.param("state_position", {**POSITION, "position": "support", "in_confidence": True}, True, id="confided"),
    pytest.param("state_position", {**POSITION, "position": "concern"}, False, id="concern"),
    pytest.param("state_position", {**POSITION, "position": "would_object"}, False, id="would object"),
    pytest.param("withdraw_draft", {"draft": "d2", "revision": 1}, False),
    pytest.param("post_message", {"room": "plenary", "text": "t"}, False),
]


@pytest.mark.rule("4.8")
@pytest.mark.parametrize(("type", "fields", "across"), ACTS)
def test_a_strict_game_refuses_what_signs_up_across_own_lines_and_nothing_else(
    type: str, fields: Fields, across: bool
) -> None:
    """The refusal names the lines; in any other game the delegation may do it, at a price."""
    strict = strict_game(True).when(type, by="HUN", **fields)
    if across:
        strict.rejected("strict.own_red_line")
        assert strict.refusal is not None
        assert "path_not_acceptable" in strict.refusal.params["lines"]  # type: ignore[operator]
    else:
        strict.accepted()
    strict_game(False).when(type, by="HUN", **fields).accepted()


@pytest.mark.rule("4.8")
def test_a_strict_game_refuses_to_table_across_own_lines() -> None:
    for strict, code in ((True, "strict.own_red_line"), (False, None)):
        game = given(in_phase("council_1"), game=created(strict=strict))
        game.when("table_draft", by="HUN", package=open_issues(ACTION_PLAN)).decided(code)
        game.when("table_draft", by="HUN", package=open_issues(HISTORICAL)).accepted()


@pytest.mark.rule("3.3", "4.8")
@pytest.mark.parametrize(
    ("position", "across"), [("support", True), ("can_accept", True), ("concern", False), ("would_object", False)]
)
def test_a_straw_poll_is_no_way_around_it(position: str, across: bool) -> None:
    for strict in (True, False):
        asked = strict_game(strict).when("open_poll", by="SG", draft="d1", revision=1, seconds=60).next()
        answer = asked.when("answer_poll", by="HUN", poll="p1", position=position)
        answer.decided("strict.own_red_line" if strict and across else None)


@pytest.mark.rule("4.8")
@pytest.mark.parametrize(
    ("taken", "across"), [("associate", True), ("silent", False), ("statement", False), ("footnote", False)]
)
def test_under_silence_only_associating_is_refused(taken: str, across: bool) -> None:
    """Silence is consent, and the server acts for nobody: a strict game lets a delegation be silent."""
    for strict in (True, False):
        game = strict_game(strict).when("open_silence", by="SG", **OPENING).next()
        game.when("take_rung", by="HUN", **RUNG, rung=taken).decided(
            "strict.own_red_line" if strict and across else None
        )


@pytest.mark.rule("4.8")
def test_nothing_decides_for_a_human() -> None:
    """A delegation may block what its instructions allow, and its silence across its lines adopts the text."""
    free = given(SILENT, game=created(strict=True))
    free.when("break_silence", by="HUN", draft="d1", revision=1, issues=["path"], reason="r", lift="l").accepted()
    across = strict_game(True).when("open_silence", by="SG", **OPENING)
    assert across.state.silence is not None
    deadline = across.state.silence.deadline
    held = across.next().when("advance_clock", by="timer", at=deadline)
    held.then_types(SilenceHeld)


@pytest.mark.rule("2.3")
def test_what_is_taken_in_is_on_record_as_accepted() -> None:
    taken = strict_game(False).when("answer_amendment", by="HUN", **ASKED)
    assert isinstance(taken.events[0], AmendmentAnswered)
    assert taken.state.amendments["d2.a1"].accepted == ("path",)
