"""The term language of scores: what adds to a figure, when, and how often.

A term is points (a number, or a number for each option of one issue), counted `when` a condition holds, multiplied by
`times` (a complement's strength, a count of broken silences, a value for each state of the world ...) and held
within bounds of its own. Terms stand in groups with a start and bounds; a score adds its groups, then applies its caps
in the order written, then holds the sum within its range. The same terms make up the signed points of seats (rule
8.8). This module owns the models; `game_rules.evaluation` computes with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    Strict,
    Tag,
    WithJsonSchema,
    model_validator,
)

from game_rules.conditions import Condition, IssueId, Node, OptionId, SeatId

_FRACTION = re.compile(r"-?\d{1,18}(/0*[1-9]\d{0,17}|\.\d{1,18})?")
"""Bounded, and without exponent: '1e99999999' would be a number of a hundred megabytes."""


def _exact(value: object) -> object:
    """A fraction from `3`, `"3/4"` or `"0.6"`; a YAML float is refused, because it may not be what was written."""
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        return Fraction(value)
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    raise ValueError("write a whole number, or a fraction in quotes such as '1/2' or '0.6'")


def _plain(value: Fraction) -> int | str:
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


Exact: TypeAlias = Annotated[
    Fraction,
    BeforeValidator(_exact),
    PlainSerializer(_plain),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^-?\d+(/\d+|\.\d+)?$"}]}),
]
"""A rational number without rounding; on paper an integer or "n/d"."""


class ByStrength(Node):
    """The strength of a complement in force, 0..1; 0 when it is not in force."""

    strength: str


class ByCount(Node):
    """How often: broken silences, national statements, footnotes, or nations that end below their reservation."""

    count: Literal["breaks", "statements", "footnotes", "below_reservation"]


class ByWorld(Node):
    """A number for each value of a world variable."""

    world: str
    values: Mapping[str, Exact]


class ByAccession(Node):
    """How feasible accession is: 1 when no ally refuses, falling evenly to 0 at that many refusals."""

    accession_feasible_below: Annotated[int, Strict(), Field(ge=1)]


class ByLinesCrossed(Node):
    """How many of a seat's red lines the package crosses."""

    lines_crossed: SeatId


class ByScore(Node):
    """Another score's exact value, less a number."""

    score: str
    less: Exact = Fraction(0)


_FACTOR_KEYS = ("strength", "count", "world", "accession_feasible_below", "lines_crossed", "score")
_KEY_OF_FACTOR: Mapping[type[Node], str] = {
    ByStrength: "strength", ByCount: "count", ByWorld: "world", ByAccession: "accession_feasible_below",
    ByLinesCrossed: "lines_crossed", ByScore: "score",
}  # fmt: skip


def _factor_key(value: Any) -> str | None:
    if isinstance(value, Mapping):
        return next((key for key in _FACTOR_KEYS if key in value), None)
    return _KEY_OF_FACTOR.get(type(value)) if isinstance(value, Node) else None


Factor: TypeAlias = Annotated[
    Annotated[ByStrength, Tag("strength")]
    | Annotated[ByCount, Tag("count")]
    | Annotated[ByWorld, Tag("world")]
    | Annotated[ByAccession, Tag("accession_feasible_below")]
    | Annotated[ByLinesCrossed, Tag("lines_crossed")]
    | Annotated[ByScore, Tag("score")],
    Discriminator(
        _factor_key,
        custom_error_type="factor",
        custom_error_message="not a factor: expected one of the keys " + ", ".join(_FACTOR_KEYS),
    ),
]


class Term(Node):
    """Points that a figure gains or loses.

    `points` is a number, or with `by` a number for each option of that issue (an option left out counts 0).
    """

    id: str
    points: Exact | Mapping[OptionId, Exact]
    by: IssueId | None = None
    when: Condition | None = None
    times: Factor | None = None
    at_least: Exact | None = None
    at_most: Exact | None = None
    section: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _table_with_issue(self) -> Term:
        if isinstance(self.points, Mapping) != (self.by is not None):
            raise ValueError("a table of points needs 'by', and 'by' needs a table of points")
        return self


class TermGroup(Node):
    """Terms that are summed from `start` and held within `min` and `max` before they count."""

    id: str
    title: str | None = None
    start: Exact = Fraction(0)
    min: Exact | None = None
    max: Exact | None = None
    terms: tuple[Term, ...]


class Cap(Node):
    """An upper bound on the whole score while the condition holds."""

    id: str
    max: Exact
    when: Condition
    section: str | None = None


class ScoreRule(Node):
    """A figure from `min` to `max` (0 to 100): the sum of its groups, then its caps as listed, then its range."""

    id: str
    title: str
    question: str
    basis: str
    section: str | None = None
    groups: Annotated[tuple[TermGroup, ...], Field(min_length=1)]
    caps: tuple[Cap, ...] = ()
    min: Exact = Fraction(0)
    max: Exact = Fraction(100)
