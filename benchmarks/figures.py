"""Figures, and the table they are printed as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """Something measured several times. `at_least` and `at_most` are what it should reach, if anybody asked."""

    name: str
    values: Sequence[float]
    unit: str
    at_least: float | None = None
    at_most: float | None = None
    is_ratio: bool = False

    @classmethod
    def ratio(cls, name: str, values: Sequence[float], at_least: float | None = None) -> Figure:
        return cls(name, values, "×", at_least=at_least, is_ratio=True)

    @property
    def wanted(self) -> str:
        if self.at_least is not None:
            return f"≥ {shown(self.at_least)}"
        return f"≤ {shown(self.at_most)}" if self.at_most is not None else ""


def shown(value: float) -> str:
    """Three digits that matter: 12,345 · 123 · 12.3 · 1.23 · 0.0123."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"


def table(figures: Iterable[Figure]) -> str:
    """The figures as text, ratios first, with the least, the middle and the greatest of each."""
    ordered = sorted(figures, key=lambda figure: not figure.is_ratio)
    rows = [("", "min", "median", "max", "", "wanted")]
    rows += [
        (
            one.name,
            shown(min(one.values)),
            shown(median(one.values)),
            shown(max(one.values)),
            one.unit,
            one.wanted,
        )
        for one in ordered
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *numbers, unit, wanted = row
    cells = [name.ljust(widths[0])]
    cells += [number.rjust(width) for number, width in zip(numbers, widths[1:4], strict=True)]
    return "  ".join((*cells, unit.ljust(widths[4]), wanted)).rstrip()
