"""Who stands in the way: acceptability by ally, what each blocks alone, what each hurdle and red line costs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from game_rules.analysis.valuation import Valuation
from game_rules.analysis.vectorised import Truths
from game_rules.conditions import SeatId


def acceptability(objecting: Truths, allies: tuple[SeatId, ...]) -> dict[SeatId, int]:
    """How many packages each ally can live with. `objecting` is packages by allies."""
    accepted = (~objecting).sum(axis=0)
    return {seat: int(count) for seat, count in zip(allies, accepted, strict=True)}


def blocked_alone(objecting: Truths, allies: tuple[SeatId, ...]) -> dict[SeatId, int]:
    """How many packages each ally blocks that nobody else does: what its consent alone would open.

    How pivotal an ally is under consensus; with one vote each and unanimity every other index of power is equal.
    """
    single = objecting.sum(axis=1) == 1
    counts = objecting[single].sum(axis=0)
    return {seat: int(count) for seat, count in zip(allies, counts, strict=True)}


def opened_by_lifting(valued: Valuation, reasons: Iterable[str]) -> int:
    """How many more packages nobody objects to once these reasons (red lines, `path_not_acceptable`) are nobody's."""
    return acceptable_to_all(valued.objecting(reasons)) - acceptable_to_all(valued.objecting())


def acceptable_to_all(objecting: Truths) -> int:
    """How many packages nobody objects to."""
    return int(np.count_nonzero(~objecting.any(axis=1)))
