"""Every consistent package of a cast, as rows of option numbers.

Packages are listed issue by issue, dropping a beginning as soon as a rule it already breaks is judged, so the work
grows with the packages that are consistent and not with the product of all options.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from game_rules.analysis.vectorised import Codes, VectorTest, vectorised
from game_rules.conditions import IssueId, Package, Situation, mentions
from game_rules.scenario import Scenario

LARGEST = 2_000_000
"""Rows that are held at once: some 30 MB of codes, and a few times that while figures are worked out."""

DRAWN_AT_ONCE = 1 << 18
MOST_DRAWS = DRAWN_AT_ONCE * 200  # for a sample; enough where one combination in a thousand is consistent

_TEXT_ALONE = Situation(world={})  # structural rules look at nothing else (`game_rules.faults` sees to it)


class TooLarge(ValueError):
    """The space has more consistent packages than are held at once. `product` is the number without rules."""

    def __init__(self, product: int, limit: int) -> None:
        super().__init__(f"more than {limit:,} of {product:,} combinations to be held at once: take a sample")
        self.product, self.limit = product, limit


@dataclass(frozen=True)
class OutcomeSpace:
    """Packages of a scenario as numbers: `codes[p, i]` is the option of package p on issue i, in scenario order.

    `complete` is false for a sample. `product` counts the combinations of the open issues' options without any rule.
    """

    scenario: Scenario
    cast: str | None
    codes: Codes
    product: int
    complete: bool = True

    def __len__(self) -> int:
        return len(self.codes)

    def package(self, row: int) -> Package:
        """The package in a row. Raises IndexError."""
        return tuple(issue.options[code].id for issue, code in zip(self.scenario.issues, self.codes[row], strict=True))

    def options(self, row: int) -> dict[IssueId, str]:
        """The same as issue to option."""
        return dict(zip((issue.id for issue in self.scenario.issues), self.package(row), strict=True))


def outcome_space(scenario: Scenario, cast: str | None, limit: int = LARGEST) -> OutcomeSpace:
    """Every consistent package that answers the cast's open issues and keeps what it fixes, in scenario order.

    Raises UnknownName for an unknown cast, TooLarge when more than `limit` would have to be held on the way.
    """
    domains = _domains(scenario, cast)
    rules = _rules_by_last_issue(scenario)
    codes: Codes = np.zeros((1, len(domains)), dtype=np.uint8)
    for position, domain in enumerate(domains):
        codes = np.repeat(codes, len(domain), axis=0)
        codes[:, position] = np.tile(domain, len(codes) // len(domain))
        codes = _keeping(codes, rules[position])
        if len(codes) > limit:
            raise TooLarge(prod(map(len, domains)), limit)
    return OutcomeSpace(scenario, cast, codes, prod(map(len, domains)))


def sampled_space(scenario: Scenario, cast: str | None, size: int, seed: int) -> OutcomeSpace:
    """`size` consistent packages drawn at random, each as likely as any other, with repetition; the same for a seed.

    Combinations are drawn and those that break a rule thrown away, so fewer come back where hardly any is consistent.
    """
    domains = _domains(scenario, cast)
    rules = [rule for judged in _rules_by_last_issue(scenario) for rule in judged]
    chance = np.random.default_rng(seed)
    found: list[Codes] = []
    missing, draws = size, 0
    while missing > 0 and draws < MOST_DRAWS:
        drawn = np.stack([chance.choice(domain, DRAWN_AT_ONCE) for domain in domains], axis=1)
        kept = _keeping(drawn.astype(np.uint8), rules)[:missing]
        found.append(kept)
        missing -= len(kept)
        draws += DRAWN_AT_ONCE
    return OutcomeSpace(scenario, cast, np.concatenate(found), prod(map(len, domains)), complete=False)


def size_estimate(scenario: Scenario, cast: str | None, seed: int = 0, draws: int = DRAWN_AT_ONCE) -> int:
    """About how many consistent packages there are: the share of random combinations that keep the rules."""
    domains = _domains(scenario, cast)
    rules = [rule for judged in _rules_by_last_issue(scenario) for rule in judged]
    chance = np.random.default_rng(seed)
    drawn = np.stack([chance.choice(domain, draws) for domain in domains], axis=1).astype(np.uint8)
    return len(_keeping(drawn, rules)) * prod(map(len, domains)) // draws


def _domains(scenario: Scenario, cast: str | None) -> list[NDArray[np.uint8]]:
    fixed = scenario.cast(cast).fixed if cast is not None else {}
    return [
        np.array(
            [issue.option_ids.index(fixed[issue.id])] if issue.id in fixed else range(len(issue.options)),
            dtype=np.uint8,
        )
        for issue in scenario.issues
    ]


def _rules_by_last_issue(scenario: Scenario) -> list[list[VectorTest]]:
    """For each issue the rules that can be judged once it and those before it are answered."""
    vocabulary = scenario.vocabulary
    rules: list[list[VectorTest]] = [[] for _ in scenario.issues]
    for rule in scenario.structural_rules:
        last = max((vocabulary.position(name) for _, name in mentions(rule.broken_when, vocabulary)), default=0)
        rules[last].append(vectorised(rule.broken_when, vocabulary))
    return rules


def _keeping(codes: Codes, rules: list[VectorTest]) -> Codes:
    for broken in rules:
        codes = codes[~broken(codes, _TEXT_ALONE)]
    return codes
