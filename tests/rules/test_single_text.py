"""The chair's single negotiating text (rule 2.3)."""

from __future__ import annotations

import pytest

from game_rules.procedures.drafting import (
    AmendmentAnswered,
    AmendmentProposed,
    AmendmentWithdrawn,
    BasisNamed,
    DraftRevised,
    DraftTabled,
    DraftWithdrawn,
)
from game_rules.procedures.seating import SeatVacated
from game_rules.scenario import Scenario
from game_rules.state import Folded
from game_rules.view import view
from game_rules.view.viewer import PROJECTOR, member_viewer
from tests.rules.harness import (
    ACTION_PLAN,
    HISTORICAL,
    WITH_REVIEW,
    Fields,
    cosponsored,
    created,
    given,
    in_phase,
    package,
    tabled,
    under_silence,
    vilnius,
)

pytestmark = pytest.mark.rule("2.3")

TALKS = in_phase("consultations")
OWN = tabled("SG", draft="d2")
POLISH = tabled("POL", WITH_REVIEW)


def proposed(by: str = "TUR", **changes: str) -> AmendmentProposed:
    return AmendmentProposed(amendment="d1.a1", draft="d1", revision=1, proposer=by, changes=tuple(changes.items()))


ASKED = proposed(target_date="none", reform="explicit_eu")


def folds(source: str = "d1", **fields: object) -> Fields:
    return {"by": "SG", "source": source, "revision": 1, "issues": ["target_date"], **fields}


def test_the_chair_folds_language_of_another_draft_into_its_own() -> None:
    given(TALKS, POLISH, OWN).when("fold_language", **folds()).then(
        DraftRevised(draft="d2", revision=2, package=WITH_REVIEW, folded=Folded("d1", ("target_date",)))
    )


def test_without_a_draft_of_its_own_the_chair_makes_one_of_the_basis() -> None:
    game = given(TALKS, tabled(), tabled("POL", WITH_REVIEW, draft="d2"))
    game.when("fold_language", **folds("d2")).then(
        DraftTabled(draft="d3", author="SG", package=WITH_REVIEW, folded=Folded("d2", ("target_date",)))
    )
    named = given(TALKS, tabled(), tabled("POL", package(reform="explicit_eu"), draft="d2"), BasisNamed(draft="d2"))
    named.when("fold_language", **folds("d1", issues=["reform"])).then(
        DraftTabled(draft="d3", author="SG", package=HISTORICAL, folded=Folded("d1", ("reform",)))
    )


def test_folded_from_the_basis_itself_the_text_is_taken_over_as_it_stands() -> None:
    given(TALKS, POLISH).when("fold_language", **folds()).then(
        DraftTabled(draft="d2", author="SG", package=WITH_REVIEW, folded=Folded("d1", ("target_date",)))
    )


def test_of_an_amendment_only_what_the_author_took_in_is_accepted_language() -> None:
    partly = AmendmentAnswered(amendment="d1.a1", accepted=("reform",))
    game = given(TALKS, POLISH, OWN, ASKED, partly)
    game.when("fold_language", **folds("d1.a1", issues=["reform"])).then(
        DraftRevised(draft="d2", revision=2, package=package(reform="explicit_eu"), folded=Folded("d1.a1", ("reform",)))
    )
    game.when("fold_language", **folds("d1.a1")).rejected("fold.not_accepted", source="d1.a1", issues=("reform",))


@pytest.mark.parametrize(
    ("history", "source"),
    [
        pytest.param((), "d1.a1", id="still open"),
        pytest.param((AmendmentAnswered(amendment="d1.a1", accepted=()),), "d1.a1", id="declined"),
        pytest.param((AmendmentWithdrawn(amendment="d1.a1"),), "d1.a1", id="withdrawn"),
    ],
)
def test_what_nobody_accepted_is_not_folded(history: tuple[object, ...], source: str) -> None:
    given(TALKS, POLISH, OWN, ASKED, history).when("fold_language", **folds(source)).rejected("fold.not_accepted")


def test_accepted_language_stays_accepted_when_its_draft_is_gone() -> None:
    whole = AmendmentAnswered(amendment="d1.a1", accepted=("target_date", "reform"))
    game = given(TALKS, POLISH, tabled("SG", WITH_REVIEW, draft="d2"), ASKED, whole, DraftWithdrawn(draft="d1"))
    game.when("fold_language", **folds("d1.a1")).accepted()
    game.when("fold_language", **folds("d1")).rejected("draft.withdrawn")


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("SG", None),
        ("bot:SG", "seat.not_vacant"),
        ("USA", "seat.chair_only"),
        ("UKR", "seat.chair_only"),
        ("SWE", "seat.chair_only"),
        ("facilitator", "seat.not_seated"),
    ],
)
@pytest.mark.rule("1.1")
def test_only_the_chair_folds(by: str, code: str | None) -> None:
    given(TALKS, POLISH, OWN).when("fold_language", **folds(by=by)).decided(code)


@pytest.mark.rule("1.6")
def test_a_deputy_in_the_chair_folds_nothing() -> None:
    vacant = given(TALKS, POLISH, OWN, SeatVacated(seat="SG", stand_in="deputy"))
    vacant.when("fold_language", **folds(by="deputy:SG")).rejected("seat.deputy")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"source": "d9"}, "fold.source_unknown", id="no such draft"),
        pytest.param({"source": "d2"}, "draft.own", id="its own draft"),
        pytest.param({"issues": []}, "fold.not_accepted", id="no issue named"),
        pytest.param({"issues": ["weather"]}, "fold.not_accepted", id="no issue of the text"),
        pytest.param({"issues": ["reform"]}, "draft.nothing_changes", id="what its text says already"),
        pytest.param({"revision": 2}, "draft.stale_revision", id="rule 2.5: another revision than the one seen"),
        pytest.param({"source": "d1.a1", "revision": 2}, "draft.stale_revision", id="rule 2.5: of an amendment too"),
    ],
)
@pytest.mark.rule("2.5")
def test_what_cannot_be_folded(fields: Fields, code: str) -> None:
    taken_in = AmendmentAnswered(amendment="d1.a1", accepted=("target_date", "reform"))
    given(TALKS, POLISH, OWN, ASKED, taken_in).when("fold_language", **folds(**fields)).rejected(code)


@pytest.mark.rule("2.1")
def test_an_inconsistent_text_is_not_folded_together() -> None:
    """Neither into the chair's draft nor into a new one; the refusal names the rule and the options."""
    plan = tabled("POL", package(path="fast_track", trigger="on_ceasefire", reform="none"))
    for own in ((OWN,), (tabled("USA", draft="d2"), BasisNamed(draft="d2"))):
        refused = (
            given(TALKS, plan, own).when("fold_language", **folds(issues=["path"])).rejected("package.inconsistent")
        )
        assert refused.refusal is not None
        assert "path=fast_track" in refused.refusal.params["options"]  # type: ignore[operator]


def test_there_must_be_a_text_to_fold_into() -> None:
    whole = AmendmentAnswered(amendment="d1.a1", accepted=("reform",))
    game = given(TALKS, POLISH, ASKED, whole, DraftWithdrawn(draft="d1"))
    game.when("fold_language", **folds("d1.a1", issues=["reform"])).rejected("fold.needs_a_basis")


@pytest.mark.rule("2.6")
def test_under_silence_the_chairs_text_is_frozen_and_others_language_is_not() -> None:
    own = given(in_phase("council_1"), POLISH, OWN, under_silence("d2"))
    own.when("fold_language", **folds()).rejected("draft.under_silence", draft="d2")
    given(in_phase("council_1"), POLISH, OWN, under_silence("d1")).when("fold_language", **folds()).accepted()


@pytest.mark.rule("2.2")
def test_cosponsors_stay_as_with_any_revision() -> None:
    folded = given(TALKS, POLISH, OWN, cosponsored("HUN", draft="d2")).when("fold_language", **folds())
    assert folded.state.drafts["d2"].cosponsors == ("HUN",)


@pytest.mark.rule("4.8")
def test_in_a_strict_game_the_chair_folds_nothing_across_its_own_lines() -> None:
    data = vilnius().model_dump(mode="json", by_alias=True, exclude_none=True)
    data["seats"]["SG"]["acceptable"] = ["new_partnership"]
    cautious = Scenario.model_validate(data)
    for others in ((OWN,), (tabled("USA", draft="d2"), BasisNamed(draft="d2"))):
        history = (TALKS, tabled("POL", ACTION_PLAN), others)
        for strict, code in ((True, "strict.own_red_line"), (False, None)):
            game = given(history, game=created(strict=strict, scenario=cautious))
            game.when("fold_language", **folds(issues=["path"])).decided(code)


def test_the_text_remembers_where_its_language_came_from() -> None:
    folded = given(TALKS, POLISH, OWN).when("fold_language", **folds())
    language = {"source": "d1", "issues": ["target_date"]}
    now = view(folded.state, PROJECTOR)["public"]["drafts"]["d2"]
    assert (now["folded"], [past["folded"] for past in now["history"]]) == (language, [None])
    later = folded.next(DraftRevised(draft="d2", revision=3, package=HISTORICAL, amendment="d2.a1"))
    then = view(later.state, PROJECTOR)["public"]["drafts"]["d2"]
    assert (then["folded"], then["amendment"]) == (None, "d2.a1")
    assert [past["folded"] for past in then["history"]] == [None, language]
    assert [past["at"] for past in then["history"]] == sorted(past["at"] for past in then["history"])


def test_the_chair_is_offered_what_was_taken_in_and_nobody_else_is() -> None:
    whole = AmendmentAnswered(amendment="d1.a1", accepted=("reform",))
    state = given(TALKS, POLISH, OWN, ASKED, whole).state
    seen = {seat: view(state, member_viewer(f"m-{seat}", seat))["private"]["can"] for seat in ("SG", "POL")}
    assert seen["SG"]["amendments"]["d1.a1"]["fold_language"] is None
    assert seen["SG"]["drafts"]["d1"]["fold_language"] is None
    assert seen["POL"]["amendments"] == {}
