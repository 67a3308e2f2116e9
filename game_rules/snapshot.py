"""A state as bytes and back, so that neither a long game nor a replay folds from the start.

A snapshot is a cache of the log, never the truth: one of another version is refused by `load_state` and the log is
folded instead. It holds what changes; the scenario comes from the game's first event.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from game_rules.engine import EVENTS
from game_rules.messages import Actor
from game_rules.scenario import Scenario
from game_rules.state import GameState, Recorded, rules_of
from game_rules.state_json import as_text, parts_json, read_parts

SNAPSHOT_VERSION = 4
"""Rises with every change of the state's shape."""


class UnknownSnapshot(ValueError):
    """The bytes are no snapshot of this version: fold the log."""


def dump_state(state: GameState) -> bytes:
    """The state as JSON; equal states give equal bytes.

    Keys are not sorted: the order of drafts and seats is part of the game (the first of equals, the table's order).
    """
    return _bytes(
        {
            "version": SNAPSHOT_VERSION,
            "digest": state.rules.digest,
            "cast": state.rules.cast.id,
            "clock_minutes": state.rules.clock_minutes,
            "pace": state.rules.pace,
            "record": _record_json(state.record),
            "private_records": [[reader, _record_json(record)] for reader, record in state.private_records.items()],
            "done_for": [[seat, _record_json(done)] for seat, done in state.done_for.items()],
            "state": parts_json(state),
        }
    )


def _record_json(record: tuple[Recorded, ...]) -> list[Any]:
    """A record with whole events: their fields hang on their type, which the state's own types do not know."""
    return [
        [
            entry.at,
            [entry.by.kind, entry.by.id, entry.by.seat],
            EVENTS.dump_python(entry.event, mode="json"),  # type: ignore[arg-type]
            entry.undone,
        ]
        for entry in record
    ]


def _record(held: list[Any]) -> tuple[Recorded, ...]:
    return tuple(
        Recorded(at, Actor(kind, identifier, seat), EVENTS.validate_python(event), undone)
        for at, (kind, identifier, seat), event, undone in held
    )


def _bytes(value: dict[str, Any]) -> bytes:
    return as_text(value).encode()


def state_hash(state: GameState) -> str:
    """Tells two states apart, across machines and runs."""
    return hashlib.sha256(dump_state(state)).hexdigest()


def load_state(data: bytes, scenario: Scenario) -> GameState:
    """The state of a snapshot. Raises UnknownSnapshot for another version or scenario, and for what is no snapshot."""
    held = _held(data)
    if held.get("version") != SNAPSHOT_VERSION or held["digest"] != scenario.digest():
        raise UnknownSnapshot("not a snapshot of this version and scenario")
    rules = rules_of(scenario, held["digest"], held["cast"], held["clock_minutes"], held["pace"])
    return GameState(
        rules=rules,
        record=_record(held["record"]),
        private_records={reader: _record(record) for reader, record in held["private_records"]},
        done_for={seat: _record(done) for seat, done in held["done_for"]},
        **read_parts(held["state"]),
    )


def _held(data: bytes) -> dict[str, Any]:
    try:
        held = json.loads(data)
    except ValueError as error:
        raise UnknownSnapshot("not a snapshot") from error
    if not isinstance(held, dict):
        raise UnknownSnapshot("not a snapshot")
    return held
