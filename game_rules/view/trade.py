"""The ledger: deals, offers and promises, each for those who may know of them (rules 6.1 to 6.4, 9.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from game_rules.memo import Memo, WhenAsked
from game_rules.messages import SeatId
from game_rules.procedures.trade import is_public
from game_rules.state import Betrayal, GameState, Objection, Offer, Promise, PromiseForm
from game_rules.view import shape
from game_rules.view.viewer import Viewer

Parts = tuple[Any, ...]


def trade_parts(state: GameState) -> Parts:
    """What of a state a ledger is made of."""
    return (state.offers, state.deals, state.promises, state.objections)


def trade_view(state: GameState, viewer: Viewer, memo: Memo) -> shape.TradeView | None:
    """The viewer's ledger: a delegation's own, all of it for the facilitator, none for those who only watch."""
    if viewer.seat is None and not viewer.sees_everything:
        return None
    return memo.of(("trade", viewer.seat), trade_parts(state), _trade, state, viewer, memo)


def _trade(state: GameState, viewer: Viewer, memo: Memo) -> shape.TradeView:
    return {
        "deals": _deals(state, viewer, memo),
        "offers": _offers(state, viewer, memo),
        "promises": _promises(state, viewer, memo),
    }


def ledger_when_asked(state: GameState, viewer: Viewer, memo: Memo) -> WhenAsked:
    """The same ledger for a stand-in, of which only what it looks at is built."""
    pages: Mapping[str, Callable[[GameState, Viewer, Memo], object]] = {
        "deals": _deals,
        "offers": _offers,
        "promises": _promises,
    }
    return WhenAsked(pages, lambda page: pages[page](state, viewer, memo))


def _deals(state: GameState, viewer: Viewer, memo: Memo) -> dict[str, shape.DealView]:
    return memo.of(("deal views", viewer.seat), (state.deals, state.objections), _each_deal, state, viewer, memo)


def _each_deal(state: GameState, viewer: Viewer, memo: Memo) -> dict[str, shape.DealView]:
    everything, seat = viewer.sees_everything, viewer.seat
    return {
        deal: memo.of(
            ("deal view", seat, deal),
            (state.deals.get(deal), state.objections),
            _deal,
            state,
            deal,
            seat,
            everything,
        )
        for deal, parties in state.rules.deal_parties.items()
        if everything or seat in parties
    }


def _offers(state: GameState, viewer: Viewer, memo: Memo) -> dict[str, shape.OfferView]:
    return memo.of(("offer views", viewer.seat), (state.offers,), _each_offer, state, viewer, memo)


def _each_offer(state: GameState, viewer: Viewer, memo: Memo) -> dict[str, shape.OfferView]:
    everything, seat = viewer.sees_everything, viewer.seat
    return {
        one.id: memo.of(("offer view", seat, one.id), (one,), _offer, state, one, seat, everything)
        for one in state.offers.values()
        if everything or seat in one.parties
    }


def _promises(state: GameState, viewer: Viewer, memo: Memo) -> dict[str, shape.PromiseView]:
    return {
        one.id: memo.of(("promise view", one.id), (one,), _promise, state, one)
        for one in state.promises.values()
        if viewer.sees_everything or viewer.seat in (one.by, one.to)
    }


def _deal(state: GameState, deal: str, seat: SeatId | None, everything: bool) -> shape.DealView:
    """rule 6.2: a signer sees its own side only; what a deal lifts is the facilitator's and its own to know."""
    named = state.rules.scenario.deal(deal)
    side = named.side_of(seat) if seat is not None else None
    in_force = state.deals.get(deal)
    lifts = state.rules.lifted_by_deal[deal]
    return {
        "id": deal,
        "title": named.title,
        "text": named.text,
        "section": named.section or "",
        "signers": list(state.rules.deal_parties[deal]),
        "gives": side.gives if side else "",
        "gets": side.gets if side else "",
        "points": side.points if side else 0,
        "lifts": {holder: list(lines) for holder, lines in lifts.items() if everything or holder == seat},
        "in_force_at": in_force.at if in_force else None,
        "public": in_force.public if in_force else is_public(state, deal),
    }


def _offer(state: GameState, offer: Offer, seat: SeatId | None, everything: bool) -> shape.OfferView:
    answered = state.offers.get(offer.counter_to or "")
    return {
        "id": offer.id,
        "by": offer.by,
        "deals": list(offer.deals),
        "titles": {deal: state.rules.scenario.deal(deal).title for deal in offer.deals},
        "parties": list(offer.parties),
        "signed": list(offer.signed),
        # the answered offer's parties may be others than this one's
        "counter_to": answered.id if answered and (everything or seat in answered.parties) else None,
        "note": offer.note,
        "status": offer.status,
        "declined_by": offer.declined_by,
        "reason": offer.reason,
        "at": offer.at,
    }


def _promise(state: GameState, promise: Promise) -> shape.PromiseView:
    return {
        "id": promise.id,
        "by": promise.by,
        "to": promise.to,
        "text": promise.text,
        "form": _form(promise.form) if promise.form else None,
        "until": promise.until,
        "at": promise.at,
        "verdict": (promise.verdict or "open") if promise.form else None,
    }


def _form(form: PromiseForm) -> shape.PromiseFormView:
    return {
        "kind": form.kind,
        "options": dict(form.options),
        "deal": form.deal,
        "complement": form.complement,
    }


def public_deals(state: GameState) -> list[shape.PublicDealView]:
    """What everybody reads of trade: deals in force that were published."""
    return [
        {
            "deal": signed.deal,
            "title": state.rules.scenario.deal(signed.deal).title,
            "signers": list(signed.parties),
            "at": signed.at,
        }
        for signed in state.deals.values()
        if signed.public
    ]


def titles_of_lifts(state: GameState, objection: Objection) -> dict[str, str]:
    """Titles of the deals and injects that an objection names in public."""
    scenario = state.rules.scenario
    return {
        reference: scenario.deal(name).title if kind == "deal" else scenario.inject(name).title
        for reference in objection.lifted_by
        for kind, _, name in (reference.partition(":"),)
    }


def betrayal_view(betrayal: Betrayal) -> shape.BetrayalView:
    return {
        "deal": betrayal.deal,
        "seat": betrayal.seat,
        "objection": betrayal.objection,
        "lines": list(betrayal.lines),
    }
