"""Every game ends, whoever leaves (rule 1.7): under every policy and cast, with departures, pauses and vacancies.

A game is played by chance for a while, people coming and going; then everybody is gone for good and nothing but the
clock is left. It must reach its outcome and its end in a bounded number of steps, each later than the last.
"""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest

from game_rules.engine import next_due
from game_rules.messages import SERVER, GameKind
from game_rules.procedures.clock import PAUSE_DAYS
from game_rules.state import GameState
from tests.rules.harness import HISTORICAL, MINUTE, NOON, created, given, in_phase, open_issues, seated, vilnius
from tests.rules.random_games import Played, Wish, answered, by_the_clock, command, play

pytestmark = pytest.mark.rule("1.7")

MOST_STEPS = 40
"""Phases, silences, polls and warnings that may still be due when the last person leaves: a dozen or so."""

CASTS = tuple(cast.id for cast in vilnius().casts)
POLICIES = ("deputy", "silent", "bot", "ask")


def everybody_leaves(state: GameState, at: int, chance: Random) -> GameState:
    """All who are still there go, in any order: some say so, others are just not seen any more."""
    for seat in chance.sample(list(state.seats), len(state.seats)):
        for member in state.seats[seat].members:
            state = after(state, command("mark_away", member=member), at) if chance.random() < 0.3 else state
        if not state.seats[seat].vacant:
            state = after(state, command("declare_vacant", seat=seat), at)
    return state


def after(state: GameState, wished: Any, at: int) -> GameState:
    return answered(state, Wish(0, wished, SERVER, at)).after


def ends(state: GameState, at: int) -> None:
    """The clock alone brings the game to its outcome and its end."""
    steps: list[Played] = []
    for step in by_the_clock(state, at):
        assert step.events, "something was due, and nothing happened"
        steps.append(step)
        assert len(steps) <= MOST_STEPS
    last = steps[-1].after if steps else state
    assert last.clock.status == "ended"
    assert last.outcome is not None


def games() -> list[Any]:
    """Policies and casts, each with both kinds of game; no open game asks anybody."""
    kinds: tuple[GameKind, ...] = ("exercise", "open")
    return [
        pytest.param(seed, kind, cast, policy, id=f"{kind} {cast} {policy}")
        for seed, (kind, cast, policy) in enumerate(product(kinds, CASTS, POLICIES))
        if (kind, policy) != ("open", "ask")
    ]


@pytest.mark.parametrize(("seed", "kind", "cast", "policy"), games())
def test_a_game_that_everybody_leaves_comes_to_its_end(seed: int, kind: GameKind, cast: str, policy: str) -> None:
    chance = Random(seed)
    rounds = 6 if cast == "quick" else 1
    for number in range(rounds):
        steps = play(seed * 100 + number, chance.randrange(1, 90), kind, cast=cast, policy=policy)
        *_, last = (step for step in steps)
        ends(everybody_leaves(last.after, last.wish.at, chance), last.wish.at)


@pytest.mark.rule("1.7", "7.1")
@pytest.mark.parametrize("kind", ["exercise", "open"])
def test_a_pause_that_nobody_ends_ends_the_game_after_a_week(kind: GameKind) -> None:
    game = given(in_phase("council_1"), game=created(kind), seats=[seated("HUN", host=True), seated("POL")])
    paused = game.when("pause_game", by="facilitator" if kind == "exercise" else "HUN")
    gone = everybody_leaves(paused.state, NOON, Random(0))
    week = NOON + PAUSE_DAYS * 24 * 60 * MINUTE
    assert next_due(gone) == week
    ended = answered(gone, Wish(0, command("advance_clock"), SERVER, week)).after
    assert ended.outcome is not None
    assert ended.outcome.ending == "ended"
    ends(ended, week)


@pytest.mark.rule("1.7")
def test_a_pause_in_the_aftermath_closes_the_record() -> None:
    ended = given(in_phase("council_1")).when("end_game", by="facilitator").next()
    paused = ended.when("pause_game", by="facilitator")
    ends(paused.state, NOON)


@pytest.mark.rule("1.7", "1.6")
def test_the_clock_is_not_stopped_for_ever_by_one_empty_seat_after_another() -> None:
    """Under `ask` each seat stops the clock once a phase, for two minutes: all of them together are bounded."""
    state = given(in_phase("council_1", NOON + 10 * MINUTE), game=created(policy="ask")).state
    at, stops = NOON, 0
    for _ in range(3):
        for seat in state.seats:
            member = state.seats[seat].members[0]
            state = after(state, command("declare_vacant", seat=seat), at)
            if state.clock.asked is not None:
                stops += 1
                at = state.clock.asked.until
                state = after(state, command("advance_clock"), at)
            state = after(state, command("return_to_seat", member=member), at)
    assert stops == len(state.seats)
    ends(state, at)


@pytest.mark.rule("1.7", "4.2")
def test_a_chair_cannot_keep_a_phase_open_after_its_time() -> None:
    """Taking a text back and putting the next one, again and again, in the second before the timer comes."""
    game = (
        given(in_phase("council_1", NOON + 2 * MINUTE))
        .when("table_draft", by="USA", package=open_issues(HISTORICAL))
        .next()
    )
    opened = game.when("open_silence", by="SG", draft="d1", revision=1, seconds=180).next()
    late = NOON + 150_000
    back = opened.when("cancel_silence", by="SG", reason="r", at=late).next()
    back.when("open_silence", by="SG", draft="d1", revision=1, seconds=180, at=late).rejected("phase.time_up")
    ends(back.state, late)
