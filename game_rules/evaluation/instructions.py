"""One seat's instructions, compiled: what it objects to, and what a package is worth to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from game_rules.conditions import (
    ComplementInForce,
    IssueId,
    Node,
    OptionId,
    Package,
    Situation,
    Test,
    compile_condition,
    explain,
    leaves,
)
from game_rules.evaluation.circumstances import Circumstances
from game_rules.evaluation.outlook import Outlook, outlook
from game_rules.evaluation.scores import Number, compile_term, half_even
from game_rules.scenario import (
    PATH_NOT_ACCEPTABLE,
    AddPoints,
    ChangeRedLine,
    HeldRedLine,
    Issue,
    Scenario,
    Seat,
    SetAcceptable,
    SetPreference,
    ShiftSalience,
)
from game_rules.terms import Term

MOST_SALIENT = 10  # salience runs from 0 to 10
TOP = 100  # points run from 0 to 100 (rule 8.8)


@dataclass(frozen=True, slots=True)
class PointTerms:
    """Where a seat's points come from.

    `issues` are each issue's contribution (they sum to the closeness), `ceilings` the most each could give; `signed`
    maps `deal.<id>`, `complement.<id>`, `soft_line.<id>`, `broken_silence` and the seat's own terms to points, those
    that are not 0. `total` is clamped and rounded.
    """

    issues: Mapping[IssueId, Fraction]
    ceilings: Mapping[IssueId, Fraction]
    signed: Mapping[str, Fraction]
    total: int


def instructed(seat: Seat, effects: Iterable[Node]) -> tuple[Seat, tuple[Term, ...]]:
    """The seat after the injects that changed its instructions, and the signed points they add (rule 7.3)."""
    extra = []
    for number, effect in enumerate(effects):
        match effect:
            case ShiftSalience(dimension=dimension, by=by):
                shifted = min(max(seat.salience.get(dimension, 0) + by, 0), MOST_SALIENT)
                seat = seat.model_copy(update={"salience": {**seat.salience, dimension: shifted}})
            case SetPreference(order=order):
                seat = seat.model_copy(update={"preference_order": order})
            case SetAcceptable(options=options):
                seat = seat.model_copy(update={"acceptable": options})
            case ChangeRedLine(red_line=red_line, held=held):
                lines = tuple(line for line in seat.red_lines if line.id != red_line)
                added = (HeldRedLine(id=red_line, confidence="S"),) if held else ()
                seat = seat.model_copy(update={"red_lines": lines + added})
            case AddPoints(points=points, when=when):
                extra.append(Term(id=f"inject_{number}", points=Fraction(points), when=when))
            case _:
                pass
    return seat, tuple(extra)


def closeness(issue: Issue, option: OptionId, ideal: OptionId, preference_order: tuple[OptionId, ...]) -> Fraction:
    """How close an option comes to a seat's ideal on an issue, 0..100, exact (rule 8.8).

    The scenario's table if there is one; rank in the seat's order for the ranked issue (options it does not name come
    last, together); else distance on the list of options.
    """
    options = issue.option_ids
    if issue.closeness is not None:
        return Fraction(issue.closeness[ideal][option])
    steps = len(options) - 1
    if issue.ranked_by_seat:
        rank = preference_order.index(option) if option in preference_order else steps
        return Fraction(TOP * (steps - rank), steps)
    return Fraction(TOP * (steps - abs(options.index(option) - options.index(ideal))), steps)


def issue_values(scenario: Scenario, seat: Seat) -> dict[IssueId, dict[OptionId, Fraction]]:
    """What each option contributes to the seat's points, by issue: mean within a dimension, weighted across.

    Dimensions without an issue carry no weight. A seat to which nothing matters gets 0 for everything.
    """
    size = {
        dimension.id: sum(issue.dimension == dimension.id for issue in scenario.issues)
        for dimension in scenario.dimensions
    }
    whole = sum(seat.salience.get(dimension, 0) for dimension, issues in size.items() if issues)
    values = {}
    for issue in scenario.issues:
        weight = (
            Fraction(seat.salience.get(issue.dimension, 0), whole * size[issue.dimension]) if whole else Fraction(0)
        )
        values[issue.id] = {
            option: weight * closeness(issue, option, seat.ideal[issue.id], seat.preference_order)
            for option in issue.option_ids
        }
    return values


class Instructions:
    """A seat's red lines, acceptable paths and points as closures. Built once, asked for every draft."""

    def __init__(self, scenario: Scenario, seat: Seat, extra: tuple[Term, ...] = ()) -> None:
        self.seat = seat
        self._scenario = scenario
        vocabulary = scenario.vocabulary
        self._path_position = vocabulary.position(scenario.ranked_issue)
        self._acceptable = None if seat.acceptable is None else frozenset(seat.acceptable)
        self._stretch: dict[OptionId, list[Test]] = {}
        for stretch in seat.stretch:
            test = compile_condition(stretch.when, vocabulary, seat.id)
            self._stretch.setdefault(stretch.option, []).append(test)
        self._red_lines = tuple(
            (held.id, compile_condition(scenario.red_line(held.id).crossed_when, vocabulary, seat.id))
            for held in seat.red_lines
        )
        self._compile_points(extra)
        self._outlook = self._looks_at(extra)

    def _looks_at(self, extra: tuple[Term, ...]) -> Outlook:
        scenario, seat = self._scenario, self.seat
        terms = (*seat.points, *extra)
        soft_lines = [scenario.soft_line(held.id).costs_when for held in seat.soft_lines]
        conditions = [
            *(stretch.when for stretch in seat.stretch),
            *(scenario.red_line(held.id).crossed_when for held in seat.red_lines),
            *(condition for condition in soft_lines if condition is not None),
            *(term.when for term in terms if term.when is not None),
        ]
        nodes = (node for one in conditions for node in leaves(one, scenario.vocabulary, seat.id))
        return outlook(scenario, nodes, terms)

    def looks_at(self, deals: Collection[str]) -> bool:
        """Whether `objections` or `worth` can hang on one of these deals."""
        return not self._outlook.deals.isdisjoint(deals)

    def deals_looked_at(self, deals: frozenset[str]) -> frozenset[str]:
        """Those that `objections` or `worth` can hang on."""
        return self._outlook.deals & deals

    def accepts(self, package: Package, situation: Situation) -> bool:
        """Whether the seat has no objection to the text."""
        if any(crossed(package, situation) for _, crossed in self._red_lines):
            return False
        return self.can_accept_path(package, situation)

    def concerned(self, circumstances: Circumstances) -> Circumstances:
        """The circumstances as far as `objections` and `worth` hang on them."""
        return self._outlook.of(circumstances)

    def looks_alike(self, one: Circumstances, other: Circumstances) -> bool:
        """Whether `concerned` makes the two the same."""
        return self._outlook.alike(one, other)

    def _compile_points(self, extra: tuple[Term, ...]) -> None:
        scenario, seat, vocabulary = self._scenario, self.seat, self._scenario.vocabulary
        self._values = issue_values(scenario, seat)
        self._ceilings = {issue: max(table.values()) for issue, table in self._values.items()}
        self._unit = lcm(*(value.denominator for table in self._values.values() for value in table.values()))
        self._tables = tuple(
            {option: int(value * self._unit) for option, value in table.items()} for table in self._values.values()
        )
        self._deals = {deal.id: deal.points_for(seat.id) for deal in scenario.deals if deal.points_for(seat.id)}
        self._complements = {name: points for name, points in seat.complement_points.items() if points}
        self._last_brought: tuple[Mapping[str, ComplementInForce], tuple[int, int]] = {}, (0, 1)
        soft_lines = [(held, scenario.soft_line(held.id).costs_when) for held in seat.soft_lines]
        self._soft_lines = tuple(
            (held.id, held.points, compile_condition(condition, vocabulary, seat.id))
            for held, condition in soft_lines
            if condition is not None
        )
        self._terms = tuple((term.id, compile_term(term, vocabulary, seat.id, None)) for term in (*seat.points, *extra))

    def objections(self, package: Package, situation: Situation) -> tuple[str, ...]:
        """`path_not_acceptable` first, then the red lines crossed in the seat's own order."""
        crossed = self.red_lines_crossed(package, situation)
        return crossed if self.can_accept_path(package, situation) else (PATH_NOT_ACCEPTABLE, *crossed)

    def can_accept_path(self, package: Package, situation: Situation) -> bool:
        """Whether the option on the ranked issue is acceptable, or some stretch to it holds."""
        path = package[self._path_position]
        if self._acceptable is None or path in self._acceptable:
            return True
        return any(test(package, situation) for test in self._stretch.get(path, ()))

    def red_lines_crossed(self, package: Package, situation: Situation) -> tuple[str, ...]:
        """The red lines the package crosses, in the seat's own order."""
        return tuple([red_line for red_line, crossed in self._red_lines if crossed(package, situation)])

    def issues_behind(self, objection: str, package: Package, situation: Situation) -> frozenset[IssueId]:
        """The issues that make the objection stand: for the path, also those a stretch to it misses."""
        vocabulary = self._scenario.vocabulary
        if objection != PATH_NOT_ACCEPTABLE:
            condition = self._scenario.red_line(objection).crossed_when
            return explain(condition, package, situation, vocabulary, self.seat.id)[1]
        path = package[self._path_position]
        missed = [
            explain(stretch.when, package, situation, vocabulary, self.seat.id)[1]
            for stretch in self.seat.stretch
            if stretch.option == path
        ]
        return frozenset((self._scenario.ranked_issue,)).union(*missed)

    def points(self, package: Package, situation: Situation) -> int:
        """The package's worth to the seat: 0..100, exact until one rounding, a tie to the even (rule 8.8)."""
        beside = self.beside(situation.deals, situation.in_force, situation.breaks)
        return self.rounded(self.worth(package, situation), beside)

    def worth(self, package: Package, situation: Situation) -> Number:
        """What the text itself is worth to the seat: exact, not held within bounds, in units of its own."""
        closeness = 0
        for table, option in zip(self._tables, package, strict=True):
            closeness += table[option]
        signed: Number = 0
        for _, points, costs in self._soft_lines:
            if costs(package, situation):
                signed += points
        for _, amount in self._terms:
            signed += amount(package, situation)
        return closeness + signed * self._unit

    def beside(self, deals: Collection[str], in_force: Mapping[str, ComplementInForce], breaks: int) -> Number:
        """The signed points of what was done beside the text, whatever the text says."""
        # the sum is kept as `brought / whole`: fractions that are added one by one cost ten times as much
        brought, whole = self._brought_by(in_force)
        signed = breaks * self.seat.broken_silence_points + self.from_deals(deals)
        return Fraction(signed * whole + brought, whole) if whole > 1 else signed + brought

    def from_deals(self, deals: Collection[str]) -> int:
        """The signed points that these deals bring the seat."""
        return sum([points for deal, points in self._deals.items() if deal in deals])

    def _brought_by(self, in_force: Mapping[str, ComplementInForce]) -> tuple[int, int]:
        """The signed points of the complements, as a numerator and a denominator."""
        if self._last_brought[0] is not in_force:
            brought, whole = 0, 1
            for name, points in self._complements.items():
                if name in in_force:
                    strength = in_force[name].strength
                    brought = brought * strength.denominator + points * strength.numerator * whole
                    whole *= strength.denominator
            self._last_brought = in_force, (brought, whole)
        return self._last_brought[1]

    def rounded(self, worth: Number, beside: Number, more: int = 0) -> int:
        """The points of a text of that worth with those beside it, and whole ones more: 0..100."""
        # worth / unit + beside + more, by hand: adding fractions costs five times as much
        parts, whole = worth.denominator, beside.denominator
        exact = worth.numerator * whole + (beside.numerator + more * whole) * self._unit * parts
        return _rounded(exact, whole * self._unit * parts)

    def point_terms(self, package: Package, situation: Situation) -> PointTerms:
        """The same points, taken apart."""
        issues = {issue: table[option] for (issue, table), option in zip(self._values.items(), package, strict=True)}
        return PointTerms(
            issues=issues,
            ceilings=self._ceilings,
            signed={name: points for name, points in self._signed_terms(package, situation) if points},
            total=self.points(package, situation),
        )

    def _signed_terms(self, package: Package, situation: Situation) -> Iterable[tuple[str, Fraction]]:
        for deal, points in self._deals.items():
            if deal in situation.deals:
                yield f"deal.{deal}", Fraction(points)
        for complement in situation.in_force.values():
            if complement.id in self._complements:
                yield f"complement.{complement.id}", self._complements[complement.id] * complement.strength
        for soft_line, points, costs in self._soft_lines:
            if costs(package, situation):
                yield f"soft_line.{soft_line}", Fraction(points)
        yield "broken_silence", Fraction(situation.breaks * self.seat.broken_silence_points)
        for term, amount in self._terms:
            yield term, Fraction(amount(package, situation))


def _rounded(numerator: int, denominator: int) -> int:
    return min(max(half_even(numerator, denominator), 0), TOP)
