"""Complements: commitments beside the alliance's text, signed by nations in their own name (rule 6.5, brief IV).

Each form of a complement - its mode, with or without a promise to fight - is a sheet of its own that lies open for
signature. Whether a sheet is in force the evaluator says; a legislature's vote is drawn here, once, and written into
the event. What a complement is worth to anybody is not for this module to know.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import ClassVar, Literal

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import EVERYONE, Actor, Audience, Command, Event, Id, SeatId
from game_rules.procedures import around
from game_rules.procedures.drafting import basis
from game_rules.procedures.standing import (
    demand,
    public_circumstances,
    why_not_advise_only,
    why_not_sit,
    why_not_start,
)
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.scenario import Complement, CongressTest, Package
from game_rules.state import CongressVote, GameState, OpenComplement, Sheet

# --- commands


class SignComplement(Command):
    """Signs one form of a complement in the delegation's own name, in public. `mode` may be left out: the first."""

    type: Literal["sign_complement"]
    formal_act: ClassVar[bool] = True
    complement: Id
    mode: Id | None = None
    defence: bool = False


class WithdrawSignature(Command):
    """Takes a signature back, before the sheet is in force."""

    type: Literal["withdraw_signature"]
    formal_act: ClassVar[bool] = True
    complement: Id
    mode: Id | None = None
    defence: bool = False


# --- events. stored: renaming needs an upcaster


class _OfASheet(Event):
    complement: str
    mode: str | None
    defence: bool

    def audience(self) -> Audience:
        return EVERYONE


class ComplementSigned(_OfASheet):
    type: Literal["complement_signed"] = "complement_signed"
    seat: SeatId

    def audience(self) -> Audience:
        return EVERYONE


class ComplementSignatureWithdrawn(_OfASheet):
    type: Literal["complement_signature_withdrawn"] = "complement_signature_withdrawn"
    seat: SeatId

    def audience(self) -> Audience:
        return EVERYONE


class CongressVoted(Event):
    """The vote of a legislature on a complement that lacked nothing else: passed when dice and bonus reach `pass_at`.

    Drawn from the game's seed and the complement's name, so that the dice are the same after a rewind.
    """

    type: Literal["congress_voted"] = "congress_voted"
    complement: str
    dice: tuple[int, ...]
    bonus: int
    pass_at: int
    passed: bool

    def audience(self) -> Audience:
        return EVERYONE


class ComplementInForce(_OfASheet):
    """The signature rule of a sheet is met. More may sign it still, and make it stronger."""

    type: Literal["complement_in_force"] = "complement_in_force"

    def audience(self) -> Audience:
        return EVERYONE


# --- predicates


def why_not_sign_now(state: GameState) -> Refusal | None:
    """rule 6.5: at any time, whatever becomes of the communiqué - from the opening of the meeting to its outcome."""
    match state.clock.status:
        case "lobby":
            return refuse(no.NOT_STARTED)
        case "ended":
            return refuse(no.GAME_OVER)
        case "paused":
            return refuse(no.PAUSED)
        case "running":
            over = state.outcome is not None
            return refuse(no.PHASE_FORBIDS, act="trade", phase=state.phase.id) if over else None


def why_not_be_a_party(state: GameState, by: Actor) -> Refusal | None:
    """The actor may sign for a nation: the chair speaks for none, and a deputy signs nothing (rules 1.1, 1.6)."""
    refusal = why_not_sit(state, by) or why_not_advise_only(state, by) or why_not_sign_now(state) or why_not_start(by)
    if refusal is not None:
        return refusal
    return refuse(no.CHAIR_SIGNS_NOTHING) if by.seat == state.rules.chair else None


def why_not_sign_complement(state: GameState, by: Actor, complement: Complement) -> Refusal | None:
    """Some sheet of the complement is left that the delegation has not signed."""
    refusal = why_not_be_a_party(state, by)
    if refusal is not None:
        return refusal
    left = [sheet for sheet in sheets_of(state, complement) if by.seat not in sheet.signers]
    return None if left else refuse(no.COMPLEMENT_SIGNED, complement=complement.id)


def why_not_withdraw_signature(state: GameState, by: Actor, complement: Complement) -> Refusal | None:
    """The delegation has signed some sheet of the complement that is not in force."""
    refusal = why_not_be_a_party(state, by)
    if refusal is not None:
        return refusal
    signed = [sheet for sheet in sheets_of(state, complement) if by.seat in sheet.signers]
    if not signed:
        return refuse(no.COMPLEMENT_NOT_SIGNED, complement=complement.id)
    if all(sheet.in_force for sheet in signed):
        return refuse(no.COMPLEMENT_IN_FORCE, complement=complement.id)
    return None


# --- looking


def sheets_of(state: GameState, complement: Complement) -> tuple[Sheet, ...]:
    """Every form in which it may be signed, in the scenario's order, with whoever signed it so far."""
    opened = {(sheet.mode, sheet.defence): sheet for sheet in _opened(state, complement.id).sheets}
    return tuple(
        opened.get((form.mode, defence), Sheet(form.mode, defence))
        for form in complement.forms
        for defence in ((False, True) if complement.may_promise_defence else (False,))
    )


def _opened(state: GameState, complement: str) -> OpenComplement:
    return state.complements.get(complement, OpenComplement())


def text_of_the_day(state: GameState) -> Package:
    """The text that a condition on options looks at while no outcome stands.

    The one adopted, else the one under silence, else the basis of the discussion, else the status quo.
    """
    if state.adopted is not None:
        return state.adopted.package
    if state.silence is not None:
        return state.silence.package
    on_floor = basis(state)
    if on_floor is not None:
        return on_floor.package
    return state.evaluator.package(state.rules.scenario.status_quo.options)


# --- deciding


def find_complement(state: GameState, complement: str) -> Complement:
    """The complement of that id. Raises Rejected."""
    for known in state.rules.scenario.complements:
        if known.id == complement:
            return known
    raise Rejected(refuse(no.COMPLEMENT_UNKNOWN, complement=complement))


def _sheet(state: GameState, complement: Complement, command: SignComplement | WithdrawSignature) -> Sheet:
    """The sheet that the command names. Raises Rejected."""
    mode = complement.forms[0].mode if command.mode is None else command.mode
    modes = tuple(form.mode for form in complement.forms)
    if mode not in modes:
        known = tuple(mode for mode in modes if mode is not None)
        raise Rejected(refuse(no.COMPLEMENT_MODE, complement=complement.id, modes=known))
    for sheet in sheets_of(state, complement):
        if (sheet.mode, sheet.defence) == (mode, command.defence):
            return sheet
    raise Rejected(refuse(no.COMPLEMENT_NO_DEFENCE, complement=complement.id))


def sign_complement(state: GameState, command: SignComplement, by: Actor) -> tuple[Event, ...]:
    complement = find_complement(state, command.complement)
    demand(why_not_sign_complement(state, by, complement))
    sheet = _sheet(state, complement, command)
    assert by.seat is not None
    if by.seat in sheet.signers:
        raise Rejected(refuse(no.COMPLEMENT_SIGNED, complement=complement.id))
    signed = ComplementSigned(complement=complement.id, mode=sheet.mode, defence=sheet.defence, seat=by.seat)
    return (signed, *_what_follows(complement_signed(state, signed), complement))


def withdraw_signature(state: GameState, command: WithdrawSignature, by: Actor) -> tuple[Event, ...]:
    complement = find_complement(state, command.complement)
    demand(why_not_withdraw_signature(state, by, complement))
    sheet = _sheet(state, complement, command)
    assert by.seat is not None
    if by.seat not in sheet.signers:
        raise Rejected(refuse(no.COMPLEMENT_NOT_SIGNED, complement=complement.id))
    if sheet.in_force:
        raise Rejected(refuse(no.COMPLEMENT_IN_FORCE, complement=complement.id))
    return (
        ComplementSignatureWithdrawn(complement=complement.id, mode=sheet.mode, defence=sheet.defence, seat=by.seat),
    )


def _what_follows(state: GameState, complement: Complement) -> Iterator[Event]:
    """The legislature votes once its vote alone is lacking; then every sheet whose rule is met comes into force."""
    signed = state.complements[complement.id]
    if signed.vote is None and complement.congress_test is not None and _only_the_vote_is_lacking(state, complement):
        voted = _vote(state, complement.id, complement.congress_test)
        state = congress_voted(state, voted)
        yield voted
    for sheet in state.complements[complement.id].sheets:
        if not sheet.in_force and state.evaluator.in_force(around.entry(state, complement.id, sheet)) is not None:
            yield ComplementInForce(complement=complement.id, mode=sheet.mode, defence=sheet.defence)


def _only_the_vote_is_lacking(state: GameState, complement: Complement) -> bool:
    entries = [around.entry(state, complement.id, sheet) for sheet in state.complements[complement.id].sheets]
    in_force = state.evaluator.in_force
    return any(
        in_force(entry) is None and in_force(entry.model_copy(update={"congress": True})) is not None
        for entry in entries
    )


def _vote(state: GameState, complement: str, test: CongressTest) -> CongressVoted:
    """The throw and what is added to it, by public facts and the text of the day (rule 6.5)."""
    dice = tuple(die(state.seed, complement, number, test.sides) for number in range(test.dice))
    bonus = state.evaluator.congress_bonus(complement, text_of_the_day(state), public_circumstances(state))
    passed = sum(dice) + bonus >= test.pass_at
    return CongressVoted(complement=complement, dice=dice, bonus=bonus, pass_at=test.pass_at, passed=passed)


def die(seed: str, complement: str, number: int, sides: int) -> int:
    """One die, 1 to `sides`. 64 bits of a hash: their remainder favours no face by more than one part in 2**60."""
    digest = hashlib.sha256(f"congress:{seed}:{complement}:{number}".encode()).digest()
    return int.from_bytes(digest[:8]) % sides + 1


# --- folding


def _with_sheet(state: GameState, complement: str, changed: Sheet) -> GameState:
    """The complement with this sheet as it is now; one that was not open yet comes last."""
    before = _opened(state, complement)
    form = (changed.mode, changed.defence)
    sheets = tuple(changed if (sheet.mode, sheet.defence) == form else sheet for sheet in before.sheets)
    if changed not in sheets:
        sheets = (*sheets, changed)
    return replace(state, complements={**state.complements, complement: replace(before, sheets=sheets)})


def _open_sheet(state: GameState, event: _OfASheet) -> Sheet:
    opened = _opened(state, event.complement).sheets
    form = (event.mode, event.defence)
    return next((sheet for sheet in opened if (sheet.mode, sheet.defence) == form), Sheet(*form))


def complement_signed(state: GameState, event: ComplementSigned) -> GameState:
    sheet = _open_sheet(state, event)
    return _with_sheet(state, event.complement, replace(sheet, signers=(*sheet.signers, event.seat)))


def complement_signature_withdrawn(state: GameState, event: ComplementSignatureWithdrawn) -> GameState:
    sheet = _open_sheet(state, event)
    signers = tuple(seat for seat in sheet.signers if seat != event.seat)
    return _with_sheet(state, event.complement, replace(sheet, signers=signers))


def congress_voted(state: GameState, event: CongressVoted) -> GameState:
    before = _opened(state, event.complement)
    vote = CongressVote(event.dice, event.bonus, event.pass_at, event.passed)
    return replace(state, complements={**state.complements, event.complement: replace(before, vote=vote)})


def complement_in_force(state: GameState, event: ComplementInForce) -> GameState:
    return _with_sheet(state, event.complement, replace(_open_sheet(state, event), in_force=True))
