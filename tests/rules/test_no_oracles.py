"""Bots and deputies are no oracles: what they speak of, when, and with which reasons (rule 9.4)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from game_rules.bots import turn_interval
from game_rules.bots.pace import BEAT
from game_rules.engine import EVENTS, fold
from game_rules.procedures.drafting import basis
from game_rules.procedures.positions import PositionConfided, PositionStated
from game_rules.saved_game import Record
from game_rules.simulation import simulate
from game_rules.state import GameState
from tests.rules.harness import vilnius

pytestmark = pytest.mark.rule("9.4")

SEEDS = ("one", "two")


@cache
def played(seed: str) -> tuple[tuple[Record, ...], dict[str, str]]:
    """The log of a game of bots, and every word that was said in it."""
    game = simulate(vilnius(), "quick", seed, keep_log=True).game
    return tuple(game.records), {id: text.text or "" for id, text in game.texts.items()}


def stated(seed: str) -> Iterator[tuple[GameState, PositionStated | PositionConfided, int]]:
    """Each position with the table as it was before, and when."""
    state: GameState | None = None
    for record in played(seed)[0]:
        event = EVENTS.validate_json(record.event)
        if state is not None and isinstance(event, PositionStated | PositionConfided):
            yield state, event, record.at
        state = fold([(event, record.actor, record.at)], state)


@pytest.mark.parametrize("seed", SEEDS)
def test_they_speak_of_the_basis_and_of_drafts_with_two_cosponsors(seed: str) -> None:
    spoken = 0
    for state, event, _ in stated(seed):
        on_floor = basis(state)
        draft = state.drafts[event.draft]
        assert len(draft.cosponsors) >= 2 or (on_floor is not None and on_floor.id == draft.id)
        spoken += 1
    assert spoken > 5


@pytest.mark.parametrize("seed", SEEDS)
def test_they_speak_on_a_regular_beat(seed: str) -> None:
    """Each at its own place among the beats, so that how soon it speaks answers to nothing."""
    interval = turn_interval(len(vilnius().cast("quick").seats)) * BEAT
    places: dict[str, set[int]] = {}
    for _, event, at in stated(seed):
        places.setdefault(event.seat, set()).add(at % interval)
    assert places
    assert all(len(of_seat) == 1 for of_seat in places.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_their_reasons_hold_no_word_of_their_instructions(seed: str) -> None:
    """Neither the red lines' sentences nor their titles nor the words of a brief."""
    said = " ".join(played(seed)[1].values())
    assert said
    for seat in vilnius().seats.values():
        own = seat.brief.red_line_sentences.values() if seat.brief else ()
        assert not [sentence for sentence in own if sentence in said]
    assert not [line.sentence for line in vilnius().red_lines if line.sentence in said]
