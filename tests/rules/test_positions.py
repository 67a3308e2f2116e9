"""Positions, in public and in confidence, and straw polls (rules 3.1 to 3.3)."""

import pytest

from game_rules.bots import mind_of, turn
from game_rules.messages import Seats
from game_rules.procedures.drafting import BasisNamed, DraftRevised, NameBasis
from game_rules.procedures.positions import (
    PollAnswered,
    PollClosed,
    PollOpened,
    PositionConfided,
    PositionStated,
)
from game_rules.procedures.seating import PolicySet, SeatVacated
from game_rules.view import SPECTATOR, member_viewer, stand_in_viewer, view
from tests.rules.harness import (
    FACILITATOR,
    MINUTE,
    NOON,
    SECOND,
    WITH_REVIEW,
    Fields,
    Given,
    created,
    given,
    in_phase,
    seated,
    tabled,
)

FLOOR = (*in_phase("consultations"), tabled())
CLOSES = NOON + MINUTE
POLL = PollOpened(poll="p1", draft="d1", revision=1, closes_at=CLOSES)


def said(position: str = "support", by: str = "HUN", **more: object) -> PositionStated:
    return PositionStated.model_validate({"draft": "d1", "revision": 1, "seat": by, "position": position, **more})


# --- positions


@pytest.mark.rule("3.1")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"position": "support"}, None, id="rule 3.1: support"),
        pytest.param({"position": "can_accept"}, None, id="rule 3.1: can accept"),
        pytest.param({"position": "concern"}, "position.concern_names_issues", id="rule 3.1: which concern?"),
        pytest.param({"position": "concern", "issues": ["path"]}, None, id="rule 3.1: a concern, named by issue"),
        pytest.param({"position": "concern", "issues": ["weather"]}, "package.issue_unknown", id="no such issue"),
        pytest.param({"position": "would_object"}, "position.objection_needs_reason", id="rule 3.1: why?"),
        pytest.param({"position": "would_object", "reason": "r"}, None, id="rule 3.1: with a reason"),
        pytest.param({"position": "would_object", "reason": "r", "lift": "l"}, None, id="rule 3.1: and what lifts it"),
    ],
)
def test_a_position_says_what_its_kind_needs(fields: Fields, code: str | None) -> None:
    given(FLOOR).when("state_position", by="HUN", draft="d1", revision=1, **fields).decided(code)


@pytest.mark.rule("3.1")
@pytest.mark.parametrize("by", ["HUN", "UKR", "SG", "SWE", "EU", "bot:HUN"])
def test_each_seat_may_state_a_position(by: str) -> None:
    seats = [seated(seat) for seat in ("UKR", "SG", "SWE", "EU")] if by == "bot:HUN" else None
    given(FLOOR, seats=seats).when("state_position", by=by, draft="d1", revision=1, position="support").accepted()


@pytest.mark.rule("3.1")
def test_issues_of_a_concern_are_told_once_and_in_the_scenarios_order() -> None:
    given(FLOOR).when(
        "state_position",
        by="HUN",
        draft="d1",
        revision=1,
        position="concern",
        issues=["reform", "path", "reform"],
    ).then(said("concern", issues=("path", "reform")))


@pytest.mark.rule("3.2")
def test_a_new_revision_makes_a_position_stale_and_not_gone() -> None:
    state = given(FLOOR, said(), DraftRevised(draft="d1", revision=2, package=WITH_REVIEW)).state
    assert state.positions["d1"]["HUN"].revision == 1
    assert state.drafts["d1"].revision == 2
    public = view(state, SPECTATOR)["public"]
    assert public["positions"]["d1"]["HUN"]["revision"] < public["drafts"]["d1"]["revision"], "shown, and as old"


@pytest.mark.rule("3.1")
def test_a_later_position_replaces_the_earlier() -> None:
    state = given(FLOOR, said(), said("concern", issues=("path",))).state
    assert state.positions["d1"]["HUN"].position == "concern"


# --- in confidence


@pytest.mark.rule("3.1")
def test_a_confessional_is_for_the_chairs_ears() -> None:
    confided = given(FLOOR).when(
        "state_position", by="HUN", draft="d1", revision=1, position="would_object", reason="r", in_confidence=True
    )
    event = confided.events[0]
    assert isinstance(event, PositionConfided)
    assert event.audience() == Seats(frozenset({"HUN", "SG"}))
    assert confided.state.positions == {}
    assert confided.state.confessionals["d1"]["HUN"].position == "would_object"


@pytest.mark.rule("3.1")
def test_a_confessional_looks_to_the_others_like_nothing_said() -> None:
    before = given(FLOOR, said())
    after = before.when(
        "state_position",
        by="HUN",
        at=NOON + SECOND,
        draft="d1",
        revision=1,
        position="would_object",
        reason="r",
        in_confidence=True,
    ).state
    for outsider in (SPECTATOR, member_viewer("m-POL", "POL")):
        assert view(after, outsider) == view(before.state, outsider)
    for insider in (member_viewer("m-HUN", "HUN"), member_viewer("m-SG", "SG")):
        assert view(after, insider)["private"]["confessionals"]["d1"]["HUN"]["position"] == "would_object"
        assert view(after, insider)["public"] == view(before.state, insider)["public"]


@pytest.mark.rule("3.1")
def test_the_chair_has_nobody_to_confess_to() -> None:
    given(FLOOR).when(
        "state_position", by="SG", draft="d1", revision=1, position="support", in_confidence=True
    ).rejected("position.chair_has_no_confessional")


@pytest.mark.rule("3.1")
def test_a_bot_chairs_confessionals_wait_for_a_human() -> None:
    game = given(FLOOR, seats=[seated("HUN")]).when(
        "state_position", by="HUN", draft="d1", revision=1, position="support", in_confidence=True
    )
    later = game.next(seated("SG"))
    assert "HUN" in view(later.state, member_viewer("m-SG", "SG"))["private"]["confessionals"]["d1"]


@pytest.mark.rule("3.1")
@pytest.mark.parametrize("policy", ["deputy", "silent", "bot"])
def test_a_vacant_chairs_confessionals_wait_for_whoever_comes(policy: str) -> None:
    """Whoever keeps the seat meanwhile, and though the draft has moved on."""
    empty = (
        PolicySet.model_validate({"seat": "SG", "policy": policy}),
        SeatVacated.model_validate({"seat": "SG", "stand_in": policy}),
    )
    confided = given(FLOOR, empty).when(
        "state_position", by="HUN", draft="d1", revision=1, position="would_object", reason="r", in_confidence=True
    )
    later = confided.next(DraftRevised(draft="d1", revision=2, package=WITH_REVIEW), seated("SG", "m-SG-2"))
    heard = view(later.state, member_viewer("m-SG-2", "SG"))["private"]["confessionals"]["d1"]["HUN"]
    assert (heard["position"], heard["revision"]) == ("would_object", 1)


@pytest.mark.rule("3.1")
def test_a_bot_chair_uses_what_it_was_told_in_confidence() -> None:
    """Of two texts that the room says the same of, it works on the one that fewer would object to."""
    drafts = (*in_phase("council_1"), tabled("POL"), tabled("USA", WITH_REVIEW, "d2"), tabled("SG", draft="d3"))
    game = given(drafts, BasisNamed(draft="d1"), seats=[seated("HUN"), seated("TUR")])
    assert not isinstance(chairs_turn(game), NameBasis)
    about: Fields = {"draft": "d1", "revision": 1, "position": "would_object", "reason": "r", "in_confidence": True}
    told = game.when("state_position", by="HUN", **about).next()
    wish = chairs_turn(told)
    assert isinstance(wish, NameBasis)
    assert wish.draft != "d1"


def chairs_turn(game: Given) -> object:
    """The first thing a bot in the chair wishes now."""
    wishes = turn(view(game.state, stand_in_viewer("bot", "SG")), mind_of(game.state.rules, "SG", "seed"))
    return wishes[0] if wishes else None


# --- straw polls


@pytest.mark.rule("3.3")
@pytest.mark.parametrize(
    ("by", "code"),
    [
        pytest.param("SG", None, id="rule 3.3: the chair"),
        pytest.param("facilitator", None, id="rule 3.3: the facilitator"),
        pytest.param("HUN", "seat.chair_only", id="rule 3.3: nobody else"),
        pytest.param("UKR", "seat.chair_only", id="rule 3.3: not the principal"),
    ],
)
def test_who_may_call_a_straw_poll(by: str, code: str | None) -> None:
    given(FLOOR).when("open_poll", by=by, draft="d1", revision=1, seconds=60).decided(code)


@pytest.mark.rule("3.3")
def test_there_is_no_facilitator_to_call_polls_in_an_open_game() -> None:
    open_game = given(FLOOR, game=created("open"))
    open_game.when("open_poll", by=FACILITATOR, draft="d1", revision=1, seconds=60).rejected("game.host_only")


@pytest.mark.rule("3.3")
@pytest.mark.parametrize(
    ("seconds", "code"), [(19, "poll.out_of_bounds"), (20, None), (300, None), (301, "poll.out_of_bounds")]
)
def test_a_poll_closes_at_a_fixed_time_within_bounds(seconds: int, code: str | None) -> None:
    answer = given(FLOOR).when("open_poll", by="SG", draft="d1", revision=1, seconds=seconds).decided(code)
    if code is None:
        answer.then(PollOpened(poll="p1", draft="d1", revision=1, closes_at=NOON + seconds * SECOND))


@pytest.mark.rule("3.3")
def test_one_poll_at_a_time() -> None:
    given(FLOOR, POLL).when("open_poll", by="SG", draft="d1", revision=1, seconds=60).rejected("poll.running")


@pytest.mark.rule("3.3")
@pytest.mark.parametrize(
    ("late", "code"),
    [
        pytest.param(-1, None, id="rule 3.3: a millisecond before it closes"),
        pytest.param(0, "poll.not_running", id="rule 3.3: as it closes"),
        pytest.param(1, "poll.not_running", id="rule 3.3: a millisecond after"),
    ],
)
def test_a_late_answer_does_not_count(late: int, code: str | None) -> None:
    given(FLOOR, POLL).when("answer_poll", by="HUN", at=CLOSES + late, poll="p1", position="support").decided(code)


@pytest.mark.rule("3.3")
@pytest.mark.parametrize(
    ("by", "poll", "code"),
    [
        pytest.param("HUN", "p1", None, id="an ally"),
        pytest.param("UKR", "p1", None, id="the principal"),
        pytest.param("SG", "p1", "seat.no_vote", id="the chair asks and does not answer"),
        pytest.param("HUN", "p2", "poll.not_running", id="another poll"),
    ],
)
def test_who_may_answer(by: str, poll: str, code: str | None) -> None:
    given(FLOOR, POLL).when("answer_poll", by=by, poll=poll, position="support").decided(code)


@pytest.mark.rule("3.3")
def test_all_answers_are_shown_together_and_who_did_not_answer_is_not_named() -> None:
    answers = [("USA", "can_accept"), ("FRA", "concern"), ("USA", "support")]
    game = given(
        FLOOR, POLL, *(PollAnswered.model_validate({"poll": "p1", "seat": s, "position": p}) for s, p in answers)
    )
    closed = game.when("advance_clock", by="timer", at=CLOSES)
    closed.then(PollClosed(poll="p1", answers={"FRA": "concern", "USA": "support"}))
    event = closed.events[0]
    assert isinstance(event, PollClosed)
    assert list(event.answers) == ["FRA", "USA"], "in the order of the table, not of the answers"
    assert closed.state.poll is None


@pytest.mark.rule("3.3")
def test_nothing_shows_before_a_poll_closes() -> None:
    """rule 3.3: not the answers, not their number."""
    before = given(FLOOR, POLL)
    after = before.when("answer_poll", by="HUN", at=NOON + 5, poll="p1", position="would_object").state
    for outsider in (SPECTATOR, member_viewer("m-POL", "POL"), member_viewer("m-SG", "SG")):
        assert view(after, outsider) == view(before.state, outsider)
    assert view(after, member_viewer("m-HUN", "HUN"))["private"]["answer"] == "would_object"


def test_a_poll_is_no_obstacle_to_the_next() -> None:
    game = given(FLOOR, POLL, PollClosed(poll="p1", answers={}))
    game.when("open_poll", by="SG", draft="d1", revision=1, seconds=60).then(
        PollOpened(poll="p2", draft="d1", revision=1, closes_at=CLOSES)
    )
