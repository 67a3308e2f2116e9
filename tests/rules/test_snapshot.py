"""A log folds the same in one go, through a snapshot at any point, and in every process (promises R9)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as some
from pydantic import TypeAdapter

from game_rules.engine import EVENTS, Event, evolve, fold
from game_rules.messages import Event as AnyEvent
from game_rules.procedures.positions import PositionConfided
from game_rules.procedures.seating import GameCreated
from game_rules.scenario import Scenario
from game_rules.snapshot import SNAPSHOT_VERSION, UnknownSnapshot, dump_state, load_state, state_hash
from game_rules.view import member_viewer, view
from tests.rules.harness import given, in_phase, summit, tabled, vilnius
from tests.rules.random_games import play

ROOT = Path(__file__).parents[2]


def as_logged(event: Event) -> Event:
    """The event after it went through the log."""
    return EVENTS.validate_json(EVENTS.dump_json(event))


def every_event_type() -> list[type[AnyEvent]]:
    return [one for one in AnyEvent.__subclasses__() if not one.__name__.startswith("_")] + [
        deeper for one in AnyEvent.__subclasses__() for deeper in one.__subclasses__()
    ]


def test_random_games_come_through_every_event() -> None:
    """The properties below are worth what these games come through."""
    games = (play(seed, 150, "open" if seed % 2 else "exercise") for seed in range(120))
    met = {type(event).__name__ for game in games for step in game for event in step.events}
    # how a game begins from another one: tests/rules/test_rewinding.py
    assert {one.__name__ for one in every_event_type()} - {"GameForked", "GameTakenUp"} == met


@settings(max_examples=settings().max_examples // 2)
@over(some.integers(0, 10_000))
def test_every_event_comes_back_from_json_as_it_was(seed: int) -> None:
    """style 8"""
    for step in play(seed, 80, "open" if seed % 2 else "exercise"):
        for event in step.events:
            if not isinstance(event, GameCreated):
                assert as_logged(event) == event


def test_the_first_event_comes_back_from_json_with_the_whole_scenario() -> None:
    event = next(iter(play(1, 0))).events[0]
    again = as_logged(event)
    assert isinstance(again, GameCreated)
    assert again.scenario == summit()
    assert again.scenario.digest() == again.scenario_digest


@settings(max_examples=settings().max_examples // 4)
@over(some.integers(0, 10_000), some.floats(0, 1))
def test_folding_through_a_snapshot_at_any_point_gives_the_same_state(seed: int, where: float) -> None:
    """style 8: fold in one go = fold through a snapshot."""
    steps = list(play(seed, 120, "open" if seed % 2 else "exercise", strict=seed % 5 == 0))
    cut = int(where * (len(steps) - 1))
    state = load_state(dump_state(steps[cut].after), summit())
    assert state == steps[cut].after
    for step in steps[cut + 1 :]:
        for event in step.events:
            state = evolve(state, as_logged(event), step.wish.by, step.wish.at)
    assert state_hash(state) == state_hash(steps[-1].after)


@settings(max_examples=settings().max_examples // 4)
@over(some.integers(0, 10_000))
def test_folding_the_events_again_gives_the_state_that_was_decided_on(seed: int) -> None:
    """design 2: a replay is the game."""
    steps = list(play(seed, 120))
    logged = [(as_logged(event), step.wish.by, step.wish.at) for step in steps for event in step.events]
    assert state_hash(fold(logged)) == state_hash(steps[-1].after)


@settings(max_examples=settings().max_examples // 4)
@over(some.integers(0, 10_000))
def test_equal_states_give_equal_bytes(seed: int) -> None:
    """However they came about: folded, or read from a snapshot."""
    *_, last = play(seed, 60)
    assert dump_state(load_state(dump_state(last.after), summit())) == dump_state(last.after)


def test_what_only_some_may_read_comes_back_from_a_snapshot() -> None:
    confided = PositionConfided(draft="d1", revision=1, seat="HUN", position="support", chair="SG", reason="why")
    state = given(in_phase("consultations"), tabled(), confided).state
    again = load_state(dump_state(state), vilnius())
    assert again == state
    viewer = member_viewer("m-HUN", "HUN")
    assert view(again, viewer) == view(state, viewer)
    assert view(again, viewer)["private"]["record"][0]["event"]["reason"] == "why"


@pytest.mark.parametrize("change", ["version", "digest"])
def test_a_snapshot_of_another_version_or_scenario_is_refused(change: str) -> None:
    held = json.loads(dump_state(given().state))
    held[change] = SNAPSHOT_VERSION + 1 if change == "version" else "of another scenario"
    with pytest.raises(UnknownSnapshot):
        load_state(json.dumps(held).encode(), vilnius())


@pytest.mark.parametrize("damage", [b"", b"not json", b"[]", b"{}"])
def test_damaged_bytes_are_no_snapshot(damage: bytes) -> None:
    """A snapshot is a cache: what cannot be read is folded anew."""
    with pytest.raises(UnknownSnapshot):
        load_state(damage, vilnius())


HASHES = """
import sys
from game_rules.snapshot import state_hash
from tests.rules.random_games import play
for seed in range(3):
    *_, last = play(seed, 120, "open" if seed % 2 else "exercise")
    print(state_hash(last.after))
"""


@pytest.mark.slow
def test_a_log_gives_the_same_state_whatever_the_order_of_sets() -> None:
    """promises R9: the same logs give the same states on every machine, for ever."""
    seen = set()
    for hash_seed in ("0", "1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        ran = subprocess.run(
            [sys.executable, "-c", HASHES], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        seen.add(ran.stdout)
    assert len(seen) == 1
    assert len(seen.pop().split()) == 3


def test_state_and_scenario_go_apart() -> None:
    """The scenario is in the game's first event; a snapshot holds what changes."""
    state = given().state
    assert len(dump_state(state)) < 8_000 < len(summit().canonical())
    assert TypeAdapter(Scenario).validate_json(summit().canonical()).digest() == summit().digest()
