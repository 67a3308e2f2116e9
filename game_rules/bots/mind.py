"""What a stand-in knows of its own side: the points, lines and wishes of one seat, and the public rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from game_rules.evaluation import Circumstances
from game_rules.messages import SeatId
from game_rules.scenario import Package
from game_rules.state import Rules

SEARCH_STEPS = 40
PATHS_TRIED = 3


class Mind:
    """One seat's judgment. It asks the evaluator about its own seat only; other seats' instructions are not in reach.

    `seed` makes delegations of different games differ in temper; the same seed gives the same temper.
    """

    def __init__(self, rules: Rules, seat: SeatId, seed: str) -> None:
        self.seat = seat
        self._seed = seed
        self._rules = rules
        self._own = _instructions_of(rules, seat)

    def temper(self, about: str, choices: int) -> int:
        """A fixed trait of this delegation in this game: 0 to choices - 1."""
        digest = hashlib.sha256(f"{self._seed}:{self.seat}:{about}".encode()).digest()
        return int.from_bytes(digest[:4]) % choices

    def points(self, package: Package, breaks: int = 0) -> int:
        return self._own.points(package, breaks)

    def objections(self, package: Package, breaks: int = 0) -> tuple[str, ...]:
        return self._own.objections(package, breaks)

    @property
    def reservation(self) -> int:
        return self._own.reservation

    @property
    def best(self) -> Package:
        """The package the delegation would write if it were alone in the room: consistent, across none of its lines."""
        return self._own.best

    def can_live_with(self, package: Package, breaks: int = 0) -> bool:
        """No line of its own crossed, and not worse than going home without a text."""
        return not self.objections(package, breaks) and self.points(package, breaks) >= self.reservation

    def consistent(self, package: Package) -> bool:
        return self._rules.evaluator.is_consistent(package)

    def ambition(self) -> int:
        """The points half way from going home to its own best text."""
        return (self.reservation + self.points(self.best)) // 2

    def package(self, options: Mapping[str, str]) -> Package:
        return tuple(options[issue] for issue in self._rules.issues)

    def changed(self, package: Package, changes: Mapping[str, str]) -> Package:
        return tuple(changes.get(issue, option) for issue, option in zip(self._rules.issues, package, strict=True))

    def smallest_cure(self, package: Package, breaks: int = 0) -> dict[str, str] | None:
        """The change of one or two open issues that lifts every objection of its own, for the most points; or None."""
        return self._own.smallest_cure(package, breaks)


class _Instructions:
    """Shared by all games of one set of rules: what depends on the seat alone is worked out once."""

    def __init__(self, rules: Rules, seat: SeatId) -> None:
        self._rules = rules
        self._seat = seat
        self._points: dict[tuple[Package, int], int] = {}
        self._objections: dict[tuple[Package, int], tuple[str, ...]] = {}
        self._cures: dict[tuple[Package, int], dict[str, str] | None] = {}

    @cached_property
    def reservation(self) -> int:
        return self._rules.evaluator.reservation(self._seat)

    def points(self, package: Package, breaks: int) -> int:
        key = (package, breaks)
        if key not in self._points:
            around = Circumstances(breaks=breaks)
            self._points[key] = self._rules.evaluator.points(self._seat, package, around)
        return self._points[key]

    def objections(self, package: Package, breaks: int) -> tuple[str, ...]:
        key = (package, breaks)
        if key not in self._objections:
            around = Circumstances(breaks=breaks)
            self._objections[key] = self._rules.evaluator.objections(self._seat, package, around)
        return self._objections[key]

    @cached_property
    def best(self) -> Package:
        seat = self._rules.seats[self._seat]
        fixed = self._rules.cast.fixed
        ideal = {**seat.ideal, **fixed}
        ranked = self._rules.scenario.ranked_issue
        tried: list[Package] = []
        for path in seat.preference_order[:PATHS_TRIED]:
            start = {**ideal, ranked: path}
            tried.append(self._climbed(tuple(start[issue] for issue in self._rules.issues)))
            if self._faults(tried[-1])[:2] == (0, 0):
                return tried[-1]  # the way in it likes best of those that it can write a sound text for
        return min(tried, key=self._faults)

    def _faults(self, package: Package) -> tuple[int, int, int]:
        consistent = self._rules.evaluator.is_consistent(package)
        broken = 0 if consistent else len(self._rules.evaluator.broken_rules(package))
        return broken, len(self.objections(package, 0)), -self.points(package, 0)

    def _climbed(self, package: Package) -> Package:
        """Changes one issue at a time for the better until nothing is better: first rules, then lines, then points."""
        for _ in range(SEARCH_STEPS):
            better = min(self._neighbours(package), key=self._faults)
            if self._faults(better) >= self._faults(package):
                break
            package = better
        return package

    def _neighbours(self, package: Package) -> Iterable[Package]:
        for place, issue in enumerate(self._rules.issues):
            if issue in self._rules.cast.fixed:
                continue
            for option in self._rules.options[issue]:
                if option != package[place]:
                    yield (*package[:place], option, *package[place + 1 :])

    def smallest_cure(self, package: Package, breaks: int) -> dict[str, str] | None:
        key = (package, breaks)
        if key not in self._cures:
            self._cures[key] = self._cure(package, breaks)
        return self._cures[key]

    def _cure(self, package: Package, breaks: int) -> dict[str, str] | None:
        one_step = list(self._neighbours(package))
        found = self._best_cure(one_step, breaks)
        if found is None:
            involved = self._rules.evaluator.crossing(self._seat, package, Circumstances(breaks=breaks))
            places = {self._rules.issue_place[issue] for crossing in involved for issue in crossing.issues}
            first = [step for step in one_step if any(step[place] != package[place] for place in places)]
            found = self._best_cure((two for step in first for two in self._neighbours(step)), breaks)
        if found is None:
            return None
        pairs = zip(self._rules.issues, package, found, strict=True)
        return {issue: new for issue, old, new in pairs if old != new}

    def _best_cure(self, candidates: Iterable[Package], breaks: int) -> Package | None:
        evaluator, around = self._rules.evaluator, Circumstances(breaks=breaks)
        cured = (one for one in candidates if not evaluator.objections(self._seat, one, around))
        consistent = [one for one in cured if evaluator.is_consistent(one)]
        return max(consistent, key=lambda one: self.points(one, breaks), default=None)


@lru_cache(maxsize=2_048)
def _instructions_of(rules: Rules, seat: SeatId) -> _Instructions:
    return _Instructions(rules, seat)


def mind_of(rules: Rules, seat: SeatId, seed: str) -> Mind:
    return Mind(rules, seat, seed)
