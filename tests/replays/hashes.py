"""The hash of every state of every golden, as JSON on standard output: to be compared across runs and hash seeds."""

from __future__ import annotations

import json

from game_rules.engine import EVENTS, evolve
from game_rules.snapshot import state_hash
from game_rules.state import GameState
from tests.replays.goldens import GOLDENS, Golden


def state_hashes(golden: Golden) -> list[str]:
    """The state's hash after each event of the log."""
    state: GameState | None = None
    hashes = []
    for record in golden.saved().records:
        state = evolve(state, EVENTS.validate_json(record.event), record.actor, record.at)
        hashes.append(state_hash(state))
    return hashes


if __name__ == "__main__":
    print(json.dumps({golden.name: state_hashes(golden) for golden in GOLDENS}))
