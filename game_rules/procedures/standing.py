"""Who may act at all: the checks that every procedure begins with.

A predicate returns a Refusal or None and looks only at what the actor may see (rule 9.3): public state, its own
seat, its own instructions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, Generic, Literal, ParamSpec

from game_rules import rejections as no
from game_rules.evaluation import Circumstances
from game_rules.messages import Actor, SeatId
from game_rules.procedures import around
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.scenario import Effect, Package, SignedComplement
from game_rules.state import GameState

ActKind = Literal["talk", "draft", "position", "silence", "trade"]
ACT_KINDS: tuple[ActKind, ...] = ("talk", "draft", "position", "silence", "trade")


def demand(refusal: Refusal | None) -> None:
    """Raises Rejected unless there is nothing to refuse."""
    if refusal is not None:
        raise Rejected(refusal)


def why_not_sit(state: GameState, by: Actor) -> Refusal | None:
    """The actor speaks for a seat of this cast: one of its members, or its stand-in while it is vacant."""
    if by.seat is None or by.seat not in state.seats:
        return refuse(no.NOT_SEATED)
    if by.is_stand_in:
        return None if state.player(by.seat) == by.kind else refuse(no.STAND_IN_ONLY_WHILE_VACANT, seat=by.seat)
    if by.kind == "facilitator":
        return None if place_of(state, by.id) == by.seat else refuse(no.NOT_SEATED)
    member = state.members.get(by.id)
    if member is None or not member.present or member.seat != by.seat:
        return refuse(no.NOT_SEATED)
    return None


def place_of(state: GameState, facilitator: str) -> SeatId | None:
    """The seat whose place this facilitator has taken (rule 10)."""
    return next((seat for seat, place in state.places.items() if place.facilitator == facilitator), None)


def why_not_act(state: GameState, by: Actor, kind: ActKind) -> Refusal | None:
    """The actor may perform an act of this kind for its seat in this phase, now."""
    return why_not_sit(state, by) or why_not_advise_only(state, by) or why_not_now(state, kind)


Things = ParamSpec("Things")


@dataclass(frozen=True)
class Act(Generic[Things]):
    """A predicate of one kind of act: first whether the actor may perform any such act now, then what is its own.

    The two parts stand apart so that a table of affordances asks the first question once for all acts of a kind.
    """

    kind: ActKind
    specific: Callable[Concatenate[GameState, Actor, Things], Refusal | None]
    answers: bool = False
    """Whether the act answers what somebody else began: all that a deputy does (rule 1.6)."""

    def __call__(self, state: GameState, by: Actor, *args: Things.args, **kwargs: Things.kwargs) -> Refusal | None:
        return why_not_act(state, by, self.kind) or self.own(state, by, *args, **kwargs)

    def own(self, state: GameState, by: Actor, *args: Things.args, **kwargs: Things.kwargs) -> Refusal | None:
        """What is refused to an actor that may perform acts of this kind."""
        refusal = None if self.answers else why_not_start(by)
        return refusal or self.specific(state, by, *args, **kwargs)


def act(
    kind: ActKind, *, answers: bool = False
) -> Callable[[Callable[Concatenate[GameState, Actor, Things], Refusal | None]], Act[Things]]:
    """Makes a predicate that begins with `why_not_act` for this kind."""

    def of_kind(specific: Callable[Concatenate[GameState, Actor, Things], Refusal | None]) -> Act[Things]:
        return Act(kind, specific, answers)

    return of_kind


def why_not_start(by: Actor) -> Refusal | None:
    # rule 1.6: a deputy starts nothing and signs nothing
    return refuse(no.DEPUTIES_START_NOTHING) if by.kind == "deputy" else None


def why_not_advise_only(state: GameState, by: Actor) -> Refusal | None:
    # rule 1.3: an adviser reads, and talks inside the delegation only
    if by.kind == "member" and state.members[by.id].role == "adviser":
        return refuse(no.ADVISERS_DO_NOT_ACT)
    return None


def why_not_now(state: GameState, kind: ActKind) -> Refusal | None:
    """The phase allows acts of this kind, and the clock runs; people may talk while it stands still."""
    status = state.clock.status
    if status == "ended":
        return refuse(no.GAME_OVER)
    if kind not in state.phase.allows:
        if status == "lobby":
            return refuse(no.NOT_STARTED)
        if kind == "silence" and _silence_is_to_come(state):
            return refuse(no.SILENCE_NOT_YET, phase=state.phase.id)
        return refuse(no.PHASE_FORBIDS, act=kind, phase=state.phase.id)
    if status == "paused" and kind != "talk":
        return refuse(no.PAUSED)
    return None


def _silence_is_to_come(state: GameState) -> bool:
    """rule 4.2: no text goes under silence before the first Council session."""
    return any("silence" in phase.allows for phase in state.rules.agenda[state.clock.phase :])


def why_not_vote(state: GameState, by: Actor) -> Refusal | None:
    """The actor's seat is an ally's (rule 1.1)."""
    if by.seat is None:
        return refuse(no.NOT_SEATED)
    return None if state.rules.seats[by.seat].kind == "voting" else refuse(no.NOT_A_VOTER, seat=by.seat)


def why_not_write(state: GameState, by: Actor) -> Refusal | None:
    """The actor's seat may table and amend: allies, the principal and the chair (rule 1.1)."""
    if by.seat is not None and state.rules.seats[by.seat].kind == "observer":
        return refuse(no.OBSERVERS_DO_NOT_DRAFT, seat=by.seat)
    return None


def why_not_preside(state: GameState, by: Actor) -> Refusal | None:
    """The actor plays the chair; a deputy in the chair presides over nothing."""
    return why_not_start(by) if by.seat == state.rules.chair else refuse(no.CHAIR_ONLY)


def why_not_steer(state: GameState, by: Actor) -> Refusal | None:
    """The actor runs the game: the facilitator of an exercise, the host of an open game."""
    if state.kind == "exercise":
        return None if by.kind == "facilitator" else refuse(no.FACILITATOR_ONLY)
    return None if by.kind == "member" and by.id == state.host else refuse(no.HOST_ONLY)


def why_not_serve(by: Actor) -> Refusal | None:
    """Commands that only the server may issue, on what it alone can see (a claim, a lost connection)."""
    return None if by.kind == "server" else refuse(no.SERVER_ONLY)


def why_not_across_own_line(
    state: GameState, seat: SeatId, package: Package, already: Package | None = None
) -> Refusal | None:
    """In strict games nobody signs up to what its own instructions forbid (rule 4.8).

    Lines that `already`, the text to be amended, crosses do not count: amending is how a delegation gets away from
    them, one issue at a time.
    """
    if not state.strict:
        return None
    around_us = circumstances(state, seat)
    known = state.evaluator.objections(seat, already, around_us) if already is not None else ()
    lines = [line for line in state.evaluator.objections(seat, package, around_us) if line not in known]
    return refuse(no.OWN_LINE, lines=tuple(lines)) if lines else None


def circumstances(state: GameState, seat: SeatId | None = None) -> Circumstances:
    """What a package is judged under now; with a seat, as far as that delegation may know it (rule 9.3)."""
    return state.rules.memo.of(("circumstances", seat), _moved_by(state), _known_to, state, seat)


def _known_to(state: GameState, seat: SeatId | None) -> Circumstances:
    if seat is None:
        return _circumstances(state, frozenset(state.deals), around.all_effects(state))
    known = state.rules.memo.of(("deals known to", seat), (state.deals,), _deals_known_to, state, seat)
    return _circumstances(state, known, around.effects_known_to(state, seat))


def _deals_known_to(state: GameState, seat: SeatId) -> frozenset[str]:
    return frozenset(deal.deal for deal in state.deals.values() if deal.public or seat in deal.parties)


def public_circumstances(state: GameState) -> Circumstances:
    """What everybody knows of what a package is judged under now: news may hang on nothing else (rule 7.3)."""
    return state.rules.memo.of("public circumstances", _moved_by(state), _known_to_everybody, state)


def _known_to_everybody(state: GameState) -> Circumstances:
    public = frozenset(deal.deal for deal in state.deals.values() if deal.public)
    return _circumstances(state, public, around.public_effects(state))


def _moved_by(state: GameState) -> tuple[object, ...]:
    """The parts of a state that circumstances are made of."""
    return state.deals, state.complements, state.effects, state.breaks()


def _circumstances(state: GameState, deals: frozenset[str], effects: tuple[Effect, ...]) -> Circumstances:
    signed, also_signed = state.rules.memo.of("signed", (state.complements,), _signed, state)
    return Circumstances(
        deals=deals, complements=signed, also_signed=also_signed, breaks=state.breaks(), effects=effects
    )


def _signed(state: GameState) -> tuple[tuple[SignedComplement, ...], frozenset[SeatId]]:
    signed = around.signed_complements(state)
    return signed, around.signers_of_other_sheets(state, signed)


def numbered(prefix: str, count: int, state: GameState) -> str:
    """The id of the `count`th thing of its kind. No id is given twice, also after the game was taken back."""
    return f"{prefix}{count}.{state.rewinds}" if state.rewinds else f"{prefix}{count}"
