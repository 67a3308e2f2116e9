"""What an experiment is: something tried very often that never fails - unless the design is made wrong on purpose."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import pytest

Tries: TypeAlias = Iterator[str | None]
"""One item a try: None when all was well, else what was not, in words."""

WrongDesign: TypeAlias = Callable[[pytest.MonkeyPatch], None]
"""Puts a mistake in until the patches are undone."""


@dataclass(frozen=True)
class Experiment:
    """`tries(count, seed)` tries it so often. `id` is its row of the promises, where it has one.

    It counts only when it also fails on the wrong designs: each must be noticed within `enough` tries.
    """

    id: str
    name: str
    what: str
    unit: str
    count: int
    tries: Callable[[int, int], Tries]
    wrong: Mapping[str, WrongDesign] = field(default_factory=dict)
    enough: int = 1

    def notices(self, wrong: WrongDesign, seed: int) -> bool:
        with pytest.MonkeyPatch.context() as monkeypatch:
            wrong(monkeypatch)
            return any(self.tries(self.enough, seed))


@dataclass(frozen=True)
class Result:
    """A row of the report. `noticed` and `unnoticed` are wrong designs."""

    id: str
    name: str
    what: str
    unit: str
    seed: int
    tried: int
    failures: list[str]
    noticed: list[str]
    unnoticed: list[str]
    seconds: float

    @property
    def good(self) -> bool:
        return self.tried > 0 and not self.failures and not self.unnoticed


def carried_out(one: Experiment, scale: float, seed: int) -> Result:
    """First the wrong designs, then the real one."""
    began = time.monotonic()
    noticed = {name: one.notices(wrong, seed) for name, wrong in one.wrong.items()}
    told = list(one.tries(max(1, round(one.count * scale)), seed))
    return Result(
        one.id,
        one.name,
        one.what,
        one.unit,
        seed,
        len(told),
        [failure for failure in told if failure],
        [name for name, seen in noticed.items() if seen],
        [name for name, seen in noticed.items() if not seen],
        round(time.monotonic() - began, 1),
    )
