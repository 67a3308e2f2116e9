"""Who objects to which package and what it is worth to each ally, for a whole outcome space at once.

The same answers as `game_rules.evaluation.Evaluator` gives one at a time; a test compares them package by package.
Points are exact: whole numbers over one common denominator a seat, rounded once (rule 8.8).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from game_rules.analysis.outcome_space import OutcomeSpace
from game_rules.analysis.vectorised import Truths, vectorised
from game_rules.conditions import SeatId, Situation
from game_rules.evaluation import Circumstances, Evaluator
from game_rules.evaluation.instructions import TOP, instructed, issue_values
from game_rules.scenario import PATH_NOT_ACCEPTABLE, Seat
from game_rules.terms import ByCount, ByStrength, ByWorld, Factor, Term

Points: TypeAlias = NDArray[np.int64]
"""Packages by allies, 0..100."""

LARGEST_UNIT = 1 << 52
"""Of a common denominator: above it 64 bits might not hold the sum."""


@dataclass(frozen=True)
class Valuation:
    """An outcome space as the allies of its cast see it, in one set of circumstances.

    `grounds[seat][reason]` says for which packages that reason of the seat's holds; `points[p, k]` is what package p
    is worth to ally k, `reservation[k]` what no agreement is worth to it. Allies stand in table order.
    """

    allies: tuple[SeatId, ...]
    grounds: Mapping[SeatId, Mapping[str, Truths]]
    points: Points
    reservation: Points

    def objecting(self, lifted: Iterable[str] = ()) -> Truths:
        """Packages by allies: whether the ally objects; as if the reasons in `lifted` were nobody's."""
        spared = frozenset(lifted)
        columns = [
            np.logical_or.reduce([np.zeros(len(self.points), dtype=np.bool_), *_but(self.grounds[seat], spared)])
            for seat in self.allies
        ]
        return np.stack(columns, axis=1)


def _but(grounds: Mapping[str, Truths], spared: frozenset[str]) -> list[Truths]:
    return [truths for reason, truths in grounds.items() if reason not in spared]


def valuation(space: OutcomeSpace, circumstances: Circumstances) -> Valuation:
    """The space as its cast's allies see it. Raises UnknownName for a name in the circumstances the scenario lacks."""
    evaluator = Evaluator(space.scenario, space.cast)
    situation = evaluator.situation(circumstances)
    allies = evaluator.allies
    grounds, columns = {}, []
    for seat in allies:
        changed, extra = instructed(space.scenario.seat(seat), situation.capitals.get(seat, ()))
        grounds[seat] = _grounds(space, changed, situation)
        columns.append(_points(space, changed, extra, situation))
    reservation = np.array([evaluator.reservation(seat) for seat in allies], dtype=np.int64)
    return Valuation(allies, grounds, np.stack(columns, axis=1), reservation)


# --- objections -------------------------------------------------------------------------------------------------------


def _grounds(space: OutcomeSpace, seat: Seat, situation: Situation) -> dict[str, Truths]:
    scenario, vocabulary = space.scenario, space.scenario.vocabulary
    grounds = {PATH_NOT_ACCEPTABLE: _refuses_path(space, seat, situation)}
    for held in seat.red_lines:
        crossed = vectorised(scenario.red_line(held.id).crossed_when, vocabulary, seat.id)
        grounds[held.id] = crossed(space.codes, situation)
    return grounds


def _refuses_path(space: OutcomeSpace, seat: Seat, situation: Situation) -> Truths:
    scenario = space.scenario
    issue = scenario.issue(scenario.ranked_issue)
    path = space.codes[:, scenario.vocabulary.position(issue.id)]
    acceptable = issue.option_ids if seat.acceptable is None else seat.acceptable
    accepted: Truths = np.isin(path, [issue.option_ids.index(option) for option in acceptable])
    for stretch in seat.stretch:
        holds = vectorised(stretch.when, scenario.vocabulary, seat.id)(space.codes, situation)
        accepted |= (path == issue.option_ids.index(stretch.option)) & holds
    return ~accepted


# --- points -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """Points by option of one issue (or one number for all), where `where` holds (everywhere if it is None)."""

    amounts: tuple[Fraction, ...]
    position: int | None = None
    where: Truths | None = None


def _points(space: OutcomeSpace, seat: Seat, extra: tuple[Term, ...], situation: Situation) -> Points:
    parts = [*_closeness(space, seat), *_signed(space, seat, (*seat.points, *extra), situation)]
    unit = lcm(*(amount.denominator for part in parts for amount in part.amounts))
    if unit > LARGEST_UNIT:
        raise OverflowError(f"the points of {seat.id} have a common denominator of {unit}")
    total: Points = np.zeros(len(space), dtype=np.int64)
    for part in parts:
        numerators = np.array([int(amount * unit) for amount in part.amounts], dtype=np.int64)
        added = numerators[0] if part.position is None else numerators[space.codes[:, part.position]]
        total += added if part.where is None else np.where(part.where, added, 0)
    return _rounded(total, unit)


def _closeness(space: OutcomeSpace, seat: Seat) -> list[_Part]:
    values = issue_values(space.scenario, seat)
    return [_Part(tuple(table.values()), position) for position, table in enumerate(values.values())]


def _signed(space: OutcomeSpace, seat: Seat, terms: tuple[Term, ...], situation: Situation) -> list[_Part]:
    scenario = space.scenario
    fixed = Fraction(situation.breaks * seat.broken_silence_points)
    fixed += sum(scenario.deal(deal).points_for(seat.id) for deal in situation.deals)
    for name, complement in situation.in_force.items():
        fixed += seat.complement_points.get(name, 0) * complement.strength
    parts = [_Part((fixed,))]
    for held in seat.soft_lines:
        condition = scenario.soft_line(held.id).costs_when
        if condition is not None:
            costs = vectorised(condition, scenario.vocabulary, seat.id)(space.codes, situation)
            parts.append(_Part((Fraction(held.points),), where=costs))
    return [*parts, *(_term(space, seat, term, situation) for term in terms)]


def _term(space: OutcomeSpace, seat: Seat, term: Term, situation: Situation) -> _Part:
    vocabulary = space.scenario.vocabulary
    position = vocabulary.position(term.by) if term.by is not None else None
    if isinstance(term.points, Mapping):
        assert term.by is not None  # Term takes a table and 'by' together
        amounts = [term.points.get(option, Fraction(0)) for option in vocabulary.issues[term.by]]
    else:
        amounts = [term.points]
    factor = Fraction(1) if term.times is None else _factor(term.times, situation)
    bounded = tuple(_within(amount * factor, term) for amount in amounts)
    if term.when is None:
        return _Part(bounded, position)
    return _Part(bounded, position, vectorised(term.when, vocabulary, seat.id)(space.codes, situation))


def _factor(factor: Factor, situation: Situation) -> Fraction:
    match factor:
        case ByStrength(strength=name):
            return situation.in_force[name].strength if name in situation.in_force else Fraction(0)
        case ByCount(count="breaks"):
            return Fraction(situation.breaks)
        case ByCount(count="statements"):
            return Fraction(situation.statements)
        case ByCount(count="footnotes"):
            return Fraction(situation.footnotes)
        case ByWorld(world=variable, values=values):
            return {**values}[str(situation.world[variable])]
        case _:
            raise ValueError(f"{factor!r} looks at other seats: it has no place in a seat's points")


def _within(amount: Fraction, term: Term) -> Fraction:
    if term.at_least is not None and amount < term.at_least:
        return term.at_least
    if term.at_most is not None and amount > term.at_most:
        return term.at_most
    return amount


def _rounded(numerators: Points, unit: int) -> Points:
    """To whole points, a tie to the even one, within 0..100."""
    whole, rest = np.divmod(numerators, unit)
    up = (2 * rest > unit) | ((2 * rest == unit) & (whole % 2 == 1))
    points: Points = np.clip(whole + up, 0, TOP)
    return points
