"""What bargaining theory picks from a list of outcomes: each figure one function of points and reservation values.

Everywhere `points[p, k]` is what outcome p is worth to party k and `reservation[k]` what no agreement is worth to it;
whole numbers, in any range. Outcomes are a finite list, not a convex set: solutions are the best rows of it, and there
are no lotteries between them.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np

from game_rules.analysis.valuation import Points
from game_rules.analysis.vectorised import Truths

NEAR = 1e-9
"""Rows this close to the best in floating point are compared again exactly."""


def zone_of_possible_agreement(points: Points, reservation: Points, objecting: Truths) -> Truths:
    """The outcomes that nobody objects to and that give each party at least its reservation value: the ZOPA.

    `objecting[p, k]` says whether party k may not accept outcome p, whatever its points. One truth an outcome.
    Source: Raiffa (1982), The Art and Science of Negotiation; red lines are this game's (rule 4.1).
    """
    accepted: Truths = np.logical_not(objecting.any(axis=1))
    return np.logical_and(accepted, (points >= reservation).all(axis=1))


def pareto_frontier(points: Points) -> Truths:
    """The outcomes that no other outcome beats: nowhere worse and somewhere better. One truth an outcome.

    Outcomes of the same worth to everybody stand or fall together. An empty list has an empty frontier.
    """
    if len(points) == 0:
        return np.zeros(0, dtype=np.bool_)
    rows, where = np.unique(points, axis=0, return_inverse=True)
    # Whatever beats a row has the larger sum, so in falling order of sums a row is beaten only by one already kept.
    order = np.argsort(-rows.sum(axis=1), kind="stable")
    kept = np.empty_like(rows)
    number = 0
    on_frontier = np.zeros(len(rows), dtype=np.bool_)
    for index in order:
        if not (kept[:number] >= rows[index]).all(axis=1).any():
            kept[number] = rows[index]
            number += 1
            on_frontier[index] = True
    result: Truths = on_frontier[where.reshape(-1)]
    return result


def nash_solution(points: Points, reservation: Points) -> int | None:
    """The row with the largest product of gains over the reservation values; None when none reaches them all.

    Ties: the first row. Where every row leaves somebody without a gain all products are 0, and the first stands.
    Source: Nash (1950), "The Bargaining Problem", Econometrica 18.
    """
    gains, rows = _gains(points, reservation)
    if len(rows) == 0:
        return None
    with np.errstate(divide="ignore"):
        logarithms = np.log(gains).sum(axis=1)
    near = np.flatnonzero((logarithms >= logarithms.max() - NEAR) | (logarithms == logarithms.max()))
    best = max(near, key=lambda row: (prod(map(int, gains[row])), -row))
    return int(rows[best])


def kalai_smorodinsky_solution(points: Points, reservation: Points) -> int | None:
    """The row in which the party that gets the smallest share of its greatest possible gain gets the most.

    The greatest gain is the best among rows at or above every reservation value; a party that can gain nothing is left
    out. In a convex set this is the point on the frontier where all shares are equal; in a list of outcomes it is the
    nearest to that: ties go to the larger second-smallest share and so on, then to the first row. None as above.
    Source: Kalai & Smorodinsky (1975), "Other Solutions to Nash's Bargaining Problem", Econometrica 43.
    """
    gains, rows = _gains(points, reservation)
    if len(rows) == 0:
        return None
    greatest = gains.max(axis=0)
    sharing = greatest > 0
    if not sharing.any():
        return int(rows[0])
    smallest = (gains[:, sharing] / greatest[sharing]).min(axis=1)
    near = np.flatnonzero(smallest >= smallest.max() - NEAR)

    def shares(row: int) -> list[Fraction]:
        return sorted(Fraction(int(g), int(most)) for g, most in zip(gains[row], greatest, strict=True) if most > 0)

    best = max(near, key=lambda row: (shares(int(row)), -row))
    return int(rows[best])


def utilitarian_optimum(points: Points, reservation: Points) -> int | None:
    """The row with the largest sum of points among those at or above every reservation value; the first of equals.

    None when there is none. Points of different parties are compared as they are. Source: Harsanyi (1955), "Cardinal
    Welfare, Individualistic Ethics, and Interpersonal Comparisons of Utility", Journal of Political Economy 63.
    """
    gains, rows = _gains(points, reservation)
    return int(rows[gains.sum(axis=1).argmax()]) if len(rows) else None


def egalitarian_optimum(points: Points, reservation: Points) -> int | None:
    """The row in which the smallest gain over the reservation values is largest; then the second smallest, and so on.

    Ties: the first row. None when no row reaches every reservation value. Source: Kalai (1977), "Proportional
    Solutions to Bargaining Situations", Econometrica 45; the order of the rest is Sen's leximin (1970).
    """
    gains, rows = _gains(points, reservation)
    if len(rows) == 0:
        return None
    ordered = np.sort(gains, axis=1)
    # lexsort's last key counts most, and it sorts upwards: the last row of its order is the best, ties the first row
    order = np.lexsort((-np.arange(len(rows)), *(ordered[:, column] for column in reversed(range(ordered.shape[1])))))
    return int(rows[order[-1]])


def _gains(points: Points, reservation: Points) -> tuple[Points, Points]:
    """Gains of the rows at or above every reservation value, and which rows these are."""
    gains = points - reservation
    rows = np.flatnonzero((gains >= 0).all(axis=1))
    return gains[rows], rows
