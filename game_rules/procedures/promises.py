"""Promises from seat to seat, and whether they were kept (rule 6.3).

A promise is free text, with or without a form that can be checked. The text is never judged. A form is judged from
the log, on what is public or known to both sides, once:

`will_not_object` to texts with these options
    broken at once when it breaks silence on one; kept when silence held on one while the promise ran; never tested
    when no such text came through silence (one that somebody else stopped tested nobody).
`will_support` texts with these options
    broken at once when it breaks silence on one; kept when, at the time it is due, it has said in public that it
    supports one, has associated itself with one under silence, or has tabled one; broken when it has not and one lies
    open on the floor; else never tested.
`will_cosponsor` texts with these options
    the same, with cosponsoring one (and not withdrawing) or tabling one as the keeping.
`will_sign` a deal
    kept when, at the time it is due, its signature stands on an offer with that deal; broken when an offer with that
    deal bears the other side's signature and it declined, withdrew, or left it without its own; else never tested.
`will_sign` a complement
    kept when, at the time it is due, its signature is there; else broken: a complement lies open for signature all
    the time.

"With these options" is said of a text as it stood when the thing was done. What a seat says in confidence to the chair
counts for nothing. A public word takes back an earlier one: whoever last had a concern about such a text does not
support it. `until` names a phase: the promise is due when that phase is over, and all that are left when the summit is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import (
    Actor,
    Audience,
    Command,
    Event,
    Id,
    Milliseconds,
    Reason,
    SeatId,
    TextId,
    only,
)
from game_rules.procedures.drafting import CosponsorshipWithdrawn, DraftCosponsored, DraftRevised, DraftTabled
from game_rules.procedures.positions import PositionStated
from game_rules.procedures.silence import RungTaken, SilenceHeld
from game_rules.procedures.standing import act, demand, numbered
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.scenario import Package, Phase
from game_rules.state import Draft, GameState, Objection, Offer, Promise, PromiseForm, PromiseKind, Verdict

# --- commands


class Form(BaseModel):
    """What of a promise can be checked: texts with these options, or a deal, or a complement to sign."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: PromiseKind
    options: Mapping[Id, Id] = {}
    deal: Id | None = None
    complement: Id | None = None


class MakePromise(Command):
    """Gives one's word to another delegation, in free text, in a form that is checked, or both."""

    type: Literal["make_promise"]
    texts: ClassVar[tuple[str, ...]] = ("text",)
    to: Id
    text: Reason | None = None
    form: Form | None = None
    until: Id | None = None


# --- events. stored: renaming needs an upcaster


class PromiseMade(Event):
    type: Literal["promise_made"] = "promise_made"
    texts: ClassVar[tuple[str, ...]] = ("text",)
    promise: str
    by: SeatId
    to: SeatId
    text: TextId | None = None
    form: Form | None = None
    until: str | None = None

    def audience(self) -> Audience:
        return only(self.by, self.to)


class PromiseJudged(Event):
    """For both sides at the same time (rule 6.3: the ledger shows each side its own)."""

    type: Literal["promise_judged"] = "promise_judged"
    promise: str
    by: SeatId
    to: SeatId
    verdict: Verdict

    def audience(self) -> Audience:
        return only(self.by, self.to)


# --- predicates


@act("trade")
def why_not_promise(state: GameState, by: Actor) -> Refusal | None:
    """Any delegation may give its word."""
    return None


@act("trade")
def why_not_promise_silence(state: GameState, by: Actor) -> Refusal | None:
    return _why_not_keep(state, by.seat or "", "will_not_object")


@act("trade")
def why_not_promise_backing(state: GameState, by: Actor) -> Refusal | None:
    return _why_not_keep(state, by.seat or "", "will_cosponsor")


def _why_not_keep(state: GameState, by: SeatId, kind: PromiseKind) -> Refusal | None:
    # rule 1.1: who has no vote neither objects nor cosponsors, and promises no such thing
    if kind in ("will_not_object", "will_cosponsor") and by not in state.rules.voters:
        return refuse(no.PROMISE_NOT_YOURS, kind=kind)
    return None


def why_not_to(state: GameState, by: Actor, to: SeatId) -> Refusal | None:
    if to not in state.seats:
        return refuse(no.SEAT_UNKNOWN, seat=to)
    return refuse(no.PROMISE_TO_SELF) if to == by.seat else None


def why_not_form(state: GameState, by: SeatId, to: SeatId, form: Form) -> Refusal | None:
    """The form says one thing, of things there are, which the promiser could do."""
    if form.kind == "will_sign":
        return _why_not_signature(state, by, to, form)
    if not form.options or form.deal is not None or form.complement is not None:
        return refuse(no.PROMISE_FORM, kind=form.kind)
    for issue, option in form.options.items():
        if issue not in state.rules.options:
            return refuse(no.ISSUE_UNKNOWN, issue=issue, issues=state.rules.issues)
        if option not in state.rules.options[issue]:
            return refuse(no.OPTION_UNKNOWN, issue=issue, option=option, options=state.rules.options[issue])
    return _why_not_keep(state, by, form.kind)


def _why_not_signature(state: GameState, by: SeatId, to: SeatId, form: Form) -> Refusal | None:
    if form.options or (form.deal is None) == (form.complement is None):
        return refuse(no.PROMISE_FORM, kind=form.kind)
    if form.complement is not None:
        known = {complement.id for complement in state.rules.scenario.complements}
        return None if form.complement in known else refuse(no.COMPLEMENT_UNKNOWN, complement=form.complement)
    assert form.deal is not None
    # rule 6.2: a deal is spoken of among those who sign it
    if not {by, to} <= set(state.rules.deal_parties.get(form.deal, ())):
        return refuse(no.DEAL_UNKNOWN, deal=form.deal)
    return refuse(no.DEAL_IN_FORCE, deal=form.deal) if form.deal in state.deals else None


def why_not_until(state: GameState, until: str) -> Refusal | None:
    phases = phases_ahead(state)
    return None if until in phases else refuse(no.PROMISE_UNTIL, phases=phases)


def phases_ahead(state: GameState) -> tuple[str, ...]:
    """The phases at whose end a promise made now can fall due: this one and those to come, up to the last session."""
    return tuple(phase.id for phase in state.rules.agenda[state.clock.phase :] if may_fall_due(phase))


def may_fall_due(phase: Phase) -> bool:
    """Whether a promise may run until the end of this phase: up to the last session, in which the summit ends."""
    return phase.kind not in ("aftermath", "debrief")


# --- deciding


def make_promise(state: GameState, command: MakePromise, by: Actor) -> tuple[Event, ...]:
    demand(why_not_promise(state, by) or why_not_to(state, by, command.to))
    assert by.seat is not None
    if command.text is None and command.form is None:
        raise Rejected(refuse(no.PROMISE_IS_EMPTY))
    if command.form is not None:
        demand(why_not_form(state, by.seat, command.to, command.form))
    if command.until is not None:
        demand(why_not_until(state, command.until))
    between = sum((one.by, one.to) == (by.seat, command.to) for one in state.promises.values())
    return (
        PromiseMade(
            promise=numbered(f"{by.seat}>{command.to}.", between + 1, state),
            by=by.seat,
            to=command.to,
            text=command.text,
            form=command.form,
            until=command.until,
        ),
    )


def broken_by(state: GameState, objection: Objection) -> tuple[PromiseJudged, ...]:
    """The promises that an objection breaks, in the order they were made."""
    return tuple(_judged(promise, "broken") for promise in against(state, objection.seat, objection.package))


def against(state: GameState, seat: SeatId, package: Package) -> tuple[Promise, ...]:
    """The seat's promises that an objection to this text would break, in the order they were made."""
    return tuple(
        promise
        for promise in state.promises.values()
        if promise.pending and promise.by == seat and _is_about(state, promise.form, package)
    )


def due_after(state: GameState, phase: str) -> tuple[PromiseJudged, ...]:
    """The verdicts on promises that ran until the end of this phase, which is now."""
    return _verdicts(state, lambda promise: promise.until == phase)


def due_at_the_end(state: GameState) -> tuple[PromiseJudged, ...]:
    """The verdicts on everything that has none when the summit is over."""
    return _verdicts(state, lambda promise: True)


def _verdicts(state: GameState, due: Callable[[Promise], bool]) -> tuple[PromiseJudged, ...]:
    pending = (promise for promise in state.promises.values() if promise.pending and due(promise))
    return tuple(_judged(promise, verdict_when_due(state, promise)) for promise in pending)


def _judged(promise: Promise, verdict: Verdict) -> PromiseJudged:
    return PromiseJudged(promise=promise.id, by=promise.by, to=promise.to, verdict=verdict)


def verdict_when_due(state: GameState, promise: Promise) -> Verdict:
    """The verdict on a promise that no broken silence has decided (the table above)."""
    form = promise.form
    assert form is not None
    if _is_done(state, promise, form):
        return "kept"
    return "broken" if _was_put_to_the_test(state, promise, form) else "never_tested"


def _is_done(state: GameState, promise: Promise, form: PromiseForm) -> bool:
    if form.deal is not None:
        signed = any(promise.by in offer.signed for offer in _offers_of(state, form.deal))
        return form.deal in state.deals or signed
    if form.complement is not None:
        return promise.by in _signers_of(state, form.complement)
    return promise.done


def _was_put_to_the_test(state: GameState, promise: Promise, form: PromiseForm) -> bool:
    if form.complement is not None:
        return True
    if form.deal is not None:
        return any(_was_put_before(offer, promise) for offer in _offers_of(state, form.deal))
    if form.kind == "will_not_object":
        return False
    on_floor = (draft for draft in state.drafts.values() if draft.open and not draft.fallback)
    return any(_is_about(state, form, draft.package) for draft in on_floor)


def _offers_of(state: GameState, deal: str) -> Iterator[Offer]:
    """Offers with that deal. Both sides of a promise about it sign it, so both are parties to all of them."""
    return (offer for offer in state.offers.values() if deal in offer.deals)


def _was_put_before(offer: Offer, promise: Promise) -> bool:
    """Whether the other side has signed, and it was for the promiser to do the same while the promise ran."""
    if promise.to not in offer.signed:
        return False
    if offer.closed_at is None:
        return True
    return offer.closed_at >= promise.at and promise.by in (offer.declined_by, offer.by)


def _signers_of(state: GameState, complement: str) -> frozenset[SeatId]:
    signed = state.complements.get(complement)
    return frozenset(seat for sheet in (signed.sheets if signed else ()) for seat in sheet.signers)


def _is_about(state: GameState, form: PromiseForm | None, package: Package) -> bool:
    """Whether a promise of this form speaks of this text: it has every option that the promise names."""
    if form is None or not form.options:
        return False
    places = state.rules.issue_place
    return all(package[places[issue]] == option for issue, option in form.options)


# --- folding


def promise_made(state: GameState, event: PromiseMade, at: Milliseconds) -> GameState:
    form = _as_kept(state, event.form) if event.form is not None else None
    done = form is not None and _stands_by_it(state, event.by, form)
    promise = Promise(event.promise, event.by, event.to, at, event.text, form, event.until, done)
    return _changed(state, promise)


def _as_kept(state: GameState, form: Form) -> PromiseForm:
    options = tuple((issue, form.options[issue]) for issue in state.rules.issues if issue in form.options)
    return PromiseForm(form.kind, options, form.deal, form.complement)


def promise_judged(state: GameState, event: PromiseJudged) -> GameState:
    return _changed(state, replace(state.promises[event.promise], verdict=event.verdict))


def _changed(state: GameState, promise: Promise) -> GameState:
    return replace(state, promises={**state.promises, promise.id: promise})


NOTED = (DraftTabled, DraftRevised, DraftCosponsored, CosponsorshipWithdrawn, PositionStated, RungTaken, SilenceHeld)
"""What may be the keeping of a promise, or its taking back."""


def noted(state: GameState, event: Event) -> GameState:
    """The state with what the event, folded already, means for the promises that still run."""
    if not isinstance(event, NOTED):
        return state
    changed = {
        promise.id: replace(promise, done=done)
        for promise in state.promises.values()
        if promise.pending and (done := _done_after(state, promise, event)) is not promise.done
    }
    return replace(state, promises={**state.promises, **changed}) if changed else state


def _done_after(state: GameState, promise: Promise, event: Event) -> bool:
    """Whether the promise has been acted on, now that this has happened (the table above)."""
    form = promise.form
    assert form is not None
    match form.kind, event:
        case "will_not_object", SilenceHeld(draft=draft) if _is_about(state, form, state.drafts[draft].package):
            return True
        case "will_support", PositionStated(seat=promise.by, draft=draft, position=position) if _is_about(
            state, form, state.drafts[draft].package
        ):
            return position == "support"
        case "will_support", RungTaken(seat=promise.by, rung="associate"):
            return promise.done or (state.silence is not None and _is_about(state, form, state.silence.package))
        case "will_cosponsor", CosponsorshipWithdrawn(seat=promise.by, draft=draft) if _is_about(
            state, form, state.drafts[draft].package
        ):
            return _stands_by_it(state, promise.by, form)
        case "will_support" | "will_cosponsor", DraftTabled() | DraftRevised() | DraftCosponsored():
            return promise.done or _stands_by_it(state, promise.by, form)
    return promise.done


def _stands_by_it(state: GameState, seat: SeatId, form: PromiseForm) -> bool:
    """Whether the seat now does in public what the form says, for some text on the floor."""
    about = [draft for draft in state.drafts.values() if draft.open and _is_about(state, form, draft.package)]
    match form.kind:
        case "will_support":
            return any(draft.author == seat or _supports(state, seat, draft) for draft in about)
        case "will_cosponsor":
            return any(draft.author == seat or seat in draft.cosponsors for draft in about)
        case "will_not_object" | "will_sign":
            return False


def _supports(state: GameState, seat: SeatId, draft: Draft) -> bool:
    """Whether it has said so of the text as it stands."""
    said = state.positions.get(draft.id, {}).get(seat)
    return said is not None and said.position == "support" and said.revision == draft.revision
