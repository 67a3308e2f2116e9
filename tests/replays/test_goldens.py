"""The golden replays: the same seed and commands give the same log, byte for byte, and a log gives the same game.

promises R9. Red after a change of the rules, the bots or the views? Read the transcripts' diff; if every line of it is
meant, `make replays`.
"""

from __future__ import annotations

import contextlib
import difflib
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from game_rules.engine import EVENTS, evolve
from game_rules.logged_game import LoggedGame
from game_rules.procedures.seating import RULES_VERSION, GameCreated
from game_rules.rejections import Rejected
from game_rules.saved_game import read_lines
from game_rules.scenario import canonical_json
from game_rules.snapshot import dump_state, load_state, state_hash
from game_rules.state import GameState
from tests.replays.goldens import FOLDER, GOLDENS, Golden, lines_in, lines_of, write_wishes
from tests.replays.hashes import state_hashes

HINT = "If every line of this is meant: make replays"
SHOWN_LINES = 30

every_golden = pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)


def assert_same(now: str, recorded: Path) -> None:
    """Fails with the first lines that differ, cut to what fits a screen."""
    before = recorded.read_text(encoding="utf-8")
    if now == before:
        return
    pairs = difflib.unified_diff(before.split("\n"), now.split("\n"), recorded.name, "now", lineterm="", n=1)
    shown = [line[:160] for _, line in zip(range(SHOWN_LINES), pairs, strict=False)]
    pytest.fail("\n".join([*shown, HINT]), pytrace=False)


def states(golden: Golden) -> list[GameState]:
    """The game after each of its events."""
    state, seen = None, []
    for record in golden.saved().records:
        state = evolve(state, EVENTS.validate_json(record.event), record.actor, record.at)
        seen.append(state)
    return seen


@every_golden
def test_playing_it_again_gives_the_same_log_byte_for_byte(golden: Golden) -> None:
    game = golden.played(golden.scenario())
    assert_same(lines_of(game), golden.log)
    assert_same(write_wishes(game.wished), golden.commands)


@every_golden
def test_deciding_its_commands_again_gives_the_same_events_and_refusals(golden: Golden) -> None:
    created = EVENTS.validate_json(golden.saved().records[0].event)
    assert isinstance(created, GameCreated)
    if created.rules_version != RULES_VERSION:
        pytest.skip("a game of older rules is folded, not decided again")
    game = LoggedGame(created.game, created.seed)
    for wish in golden.wished():
        with contextlib.suppress(Rejected):
            game.wish(wish.command, wish.by, wish.at, wish.id)
    assert_same(write_wishes(game.wished), golden.commands)
    assert_same(lines_of(game), golden.log)


@every_golden
def test_its_transcript_is_what_its_log_tells(golden: Golden) -> None:
    assert_same(golden.told(golden.saved(), golden.wished()), golden.transcript)


@pytest.mark.rule("8.1")
@every_golden
def test_it_ends_the_way_it_is_there_to_show(golden: Golden) -> None:
    outcome = states(golden)[-1].outcome
    assert outcome is not None
    assert outcome.ending == golden.ending


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["0", "1", "12345"])
def test_every_state_is_the_same_whatever_the_hash_seed(seed: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.replays.hashes"],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout) == {golden.name: state_hashes(golden) for golden in GOLDENS}


@every_golden
def test_its_last_state_has_the_recorded_hash(golden: Golden) -> None:
    recorded = json.loads((FOLDER / "hashes.json").read_text(encoding="utf-8"))
    assert state_hashes(golden)[-1] == recorded[golden.name], HINT


@every_golden
def test_folding_through_a_snapshot_is_folding_in_one_go(golden: Golden) -> None:
    scenario, records = golden.scenario(), golden.saved().records
    seen = states(golden)
    for cut in range(0, len(records), max(1, len(records) // 5)):
        state = load_state(dump_state(seen[cut]), scenario)
        for record in records[cut + 1 :]:
            state = evolve(state, EVENTS.validate_json(record.event), record.actor, record.at)
        assert state_hash(state) == state_hash(seen[-1])


@every_golden
def test_its_events_survive_json(golden: Golden) -> None:
    for record in golden.saved().records:
        event = EVENTS.validate_json(record.event)
        assert canonical_json(EVENTS.dump_python(event, mode="json")).decode() == record.event


@every_golden
def test_its_log_keeps_the_order_of_things(golden: Golden) -> None:
    records = golden.saved().records
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert all(before.at <= after.at for before, after in itertools.pairwise(records))
    types = [json.loads(record.event)["type"] for record in records]
    assert types.index("game_created") == 0
    assert types.count("outcome_reached") == 1
    assert "game_closed" not in types[:-1]


@pytest.mark.rule("5.4")
@every_golden
def test_its_words_stand_in_the_side_table_alone(golden: Golden) -> None:
    saved = golden.saved()
    log = "\n".join(record.event for record in saved.records[1:])
    assert saved.texts
    assert not [text.text for text in saved.texts if f'"{text.text}"' in log]


def test_there_is_a_golden_for_each_way_a_game_can_end() -> None:
    assert {golden.ending for golden in GOLDENS} == {"adopted", "fallback", "deadlock", "ended"}


def test_every_kind_of_event_happens_in_some_golden() -> None:
    """What is stored must be readable for ever: each event type has a sample on record."""
    happened = {json.loads(record.event)["type"] for golden in GOLDENS for record in golden.saved().records}
    known = set(EVENTS.json_schema()["discriminator"]["mapping"])
    assert known - happened == set(), "let it happen in a script under tests/replays/scripts, then: make replays"


def test_no_file_is_left_of_a_golden_that_is_gone() -> None:
    expected = {path.name for golden in GOLDENS for path in (golden.log, golden.commands, golden.transcript)}
    assert {path.name for path in FOLDER.iterdir()} == {*expected, "hashes.json"}


def test_a_log_is_read_from_its_file_as_it_was_written() -> None:
    for golden in GOLDENS:
        game = golden.saved()
        assert read_lines(lines_in(golden.log)) == game
