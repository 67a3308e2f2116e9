"""What holds of every game, whoever does whatever in it (rules 1.7, 4.5, 4.6, 8.1)."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as some

from game_rules.engine import Event, next_due
from game_rules.messages import SERVER, Actor
from game_rules.procedures.clock import GameClosed
from game_rules.procedures.drafting import basis
from game_rules.procedures.ending import OutcomeReached, ResultsOpened
from game_rules.procedures.seating import (
    HostPassed,
    MemberLeft,
    PolicySet,
    SeatRetaken,
    SeatVacated,
)
from game_rules.procedures.standing import circumstances
from game_rules.procedures.talk import MessagePosted
from game_rules.state import GameState
from tests.rules.harness import FACILITATOR, TIMER, given, happened
from tests.rules.random_games import Played, Wish, answered, command, play

whole_games = settings(max_examples=settings().max_examples // 2)

AFTER_THE_END = (ResultsOpened, MemberLeft, SeatVacated, SeatRetaken, PolicySet, HostPassed, MessagePosted)
"""Who sits there may still change, results may be opened, and the facilitator may still write."""


@pytest.mark.rule("1.7")
@whole_games
@over(some.integers(0, 10_000))
def test_every_game_ends_when_only_the_clock_goes_on(seed: int) -> None:
    """rule 1.7: whoever leaves, wherever the game stood; a pause is ended by whoever made it."""
    *_, last = play(seed, seed % 90, "open" if seed % 2 else "exercise")
    state, at = last.after, last.wish.at
    if state.clock.status in ("lobby", "paused"):
        return
    moves = 0
    while (due := next_due(state)) is not None:
        at = max(due, at)
        done = answered(state, Wish(0, command("advance_clock"), TIMER, at))
        assert done.events, "what is due happens"
        state = done.after
        moves += 1
        assert moves < 30
    assert state.clock.status == "ended"
    assert state.outcome is not None


@pytest.mark.rule("8.1")
@whole_games
@over(some.integers(0, 10_000))
def test_nothing_happens_after_the_end(seed: int) -> None:
    """rule 8.1: the record is complete."""
    over_since: GameState | None = None
    for step in play(seed, 90, to_the_end=True):
        if over_since is not None:
            assert all(isinstance(event, AFTER_THE_END) for event in step.events)
            unmoved = ("clock", "drafts", "amendments", "positions", "silences", "objections", "adopted", "outcome")
            assert all(getattr(step.after, part) is getattr(over_since, part) for part in unmoved)
        if any(isinstance(event, GameClosed) for event in step.events):
            over_since = step.after


@pytest.mark.rule("4.6")
@whole_games
@over(some.integers(0, 10_000))
def test_what_was_written_never_goes_back_in_time(seed: int) -> None:
    """rule 4.6: never below the last event's."""
    for step in play(seed, 80, "open" if seed % 2 else "exercise"):
        moments = [entry.at for entry in step.after.record]
        assert moments == sorted(moments)
        assert all(entry.at <= step.wish.at for entry in step.after.record)


@whole_games
@over(some.integers(0, 10_000))
def test_a_refusal_changes_nothing_and_an_effect_something(seed: int) -> None:
    """style 4"""
    for step in play(seed, 80):
        if step.refused:
            assert step.after is step.before
        elif step.events:
            assert step.after is not step.before


@whole_games
@over(some.integers(0, 10_000))
def test_the_table_stays_sound(seed: int) -> None:
    """What every state of every game holds to."""
    for step in play(seed, 100, "open" if seed % 2 else "exercise", strict=seed % 3 == 0):
        sound(step)


def sound(step: Played) -> None:
    state = step.after
    open_drafts = [draft for draft in state.drafts.values() if draft.open and not draft.fallback]
    authors = [draft.author for draft in open_drafts]
    assert len(authors) == len(set(authors)), "rule 2.2: one open draft per seat"
    for draft in open_drafts:
        assert state.evaluator.is_consistent(draft.package), "rule 2.1"
        fixed = state.rules.cast.fixed
        assert all(state.rules.package_dict(draft.package)[issue] == option for issue, option in fixed.items())
        assert set(draft.cosponsors) <= set(state.rules.voters) - {draft.author}, "rules 1.1 and 2.2"
    if open_drafts:
        on_floor = basis(state)
        assert on_floor is not None
        assert on_floor.open, "rule 2.2"
    if state.silence is not None:
        under = state.drafts[state.silence.draft]
        assert (under.revision, under.package) == (state.silence.revision, state.silence.package), "rule 2.6: frozen"
        assert set(state.silence.rungs) <= set(state.rules.voters), "rule 4.3"
    for seat, there in state.seats.items():
        assert there.members or there.vacant, "rule 1.5"
        assert all(state.members[one].seat == seat and state.members[one].present for one in there.members)
    if state.strict and state.outcome is None:
        own = (d for d in open_drafts if d.tabled_at == step.wish.at and step.wish.command.type == "table_draft")
        for draft in own:
            known = circumstances(state, draft.author)
            assert not state.evaluator.objections(draft.author, draft.package, known), "rule 4.8"


@pytest.mark.rule("8.1")
@whole_games
@over(some.integers(0, 10_000))
def test_the_outcome_comes_once_and_says_what_stood(seed: int) -> None:
    reached = []
    for step in play(seed, 90, to_the_end=True):
        for event in step.events:
            if isinstance(event, OutcomeReached):
                reached.append(event)
                adopted = step.after.adopted
                assert event.adopted is (adopted is not None)
                if adopted is not None:
                    assert event.package == adopted.package
                assert event.results.keys() == step.after.rules.seats.keys()
    assert len(reached) <= 1


def test_a_game_is_created_once_by_its_first_event() -> None:
    state = given().state
    with pytest.raises(ValueError, match="created once"):
        happened(state, next(iter(play(1, 0))).events)
    with pytest.raises(ValueError, match="begins with"):
        happened(None, [PolicySet(seat="HUN", policy="bot")])


@pytest.mark.parametrize(
    "by", [FACILITATOR, SERVER, TIMER, Actor("member", "stranger"), Actor("member", "m-HUN", "FIN")]
)
def test_a_stranger_is_answered_and_not_stumbled_over(by: Actor) -> None:
    """decide is total: whoever asks whatever, there is an answer."""
    state = given().state
    for type, fields in (
        ("table_draft", {"package": {}}),
        ("post_message", {"room": "plenary", "text": "t"}),
        ("post_message", {"room": "HUN+POL", "text": "t"}),
        ("post_message", {"room": "delegation", "text": "t"}),
        ("leave_seat", {}),
        ("put_fallback", {}),
        ("extend_silence", {"seconds": 60}),
    ):
        answered(state, Wish(0, command(type, **fields), by, 10**13))


NOT_TOLD = {
    "GameCreated", "GameForked", "GameRewound", "OutcomeReached",  # hold what belongs to nobody at the table
    "AgreedInside", "AgreedStruck", "AnnotationMade",  # seen by what they change
    "EffectsApplied", "EffectsLapsed", "InjectPassed",  # the same
    "MemberAway", "MemberBack", "MessagePosted", "OfferCountered", "PollAnswered",  # shown elsewhere
}  # fmt: skip


@pytest.mark.rule("9.1")
def test_the_record_of_the_meeting_leaves_out_what_is_shown_elsewhere_or_to_nobody() -> None:
    """Whoever adds an event says here, too, that nobody reads it in the record."""
    assert {event.__name__ for event in get_args(Event) if not event.told} == NOT_TOLD
