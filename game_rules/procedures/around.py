"""What has happened around the text, and who may know of it: signatures beside the alliance, and effects of news.

Look-ups for `standing.circumstances`, in three forms: the full truth, what one delegation knows, what everybody knows
(rule 9.3). This module neither signs nor fires anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from game_rules.changing import replace
from game_rules.conditions import OUTCOME
from game_rules.evaluation import Circumstances
from game_rules.messages import SeatId
from game_rules.scenario import (
    AddPoints,
    ChangeRedLine,
    Effect,
    ProposeRevision,
    SetAcceptable,
    SetFlag,
    SetPreference,
    SetWorld,
    ShiftSalience,
    ShiftScore,
    SignedComplement,
)
from game_rules.state import GameState, OpenComplement, Sheet

PUBLIC_EFFECTS = (SetFlag, SetWorld, ShiftScore)
"""Effects on what everybody lives in. They come with news to everybody alone (rule 7.3)."""


# --- effects of news (rule 7.3)


def seats_of(effect: Effect) -> tuple[SeatId, ...]:
    """The delegations whose instructions the effect changes; none for what concerns everybody, or the chair's text."""
    match effect:
        case ShiftSalience() | ChangeRedLine() | AddPoints():
            return effect.seats
        case SetPreference() | SetAcceptable():
            return (effect.seat,)
        case SetFlag() | SetWorld() | ShiftScore() | ProposeRevision():
            return ()


def narrowed(effect: Effect, seat: SeatId) -> Effect:
    """The effect as the delegation reads it: who else was instructed alike is not for it to know."""
    if isinstance(effect, ShiftSalience | ChangeRedLine | AddPoints):
        return effect.model_copy(update={"seats": (seat,)})
    return effect


def all_effects(state: GameState) -> tuple[Effect, ...]:
    """Every effect that holds now, in the order they came: the full truth."""
    return tuple(effect for live in state.effects for effect in live.effects)


def public_effects(state: GameState) -> tuple[Effect, ...]:
    """Those that everybody knows of."""
    return tuple(effect for effect in all_effects(state) if isinstance(effect, PUBLIC_EFFECTS))


def effects_known_to(state: GameState, seat: SeatId) -> tuple[Effect, ...]:
    """Those that everybody knows of, and the delegation's own instructions."""
    return state.rules.memo.of(("effects known to", seat), (state.effects,), _known_to, state, seat)


def _known_to(state: GameState, seat: SeatId) -> tuple[Effect, ...]:
    if not any(seat in seats_of(effect) for effect in all_effects(state)):
        # one object for all delegations that know no more than everybody
        return state.rules.memo.of("public effects", (state.effects,), public_effects, state)
    return tuple(
        narrowed(effect, seat)
        for effect in all_effects(state)
        if isinstance(effect, PUBLIC_EFFECTS) or seat in seats_of(effect)
    )


def in_world(circumstances: Circumstances, world: str) -> Circumstances:
    """The circumstances once the world has come out so: the outcome's own variables replace what news had moved.

    News that told this very outcome stand as they are, with whatever they said of it besides.
    """
    moves = [effect for effect in circumstances.effects if isinstance(effect, SetWorld)]
    told = [effect.value for effect in moves if effect.variable == OUTCOME]
    if told and told[-1] == world:
        return circumstances
    kept = tuple(effect for effect in circumstances.effects if not isinstance(effect, SetWorld))
    return replace(circumstances, world=world, effects=kept)


# --- complements (rule 6.5)


def entry(state: GameState, complement: str, sheet: Sheet) -> SignedComplement:
    """The sheet as the evaluator reads it, with the legislature's vote as far as it was taken."""
    vote = state.complements[complement].vote if complement in state.complements else None
    return SignedComplement(
        name=complement,
        signers=sheet.signers,
        mode=sheet.mode,
        congress=vote is not None and vote.passed,
        defence=sheet.defence,
    )


def signed_complements(state: GameState) -> tuple[SignedComplement, ...]:
    """One entry a complement, in the scenario's order: of several sheets the one that counts for most (rule 6.5).

    That is the strongest in force; while none is, the one with most signatures; ties go to the one opened first.
    """
    opened = ((one.id, state.complements.get(one.id)) for one in state.rules.scenario.complements)
    return tuple(
        state.rules.memo.of(("chief entry", complement), (signed,), _chief_entry, state, complement, signed)
        for complement, signed in opened
        if signed is not None and signed.sheets
    )


def _chief_entry(state: GameState, complement: str, signed: OpenComplement) -> SignedComplement:
    return entry(state, complement, chief_sheet(state, complement, signed))


def chief_sheet(state: GameState, complement: str, signed: OpenComplement) -> Sheet:
    """The sheet that stands for the complement. Raises ValueError when nobody has signed any."""

    def weight(sheet: Sheet) -> tuple[Fraction, int]:
        found = state.evaluator.in_force(entry(state, complement, sheet))
        return (found.strength if found is not None else Fraction(-1), len(sheet.signers))

    if len(signed.sheets) == 1:
        return signed.sheets[0]
    return max(signed.sheets, key=weight)


def signers_of_other_sheets(state: GameState, chief: Iterable[SignedComplement]) -> frozenset[SeatId]:
    """Whoever signed something that `chief`, the `signed_complements`, leaves out: they put their names to it too."""
    return frozenset(_signers(state.complements.values())) - {seat for signed in chief for seat in signed.signers}


def _signers(complements: Iterable[OpenComplement]) -> Iterator[SeatId]:
    for signed in complements:
        for sheet in signed.sheets:
            yield from sheet.signers
