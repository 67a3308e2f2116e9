"""Everything outside the text that decides what it is worth: the world, trade, complements, conduct, injects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainSerializer

from game_rules.scenario import Effect, SignedComplement

Names = Annotated[frozenset[str], PlainSerializer(sorted)]
"""A set that is written in one order: a snapshot that holds circumstances is the same bytes everywhere."""

UNDECIDED = "undecided"
"""The world outcome every game begins in, until the aftermath draws one."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The state around a package, as ids of the scenario; the evaluator checks and resolves them.

    `deals` are those signed by all their parties, `complements` as signed (whether in force is worked out),
    `effects` those of the injects that hold now, in the order they came (a `revision` has no effect here). `breaks`,
    `statements` and `footnotes` count the room's; `adopted` is false for the status quo after a deadlock.
    `also_signed` are seats that signed another sheet of one of these complements: they count for `allies_signing`.
    """

    world: str = UNDECIDED
    flags: Names = frozenset()
    deals: Names = frozenset()
    complements: tuple[SignedComplement, ...] = ()
    adopted: bool = True
    breaks: int = 0
    statements: int = 0
    footnotes: int = 0
    effects: tuple[Effect, ...] = ()
    also_signed: Names = frozenset()


BASELINE = Circumstances()
"""The start of play: nothing signed, nothing broken, the world undecided."""
