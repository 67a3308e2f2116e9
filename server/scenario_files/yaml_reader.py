"""Reads YAML 1.2 that may come from anybody: plain data only, and where each part of it stands.

It works on the parser's events and builds nothing that the file does not spell out: anchors, aliases, tags, merge keys
and second documents are faults, so a file of a kilobyte cannot unfold into a gigabyte; depth and number of values are
bounded while reading. What a plain scalar means is YAML's core schema, so `NO` is the word NO.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from game_rules.faults import Place
from server.scenario_files.faults import FileFault, written

MOST_DEPTH = 40
MOST_VALUES = 20_000  # in one file, about a second's work; the Vilnius scenario has 14,000 in all its files
MOST_FAULTS = 50  # told of one file; whoever has more sees the rest after mending these
LONGEST_SHOWN = 60  # characters of a name that a fault repeats
MOST_DIGITS = 15  # of a number: what every JSON reader keeps exactly

# What YAML allows in a text (its production `c-printable`), but for the byte order mark, which is taken off before.
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True)
class YamlText:
    """What a file says. `data` is None where it cannot be read; `positions` are line and column (from 1) by place."""

    data: dict[str, Any] | None
    positions: dict[Place, tuple[int, int]]
    faults: tuple[FileFault, ...]


class _GiveUp(Exception):
    """Nothing more can be learnt from this file."""


@dataclass
class _Open:
    """A mapping or list that is being filled. `key` is the key whose value comes next."""

    value: dict[str, Any] | list[Any]
    place: Place
    key: str | None = None
    duplicate: bool = False


@dataclass
class _Reader:
    file: str
    faults: list[FileFault] = field(default_factory=list)
    positions: dict[Place, tuple[int, int]] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    top: Any = None
    values: int = 0
    documents: int = 0

    def fault(self, reason: str, line: int | None = None, column: int | None = None, place: Place = ()) -> None:
        self.faults.append(FileFault(self.file, line, column, written(place), reason))
        if len(self.faults) >= MOST_FAULTS:
            raise _GiveUp

    def fault_at(self, event: Event, reason: str) -> None:
        mark = event.start_mark
        self.fault(reason, mark.line + 1, mark.column + 1, self._place_of_next())

    def _place_of_next(self) -> Place:
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.value, list):
            return (*top.place, len(top.value))
        return top.place if top.key is None else (*top.place, top.key)

    # -- events --------------------------------------------------------------------------------------------------

    def read(self, event: Event) -> None:
        match event:
            case DocumentStartEvent():
                self._begin_document(event)
            case MappingEndEvent() | SequenceEndEvent():
                self.stack.pop()
            case AliasEvent():
                self.fault_at(
                    event, f"the alias '*{_short(event.anchor)}' is not allowed in a scenario: write the value out"
                )
                self._add(event, None)
            case ScalarEvent() | MappingStartEvent() | SequenceStartEvent():
                self._begin_value(event)
            case _:
                pass

    def _begin_document(self, event: DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.fault_at(event, "a second document begins here: a file holds one")
            raise _GiveUp
        if event.version not in (None, (1, 2)):
            self.fault_at(event, "scenarios are YAML 1.2: take the %YAML line away")

    def _begin_value(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        if event.anchor is not None:
            self.fault_at(event, f"the anchor '&{_short(event.anchor)}' is not allowed in a scenario")
        if event.ctag is not None:
            self.fault_at(event, f"the tag '{_short(event.ctag)}' is not allowed in a scenario")
        self.values += 1
        if self.values > MOST_VALUES:
            self.fault_at(event, f"more than {MOST_VALUES:,} values in one file")
            raise _GiveUp
        if self._expects_key():
            self._begin_key(event)
        elif isinstance(event, ScalarEvent):
            self._add(event, self._scalar(event))
        else:
            self._open(event, {} if isinstance(event, MappingStartEvent) else [])

    def _expects_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _begin_key(self, event: NodeEvent) -> None:
        if not isinstance(event, ScalarEvent):
            self.fault_at(event, "a key must be a word, not a list or a mapping")
            raise _GiveUp
        top, key = self.stack[-1], str(event.value)
        assert isinstance(top.value, dict)  # only mappings expect a key
        if key == "<<" and event.style is None:
            self.fault_at(event, "the merge key '<<' is not allowed in a scenario")
        top.key, top.duplicate = key, key in top.value
        if top.duplicate:
            first = self.positions[(*top.place, key)][0]
            self.fault_at(event, f"{key!r} is given twice: the first time in line {first}")
        else:
            self.positions[(*top.place, key)] = (event.start_mark.line + 1, event.start_mark.column + 1)

    def _open(self, event: NodeEvent, value: dict[str, Any] | list[Any]) -> None:
        if len(self.stack) >= MOST_DEPTH:
            self.fault_at(event, f"nested more than {MOST_DEPTH} deep")
            raise _GiveUp
        place = self._add(event, value)
        self.stack.append(_Open(value, place))

    def _add(self, event: Event, value: Any) -> Place:
        place = self._place_of_next()
        if not self.stack:
            self.top = value
            self.positions[place] = (event.start_mark.line + 1, event.start_mark.column + 1)
            return place
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            self.positions[place] = (event.start_mark.line + 1, event.start_mark.column + 1)
        elif top.key is not None:
            if not top.duplicate:
                top.value[top.key] = value
            top.key = None
        return place

    def _scalar(self, event: ScalarEvent) -> Any:
        text = str(event.value)
        if event.style is not None or event.ctag is not None:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if len(text) > MOST_DIGITS and (_INTEGER.fullmatch(text) or _FLOAT.fullmatch(text)):
            self.fault_at(event, f"a number of more than {MOST_DIGITS} characters; put a text in quotes")
            return 0
        if _INTEGER.fullmatch(text):
            return int(text, 0 if text[:2] in ("0o", "0x") else 10)
        return float(text) if _FLOAT.fullmatch(text) else text


def _short(name: object) -> str:
    return str(name)[:LONGEST_SHOWN]


def read_yaml(file: str, text: str) -> YamlText:
    """The mapping that a YAML text holds, with every fault found; never raises for what the text contains."""
    reader = _Reader(file)
    try:
        _refuse_unprintable(reader, text)
        for event in _events(text):
            reader.read(event)
        if not isinstance(reader.top, dict):
            found = "nothing" if reader.top is None else "a list" if isinstance(reader.top, list) else "a single value"
            reader.fault(f"expected keys with values at the top, found {found}", 1, 1)
    except _GiveUp:
        pass
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        reader.faults.append(FileFault(file, line, column, "", f"not readable as YAML: {reason}"))
    except YAMLError as error:
        reader.faults.append(FileFault(file, 1, 1, "", f"not readable as YAML: {error}"))
    data = reader.top if isinstance(reader.top, dict) and not reader.faults else None
    return YamlText(data, reader.positions, tuple(reader.faults))


def _events(text: str) -> Iterator[Event]:
    events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
    return events


def _refuse_unprintable(reader: _Reader, text: str) -> None:
    found = _NOT_PRINTABLE.search(text)
    if found is not None:
        before = text[: found.start()]
        line, column = before.count("\n") + 1, found.start() - (before.rfind("\n") + 1) + 1
        reader.fault(f"the character U+{ord(found[0]):04X} is not text: is this a text file?", line, column)
        raise _GiveUp
