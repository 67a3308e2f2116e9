"""All figures of an outcome space under one set of side deals, as plain data for JSON."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from game_rules.analysis.blocking import acceptability, acceptable_to_all, blocked_alone, opened_by_lifting
from game_rules.analysis.outcome_space import OutcomeSpace
from game_rules.analysis.solutions import (
    egalitarian_optimum,
    kalai_smorodinsky_solution,
    nash_solution,
    pareto_frontier,
    utilitarian_optimum,
    zone_of_possible_agreement,
)
from game_rules.analysis.valuation import Valuation, valuation
from game_rules.analysis.vectorised import Truths
from game_rules.evaluation import Circumstances
from game_rules.scenario import PATH_NOT_ACCEPTABLE

SOLUTIONS = {
    "nash": nash_solution,
    "kalai_smorodinsky": kalai_smorodinsky_solution,
    "utilitarian": utilitarian_optimum,
    "egalitarian": egalitarian_optimum,
}
MOST_FOR_WHOLE_FRONTIER = 50_000
"""Packages up to which the frontier of the whole space is worked out; its cost grows with the square."""


def report(space: OutcomeSpace, deals: frozenset[str]) -> dict[str, Any]:
    """What can be agreed once these side deals are signed, at the start of play otherwise.

    `acceptable_to_all` counts packages nobody objects to, `feasible` those of them at or above every reservation value
    (the ZOPA). Solutions and the frontier's packages are of the feasible ones; a solution is null where there are none.
    Raises UnknownName for an unknown deal.
    """
    valued = valuation(space, Circumstances(deals=deals))
    objecting = valued.objecting()
    feasible = zone_of_possible_agreement(valued.points, valued.reservation, objecting)
    rows = np.flatnonzero(feasible)
    points = valued.points[rows]
    frontier = rows[pareto_frontier(points)]
    return {
        "deals": sorted(deals, key=[deal.id for deal in space.scenario.deals].index),
        "acceptable_to_all": acceptable_to_all(objecting),
        "acceptable_by_option": _by_ranked_option(space, np.logical_not(objecting.any(axis=1))),
        "feasible": len(rows),
        "feasible_by_option": _by_ranked_option(space, feasible),
        "acceptability": {
            seat: {"packages": count, "share": round(count / len(space), 4)}
            for seat, count in acceptability(objecting, valued.allies).items()
        },
        "reservation": {seat: int(value) for seat, value in zip(valued.allies, valued.reservation, strict=True)},
        "blocks_alone": blocked_alone(objecting, valued.allies),
        "hurdles": {
            hurdle.id: {
                "red_lines": list(hurdle.red_lines),
                "opens_when_lifted": opened_by_lifting(valued, hurdle.red_lines),
            }
            for hurdle in space.scenario.hurdles
        },
        "red_lines": _each_reason(valued),
        "pareto_frontier": {
            "of_all_packages": int(pareto_frontier(valued.points).sum())
            if len(space) <= MOST_FOR_WHOLE_FRONTIER
            else None,
            "of_feasible": len(frontier),
            "packages": [_outcome(space, valued, int(row)) for row in frontier],
        },
        **{name: _solution(space, valued, rows, name) for name in SOLUTIONS},
    }


def _solution(space: OutcomeSpace, valued: Valuation, rows: Any, name: str) -> dict[str, Any] | None:
    found = SOLUTIONS[name](valued.points[rows], valued.reservation)
    return None if found is None else _outcome(space, valued, int(rows[found]))


def _outcome(space: OutcomeSpace, valued: Valuation, row: int) -> dict[str, Any]:
    """A package, its fixed issues left out, with each ally's points."""
    options, open_issues = space.options(row), space.scenario.open_issues(space.cast)
    return {
        "package": {issue: options[issue] for issue in open_issues},
        "points": {seat: int(value) for seat, value in zip(valued.allies, valued.points[row], strict=True)},
    }


def _by_ranked_option(space: OutcomeSpace, chosen: Truths) -> dict[str, int]:
    issue = space.scenario.issue(space.scenario.ranked_issue)
    codes = space.codes[chosen, space.scenario.vocabulary.position(issue.id)]
    counts = Counter(codes.tolist())
    return {option: counts[code] for code, option in enumerate(issue.option_ids) if counts[code]}


def _each_reason(valued: Valuation) -> dict[str, int]:
    reasons = dict.fromkeys(reason for grounds in valued.grounds.values() for reason in grounds)
    opened = {reason: opened_by_lifting(valued, (reason,)) for reason in reasons}
    return {reason: count for reason, count in opened.items() if count or reason == PATH_NOT_ACCEPTABLE}
