"""What of the circumstances a seat's instructions look at: nothing else changes what it thinks of a text.

What was agreed beside the text may bring a seat points all the same; those hang on no text, and are counted apart
(`Instructions.beside`). So a delegation's judgment of a text outlasts most of what the others sign.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game_rules.conditions import (
    ANY,
    AlliesSigning,
    AnyNode,
    DealSigned,
    FlagSet,
    InForce,
)
from game_rules.evaluation.circumstances import Circumstances
from game_rules.scenario import Scenario, SignedComplement
from game_rules.terms import ByCount, ByStrength, Term


@dataclass(frozen=True, slots=True)
class Outlook:
    """Names of deals and complements that conditions and terms look at, directly or through a flag that a deal sets.

    `complements` is None where whichever is in force counts; `signatures`: who signed at all; `breaks`: how often
    silence was broken.
    """

    deals: frozenset[str]
    complements: frozenset[str] | None
    signatures: bool
    breaks: bool

    def of(self, circumstances: Circumstances) -> Circumstances:
        """The circumstances without what is not looked at."""
        return Circumstances(
            world=circumstances.world,
            flags=circumstances.flags,
            adopted=circumstances.adopted,
            statements=circumstances.statements,
            footnotes=circumstances.footnotes,
            effects=circumstances.effects,
            deals=circumstances.deals & self.deals,
            complements=self._seen(circumstances),
            also_signed=circumstances.also_signed if self.signatures else frozenset(),
            breaks=circumstances.breaks if self.breaks else 0,
        )

    def alike(self, one: Circumstances, other: Circumstances) -> bool:
        """Whether `of` the two is the same. Asked after every signature of anybody, and nearly always true."""
        return (
            one.effects == other.effects
            and one.deals & self.deals == other.deals & self.deals
            and (one.complements == other.complements or self._seen(one) == self._seen(other))
            and (not self.signatures or one.also_signed == other.also_signed)
            and (not self.breaks or one.breaks == other.breaks)
            and one.world == other.world
            and one.flags == other.flags
            and (one.adopted, one.statements, one.footnotes) == (other.adopted, other.statements, other.footnotes)
        )

    def _seen(self, circumstances: Circumstances) -> tuple[SignedComplement, ...]:
        seen = self.complements
        if seen is None or self.signatures:
            return circumstances.complements
        if not seen:
            return ()
        return tuple(entry for entry in circumstances.complements if entry.name in seen)


def outlook(scenario: Scenario, nodes: Iterable[AnyNode], terms: Iterable[Term]) -> Outlook:
    """What these leaves of conditions, and the factors of these terms, look at."""
    leaves, factors = tuple(nodes), tuple(term.times for term in terms)
    flags = {node.flag for node in leaves if isinstance(node, FlagSet)}
    complements = {node.complement for node in leaves if isinstance(node, InForce)}
    complements |= {factor.strength for factor in factors if isinstance(factor, ByStrength)}
    return Outlook(
        deals=frozenset(node.deal for node in leaves if isinstance(node, DealSigned))
        | {deal.id for deal in scenario.deals if flags.intersection(deal.sets_flags)},
        complements=None if ANY in complements else frozenset(complements),
        signatures=any(isinstance(node, AlliesSigning) for node in leaves),
        breaks=any(isinstance(factor, ByCount) and factor.count == "breaks" for factor in factors),
    )
