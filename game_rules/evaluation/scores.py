"""Terms and scores, compiled to closures over a package and a situation. Exact until somebody asks for a rounding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, TypeAlias

from game_rules.conditions import (
    Package,
    SeatId,
    Situation,
    UnknownName,
    Vocabulary,
    WorldValue,
    compile_condition,
)
from game_rules.terms import (
    ByAccession,
    ByCount,
    ByLinesCrossed,
    ByScore,
    ByStrength,
    ByWorld,
    Factor,
    ScoreRule,
    Term,
    TermGroup,
)

Number: TypeAlias = int | Fraction
Amount: TypeAlias = Callable[[Package, Situation], Number]


def half_even(numerator: int, denominator: int) -> int:
    """The quotient as a whole number, a tie to the even: `round` of a fraction, without making one."""
    whole, rest = divmod(numerator, denominator)
    return whole + 1 if 2 * rest > denominator or (2 * rest == denominator and whole % 2) else whole


def tenths(value: Fraction) -> Decimal:
    """The value to one decimal, a tie to the even tenth (scoring, section 6)."""
    return Decimal(round(value * 10)).scaleb(-1)


@dataclass(frozen=True, slots=True)
class GroupScore:
    """A group's terms before its bounds, its start among them, and its value after."""

    terms: Mapping[str, Number]
    value: Number


@dataclass(frozen=True, slots=True)
class Score:
    """A figure, exact, with the terms it is made of before any cap.

    `capped_by` names the caps that held it down, in order.
    """

    id: str
    value: Fraction
    groups: Mapping[str, GroupScore]
    capped_by: tuple[str, ...] = ()

    @property
    def rounded(self) -> Decimal:
        """The value to one decimal, a tie to the even tenth."""
        return tenths(self.value)

    @property
    def terms(self) -> dict[str, Number]:
        """Term to points before caps; with several groups each term is written `group.term`."""
        if len(self.groups) == 1:
            (group,) = self.groups.values()
            return dict(group.terms)
        return {f"{name}.{term}": points for name, group in self.groups.items() for term, points in group.terms.items()}


class Figures(Protocol):
    """What terms may ask that looks at the whole table; the evaluator answers."""

    def refusals(self, package: Package, situation: Situation) -> Fraction:
        """Allies refusing accession, the mean of the possible worlds while undecided."""

    def lines_crossed(self, seat: SeatId, package: Package, situation: Situation) -> int:
        """Red lines of the seat that the package crosses."""

    def nations_below_reservation(self, package: Package, situation: Situation) -> int:
        """Voting allies at the table whose points are below their reservation value."""

    def exact_score(self, score: str, package: Package, situation: Situation) -> Fraction:
        """Another score's value before rounding."""


def compile_term(term: Term, vocabulary: Vocabulary, holder: SeatId | None, figures: Figures | None) -> Amount:
    """A closure giving the term's points, 0 while its condition does not hold.

    `figures` is None for terms of seats, which must not look at the rest of the table (rule 9.2); a factor that
    would raises ValueError. Raises UnknownName for a name the vocabulary lacks.
    """
    amount = _base(term, vocabulary)
    if term.times is not None:
        amount = _product(amount, compile_factor(term.times, figures))
    if term.at_least is not None or term.at_most is not None:
        amount = _bounded(amount, term.at_least, term.at_most)
    if term.when is None:
        return amount
    holds = compile_condition(term.when, vocabulary, holder)
    return lambda package, situation: amount(package, situation) if holds(package, situation) else 0


def _base(term: Term, vocabulary: Vocabulary) -> Amount:
    if not isinstance(term.points, Mapping):
        fixed = _simple(term.points)
        return lambda package, situation: fixed
    assert term.by is not None  # Term takes a table and 'by' together
    position = vocabulary.position(term.by)
    options = vocabulary.issues[term.by]
    for option in term.points:
        if option not in options:
            raise UnknownName(f"option of {term.by}", option, options)
    table = {option: _simple(term.points.get(option, Fraction(0))) for option in options}
    return lambda package, situation: table[package[position]]


def _simple(value: Fraction) -> Number:
    """An int where that is exact: several times faster to add."""
    return value.numerator if value.denominator == 1 else value


def _product(amount: Amount, factor: Amount) -> Amount:
    return lambda package, situation: amount(package, situation) * factor(package, situation)


def _bounded(amount: Amount, least: Fraction | None, most: Fraction | None) -> Amount:
    def bounded(package: Package, situation: Situation) -> Number:
        return _within(amount(package, situation), least, most)

    return bounded


def _within(value: Number, least: Fraction | None, most: Fraction | None) -> Number:
    if least is not None and value < least:
        return least
    if most is not None and value > most:
        return most
    return value


def compile_factor(factor: Factor, figures: Figures | None) -> Amount:
    """A closure giving what a term is multiplied by. Raises ValueError where `figures` is needed and missing."""
    match factor:
        case ByStrength(strength=complement):
            return lambda package, situation: (
                situation.in_force[complement].strength if complement in situation.in_force else 0
            )
        case ByCount(count="breaks"):
            return lambda package, situation: situation.breaks
        case ByCount(count="statements"):
            return lambda package, situation: situation.statements
        case ByCount(count="footnotes"):
            return lambda package, situation: situation.footnotes
        case ByWorld(world=variable, values=values):
            table: dict[WorldValue, Number] = {value: _simple(number) for value, number in values.items()}
            return lambda package, situation: table[situation.world[variable]]
    if figures is None:
        raise ValueError(f"{factor!r} looks at other seats: it has no place in a seat's points")
    answers = figures
    match factor:
        case ByAccession(accession_feasible_below=none_left_at):
            return lambda package, situation: 1 - min(Fraction(1), answers.refusals(package, situation) / none_left_at)
        case ByLinesCrossed(lines_crossed=seat):
            return lambda package, situation: answers.lines_crossed(seat, package, situation)
        case ByScore(score=score, less=less):
            return lambda package, situation: answers.exact_score(score, package, situation) - less
        case ByCount():
            return answers.nations_below_reservation


class CompiledScore:
    """One figure of the scenario, ready to be computed."""

    def __init__(self, rule: ScoreRule, vocabulary: Vocabulary, figures: Figures) -> None:
        self.rule = rule
        self._groups = [
            (group, [(term.id, compile_term(term, vocabulary, None, figures)) for term in group.terms])
            for group in rule.groups
        ]
        self._caps = [(cap, compile_condition(cap.when, vocabulary)) for cap in rule.caps]

    def score(self, package: Package, situation: Situation) -> Score:
        """Groups within their bounds, summed; then the caps as listed; then the range of the figure."""
        groups = {group.id: _group_score(group, terms, package, situation) for group, terms in self._groups}
        value = Fraction(sum(group.value for group in groups.values()))
        shift = situation.shifts.get(self.rule.id, 0)
        if shift:
            groups["injects"] = GroupScore({"injects": shift}, shift)
            value += shift
        capped_by = []
        for cap, holds in self._caps:
            if value > cap.max and holds(package, situation):
                value = cap.max
                capped_by.append(cap.id)
        return Score(self.rule.id, min(max(value, self.rule.min), self.rule.max), groups, tuple(capped_by))


def _group_score(
    group: TermGroup, terms: list[tuple[str, Amount]], package: Package, situation: Situation
) -> GroupScore:
    amounts: dict[str, Number] = {"start": group.start} if group.start else {}
    for term, amount in terms:
        amounts[term] = amount(package, situation)
    return GroupScore(amounts, _within(sum(amounts.values()), group.min, group.max))
