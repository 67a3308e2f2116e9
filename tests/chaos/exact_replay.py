"""R9: a log gives the same state at every event, and the same seed the same log, whatever order sets have in memory.

Each process of another PYTHONHASHSEED plays the same games by bots, reads the log back from JSON, folds it, and
prints one digest a game over the hashes of all its states; the digests of all processes must be equal.

python -m tests.chaos.exact_replay FIRST COUNT
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game_rules.engine import EVENTS, evolve
from game_rules.saved_game import read_lines
from game_rules.simulation import simulate
from game_rules.snapshot import state_hash
from game_rules.state import GameState
from tests.chaos.experiment import Experiment, Tries
from tests.rules.harness import summit

CASTS = ("quick", "council", "full")
HASH_SEEDS = 20
GAMES_A_PROCESS = 15
UNORDERED = "CHAOS_UNORDERED"
ROOT = Path(__file__).parents[2]


def digest(number: int) -> str:
    """Over the whole log of that game, and its state after each event."""
    game = simulate(summit(), CASTS[number % len(CASTS)], f"chaos {number}", keep_log=True).game
    found = hashlib.sha256(game.head().encode())
    for state in _states(list(game.lines())):
        found.update(state_hash(state).encode())
    return found.hexdigest()


def _states(lines: list[str]) -> Iterator[GameState]:
    state: GameState | None = None
    for record in read_lines(lines).records:
        state = evolve(state, EVENTS.validate_json(record.event), record.actor, record.at)
        yield _unordered(state) if UNORDERED in os.environ else state


def _unordered(state: GameState) -> GameState:
    """As if the rules kept drafts in a set: the wrong design."""
    return replace(state, drafts={draft: state.drafts[draft] for draft in set(state.drafts)})


def digests(hash_seed: int, first: int, count: int) -> list[str]:
    """What a process of that hash seed makes of the games."""
    command = [sys.executable, "-m", "tests.chaos.exact_replay", str(first), str(count)]
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout)
    return found


def replay_tries(games: int, seed: int) -> Tries:
    """One try a game, under twenty hash seeds; where only a few games are asked for, under three."""
    hash_seeds = range(HASH_SEEDS if games >= HASH_SEEDS else 3)
    for begun_at in range(0, games, GAMES_A_PROCESS):
        first, count = seed + begun_at, min(GAMES_A_PROCESS, games - begun_at)
        of_seed = [digests(hash_seed, first, count) for hash_seed in hash_seeds]
        for number, of_game in enumerate(zip(*of_seed, strict=True), first):
            yield None if len(set(of_game)) == 1 else f"game {number} hangs on the hash seed"


def order_of_a_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UNORDERED, "1")


EXACT_REPLAY = Experiment(
    id="R9",
    name="exact_replay",
    what="games of every cast folded under 20 hash seeds: the same log, the same state at every event",
    unit="games",
    count=1_000,
    tries=replay_tries,
    wrong={"the order of a set": order_of_a_set},
    enough=1,
)

if __name__ == "__main__":
    first_game, so_many = map(int, sys.argv[1:])
    print(json.dumps([digest(number) for number in range(first_game, first_game + so_many)]))
