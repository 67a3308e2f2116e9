"""The log of a game as bytes: records in canonical JSON, chained by hashes, and the file they are saved in.

A saved game is JSON Lines: a header, one line a record, one line a text of the side table (those that were not
erased), and an end line that says how many records there are and the head of the chain. So a line that was changed,
cut, doubled or moved is named as such (`verify`). This module neither reads files nor knows what events mean.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any

from game_rules.messages import Actor
from game_rules.scenario import canonical_json

FORMAT = "vilnius-summit-saved-game"
FORMAT_VERSION = 1

TEXT_ID_CHARACTERS = 26
"""130 bits of a SHA-256 in base32: too many to find a second text for one id."""


def chain_start(game: str) -> bytes:
    """What stands before the first record: 32 bytes that depend on the game alone."""
    return hashlib.sha256(f"{FORMAT}:{game}".encode()).digest()


@dataclass(frozen=True)
class Record:
    """One event in its envelope. `event` is canonical JSON, `at` milliseconds since 1970 (UTC), `seq` counts from 1."""

    seq: int
    at: int
    actor: Actor
    command_id: str
    event: str

    @cached_property
    def envelope(self) -> str:
        """The record as canonical JSON: what the chain is made of. Its keys stand in alphabetical order."""
        actor = f'{{"id":{_quoted(self.actor.id)},"kind":{_quoted(self.actor.kind)},"seat":{_quoted(self.actor.seat)}}}'
        return (
            f'{{"actor":{actor},"at":{self.at},"command_id":{_quoted(self.command_id)},'
            f'"event":{self.event},"seq":{self.seq}}}'
        )

    def hash_after(self, previous: bytes) -> bytes:
        """The chain's head with this record on it: SHA-256 of the head before and the envelope."""
        return hashlib.sha256(previous + self.envelope.encode()).digest()


def _quoted(value: str | None) -> str:
    # What json.dumps does with a string, without making an encoder for it: three times for every record.
    return "null" if value is None else encode_basestring(value)


def chained(records: Iterable[Record], previous: bytes) -> Iterator[tuple[Record, bytes]]:
    """Each record with the head of the chain after it."""
    for record in records:
        previous = record.hash_after(previous)
        yield record, previous


# --- free text ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the side table. `id` commits to it: nobody can change the text without the id showing it."""

    id: str
    salt: bytes
    text: str


def commit_text(key: bytes, actor_key: str, command_id: str, field: str, text: str) -> Text:
    """The text under the id that goes into the log.

    The salt hides short texts from guessing once the text is erased; it comes from the game's own key, so that the
    same seed and commands give the same log.
    """
    # BLAKE2 takes a key of its own: as good as an HMAC, at a twentieth of its price.
    salt = hashlib.blake2b("\0".join((actor_key, command_id, field)).encode(), key=key, digest_size=16).digest()
    return Text(text_id(salt, text), salt, text)


def text_id(salt: bytes, text: str) -> str:
    return base64.b32encode(hashlib.sha256(salt + text.encode()).digest()).decode().lower()[:TEXT_ID_CHARACTERS]


# --- the file ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SavedGame:
    """A saved game that was read and found whole."""

    game: str
    records: tuple[Record, ...]
    texts: tuple[Text, ...]
    head: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a saved game. `line` counts from 1."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class Damaged(Exception):
    """The file is not the saved game it was."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def write_lines(game: str, records: Iterable[Record], texts: Iterable[Text]) -> Iterator[str]:
    """The lines of a saved game, without line ends."""
    yield _line({"format": FORMAT, "version": FORMAT_VERSION, "game": game})
    head, count = chain_start(game), 0
    for record, head in chained(records, head):  # noqa: B020 - the head after the last record is the end line's
        count = record.seq
        yield _record_line(record, head)
    for text in texts:
        yield _line({"text": text.id, "salt": text.salt.hex(), "value": text.text})
    yield _line({"end": {"records": count, "head": head.hex()}})


def _record_line(record: Record, head: bytes) -> str:
    return f'{{"hash":"{head.hex()}","record":{record.envelope}}}'


def _line(value: Mapping[str, Any]) -> str:
    return canonical_json(value).decode()


def read_lines(lines: Iterable[str]) -> SavedGame:
    """The saved game in these lines. Raises Damaged with the first line that is not as it was written."""
    reader = _Reader()
    for number, line in enumerate(lines, start=1):
        reader.take(number, line.rstrip("\r\n"))
    return reader.finished()


class _Reader:
    """Reads a saved game line by line and says at which line it stops being what was written."""

    def __init__(self) -> None:
        self.line = 0
        self.game: str | None = None
        self.head = b""
        self.records: list[Record] = []
        self.texts: list[Text] = []
        self.ended = False

    def take(self, number: int, line: str) -> None:
        self.line = number
        if self.ended:
            raise self.damaged("there is something after the end")
        entry = self._parsed(line)
        if self.game is None:
            self._header(entry)
        elif "record" in entry:
            self._record(entry, line)
        elif "text" in entry:
            self._text(entry)
        elif "end" in entry:
            self._end(entry)
        else:
            raise self.damaged("this is neither a record, a text nor the end")

    def finished(self) -> SavedGame:
        if self.game is None or not self.ended:
            self.line += 1
            raise self.damaged("the file is cut: its end is missing")
        return SavedGame(self.game, tuple(self.records), tuple(self.texts), self.head)

    def damaged(self, reason: str) -> Damaged:
        return Damaged(Fault(self.line, reason))

    def _parsed(self, line: str) -> dict[str, Any]:
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            raise self.damaged("this is not JSON: the line was changed or cut") from None
        if not isinstance(entry, dict):
            raise self.damaged("this is not a JSON object")
        return entry

    def _header(self, entry: dict[str, Any]) -> None:
        if entry.get("format") != FORMAT:
            raise self.damaged("this is not a saved game: the header is missing")
        if entry.get("version") != FORMAT_VERSION:
            raise self.damaged(f"this format is version {entry.get('version')}; known is {FORMAT_VERSION}")
        if not isinstance(entry.get("game"), str):
            raise self.damaged("the header names no game")
        self.game = entry["game"]
        self.head = chain_start(self.game)

    def _record(self, entry: dict[str, Any], line: str) -> None:
        body = entry["record"]
        record = self._record_of(body)
        expected = len(self.records) + 1
        if record.seq != expected:
            raise self.damaged(_out_of_order(record.seq, expected))
        head = record.hash_after(self.head)
        if line != _record_line(record, head) and not _says_the_same(entry, record, head):
            raise self.damaged(f"record {record.seq} was changed: its hash does not fit")
        self.head = head
        self.records.append(record)

    def _record_of(self, body: Any) -> Record:
        try:
            kind, identifier, seat = (body["actor"][key] for key in ("kind", "id", "seat"))
            seq, at, command_id = body["seq"], body["at"], body["command_id"]
            event = canonical_json(body["event"]).decode()
        except (KeyError, TypeError, ValueError):
            raise self.damaged("this record was changed: parts of it are missing") from None
        if not isinstance(seq, int) or not isinstance(at, int):
            raise self.damaged("this record was changed: its number or time is not an integer")
        if not all(isinstance(name, str) for name in (kind, identifier, command_id, seat or "")):
            raise self.damaged("this record was changed: who acted is not a name")
        return Record(seq, at, Actor(kind, identifier, seat), command_id, event)

    def _text(self, entry: dict[str, Any]) -> None:
        try:
            text = Text(entry["text"], bytes.fromhex(entry["salt"]), entry["value"])
            fits = text_id(text.salt, text.text) == text.id
        except (KeyError, TypeError, ValueError, AttributeError):
            fits = False
        if not fits:
            raise self.damaged("this text was changed: its id does not fit")
        self.texts.append(text)

    def _end(self, entry: dict[str, Any]) -> None:
        if entry["end"] != {"records": len(self.records), "head": self.head.hex()}:
            raise self.damaged(f"records are missing before the end: {len(self.records)} are here")
        self.ended = True


def _says_the_same(entry: dict[str, Any], record: Record, head: bytes) -> bool:
    """Whether a line that another program has spaced or escaped anew says what was written, and nothing more."""
    return head.hex() == entry.get("hash") and record.envelope == canonical_json(entry["record"]).decode()


def _out_of_order(found: int, expected: int) -> str:
    if found > expected:
        missing = f"record {expected}" if found == expected + 1 else f"records {expected} to {found - 1}"
        return f"{missing} should stand here, and record {found} does: lines were cut or moved"
    return f"record {found} stands here a second time or out of order: record {expected} should"
