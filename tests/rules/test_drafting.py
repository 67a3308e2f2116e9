"""The text on the floor: packages, drafts, cosponsors, amendments and the basis (rules 1.1, 2.1 to 2.6)."""

import pytest

from game_rules.procedures.drafting import (
    AmendmentAnswered,
    AmendmentProposed,
    AmendmentSplit,
    AmendmentWithdrawn,
    BasisNamed,
    CosponsorshipWithdrawn,
    DraftRevised,
    DraftTabled,
    DraftWithdrawn,
    basis,
)
from tests.rules.harness import (
    ACTION_PLAN,
    HISTORICAL,
    NOON,
    SECOND,
    WITH_REVIEW,
    Fields,
    cosponsored,
    created,
    given,
    in_phase,
    open_issues,
    package,
    rules,
    tabled,
    under_silence,
)

TALKS = in_phase("consultations")


def revised(of: tuple[str, ...], revision: int = 2, draft: str = "d1") -> DraftRevised:
    return DraftRevised(draft=draft, revision=revision, package=of)


def proposed(by: str = "POL", **changes: str) -> AmendmentProposed:
    return AmendmentProposed(amendment="d1.a1", draft="d1", revision=1, proposer=by, changes=tuple(changes.items()))


# --- tabling


@pytest.mark.rule("1.2", "2.2")
def test_a_draft_is_tabled_with_the_issues_the_cast_has_fixed_filled_in() -> None:
    given(TALKS).when("table_draft", by="POL", package=open_issues(HISTORICAL)).then(tabled("POL"))


@pytest.mark.rule("1.1", "2.3")
@pytest.mark.parametrize(
    ("by", "code"),
    [
        pytest.param("HUN", None, id="rule 1.1: an ally"),
        pytest.param("UKR", None, id="rule 1.1: the principal tables"),
        pytest.param("SG", None, id="rule 2.3: the chair's single negotiating text"),
        pytest.param("SWE", "seat.observer_no_draft", id="rule 1.1: an observer has a voice only"),
        pytest.param("EU", "seat.observer_no_draft", id="rule 1.1: the EU has a voice only"),
        pytest.param("facilitator", "seat.not_seated", id="an exercise's facilitator does not play"),
    ],
)
def test_who_may_table(by: str, code: str | None) -> None:
    given(TALKS).when("table_draft", by=by, package=open_issues(HISTORICAL)).decided(code)


@pytest.mark.rule("1.2", "2.1")
@pytest.mark.parametrize(
    ("change", "code", "params"),
    [
        pytest.param({"weather": "fair"}, "package.issue_unknown", {"issue": "weather"}, id="no such issue"),
        pytest.param({"path": "shortcut"}, "package.option_unknown", {"issue": "path"}, id="no such option"),
        pytest.param(
            {"forum": "commission"},
            "package.issue_fixed",
            {"issue": "forum", "option": "council_and_hlg"},
            id="rule 1.2",
        ),
        pytest.param({"forum": "council_and_hlg"}, None, {}, id="rule 1.2: repeating what is fixed is no fault"),
        pytest.param({"path": "fast_track"}, "package.inconsistent", {"rules": ("V02",)}, id="rule 2.1"),
    ],
)
def test_a_package_is_one_known_option_for_each_issue(change: dict[str, str], code: str | None, params: Fields) -> None:
    answer = given(TALKS).when("table_draft", by="POL", package={**open_issues(HISTORICAL), **change})
    answer.decided(code)
    if code:
        answer.rejected(code, **params)


@pytest.mark.rule("2.1")
def test_an_issue_that_is_missing_is_named() -> None:
    without = {issue: option for issue, option in open_issues(HISTORICAL).items() if issue not in ("path", "reform")}
    given(TALKS).when("table_draft", package=without).rejected("package.issue_missing", issues=("path", "reform"))


@pytest.mark.rule("2.1")
def test_an_inconsistent_package_is_refused_with_every_rule_and_every_option_it_involves() -> None:
    for one in (package(path="fast_track"), package(path="bucharest_repeat"), package(trigger="immediate")):
        broken = rules().evaluator.broken_rules(one)
        assert broken
        involved = {f"{issue}={option}" for rule in broken for issue, option in rule.options}
        answer = given(TALKS).when("table_draft", package=open_issues(one))
        answer.rejected("package.inconsistent", rules=tuple(rule.id for rule in broken))
        assert answer.refusal is not None
        options = answer.refusal.params["options"]
        assert isinstance(options, tuple)
        assert set(options) == involved


@pytest.mark.rule("2.2")
def test_a_seat_has_one_open_draft() -> None:
    game = given(TALKS, tabled("POL"))
    game.when("table_draft", by="POL", package=open_issues(WITH_REVIEW)).rejected("draft.one_open_draft", draft="d1")
    game.when("withdraw_draft", by="POL", draft="d1", revision=1).then(DraftWithdrawn(draft="d1")).next().when(
        "table_draft", by="POL", package=open_issues(WITH_REVIEW)
    ).then(tabled("POL", WITH_REVIEW, "d2"))


# --- revising and withdrawing


@pytest.mark.rule("2.2")
def test_the_author_revises_and_only_what_changes_changes() -> None:
    given(TALKS, tabled()).when(
        "revise_draft", draft="d1", revision=1, changes={"target_date": "review_next_summit"}
    ).then(revised(WITH_REVIEW))


@pytest.mark.rule("2.2")
@pytest.mark.parametrize("act", ["revise_draft", "withdraw_draft"])
def test_only_the_author_changes_a_draft(act: str) -> None:
    fields: Fields = {"changes": {"target_date": "review_next_summit"}} if act == "revise_draft" else {}
    given(TALKS, tabled()).when(act, by="POL", draft="d1", revision=1, **fields).rejected(
        "draft.not_yours", author="USA"
    )


@pytest.mark.rule("1.2", "2.1", "2.2")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({}, "draft.nothing_changes", id="no change at all"),
        pytest.param({"target_date": "none"}, "draft.nothing_changes", id="what it says already"),
        pytest.param({"path": "fast_track"}, "package.inconsistent", id="rule 2.1: a result that cannot be tabled"),
        pytest.param({"forum": "hlg"}, "package.issue_fixed", id="rule 1.2: a fixed issue"),
        pytest.param({"nothing": "hlg"}, "package.issue_unknown", id="no such issue"),
    ],
)
def test_a_revision_is_refused(changes: dict[str, str], code: str) -> None:
    given(TALKS, tabled()).when("revise_draft", draft="d1", revision=1, changes=changes).rejected(code)


ON_A_DRAFT: list[tuple[str, str, Fields]] = [
    ("revise_draft", "USA", {"changes": {"path": "membership_action_plan"}}),
    ("withdraw_draft", "USA", {}),
    ("cosponsor", "HUN", {}),
    ("withdraw_cosponsorship", "POL", {}),
    ("propose_amendment", "HUN", {"changes": {"path": "membership_action_plan"}}),
    ("state_position", "HUN", {"position": "support"}),
    ("open_poll", "SG", {"seconds": 60}),
    ("open_silence", "SG", {"seconds": 180}),
]
IDS = [type for type, _, _ in ON_A_DRAFT]


@pytest.mark.rule("2.5")
@pytest.mark.parametrize(("type", "by", "fields"), ON_A_DRAFT, ids=IDS)
def test_a_command_on_an_older_revision_is_refused_and_names_the_current_one(
    type: str, by: str, fields: Fields
) -> None:
    game = given(in_phase("council_1"), tabled(), cosponsored("POL"), revised(WITH_REVIEW))
    game.when(type, by=by, draft="d1", revision=1, **fields).rejected(
        "draft.stale_revision", draft="d1", revision=1, current=2, options=("target_date=review_next_summit",)
    )
    game.when(type, by=by, draft="d1", revision=3, **fields).rejected("draft.stale_revision", current=2)
    game.when(type, by=by, draft="d1", revision=2, **fields).accepted()


@pytest.mark.rule("2.2")
@pytest.mark.rule("2.5")
def test_the_refusal_shows_the_text_as_it_is_now() -> None:
    """What is new since the revision that was seen; the whole text to whoever names one that never was."""
    twice = package(target_date="review_next_summit", reform="explicit_eu")
    game = given(TALKS, tabled(), revised(WITH_REVIEW), revised(twice, 3))
    cosponsor: Fields = {"by": "HUN", "draft": "d1"}
    game.when("cosponsor", revision=1, **cosponsor).rejected(
        "draft.stale_revision", current=3, options=("target_date=review_next_summit", "reform=explicit_eu")
    )
    game.when("cosponsor", revision=2, **cosponsor).rejected("draft.stale_revision", options=("reform=explicit_eu",))
    whole = tuple(f"{issue}={option}" for issue, option in rules().package_dict(twice).items())
    for never in (0, -1, 4):
        game.when("cosponsor", revision=never, **cosponsor).rejected("draft.stale_revision", options=whole)


@pytest.mark.parametrize(("type", "by", "fields"), ON_A_DRAFT, ids=IDS)
def test_a_draft_that_is_not_there_or_was_withdrawn_is_no_draft(type: str, by: str, fields: Fields) -> None:
    game = given(in_phase("council_1"), tabled(), cosponsored("POL"), DraftWithdrawn(draft="d1"))
    game.when(type, by=by, draft="d9", revision=1, **fields).rejected("draft.unknown", draft="d9")
    game.when(type, by=by, draft="d1", revision=1, **fields).rejected("draft.withdrawn", draft="d1")


FROZEN = {"revise_draft", "withdraw_draft", "cosponsor", "withdraw_cosponsorship", "propose_amendment"}


@pytest.mark.rule("2.6")
@pytest.mark.parametrize(("type", "by", "fields"), ON_A_DRAFT[:-1], ids=IDS[:-1])
def test_a_revision_under_silence_is_frozen_and_everything_else_goes_on(type: str, by: str, fields: Fields) -> None:
    game = given(in_phase("council_1"), tabled(), cosponsored("POL"), under_silence())
    code = "draft.under_silence" if type in FROZEN else None
    game.when(type, by=by, draft="d1", revision=1, **fields).decided(code)
    other = given(in_phase("council_1"), tabled(), cosponsored("POL"), tabled("FRA", draft="d2"), under_silence("d2"))
    other.when(type, by=by, draft="d1", revision=1, **fields).accepted()


# --- cosponsors


@pytest.mark.rule("1.1", "2.2")
@pytest.mark.parametrize(
    ("by", "code"),
    [
        pytest.param("HUN", None, id="rule 2.2: an ally"),
        pytest.param("USA", "draft.own", id="rule 2.2: the author"),
        pytest.param("POL", "draft.already_cosponsor", id="rule 2.2: once"),
        pytest.param("UKR", "seat.principal_no_cosponsor", id="rule 1.1: the principal is not counted"),
        pytest.param("SG", "seat.no_vote", id="rule 1.1: the chair has no vote"),
        pytest.param("EU", "seat.no_vote", id="rule 1.1: an observer has no vote"),
    ],
)
def test_who_may_cosponsor(by: str, code: str | None) -> None:
    game = given(TALKS, tabled(), cosponsored("POL"))
    game.when("cosponsor", by=by, draft="d1", revision=1).decided(code)


@pytest.mark.rule("2.2")
def test_a_cosponsor_may_step_back_and_nobody_else() -> None:
    game = given(TALKS, tabled(), cosponsored("POL"))
    game.when("withdraw_cosponsorship", by="HUN", draft="d1", revision=1).rejected("draft.not_cosponsor")
    back = game.when("withdraw_cosponsorship", by="POL", draft="d1", revision=1)
    back.then(CosponsorshipWithdrawn(draft="d1", seat="POL"))
    assert back.state.drafts["d1"].cosponsors == ()


@pytest.mark.rule("2.2")
def test_cosponsors_stand_in_the_order_of_the_table_and_stay_through_a_revision() -> None:
    state = given(TALKS, tabled(), cosponsored("TUR", "FRA"), revised(WITH_REVIEW)).state
    assert state.drafts["d1"].cosponsors == ("FRA", "TUR")


# --- amendments


@pytest.mark.rule("2.3")
def test_an_amendment_changes_one_or_several_issues() -> None:
    """rule 2.3: in the scenario's order, and only what differs."""
    given(TALKS, tabled()).when(
        "propose_amendment",
        by="POL",
        draft="d1",
        revision=1,
        changes={"reform": "explicit_eu", "path": "membership_action_plan", "target_date": "none"},
        note="because",
    ).then(proposed(path="membership_action_plan", reform="explicit_eu").model_copy(update={"note": "because"}))


@pytest.mark.rule("1.1", "2.1", "2.3")
@pytest.mark.parametrize(
    ("by", "changes", "code"),
    [
        pytest.param("POL", {"target_date": "review_next_summit"}, None, id="rule 2.3: an ally"),
        pytest.param("UKR", {"target_date": "review_next_summit"}, None, id="rule 1.1: the principal amends"),
        pytest.param("USA", {"target_date": "review_next_summit"}, "draft.own", id="rule 2.3: the author revises"),
        pytest.param(
            "SWE", {"target_date": "review_next_summit"}, "seat.observer_no_draft", id="rule 1.1: an observer"
        ),
        pytest.param("POL", {"target_date": "none"}, "draft.nothing_changes", id="what it says already"),
        pytest.param("POL", {"path": "fast_track"}, "package.inconsistent", id="rule 2.1: an inconsistent result"),
    ],
)
def test_who_may_amend_what(by: str, changes: dict[str, str], code: str | None) -> None:
    given(TALKS, tabled()).when("propose_amendment", by=by, draft="d1", revision=1, changes=changes).decided(code)


TWO = proposed(target_date="review_next_summit", reform="explicit_eu")
BOTH = package(target_date="review_next_summit", reform="explicit_eu")


@pytest.mark.rule("2.3")
@pytest.mark.parametrize(
    ("accept", "result", "status"),
    [
        pytest.param(["target_date", "reform"], BOTH, "accepted", id="rule 2.3: whole"),
        pytest.param(["reform"], package(reform="explicit_eu"), "partly", id="rule 2.3: issue by issue"),
        pytest.param([], None, "declined", id="rule 2.3: declined"),
    ],
)
def test_the_author_answers_whole_or_issue_by_issue(
    accept: list[str], result: tuple[str, ...] | None, status: str
) -> None:
    answer = given(TALKS, tabled(), TWO).when("answer_amendment", amendment="d1.a1", accept=accept)
    answered = AmendmentAnswered(amendment="d1.a1", accepted=tuple(accept))
    if result is None:
        answer.then(answered)
    else:
        answer.then(answered, DraftRevised(draft="d1", revision=2, package=result, amendment="d1.a1"))
    assert answer.state.amendments["d1.a1"].status == status


@pytest.mark.rule("2.3")
def test_an_answer_names_issues_of_the_amendment() -> None:
    game = given(TALKS, tabled(), TWO)
    game.when("answer_amendment", amendment="d1.a1", accept=["path"]).rejected(
        "amendment.issues", issues=("target_date", "reform")
    )
    game.when("answer_amendment", amendment="d9.a1", accept=[]).rejected("amendment.unknown")


@pytest.mark.rule("2.3")
def test_only_the_author_answers_and_only_the_proposer_withdraws_or_splits() -> None:
    game = given(TALKS, tabled(), TWO)
    game.when("answer_amendment", by="POL", amendment="d1.a1", accept=[]).rejected("amendment.author_answers")
    game.when("withdraw_amendment", by="USA", amendment="d1.a1").rejected("amendment.not_yours", proposer="POL")
    game.when("split_amendment", by="USA", amendment="d1.a1").rejected("amendment.not_yours")
    game.when("withdraw_amendment", by="POL", amendment="d1.a1").then(AmendmentWithdrawn(amendment="d1.a1"))


@pytest.mark.rule("2.3")
@pytest.mark.parametrize(
    "closing",
    [
        (AmendmentWithdrawn(amendment="d1.a1"),),
        (AmendmentAnswered(amendment="d1.a1", accepted=()),),
        (DraftWithdrawn(draft="d1"),),
    ],
    ids=["withdrawn", "declined", "with its draft"],
)
def test_a_closed_amendment_is_closed(closing: tuple[object, ...]) -> None:
    game = given(TALKS, tabled(), TWO, closing)
    game.when("answer_amendment", amendment="d1.a1", accept=["reform"]).rejected("amendment.closed")
    game.when("withdraw_amendment", by="POL", amendment="d1.a1").rejected("amendment.closed")
    game.when("split_amendment", by="POL", amendment="d1.a1").rejected("amendment.closed")


@pytest.mark.rule("2.3")
def test_a_split_amendment_becomes_one_for_each_issue() -> None:
    split = given(TALKS, tabled(), TWO).when("split_amendment", by="POL", amendment="d1.a1", at=NOON + SECOND)
    split.then(AmendmentSplit(amendment="d1.a1", parts=("d1.a2", "d1.a3")))
    amendments = split.state.amendments
    assert amendments["d1.a1"].status == "withdrawn"
    assert [amendments[part].changes for part in ("d1.a2", "d1.a3")] == [
        (("target_date", "review_next_summit"),),
        (("reform", "explicit_eu"),),
    ]
    assert [amendments[part].at for part in ("d1.a2", "d1.a3")] == [NOON + SECOND, NOON + SECOND]
    split.next().when("split_amendment", by="POL", amendment="d1.a2").rejected("amendment.single_issue")
    split.next().when("answer_amendment", amendment="d1.a3", accept=["reform"]).then(
        AmendmentAnswered(amendment="d1.a3", accepted=("reform",)),
        DraftRevised(draft="d1", revision=2, package=package(reform="explicit_eu"), amendment="d1.a3"),
    )


@pytest.mark.rule("2.1", "2.3")
def test_taking_in_half_of_an_amendment_cannot_leave_an_inconsistent_text() -> None:
    to_repeat = {"path": "bucharest_repeat", "perspective": "bucharest_verbatim"}
    whole = package(**to_repeat)
    together = dict(zip(rules().issues, whole, strict=True))
    half = package(path="bucharest_repeat")
    assert rules().evaluator.broken_rules(half)
    changes = {issue: option for issue, option in together.items() if option not in HISTORICAL}
    game = given(TALKS, tabled(), proposed(**changes))
    game.when("answer_amendment", amendment="d1.a1", accept=["path"]).rejected("package.inconsistent")


@pytest.mark.rule("2.3")
def test_an_amendment_is_answered_against_the_text_as_it_stands() -> None:
    """rule 2.3: what the draft says by now needs no answer but declining."""
    game = given(TALKS, tabled(), TWO, revised(package(reform="explicit_eu")))
    game.when("answer_amendment", amendment="d1.a1", accept=["reform"]).rejected("draft.nothing_changes")
    game.when("answer_amendment", amendment="d1.a1", accept=["target_date", "reform"]).then_types(
        AmendmentAnswered, DraftRevised
    )


@pytest.mark.rule("2.6")
def test_no_amendment_is_taken_in_while_the_draft_is_frozen() -> None:
    game = given(in_phase("council_1"), tabled(), TWO, under_silence())
    game.when("answer_amendment", amendment="d1.a1", accept=[]).rejected("draft.under_silence")
    game.when("withdraw_amendment", by="POL", amendment="d1.a1").accepted()


# --- the basis


@pytest.mark.rule("2.2")
def test_the_basis_is_the_draft_the_chair_names() -> None:
    game = given(TALKS, tabled(), tabled("POL", draft="d2"), cosponsored("HUN", "FRA"))
    game.when("name_basis", by="POL", draft="d2").rejected("seat.chair_only")
    game.when("name_basis", by="SG", draft="d9").rejected("draft.unknown")
    named = game.when("name_basis", by="SG", draft="d2").then(BasisNamed(draft="d2"))
    assert (found := basis(named.state)) is not None
    assert found.id == "d2"
    named.next().when("name_basis", by="SG", draft="d2").rejected("draft.already_basis")


@pytest.mark.rule("2.2")
@pytest.mark.parametrize(
    ("history", "expected"),
    [
        pytest.param((), None, id="nothing on the floor"),
        pytest.param((tabled(),), "d1", id="the only draft"),
        pytest.param((tabled(), tabled("POL", draft="d2")), "d1", id="a tie goes to the earliest"),
        pytest.param((tabled(), tabled("POL", draft="d2"), cosponsored("HUN", draft="d2")), "d2", id="most cosponsors"),
        pytest.param(
            (tabled(), tabled("POL", draft="d2"), cosponsored("HUN", draft="d2"), cosponsored("TUR", draft="d1")),
            "d1",
            id="a tie of cosponsors goes to the earliest, however late they came",
        ),
        pytest.param(
            (tabled(), tabled("POL", draft="d2"), BasisNamed(draft="d2"), DraftWithdrawn(draft="d2")),
            "d1",
            id="a named basis that was withdrawn is none",
        ),
        pytest.param((tabled(), DraftWithdrawn(draft="d1")), None, id="all withdrawn"),
    ],
)
def test_without_a_named_one_the_basis_has_most_cosponsors(history: tuple[object, ...], expected: str | None) -> None:
    found = basis(given(TALKS, history).state)
    assert (found and found.id) == expected


# --- strict games


STRICT = created(strict=True)


@pytest.mark.rule("4.8")
@pytest.mark.parametrize(
    ("by", "type", "fields"),
    [
        ("HUN", "table_draft", {"package": open_issues(ACTION_PLAN)}),
        ("HUN", "cosponsor", {"draft": "d1", "revision": 1}),
        ("HUN", "state_position", {"draft": "d1", "revision": 1, "position": "support"}),
        ("HUN", "state_position", {"draft": "d1", "revision": 1, "position": "can_accept"}),
        ("HUN", "state_position", {"draft": "d1", "revision": 1, "position": "support", "in_confidence": True}),
    ],
    ids=["tabling", "cosponsoring", "supporting", "accepting", "supporting in confidence"],
)
def test_strict_games_keep_beginners_from_signing_up_across_their_own_lines(by: str, type: str, fields: Fields) -> None:
    """rule 4.8: the server says which lines."""
    history = (TALKS, tabled("POL", ACTION_PLAN))
    given(history, game=STRICT).when(type, by=by, **fields).rejected(
        "strict.own_red_line", lines=("path_not_acceptable", "requires_sweden_linkage_resolved")
    )
    given(history).when(type, by=by, **fields).accepted()
    given(history, game=STRICT).when(type, by="DEU", **fields).accepted()


@pytest.mark.rule("4.8")
def test_strict_games_let_everybody_say_no() -> None:
    game = given(TALKS, tabled("POL", ACTION_PLAN), game=STRICT)
    game.when("state_position", by="HUN", draft="d1", revision=1, position="would_object", reason="r").accepted()


@pytest.mark.rule("4.8")
def test_a_strict_author_neither_revises_nor_takes_in_what_crosses_its_lines() -> None:
    amendment = proposed(path="membership_action_plan")
    game = given(TALKS, tabled("HUN"), amendment, game=STRICT)
    game.when("revise_draft", by="HUN", draft="d1", revision=1, changes={"path": "membership_action_plan"}).rejected(
        "strict.own_red_line"
    )
    game.when("answer_amendment", by="HUN", amendment="d1.a1", accept=["path"]).rejected("strict.own_red_line")
    game.when("answer_amendment", by="HUN", amendment="d1.a1", accept=[]).accepted()


@pytest.mark.rule("4.8")
def test_a_strict_delegation_may_better_a_text_that_it_cannot_accept_yet() -> None:
    """rule 4.8: amending is how a delegation gets away from its red line, one issue at a time."""
    game = given(TALKS, tabled("POL", package(path="membership_action_plan", reform="general_review")), game=STRICT)
    game.when("propose_amendment", by="HUN", draft="d1", revision=1, changes={"reform": "explicit_eu"}).accepted()
    across = given(TALKS, tabled("POL"), game=STRICT)
    across.when(
        "propose_amendment", by="HUN", draft="d1", revision=1, changes={"path": "membership_action_plan"}
    ).rejected("strict.own_red_line")


def test_draft_numbers_go_on_after_a_withdrawal() -> None:
    game = given(TALKS, tabled(), DraftWithdrawn(draft="d1"))
    game.when("table_draft", package=open_issues(HISTORICAL)).then(
        DraftTabled(draft="d2", author="USA", package=HISTORICAL)
    )
