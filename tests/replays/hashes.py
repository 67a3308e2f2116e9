"""Hashes of the states of every golden, as JSON on standard output: to be compared across runs and hash seeds."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from game_rules.engine import EVENTS, evolve
from game_rules.scenario import canonical_json
from game_rules.snapshot import state_hash
from game_rules.state import GameState
from game_rules.view import SPECTATOR, Viewer, Views, facilitator_viewer, member_viewer
from tests.replays.goldens import GOLDENS, Golden
from tests.replays.table import FACILITATOR


def states(golden: Golden) -> Iterator[GameState]:
    """The game after each of its events."""
    state: GameState | None = None
    for record in golden.saved.records:
        state = evolve(state, EVENTS.validate_json(record.event), record.actor, record.at)
        yield state


def state_hashes(golden: Golden) -> list[str]:
    """The state's hash after every third event of the log: what one event leaves behind the next ones carry along."""
    return [state_hash(state) for state in itertools.islice(states(golden), 2, None, 3)]


def view_hashes(state: GameState) -> dict[str, str]:
    """SHA-256 of what everybody sees, and of what each viewer sees beside it: seats, spectator, facilitator."""
    viewers: dict[str, Viewer] = {seat: member_viewer(f"{seat}.1", seat) for seat in state.seats}
    viewers |= {"spectator": SPECTATOR, "facilitator": facilitator_viewer(FACILITATOR.id)}
    views = Views()
    private = {name: _hash(views.private(state, viewer)) for name, viewer in viewers.items()}
    return {"all": _hash(views.public(state)), **private}


def _hash(half: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_json(half)).hexdigest()


def last_hashes(golden: Golden) -> dict[str, Any]:
    """What stands in `golden/hashes.json`: of the state at the end, and of what everybody sees of it."""
    *_, last = states(golden)
    return {"state": state_hash(last), "views": view_hashes(last)}


if __name__ == "__main__":
    print(json.dumps({golden.name: state_hashes(golden) for golden in GOLDENS}))
