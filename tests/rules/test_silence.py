"""Consensus and the silence procedure (rules 4.1 to 4.8)."""

import pytest

from game_rules.procedures.drafting import DraftRevised
from game_rules.procedures.seating import PolicySet, SeatVacated
from game_rules.procedures.silence import (
    ObjectionWithdrawn,
    RungTaken,
    SilenceBroken,
    SilenceCancelled,
    SilenceExtended,
    SilenceHeld,
    SilenceOpened,
    cosponsors_needed,
)
from tests.rules.harness import (
    ACTION_PLAN,
    DEADLINE,
    HISTORICAL,
    NOON,
    SECOND,
    WITH_REVIEW,
    Fields,
    Given,
    broken,
    cosponsored,
    created,
    given,
    in_phase,
    phase_began,
    tabled,
    under_silence,
)

COUNCIL = (*in_phase("council_1"), tabled())
SILENT = (*COUNCIL, under_silence())
BREAK: Fields = {"draft": "d1", "revision": 1, "issues": ["path"], "reason": "why", "lift": "what"}
RUNG: Fields = {"draft": "d1", "revision": 1}

# --- opening


@pytest.mark.rule("4.2")
@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        pytest.param(119, "silence.out_of_bounds", id="rule 4.2: a second too short"),
        pytest.param(120, None, id="rule 4.2: the shortest"),
        pytest.param(300, None, id="rule 4.2: the longest"),
        pytest.param(301, "silence.out_of_bounds", id="rule 4.2: a second too long"),
        pytest.param(-120, "silence.out_of_bounds", id="rule 4.2: backwards"),
    ],
)
def test_a_silence_keeps_the_scenarios_bounds(seconds: int, code: str | None) -> None:
    answer = given(COUNCIL).when("open_silence", by="SG", draft="d1", revision=1, seconds=seconds).decided(code)
    if code is None:
        answer.then(under_silence(deadline=NOON + seconds * SECOND))
    else:
        answer.rejected(code, least=120, most=300)


@pytest.mark.rule("4.2")
@pytest.mark.parametrize("by", ["USA", "UKR", "SWE", "EU", "facilitator"])
def test_nobody_but_a_present_chair_opens_silence(by: str) -> None:
    code = "seat.not_seated" if by == "facilitator" else "silence.chair_opens"
    game = given(COUNCIL, cosponsored("POL", "HUN", "TUR"))
    game.when("open_silence", by=by, draft="d1", revision=1, seconds=180).rejected(code)


@pytest.mark.rule("4.2")
def test_one_draft_at_a_time() -> None:
    game = given(SILENT, tabled("POL", WITH_REVIEW, "d2"))
    game.when("open_silence", by="SG", draft="d2", revision=1, seconds=180).rejected("silence.running", draft="d1")


@pytest.mark.rule("4.7")
def test_what_is_adopted_already_is_not_put_again() -> None:
    game = given(SILENT, SilenceHeld(draft="d1", revision=1), tabled("POL", HISTORICAL, "d2"))
    game.when("open_silence", by="SG", draft="d1", revision=1, seconds=180).rejected("silence.already_adopted")
    game.when("open_silence", by="SG", draft="d2", revision=1, seconds=180).rejected("silence.already_adopted")


# --- without a chair


def without_chair(policy: str, *history: object) -> Given:
    return given(
        COUNCIL,
        PolicySet.model_validate({"seat": "SG", "policy": policy}),
        SeatVacated.model_validate({"seat": "SG", "stand_in": policy}),
        history,
    )


OPENING: Fields = {"draft": "d1", "revision": 1, "seconds": 180}


@pytest.mark.rule("4.2")
@pytest.mark.parametrize(
    ("policy", "cosponsors", "by", "code"),
    [
        pytest.param("silent", ("POL", "FRA"), "USA", None, id="rule 4.2: an ally with enough behind it"),
        pytest.param("deputy", ("POL", "FRA"), "USA", None, id="rule 4.2: a deputy starts nothing"),
        pytest.param("bot", ("POL", "FRA"), "USA", "silence.chair_opens", id="rule 4.2: a bot is a chair"),
        pytest.param("silent", ("POL",), "USA", "silence.too_few_cosponsors", id="rule 4.2: one too few"),
        pytest.param("silent", ("POL", "FRA"), "POL", "draft.not_yours", id="rule 4.2: somebody else's draft"),
        pytest.param("silent", ("POL", "FRA"), "UKR", "seat.no_vote", id="rule 4.2: no ally"),
    ],
)
def test_an_ally_opens_silence_while_nobody_plays_the_chair(
    policy: str, cosponsors: tuple[str, ...], by: str, code: str | None
) -> None:
    game = without_chair(policy, cosponsored(*cosponsors))
    game.when("open_silence", by=by, **OPENING).decided(code)


@pytest.mark.rule("1.2", "4.2")
def test_a_third_of_the_allies_rounded_up_is_enough() -> None:
    """rules 1.2 and 4.2: thresholds are shares of the cast's allies."""
    assert cosponsors_needed(given(COUNCIL).state) == 2
    full = given(game=created(cast="full"), seats=())
    assert cosponsors_needed(full.state) == 11


@pytest.mark.rule("4.2")
def test_an_ally_opens_silence_once_a_session() -> None:
    opened = (cosponsored("POL", "FRA"), under_silence(by="USA"), SilenceCancelled(reason="r"))
    once = without_chair("silent", opened)
    once.when("open_silence", by="USA", **OPENING).rejected("silence.once_a_session")
    without_chair("silent", opened, phase_began("council_2")).when("open_silence", by="USA", **OPENING).accepted()


# --- extending and cancelling


@pytest.mark.rule("4.2")
def test_the_chair_may_extend_once_and_the_facilitator_freely() -> None:
    once = given(SILENT).when("extend_silence", by="SG", seconds=60)
    once.then(SilenceExtended(deadline=DEADLINE + 60 * SECOND, by_chair=True))
    once.next().when("extend_silence", by="SG", seconds=60).rejected("silence.extended_once")
    twice = once.next().when("extend_silence", by="facilitator", seconds=60)
    twice.then(SilenceExtended(deadline=DEADLINE + 120 * SECOND, by_chair=False))
    twice.next().when("extend_silence", by="facilitator", seconds=60).accepted()


@pytest.mark.rule("4.2")
def test_the_facilitators_extension_does_not_use_up_the_chairs() -> None:
    given(SILENT).when("extend_silence", by="facilitator", seconds=60).next().when(
        "extend_silence", by="SG", seconds=60
    ).accepted()


@pytest.mark.rule("4.2")
@pytest.mark.parametrize(
    ("seconds", "code"), [(29, "silence.out_of_bounds"), (30, None), (300, None), (301, "silence.out_of_bounds")]
)
def test_an_extension_has_bounds(seconds: int, code: str | None) -> None:
    given(SILENT).when("extend_silence", by="SG", seconds=seconds).decided(code)


@pytest.mark.rule("4.2")
@pytest.mark.parametrize("by", ["SG", "facilitator"])
def test_chair_and_facilitator_may_cancel_with_a_reason(by: str) -> None:
    cancelled = given(SILENT).when("cancel_silence", by=by, reason="r").then(SilenceCancelled(reason="r"))
    closed = cancelled.state.silences[-1]
    assert (closed.result, closed.reason) == ("cancelled", "r")
    cancelled.next().when("open_silence", by="SG", **OPENING).accepted()


@pytest.mark.rule("4.2")
@pytest.mark.parametrize("type", ["extend_silence", "cancel_silence"])
def test_nobody_else_meddles_with_a_running_silence(type: str) -> None:
    fields: Fields = {"seconds": 60} if type == "extend_silence" else {"reason": "r"}
    given(SILENT).when(type, by="USA", **fields).rejected("seat.chair_only")
    given(COUNCIL).when(type, by="SG", **fields).rejected("silence.not_running")


# --- the deadline


LATE = [
    pytest.param(-1, True, id="rule 4.6: a millisecond before the deadline"),
    pytest.param(0, False, id="rule 4.6: at the deadline"),
    pytest.param(1, False, id="rule 4.6: a millisecond after it"),
]


@pytest.mark.parametrize(("late", "counts"), LATE)
@pytest.mark.parametrize(
    ("type", "by", "fields"),
    [
        ("break_silence", "HUN", BREAK),
        ("break_silence", "bot:HUN", BREAK),
        ("take_rung", "HUN", {**RUNG, "rung": "associate"}),
        ("extend_silence", "SG", {"seconds": 60}),
        ("extend_silence", "facilitator", {"seconds": 60}),
        ("cancel_silence", "SG", {"reason": "r"}),
    ],
    ids=["break", "a bot's break", "rung", "extension", "the facilitator's extension", "cancellation"],
)
def test_before_the_deadline_counts_and_equal_to_it_or_later_does_not(
    type: str, by: str, fields: Fields, late: int, counts: bool
) -> None:
    vacant = (PolicySet(seat="HUN", policy="bot"), SeatVacated(seat="HUN", stand_in="bot")) if by == "bot:HUN" else ()
    game = given(SILENT, vacant)
    game.when(type, by=by, at=DEADLINE + late, **fields).decided(None if counts else "silence.closed")


@pytest.mark.rule("1.6")
@pytest.mark.parametrize("late", [-1, 0, 1, 5 * SECOND])
def test_a_deputy_is_heard_until_the_silence_closes(late: int) -> None:
    """rule 1.6: it breaks at the last moment, and not by its own clock."""
    game = given(SILENT, SeatVacated(seat="HUN", stand_in="deputy"))
    game.when("break_silence", by="deputy:HUN", at=DEADLINE + late, **BREAK).accepted()
    closed = game.when("advance_clock", by="timer", at=DEADLINE).next()
    closed.when("break_silence", by="deputy:HUN", at=DEADLINE, **BREAK).rejected("silence.not_running")


@pytest.mark.parametrize(("late", "early"), LATE)
def test_silence_holds_at_the_deadline_and_no_moment_before(late: int, early: bool) -> None:
    answer = given(SILENT).when("advance_clock", by="timer", at=DEADLINE + late)
    if early:
        answer.nothing()
    else:
        answer.then(SilenceHeld(draft="d1", revision=1))


# --- the ladder


@pytest.mark.rule("4.3")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"rung": "silent"}, None, id="rule 4.3: silent"),
        pytest.param({"rung": "associate"}, None, id="rule 4.3: associate"),
        pytest.param({"rung": "statement"}, "silence.rung_needs_text", id="rule 4.3: a statement states something"),
        pytest.param({"rung": "statement", "text": "t"}, None, id="rule 4.3: a national statement"),
        pytest.param({"rung": "footnote", "text": "t"}, "silence.footnote_issues", id="rule 4.3: no issue"),
        pytest.param({"rung": "footnote", "text": "t", "issues": ["reform"]}, None, id="rule 4.3: one issue"),
        pytest.param(
            {"rung": "footnote", "text": "t", "issues": ["reform", "trigger"]}, None, id="rule 4.3: at most two"
        ),
        pytest.param(
            {"rung": "footnote", "text": "t", "issues": ["reform", "reform"]},
            None,
            id="rule 4.3: one named twice",
        ),
        pytest.param(
            {"rung": "footnote", "text": "t", "issues": ["reform", "trigger", "assurances"]},
            "silence.footnote_issues",
            id="rule 4.3: three",
        ),
        pytest.param(
            {"rung": "footnote", "text": "t", "issues": ["path"]}, "silence.footnote_issues", id="rule 4.3: the path"
        ),
        pytest.param(
            {"rung": "footnote", "text": "t", "issues": ["reform", "path"]},
            "silence.footnote_issues",
            id="rule 4.3: the path beside another",
        ),
        pytest.param(
            {"rung": "footnote", "text": "t", "issues": ["weather"]}, "silence.footnote_issues", id="no such issue"
        ),
        pytest.param({"rung": "footnote", "issues": ["reform"]}, "silence.rung_needs_text", id="rule 4.3: no text"),
    ],
)
def test_each_rung_has_its_form(fields: Fields, code: str | None) -> None:
    given(SILENT).when("take_rung", by="HUN", **RUNG, **fields).decided(code)


@pytest.mark.rule("1.1", "4.3")
@pytest.mark.parametrize(
    ("by", "code"),
    [
        pytest.param("HUN", None, id="rule 4.3: each voting ally"),
        pytest.param("SG", "seat.no_vote", id="rule 1.1: the chair has no vote"),
        pytest.param("UKR", "seat.no_vote", id="rule 1.1: the principal has no ladder"),
        pytest.param("SWE", "seat.no_vote", id="rule 1.1: nor have observers"),
        pytest.param("EU", "seat.no_vote", id="rule 1.1: nor has the EU"),
    ],
)
def test_only_voting_allies_stand_on_the_ladder(by: str, code: str | None) -> None:
    given(SILENT).when("take_rung", by=by, rung="associate", **RUNG).decided(code)
    given(SILENT).when("break_silence", by=by, **BREAK).decided(code)


@pytest.mark.rule("4.3", "4.7")
def test_a_rung_may_be_changed_until_the_deadline_and_the_last_one_stands() -> None:
    game = given(SILENT, RungTaken(seat="HUN", rung="associate"))
    changed = game.when("take_rung", by="HUN", rung="statement", text="t", **RUNG)
    changed.then(RungTaken(seat="HUN", rung="statement", text="t"))
    adopted = changed.next().when("advance_clock", by="timer", at=DEADLINE).state.adopted
    assert adopted is not None
    assert {seat: taken.rung for seat, taken in adopted.rungs.items()} == {"HUN": "statement"}


@pytest.mark.rule("4.3")
@pytest.mark.parametrize(
    ("taken", "wished", "code"),
    [
        ({"rung": "associate"}, {"rung": "associate"}, "silence.rung_unchanged"),
        ({"rung": "silent"}, {"rung": "silent"}, "silence.rung_unchanged"),
        ({"rung": "associate"}, {"rung": "silent"}, None),
        ({"rung": "statement", "text": "t"}, {"rung": "statement", "text": "u"}, None),
        (
            {"rung": "footnote", "text": "t", "issues": ("reform",)},
            {"rung": "footnote", "text": "u", "issues": ["trigger"]},
            None,
        ),
    ],
)
def test_saying_the_same_again_is_no_change(taken: Fields, wished: Fields, code: str | None) -> None:
    game = given(SILENT, RungTaken.model_validate({"seat": "HUN", **taken}))
    game.when("take_rung", by="HUN", **RUNG, **wished).decided(code)


@pytest.mark.rule("4.8")
def test_strict_games_warn_a_seat_before_it_associates_across_its_lines_and_never_act_for_it() -> None:
    history = (*in_phase("council_1"), tabled("POL", ACTION_PLAN), under_silence())
    game = given(history, game=created(strict=True))
    game.when("take_rung", by="HUN", rung="associate", **RUNG).rejected("strict.own_red_line")
    game.when("take_rung", by="HUN", rung="silent", **RUNG).accepted()
    game.when("advance_clock", by="timer", at=DEADLINE).then(SilenceHeld(draft="d1", revision=1))


# --- breaking


@pytest.mark.rule("4.1", "4.4")
def test_one_objection_in_writing_ends_the_procedure_at_once() -> None:
    answer = given(SILENT, RungTaken(seat="POL", rung="associate")).when("break_silence", by="HUN", **BREAK)
    answer.then(broken())
    state = answer.state
    assert state.silence is None
    assert state.adopted is None
    assert (state.silences[-1].result, state.silences[-1].objection) == ("broken", "o1")
    assert state.objections["o1"].package == HISTORICAL


@pytest.mark.rule("4.4")
@pytest.mark.parametrize(
    ("issues", "code"),
    [
        pytest.param([], "silence.break_names_issues", id="rule 4.4: which issues?"),
        pytest.param(["weather"], "silence.break_names_issues", id="rule 4.4: no such issue"),
        pytest.param(["path", "weather"], "silence.break_names_issues", id="rule 4.4: one of them unknown"),
        pytest.param(["reform", "path"], None, id="rule 4.4: several"),
    ],
)
def test_a_break_names_its_issues(issues: list[str], code: str | None) -> None:
    answer = given(SILENT).when("break_silence", by="HUN", **{**BREAK, "issues": issues}).decided(code)
    if code is None:
        event = answer.events[0]
        assert isinstance(event, SilenceBroken)
        assert event.issues == ("path", "reform"), "in the scenario's order"


@pytest.mark.rule("2.5", "4.2")
@pytest.mark.parametrize("type", ["break_silence", "take_rung"])
@pytest.mark.parametrize(
    ("draft", "revision", "code"),
    [
        pytest.param("d1", 1, "draft.stale_revision", id="rule 2.5: an older revision"),
        pytest.param("d1", 2, None, id="rule 2.5: the one under silence"),
        pytest.param("d2", 1, "silence.not_running", id="rule 4.2: another draft"),
        pytest.param("d9", 1, "silence.not_running", id="no such draft"),
    ],
)
def test_the_ladder_is_about_the_revision_under_silence(type: str, draft: str, revision: int, code: str | None) -> None:
    fields = {**(BREAK if type == "break_silence" else {"rung": "associate"}), "draft": draft, "revision": revision}
    game = given(
        COUNCIL,
        DraftRevised(draft="d1", revision=2, package=WITH_REVIEW),
        tabled("POL", HISTORICAL, "d2"),
        under_silence(revision=2),
    )
    game.when(type, by="HUN", **fields).decided(code)


@pytest.mark.rule("4.4")
def test_there_is_nothing_to_break_without_a_silence() -> None:
    given(COUNCIL).when("break_silence", by="HUN", **BREAK).rejected("silence.not_running")
    given(COUNCIL).when("take_rung", by="HUN", rung="silent", **RUNG).rejected("silence.not_running")


# --- what was objected to is barred


BROKEN = (*SILENT, broken())


@pytest.mark.rule("4.5")
@pytest.mark.parametrize(
    ("history", "draft", "revision", "barred"),
    [
        pytest.param((), "d1", 1, True, id="rule 4.5: the same revision"),
        pytest.param((tabled("POL", HISTORICAL, "d2"),), "d2", 1, True, id="rule 4.5: in any draft"),
        pytest.param(
            (
                DraftRevised(draft="d1", revision=2, package=WITH_REVIEW),
                DraftRevised(draft="d1", revision=3, package=HISTORICAL),
            ),
            "d1",
            3,
            True,
            id="rule 4.5: in any revision",
        ),
        pytest.param(
            (DraftRevised(draft="d1", revision=2, package=WITH_REVIEW),), "d1", 2, False, id="rule 4.5: other options"
        ),
        pytest.param((ObjectionWithdrawn(objection="o1"),), "d1", 1, False, id="rule 4.5: until withdrawn"),
        pytest.param((phase_began("council_2"),), "d1", 1, True, id="rule 4.5: in the next session too"),
    ],
)
def test_what_was_objected_to_is_barred(history: tuple[object, ...], draft: str, revision: int, barred: bool) -> None:
    answer = given(BROKEN, history).when("open_silence", by="SG", draft=draft, revision=revision, seconds=180)
    if barred:
        answer.rejected("silence.barred", objection="o1", seat="HUN")
    else:
        answer.accepted()


@pytest.mark.rule("4.5")
def test_a_text_two_delegations_objected_to_needs_both_to_withdraw() -> None:
    again = (ObjectionWithdrawn(objection="o1"), under_silence(), broken("POL", objection="o2"))
    game = given(BROKEN, again)
    game.when("open_silence", by="SG", **OPENING).rejected("silence.barred", objection="o2", seat="POL")


@pytest.mark.rule("4.5")
def test_only_the_objector_withdraws_and_once() -> None:
    game = given(BROKEN)
    game.when("withdraw_objection", by="POL", objection="o1").rejected("objection.not_yours", seat="HUN")
    game.when("withdraw_objection", by="HUN", objection="o9").rejected("objection.unknown")
    withdrawn = game.when("withdraw_objection", by="HUN", objection="o1").then(ObjectionWithdrawn(objection="o1"))
    withdrawn.next().when("withdraw_objection", by="HUN", objection="o1").rejected("objection.withdrawn")


@pytest.mark.rule("4.3")
def test_a_withdrawn_objection_still_was_a_broken_silence() -> None:
    """rule 4.3: the price in the alliance's cohesion is paid."""
    assert given(BROKEN, ObjectionWithdrawn(objection="o1")).state.breaks() == 1


# --- holding


@pytest.mark.rule("4.7")
def test_a_text_that_held_stands_with_its_statements_and_footnotes_until_a_later_one_replaces_it() -> None:
    footnote = RungTaken(seat="HUN", rung="footnote", issues=("reform",), text="t")
    held = given(SILENT, footnote).when("advance_clock", by="timer", at=DEADLINE)
    adopted = held.state.adopted
    assert adopted is not None
    assert (adopted.package, adopted.rungs["HUN"].issues, adopted.fallback) == (HISTORICAL, ("reform",), False)
    assert held.state.phase.id == "council_1", "the game goes on"
    second = held.next(
        tabled("POL", WITH_REVIEW, "d2"),
        SilenceOpened(draft="d2", revision=1, opened_by="SG", deadline=DEADLINE * 2),
        SilenceHeld(draft="d2", revision=1),
    )
    assert second.state.adopted is not None
    assert second.state.adopted.package == WITH_REVIEW


@pytest.mark.rule("4.7")
def test_a_later_text_that_is_broken_leaves_the_earlier_one_standing() -> None:
    game = given(
        SILENT,
        SilenceHeld(draft="d1", revision=1),
        tabled("POL", WITH_REVIEW, "d2"),
        under_silence("d2"),
        broken(draft="d2"),
    )
    assert game.state.adopted is not None
    assert game.state.adopted.package == HISTORICAL
