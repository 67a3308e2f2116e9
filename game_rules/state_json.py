"""The parts of a state as JSON and back, field by field: what a snapshot and a game taken back are written with.

Records are left out: they hold events, which only the engine can read.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import fields
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from game_rules.state import GameState

RECORDS = ("record", "private_records", "done_for")
"""The fields that hold recorded events."""

_HINTS = get_type_hints(GameState)
_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    field.name: TypeAdapter(_HINTS[field.name]) for field in fields(GameState) if field.name not in ("rules", *RECORDS)
}

PARTS = tuple(_ADAPTERS)
"""The fields that are written, in the state's own order."""


def parts_json(state: GameState, names: Collection[str] = PARTS) -> list[Any]:
    """These fields as pairs of name and value. Keys keep their order: it is part of the game."""
    return [
        [name, adapter.dump_python(getattr(state, name), mode="json")]
        for name, adapter in _ADAPTERS.items()
        if name in names
    ]


def read_parts(held: list[Any]) -> dict[str, Any]:
    """The fields of such pairs. Raises pydantic's ValidationError and KeyError for another shape of state."""
    return {name: _ADAPTERS[name].validate_python(value) for name, value in held}


def as_text(value: Any) -> str:
    """JSON whose keys stand in the order they have: sorting them would change who comes first at the table."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
