"""A fault and its place, and the walk over the parts of a scenario that the checks share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import BaseModel

Place: TypeAlias = tuple[str | int, ...]
"""Where in the scenario's data: keys (as written, `is` for `equals`) and indices from the top."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where, and what would be right."""

    place: Place
    reason: str


def parts(value: object, place: Place = ()) -> Iterator[tuple[Place, BaseModel]]:
    """Every model inside the value, itself first, with its place; depth first, in the order of the fields."""
    if isinstance(value, BaseModel):
        yield place, value
        for name, field in type(value).model_fields.items():
            yield from parts(getattr(value, name), (*place, field.alias or name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from parts(item, (*place, key))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from parts(item, (*place, index))
