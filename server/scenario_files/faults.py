"""A fault in a scenario on disk: where it stands and what is wrong, and how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game_rules.faults import Place


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong and where. `file` is relative to the scenario's folder, lines and columns count from 1.

    `line` is None where the fault is with the file itself, `file` is "" where it is with the folder.
    """

    file: str
    line: int | None
    column: int | None
    place: str
    reason: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"
        return ": ".join(part for part in (where, self.place, self.reason) if part)


class FaultyScenario(ValueError):
    """A folder that is not a playable scenario. `faults` has at least one."""

    def __init__(self, faults: Sequence[FileFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def written(place: Place) -> str:
    """The place as people write it: `seats.NORTH.red_lines[3]`."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
