"""What a stand-in knows of its own side: the points, lines and wishes of one seat, and the public rules."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from game_rules.changing import replace
from game_rules.evaluation import BASELINE, Circumstances
from game_rules.evaluation.scores import Number, half_even
from game_rules.messages import SeatId
from game_rules.procedures.around import seats_of
from game_rules.scenario import Effect, Package
from game_rules.state import Rules

SEARCH_STEPS = 40
PATHS_TRIED = 3
OPENING_SHARE, CLOSING_SHARE = Fraction(4, 5), Fraction(1, 5)
"""What a delegation aspires to, between going home (0) and its own best text (1), at the start and at the end."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a bundle of deals brings a delegation: own lines that it lifts from the text, and points gained."""

    lifts: int
    points: int

    @property
    def pays(self) -> bool:
        return self.lifts > 0 or self.points > 0


class Mind:
    """One seat's judgment. It asks the evaluator about its own seat only; other seats' instructions are not in reach.

    `seed` makes delegations of different games differ in temper; the same seed gives the same temper. `around` is
    what the delegation knows of the moment: what was signed and broken, and what its capital has written since.
    """

    def __init__(
        self,
        rules: Rules,
        seat: SeatId,
        seed: str,
        around: Circumstances = BASELINE,
        judged: tuple[_Judgment, Number] | None = None,
    ) -> None:
        self.seat = seat
        self.kind = rules.seats[seat].kind
        self.around = around
        self._seed = seed
        self._rules = rules
        self._own, self._beside = judged or _judged(rules, seat, around)
        self._just_as_under = around
        self._points: dict[Package, int] = {}
        self._worths: dict[tuple[tuple[str, ...], Package], Worth] = {}
        self._had_they_signed: dict[frozenset[str], Mind] = {}
        self._aspired: tuple[Fraction, int] | None = None

    def under(self, around: Circumstances) -> Mind:
        """The same delegation at another moment.

        It is the same object while nothing that counts for it has changed.
        """
        if around is self._just_as_under:
            return self
        judged = _judged(self._rules, self.seat, around, self._own)
        pays_alike = self._rules.deals_paying[self.seat].isdisjoint(around.deals ^ self.around.deals)
        if judged != (self._own, self._beside) or not pays_alike:
            return Mind(self._rules, self.seat, self._seed, around, judged)
        self._just_as_under = around
        return self

    def temper(self, about: str, choices: int) -> int:
        """A fixed trait of this delegation in this game: 0 to choices - 1."""
        return _drawn(f"{self._seed}:{self.seat}:{about}") % choices

    def points(self, package: Package) -> int:
        if package not in self._points:
            self._points[package] = self._own.points(package, self._beside)
        return self._points[package]

    def objections(self, package: Package) -> tuple[str, ...]:
        return self._own.objections(package)

    def issues_behind(self, package: Package) -> frozenset[str]:
        """The issues that its objections to the text rest on."""
        return self._own.issues_behind(package)

    @property
    def reservation(self) -> int:
        return self._own.reservation

    @property
    def best(self) -> Package:
        """The package the delegation would write if it were alone in the room: consistent, across none of its lines."""
        return _best_text(self._rules, self.seat, self._orders)

    @cached_property
    def _orders(self) -> tuple[Effect, ...]:
        """What its capital has changed. What happened in the world moves judgments, not the text it came for."""
        return tuple(effect for effect in self.around.effects if self.seat in seats_of(effect))

    def can_live_with(self, package: Package) -> bool:
        """No line of its own crossed, and not worse than going home without a text."""
        return not self.objections(package) and self.points(package) >= self.reservation

    def consistent(self, package: Package) -> bool:
        return self._rules.evaluator.is_consistent(package)

    def aspiration(self, progress: Fraction) -> int:
        """The points it asks of a text it is to support, `progress` (0..1) of the way through the negotiation.

        Time-dependent concession (Faratin, Sierra and Jennings 1998): it starts near its own best text and ends near
        what going home is worth; a Boulware delegation moves late, a conceder early, by temper.
        """
        if self._aspired is None or self._aspired[0] is not progress:
            self._aspired = progress, self._aspiration(progress)
        return self._aspired[1]

    def _aspiration(self, progress: Fraction) -> int:
        share = _share_asked(progress, self.temper("concession", 3))
        gap = self.points(self.best) - self.reservation
        return half_even(self.reservation * share.denominator + share.numerator * gap, share.denominator)

    def package(self, options: Mapping[str, str]) -> Package:
        return tuple(map(options.__getitem__, self._rules.issues))

    def changed(self, package: Package, changes: Mapping[str, str]) -> Package:
        return tuple(changes.get(issue, option) for issue, option in zip(self._rules.issues, package, strict=True))

    def smallest_cure(self, package: Package) -> dict[str, str] | None:
        """The change of one or two open issues that lifts every objection of its own, for the most points; or None."""
        return self._own.smallest_cure(package)

    def best_step(self, package: Package) -> dict[str, str] | None:
        """The change of one open issue that brings it most, across no line; None when no change brings anything."""
        return self._own.best_step(package)

    # --- what is on offer beside the text

    def with_deals(self, deals: Iterable[str]) -> Mind:
        """Itself, had these deals been signed."""
        return self._had_signed(self.around.deals | frozenset(deals))

    def without_deals(self, deals: Iterable[str]) -> Mind:
        """Itself, had these deals not been signed."""
        return self._had_signed(self.around.deals - frozenset(deals))

    def _had_signed(self, deals: frozenset[str]) -> Mind:
        if deals not in self._had_they_signed:
            around, own = replace(self.around, deals=deals), self._own.had_it_signed(deals)
            self._had_they_signed[deals] = Mind(self._rules, self.seat, self._seed, around, (own, own.beside(around)))
        return self._had_they_signed[deals]

    def worth_of_deals(self, deals: tuple[str, ...], text: Package) -> Worth:
        """What these deals would bring it if that text came about."""
        if (deals, text) not in self._worths:
            self._worths[deals, text] = self._worth_of_deals(deals, text)
        return self._worths[deals, text]

    def _worth_of_deals(self, deals: tuple[str, ...], text: Package) -> Worth:
        if not self.looks_at(deals):
            paid = self._own.points_from(deals) - self._own.points_from(self.around.deals.intersection(deals))
            return Worth(0, self._own.points(text, self._beside, paid) - self.points(text))
        there = self.with_deals(deals)
        lifted = set(self.objections(text)) - set(there.objections(text))
        return Worth(len(lifted), there.points(text) - self.points(text))

    def looks_at(self, deals: Collection[str]) -> bool:
        """Whether one of these deals, signed or not, can move what it objects to."""
        return self._own.looks_at(deals)

    def worth_of_complement(self, complement: str) -> int:
        """The points that the complement at full strength brings it (rule 8.8); negative for what it would rather not
        see."""
        return self._rules.seats[self.seat].complement_points.get(complement, 0)


class _Judgment:
    """What a seat thinks of texts, shared by all games of one set of rules and worked out once.

    `around` are circumstances as far as the seat's instructions look at them. What was agreed beside the text brings
    it points that hang on no text; they come in as `beside`.
    """

    def __init__(self, rules: Rules, seat: SeatId, around: Circumstances) -> None:
        self._rules = rules
        self._seat = seat
        self.around = around
        self._instructions, self._situation = rules.evaluator.instructions(seat, around)
        self._worth: dict[Package, Number] = {}
        self._objections: dict[Package, tuple[str, ...]] = {}
        self._behind: dict[Package, frozenset[str]] = {}
        self._cures: dict[Package, dict[str, str] | None] = {}
        self._had_they_signed: dict[frozenset[str], _Judgment] = {}

    def holds_under(self, around: Circumstances) -> bool:
        """Whether the seat thinks just so of texts in those circumstances, too."""
        return self._instructions.looks_alike(around, self.around)

    def had_it_signed(self, deals: frozenset[str]) -> _Judgment:
        """What the seat would think of texts if of all deals these were signed."""
        seen = self._instructions.deals_looked_at(deals)
        if seen == self.around.deals:
            return self
        if seen not in self._had_they_signed:
            self._had_they_signed[seen] = _judgment_of(self._rules, self._seat, replace(self.around, deals=seen))
        return self._had_they_signed[seen]

    def beside(self, around: Circumstances) -> Number:
        """The points of what was done beside the text by then."""
        return self._rules.evaluator.beside(self._instructions, around)

    @cached_property
    def reservation(self) -> int:
        return self._rules.evaluator.reservation(self._seat)

    def worth(self, package: Package) -> Number:
        """What the text alone is worth to the seat, to compare texts by."""
        if package not in self._worth:
            self._worth[package] = self._instructions.worth(package, self._situation)
        return self._worth[package]

    def points(self, package: Package, beside: Number, more: int = 0) -> int:
        return self._instructions.rounded(self.worth(package), beside, more)

    def looks_at(self, deals: Collection[str]) -> bool:
        return self._instructions.looks_at(deals)

    def points_from(self, deals: Collection[str]) -> int:
        """What these deals bring it, whatever the text says."""
        return self._instructions.from_deals(deals)

    def objections(self, package: Package) -> tuple[str, ...]:
        if package not in self._objections:
            self._objections[package] = self._instructions.objections(package, self._situation)
        return self._objections[package]

    def issues_behind(self, package: Package) -> frozenset[str]:
        if package not in self._behind:
            crossed = self.objections(package)
            behind = (self._instructions.issues_behind(one, package, self._situation) for one in crossed)
            self._behind[package] = frozenset().union(*behind)
        return self._behind[package]

    def best(self) -> Package:
        seat = self._instructions.seat
        fixed = self._rules.cast.fixed
        ideal = {**seat.ideal, **fixed}
        ranked = self._rules.scenario.ranked_issue
        tried: list[Package] = []
        for path in seat.preference_order[:PATHS_TRIED]:
            start = {**ideal, ranked: fixed.get(ranked, path)}
            tried.append(self._climbed(tuple(start[issue] for issue in self._rules.issues)))
            if self._faults(tried[-1])[:2] == (0, 0):
                return tried[-1]  # the way in it likes best of those that it can write a sound text for
        return min(tried, key=self._faults)

    def _faults(self, package: Package) -> tuple[int, int, Number]:
        return self._rules.evaluator.rules_broken(package), len(self.objections(package)), -self.worth(package)

    def _climbed(self, package: Package) -> Package:
        """Changes one issue at a time for the better until nothing is better: first rules, then lines, then points."""
        for _ in range(SEARCH_STEPS):
            better = min(self._neighbours(package), key=self._faults)
            if self._faults(better) >= self._faults(package):
                break
            package = better
        return package

    def _neighbours(self, package: Package) -> Iterable[Package]:
        """Every text that differs in one open issue."""
        return (step for _, step in self._steps(package, self._open_places))

    @cached_property
    def _open_places(self) -> frozenset[int]:
        return frozenset(self._rules.issue_place[issue] for issue in self._rules.issues if self._is_open(issue))

    def _is_open(self, issue: str) -> bool:
        return issue not in self._rules.cast.fixed

    def _steps(self, package: Package, places: Collection[int]) -> Iterable[tuple[int, Package]]:
        """Every text that differs in one of these issues as far as they are open, with the issue's place."""
        for place in sorted(self._open_places.intersection(places)):
            for option in self._rules.options[self._rules.issues[place]]:
                if option != package[place]:
                    yield place, (*package[:place], option, *package[place + 1 :])

    def _second_steps(self, place: int, step: Package, involved: Collection[int]) -> Iterable[Package]:
        """What a second change makes of a step at `place`, without the pairs that begin at an earlier place.

        While the step is objected to, the second change is one of the issues involved as well.
        """
        seconds = involved if self.objections(step) else self._open_places
        later = {second for second in seconds if second > place or second not in involved}
        return (two for _, two in self._steps(step, later))

    def smallest_cure(self, package: Package) -> dict[str, str] | None:
        if package not in self._cures:
            self._cures[package] = self._cure(package)
        return self._cures[package]

    def _cure(self, package: Package) -> dict[str, str] | None:
        involved = {self._rules.issue_place[issue] for issue in self.issues_behind(package)}
        first = list(self._steps(package, involved))
        # a change of the sore issues that only breaks a rule of the text may be mended by any other issue
        found = self._best_cure(step for _, step in first) or self._best_cure(
            two for place, step in first for two in self._second_steps(place, step, involved)
        )
        if found is None:
            return None
        pairs = zip(self._rules.issues, package, found, strict=True)
        return {issue: new for issue, old, new in pairs if old != new}

    def best_step(self, package: Package) -> dict[str, str] | None:
        found = self._best_cure(self._neighbours(package))
        if found is None or self.worth(found) <= self.worth(package):
            return None
        return {issue: new for issue, old, new in zip(self._rules.issues, package, found, strict=True) if old != new}

    def _best_cure(self, candidates: Iterable[Package]) -> Package | None:
        consistent, accepts = self._rules.evaluator.is_consistent, self._instructions.accepts
        sound = [one for one in candidates if consistent(one) and accepts(one, self._situation)]
        return max(sound, key=self.worth, default=None)


def _judged(
    rules: Rules, seat: SeatId, around: Circumstances, before: _Judgment | None = None
) -> tuple[_Judgment, Number]:
    """What the seat thinks of texts then, often the same as `before`; and the points of what hangs on no text."""
    if before is not None and before.holds_under(around):
        return before, before.beside(around)
    concerned, beside = rules.evaluator.concerning(seat, around)
    return _judgment_of(rules, seat, concerned), beside


@lru_cache(maxsize=4_096)
def _judgment_of(rules: Rules, seat: SeatId, around: Circumstances) -> _Judgment:
    return _Judgment(rules, seat, around)


@lru_cache(maxsize=2_048)
def _best_text(rules: Rules, seat: SeatId, orders: tuple[Effect, ...]) -> Package:
    ordered = replace(BASELINE, effects=orders)
    concerned, _ = rules.evaluator.concerning(seat, ordered)
    return _judgment_of(rules, seat, concerned).best()


@lru_cache(maxsize=8_192)
def _drawn(what: str) -> int:
    return int.from_bytes(hashlib.sha256(what.encode()).digest()[:4])


@lru_cache(maxsize=256)
def _share_asked(progress: Fraction, temper: int) -> Fraction:
    moved = (progress**3, progress, 1 - (1 - progress) ** 3)[temper]
    return OPENING_SHARE - (OPENING_SHARE - CLOSING_SHARE) * moved


def mind_of(rules: Rules, seat: SeatId, seed: str) -> Mind:
    return Mind(rules, seat, seed)
