"""A scenario's folder as it stands on disk: which files count, how large they may be, and what they say together.

The YAML files at the top each hold some of the scenario's keys; `briefs/<SEAT>.md` are the briefs,
`translations/<language>.yaml` some of the words in other languages. Other files are left alone. Nothing is followed out
of the folder: links and special files are faults.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game_rules.briefs import parse_brief
from game_rules.faults import Place
from server.scenario_files.faults import FileFault, written
from server.scenario_files.yaml_reader import read_yaml

LARGEST_FILE = 512 * 1024  # bytes; the largest file of the Vilnius scenario has 70 kB
LARGEST_SCENARIO = 2 * 1024 * 1024  # bytes
MOST_FILES = 200
BRIEFS = "briefs"
TRANSLATIONS = "translations"


@dataclass
class Source:
    """What a folder says, with where it says it. `data` is what the model is built from."""

    data: dict[str, Any] = field(default_factory=dict)
    positions: dict[Place, tuple[str, int, int]] = field(default_factory=dict)
    faults: list[FileFault] = field(default_factory=list)

    def fault(self, file: str, reason: str, line: int | None = None, column: int | None = None) -> None:
        self.faults.append(FileFault(file, line, column, "", reason))

    def fault_at(self, place: Place, reason: str) -> None:
        """A fault with what stands at that place, or, where nothing does, with what it should stand in."""
        nearest = place
        while nearest and nearest not in self.positions:
            nearest = nearest[:-1]
        file, line, column = self.positions.get(nearest, ("scenario.yaml", 1, 1))
        self.faults.append(FileFault(file, line, column, written(place), reason))


def read_bytes(folder: Path) -> tuple[dict[str, bytes], list[FileFault]]:
    """Every file that counts, by its name in the folder, in order, and what is wrong with the files as such.

    Raises OSError for what cannot be read.
    """
    if not folder.exists():
        return {}, [FileFault("", None, None, "", f"{folder}: there is no such folder")]
    if not folder.is_dir():
        return {}, [FileFault("", None, None, "", f"{folder}: a scenario is a folder, this is a file")]
    found: dict[str, bytes] = {}
    faults: list[FileFault] = []
    total = 0
    for number, path in enumerate(_files(folder)):
        name = path.relative_to(folder).as_posix()
        reason = "more files than a scenario may have" if number >= MOST_FILES else _unfit(path)
        if reason is None:
            found[name] = path.read_bytes()
            total += len(found[name])
            if total > LARGEST_SCENARIO:
                reason = f"the files together are larger than {LARGEST_SCENARIO:,} bytes"
        if reason is not None:
            faults.append(FileFault(name, None, None, "", reason))
        if number >= MOST_FILES or total > LARGEST_SCENARIO:
            return {}, faults
    if "scenario.yaml" not in found and not faults:
        faults.append(FileFault("scenario.yaml", None, None, "", "a scenario needs this file, and it is not there"))
    return found, faults


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    for inner, suffixes in ((BRIEFS, (".md",)), (TRANSLATIONS, (".yaml", ".yml"))):
        within = folder / inner
        if within.is_dir() and not within.is_symlink():
            yield from sorted(path for path in within.iterdir() if path.suffix in suffixes)


def _unfit(path: Path) -> str | None:
    if path.suffix == ".yml":
        return f"the ending is .yaml: name it {path.stem}.yaml"
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return "not a plain file: links and special files are not followed"
    if status.st_size > LARGEST_FILE:
        return f"{status.st_size:,} bytes; a file may have {LARGEST_FILE:,}"
    return None


def is_translation(name: str) -> bool:
    return name.startswith(f"{TRANSLATIONS}/")


def read_source(files: dict[str, bytes]) -> Source:
    """What the files say together. Faults are collected; `data` is complete only where there are none.

    Translations say nothing of the scenario itself: they are read apart.
    """
    source = Source()
    texts = {name: decoded(source, name, content) for name, content in files.items() if not is_translation(name)}
    for name, text in texts.items():
        if text is not None and name.endswith(".yaml"):
            add_yaml(source, name, text)
    for name, text in texts.items():
        if text is not None and name.endswith(".md"):
            _add_brief(source, name, text)
    return source


def decoded(source: Source, name: str, content: bytes) -> str | None:
    """A file's text; None, and a fault, where it is none."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        source.fault(name, "this is UTF-16: save it as UTF-8", 1, 1)
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        source.fault(name, f"not UTF-8: the byte 0x{content[error.start]:02X} stands here", line, column)
        return None


def add_yaml(source: Source, name: str, text: str) -> None:
    """What one YAML file says, beside what the source says already."""
    read = read_yaml(name, text)
    source.faults.extend(read.faults)
    for key, value in (read.data or {}).items():
        line, column = read.positions[(key,)]
        if key in source.data:
            other, other_line, _ = source.positions[(key,)]
            source.faults.append(
                FileFault(name, line, column, key, f"{key!r} is given in {other}, line {other_line}, already")
            )
        else:
            source.data[key] = value
    for place, (line, column) in read.positions.items():
        source.positions.setdefault(place, (name, line, column))


def _add_brief(source: Source, name: str, text: str) -> None:
    seat = name.removeprefix(f"{BRIEFS}/").removesuffix(".md")
    seats = source.data.get("seats")
    if not isinstance(seats, dict):
        return  # the file that should hold the seats has a fault of its own
    if not isinstance(seats.get(seat), dict):
        source.fault(name, f"there is no seat {seat!r}", 1, 1)
        return
    place: Place = ("seats", seat, "brief")
    if "brief" in seats[seat]:
        source.fault_at(place, f"the brief of a seat is {name}, not a key")
        return
    source.positions[place] = (name, 1, 1)
    try:
        seats[seat]["brief"] = parse_brief(text).model_dump()
    except ValueError as error:
        wrong = next((n for n, line in enumerate(text.splitlines(), 1) if "<!--" in line and _faulty(line)), 1)
        source.fault(name, str(error), wrong, 1)
        return
    _locate_tags(source, name, seat, text)


def _faulty(line: str) -> bool:
    try:
        parse_brief(line if line.lstrip().startswith(("-", "*")) else f"- {line}")
    except ValueError:
        return True
    return False


_SENTENCES_OF = ("red_line", "deal", "soft_line", "complement")


def _locate_tags(source: Source, name: str, seat: str, text: str) -> None:
    """Where each tag of a brief stands, so that a fault with it has a line."""
    base: Place = ("seats", seat, "brief")
    aims = 0
    for number, line in enumerate(text.splitlines(), 1):
        for comment in line.split("<!--")[1:]:
            kind, _, rest = comment.partition("-->")[0].strip().partition(":")
            column = line.index("<!--") + 1
            if kind == "aim":
                source.positions[(*base, "aims", aims)] = (name, number, column)
                aims += 1
            elif kind in _SENTENCES_OF:
                source.positions[(*base, f"{kind}_sentences", rest.strip())] = (name, number, column)
