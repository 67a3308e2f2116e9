"""Whether the structural rules leave anything to agree on: contradictions, and options that nobody can reach.

The packages of a scenario may be hundreds of millions, so nothing is listed: for each option one consistent package is
looked for, issue by issue, and a branch is left as soon as a rule whose issues are all answered is broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from game_rules.conditions import IssueId, OptionId, Package, Situation, Test, compile_condition, mentions
from game_rules.faults.fault import Fault, Place
from game_rules.scenario import Cast, Scenario, StructuralRule

MOST_STEPS = 100_000  # of one search; where it is not enough nothing is claimed
_TEXT_ALONE = Situation(world={})  # structural rules look at nothing else: condition_faults sees to it


class _Undecided(Exception):
    """The search was given up."""


@dataclass(frozen=True)
class _Rule:
    source: StructuralRule
    positions: frozenset[int]
    broken: Test


@dataclass
class Reach:
    """Looks for consistent packages; `domains` are the options still allowed, by issue in scenario order."""

    rules: Sequence[_Rule]
    domains: Sequence[Sequence[OptionId]]
    steps: int = field(default=0, init=False)

    def package(self) -> Package | None:
        """A consistent package, None when there is none. Raises _Undecided when that takes too long."""
        order = sorted(range(len(self.domains)), key=self._freedom)  # the issue that most rules look at comes first
        due = self._due(order)
        chosen: list[OptionId] = [domain[0] for domain in self.domains]
        return self._complete(0, order, due, chosen)

    def _freedom(self, position: int) -> tuple[bool, int]:
        return len(self.domains[position]) > 1, -sum(position in rule.positions for rule in self.rules)

    def _due(self, order: Sequence[int]) -> list[list[_Rule]]:
        """The rules that can be judged once the first n issues of the order are answered, for each n."""
        rank = {position: depth for depth, position in enumerate(order)}
        due: list[list[_Rule]] = [[] for _ in order]
        for rule in self.rules:
            due[max((rank[position] for position in rule.positions), default=0)].append(rule)
        return due

    def _complete(
        self, depth: int, order: Sequence[int], due: Sequence[Sequence[_Rule]], chosen: list[OptionId]
    ) -> Package | None:
        if depth == len(order):
            return tuple(chosen)
        for option in self.domains[order[depth]]:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise _Undecided
            chosen[order[depth]] = option
            package = tuple(chosen)
            if any(rule.broken(package, _TEXT_ALONE) for rule in due[depth]):
                continue
            found = self._complete(depth + 1, order, due, chosen)
            if found is not None:
                return found
        return None


def reach_faults(scenario: Scenario) -> Iterator[Fault]:
    """Contradictory rules, unreachable options, casts with nothing to choose, inconsistent packages of the scenario.

    Needs every name to be known and structural rules to look at the text alone.
    """
    rules = _compiled(scenario)
    everything = _domains(scenario, {})
    if _found(rules, everything) is None:
        names = _clashing(rules, everything)
        yield Fault(_place_of(scenario, names), f"no package keeps all rules: {_and(names)} contradict one another")
        return
    yield from _unreachable(scenario, rules)
    for index, cast in enumerate(scenario.casts):
        yield from _cast_faults(scenario, rules, cast, ("casts", index))
    yield from _inconsistent(scenario, rules)


def unreachable_by_cast(scenario: Scenario, cast: Cast) -> dict[IssueId, tuple[OptionId, ...]]:
    """The options of the cast's open issues that no consistent package has, with what the cast fixes.

    No fault by itself: fixing an issue may well close an option of another. Empty lists are left out.
    """
    rules, domains = _compiled(scenario), _domains(scenario, cast.fixed)
    reached = _reached(rules, domains)
    closed = {
        issue.id: tuple(option for option in issue.option_ids if option not in reached[position])
        for position, issue in enumerate(scenario.issues)
        if issue.id not in cast.fixed
    }
    return {issue: options for issue, options in closed.items() if options}


def _compiled(scenario: Scenario) -> list[_Rule]:
    vocabulary = scenario.vocabulary
    return [
        _Rule(
            rule,
            frozenset(vocabulary.position(name) for kind, name in mentions(rule.broken_when, vocabulary)),
            compile_condition(rule.broken_when, vocabulary),
        )
        for rule in scenario.structural_rules
    ]


def _domains(scenario: Scenario, fixed: Mapping[IssueId, OptionId]) -> list[tuple[OptionId, ...]]:
    return [(fixed[issue.id],) if issue.id in fixed else issue.option_ids for issue in scenario.issues]


def _found(rules: Sequence[_Rule], domains: Sequence[Sequence[OptionId]]) -> Package | None:
    """A consistent package; where the search is given up any package stands for it, so that nothing is claimed."""
    try:
        return Reach(rules, domains).package()
    except _Undecided:
        return tuple(domain[0] for domain in domains)


def _reached(rules: Sequence[_Rule], domains: Sequence[Sequence[OptionId]]) -> list[set[OptionId]]:
    """The options that occur in consistent packages, by position. One package is a witness for all it holds."""
    reached: list[set[OptionId]] = [set() for _ in domains]
    for position, domain in enumerate(domains):
        for option in domain:
            if option in reached[position]:
                continue
            narrowed = [*domains[:position], (option,), *domains[position + 1 :]]
            witness = _found(rules, narrowed)
            for index, seen in enumerate(witness or ()):
                reached[index].add(seen)
    return reached


def _unreachable(scenario: Scenario, rules: Sequence[_Rule]) -> Iterator[Fault]:
    domains = _domains(scenario, {})
    reached = _reached(rules, domains)
    for position, issue in enumerate(scenario.issues):
        for index, option in enumerate(issue.option_ids):
            if option not in reached[position]:
                names = _clashing(rules, [*domains[:position], (option,), *domains[position + 1 :]])
                reason = f"no consistent package has {issue.id} = {option!r}: {_and(names)} rule it out"
                yield Fault(("issues", position, "options", index), reason)


def _cast_faults(scenario: Scenario, rules: Sequence[_Rule], cast: Cast, place: Place) -> Iterator[Fault]:
    domains = _domains(scenario, cast.fixed)
    where = (*place, "fixed")
    if _found(rules, domains) is None:
        names = _clashing(rules, domains)
        yield Fault(where, f"what the cast {cast.id!r} fixes contradicts {_and(names)}: no package is left")
        return
    reached = _reached(rules, domains)
    for position, issue in enumerate(scenario.issues):
        if issue.id not in cast.fixed and len(reached[position]) < 2:
            (only,) = reached[position]
            reason = f"what the cast {cast.id!r} fixes leaves {issue.id!r} only {only!r}: fix that too"
            yield Fault(where, reason)


def _inconsistent(scenario: Scenario, rules: Sequence[_Rule]) -> Iterator[Fault]:
    packages: tuple[tuple[Place, str, Mapping[IssueId, OptionId]], ...] = (
        (("status_quo", "options"), "the status quo", scenario.status_quo.options),
        (("fallback", "options"), "the fallback", scenario.fallback.options),
        (("history", "choices"), "the historical text", scenario.history.options),
    )
    for place, title, options in packages:
        package = tuple(options[issue.id] for issue in scenario.issues)
        for rule in rules:
            if rule.broken(package, _TEXT_ALONE):
                yield Fault(place, f"{title} breaks the rule {rule.source.id!r}: {rule.source.sentence}")


def _clashing(rules: Sequence[_Rule], domains: Sequence[Sequence[OptionId]]) -> list[str]:
    """A smallest set of rules (none can be spared) that together leave nothing."""
    needed = list(rules)
    for rule in rules:
        fewer = [other for other in needed if other is not rule]
        if _found(fewer, domains) is None:
            needed = fewer
    return [rule.source.id for rule in needed]


def _place_of(scenario: Scenario, names: Iterable[str]) -> Place:
    wanted = set(names)
    for index, rule in enumerate(scenario.structural_rules):
        if rule.id in wanted:
            return "structural_rules", index
    return ("structural_rules",)


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1] if names else "")))
