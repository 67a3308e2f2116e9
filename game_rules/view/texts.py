"""Which texts of the side table a view or an update speaks of.

The fields that hold text ids are named here, once; a viewer is sent the texts of the ids it gets, and no others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TEXT_FIELDS = frozenset({"name", "note", "reason", "lift", "text"})
"""Fields of views and of recorded events that hold a text id, where nothing else has that name."""

NOT_TEXTS = frozenset({"scenario", "brief", "outcome", "can", "deals"})
"""Sections whose fields of these names hold the scenario's own words."""


def text_ids(value: Any) -> Iterator[str]:
    """The ids of the texts that appear in a view, half a view, or operations on one."""
    if isinstance(value, dict):
        if value.get("op") in ("set", "append") and "path" in value:
            yield from _of_operation(value)
            return
        for key, held in value.items():
            yield from _held(key, held)
    elif isinstance(value, list):
        for one in value:
            yield from text_ids(one)


def _held(key: str, held: Any) -> Iterator[str]:
    if key in NOT_TEXTS:
        return
    if key in TEXT_FIELDS and isinstance(held, str):
        yield held
    else:
        yield from text_ids(held)


def _of_operation(operation: dict[str, Any]) -> Iterator[str]:
    path = operation["path"]
    if NOT_TEXTS.intersection(path[:2]):  # a section of a half, or of the ledger in it
        return
    key = path[-1] if path else ""
    yield from _held(key, operation.get("value")) if "value" in operation else text_ids(operation["values"])
