"""The second interpreter of the condition language: over many packages at once, in one situation.

It must always agree with `game_rules.conditions.compile_condition`; a test compares them package by package. What
looks beyond the text (the world, deals, flags, complements) is the same for all packages of a situation, so it comes
down to one truth for all rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from game_rules.conditions import (
    ANY,
    Adopted,
    AlliesSigned,
    AlliesSigning,
    AllOf,
    AnyOf,
    Condition,
    DealSigned,
    FlagSet,
    HeldBy,
    InForce,
    InMode,
    InSet,
    LawPassed,
    Named,
    Not,
    OnIssue,
    OnWorld,
    OptionId,
    SeatId,
    SignedBy,
    Situation,
    Vocabulary,
)

Codes: TypeAlias = NDArray[np.uint8]
"""Packages by issues: the number of the option, in scenario order."""

Truths: TypeAlias = NDArray[np.bool_]
"""One truth a package."""

VectorTest: TypeAlias = Callable[[Codes, Situation], Truths]


def vectorised(condition: Condition, vocabulary: Vocabulary, holder: SeatId | None = None) -> VectorTest:
    """A function giving one truth for each row of codes, in a situation.

    `holder` is the seat whose line it is. Raises UnknownName for a name the vocabulary lacks, ValueError for a
    signature condition.
    """
    match condition:
        case AllOf():
            return _all([vectorised(part, vocabulary, holder) for part in condition.all])
        case AnyOf():
            return _any([vectorised(part, vocabulary, holder) for part in condition.any])
        case Not():
            negated = vectorised(condition.negated, vocabulary, holder)
            return lambda codes, situation: ~negated(codes, situation)
        case OnIssue():
            return _on_issue(vocabulary, condition.issue, vocabulary.accepted(condition))
        case InSet():
            return _on_issue(vocabulary, *vocabulary.option_set(condition.in_set))
        case Named():
            return vectorised(vocabulary.definition(condition.named), vocabulary, holder)
        case _:
            return _same_for_all(condition, holder)


def _all(tests: list[VectorTest]) -> VectorTest:
    return lambda codes, situation: np.logical_and.reduce([test(codes, situation) for test in tests])


def _any(tests: list[VectorTest]) -> VectorTest:
    return lambda codes, situation: np.logical_or.reduce([test(codes, situation) for test in tests])


def _on_issue(vocabulary: Vocabulary, issue: str, options: frozenset[OptionId]) -> VectorTest:
    position = vocabulary.position(issue)
    accepted = np.array([option in options for option in vocabulary.issues[issue]])
    return lambda codes, situation: accepted[codes[:, position]]


def _same_for_all(condition: Condition, holder: SeatId | None) -> VectorTest:
    if isinstance(condition, SignedBy | AlliesSigned | LawPassed | InMode):
        raise ValueError("a signature condition stands only in a complement's 'in_force_when'")
    return lambda codes, situation: np.full(len(codes), _holds(condition, situation, holder))


def _holds(condition: Condition, situation: Situation, holder: SeatId | None) -> bool:
    """The truth of a condition that does not look at the text."""
    match condition:
        case OnWorld(among=None):
            return situation.world[condition.world] == condition.equals
        case OnWorld():
            return situation.world[condition.world] in (condition.among or ())
        case DealSigned():
            return condition.deal in situation.deals
        case FlagSet():
            return condition.flag in situation.flags
        case InForce():
            return _in_force(condition, situation, holder)
        case HeldBy():
            return holder in condition.holder
        case Adopted():
            return situation.adopted is condition.adopted
        case AlliesSigning():
            return len(situation.allies_signing - set(condition.besides)) >= condition.allies_signing
        case _:
            raise TypeError(f"{condition!r} looks at the text, or is no condition")


def _in_force(condition: InForce, situation: Situation, holder: SeatId | None) -> bool:
    return any(
        (condition.complement in (ANY, name))
        and (condition.mode is None or found.mode == condition.mode)
        and (condition.defence is None or found.defence is condition.defence)
        and (condition.signed_by is None or holder in found.signers)
        for name, found in situation.in_force.items()
    )
