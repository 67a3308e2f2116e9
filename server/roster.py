"""A class list as a table: who is to sit where. CSV or JSON lines, read as a whole or not at all.

| format | a line |
|---|---|
| `csv` | `name,seat` or `name,seat,role`; a first line with these words is a heading |
| `jsonl` | `{"name": "Anna", "seat": "<seat>", "role": "head"}` |

A seat is named by its id or by its name, in small letters or capitals. Roles are `head`, `delegate`, `adviser`; without
one the first of a delegation heads it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from game_rules.messages import NAME_MAX_CHARACTERS, Role
from game_rules.scenario import Seat
from server.texts import clean_name

Format = Literal["csv", "jsonl"]
FIELDS = ("name", "seat", "role")
MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class Place:
    """One person of the list."""

    name: str
    seat: str
    role: Role | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be used. `expected` is what would be right there; nothing of the line is repeated."""

    line: int
    field: str
    expected: tuple[str, ...]


class BadRoster(Exception):
    """Some lines are wrong, and nobody was invited."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(len(faults))
        self.faults = faults


def read_roster(text: str, form: Format, seats: Mapping[str, Seat]) -> tuple[Place, ...]:
    """The people of the list, in its order. Raises BadRoster with every line that is wrong."""
    places: list[Place] = []
    faults: list[Fault] = []
    for line, fields in _csv_lines(text) if form == "csv" else _json_lines(text):
        read = _place(line, fields, seats)
        if isinstance(read, Place):
            places.append(read)
        else:
            faults.append(read)
    if not places and not faults:
        faults.append(Fault(1, "name", ("name,seat,role",)))
    if len(places) > MOST_LINES:
        faults.append(Fault(MOST_LINES + 1, "name", (f"at most {MOST_LINES} lines",)))
    if faults:
        raise BadRoster(tuple(faults))
    return tuple(places)


def _csv_lines(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), skipinitialspace=True)
    for cells in reader:
        fields = [cell.strip() for cell in cells]
        heading = reader.line_num == 1 and [cell.lower() for cell in fields] in ([*FIELDS], [*FIELDS[:2]])
        if any(fields) and not heading:
            yield reader.line_num, dict(zip((*FIELDS, "more"), fields, strict=False))


def _json_lines(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            fields = None
        yield number, fields if isinstance(fields, dict) else {"more": line}


def _place(line: int, fields: Mapping[str, Any], seats: Mapping[str, Seat]) -> Place | Fault:
    if not set(fields) <= set(FIELDS):
        return Fault(line, "line", ("name,seat,role",))
    name = clean_name(str(fields.get("name") or ""))
    if not 1 <= len(name) <= NAME_MAX_CHARACTERS:
        return Fault(line, "name", (f"1 to {NAME_MAX_CHARACTERS} characters",))
    seat = _seat(str(fields.get("seat") or ""), seats)
    if seat is None:
        return Fault(line, "seat", tuple(seats))
    role = str(fields.get("role") or "").lower()
    if role and role not in get_args(Role):
        return Fault(line, "role", get_args(Role))
    return Place(name, seat, cast(Role, role) if role else None)


def _seat(named: str, seats: Mapping[str, Seat]) -> str | None:
    wanted = named.strip().casefold()
    return next((seat.id for seat in seats.values() if wanted in (seat.id.casefold(), seat.name.casefold())), None)
