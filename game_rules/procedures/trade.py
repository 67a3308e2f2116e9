"""Side deals: offers, signatures, deals in force (rules 6.1, 6.2, 6.4).

An offer is a bundle of deals that the scenario names. It comes into force as a whole when everybody who must sign one
of them has signed; deals in force do not lapse. Offers are known to their parties and are numbered within each set of
parties, so that no id tells how much the others trade. What is worth what is not known here.

brief II.B: allies hold things up for extraneous reasons; what they get for letting go is traded here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.evaluation import Circumstances, Crossing
from game_rules.messages import (
    EVERYONE,
    NOBODY,
    Actor,
    Audience,
    Command,
    Event,
    Id,
    Milliseconds,
    Reason,
    Reference,
    SeatId,
    TextId,
    only,
)
from game_rules.procedures.standing import act, circumstances, demand, numbered
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.scenario import Package
from game_rules.state import Betrayal, GameState, Objection, Offer, SignedDeal

MOST_DEALS = 8
"""So many deals fit into one offer. Our own bound: more than a cast's delegation has on offer with one other."""

# --- commands


class OfferDeals(Command):
    """Offers one or several named deals, to come into force together, and signs them. A counter declines the other."""

    type: Literal["offer_deals"]
    formal_act: ClassVar[bool] = True
    texts: ClassVar[tuple[str, ...]] = ("note",)
    deals: tuple[Id, ...] = Field(max_length=MOST_DEALS)
    counter_to: Reference | None = None
    note: Reason | None = None


class SignOffer(Command):
    type: Literal["sign_offer"]
    formal_act: ClassVar[bool] = True
    offer: Reference


class DeclineOffer(Command):
    type: Literal["decline_offer"]
    texts: ClassVar[tuple[str, ...]] = ("reason",)
    offer: Reference
    reason: Reason | None = None


class WithdrawFromOffer(Command):
    """Takes a signature back before the last one is given; when it is the proposer's, the offer is gone."""

    type: Literal["withdraw_from_offer"]
    offer: Reference


# --- events. stored: renaming needs an upcaster


class _OfOffer(Event):
    """What happens to an offer is for its parties."""

    offer: str
    parties: tuple[SeatId, ...]


class OfferMade(_OfOffer):
    """Who offers has signed."""

    type: Literal["offer_made"] = "offer_made"
    texts: ClassVar[tuple[str, ...]] = ("note",)
    by: SeatId
    deals: tuple[str, ...]
    note: TextId | None = None

    def audience(self) -> Audience:
        return only(*self.parties)


class OfferCountered(Event):
    """That one offer answers another, for those who know both."""

    type: Literal["offer_countered"] = "offer_countered"
    told: ClassVar[bool] = False
    offer: str
    counter: str
    parties: tuple[SeatId, ...]

    def audience(self) -> Audience:
        return only(*self.parties)


class OfferSigned(_OfOffer):
    type: Literal["offer_signed"] = "offer_signed"
    seat: SeatId

    def audience(self) -> Audience:
        return only(*self.parties)


class OfferDeclined(_OfOffer):
    type: Literal["offer_declined"] = "offer_declined"
    texts: ClassVar[tuple[str, ...]] = ("reason",)
    seat: SeatId
    reason: TextId | None = None

    def audience(self) -> Audience:
        return only(*self.parties)


class OfferWithdrawn(_OfOffer):
    """A signature was taken back; the proposer's takes the offer with it."""

    type: Literal["offer_withdrawn"] = "offer_withdrawn"
    seat: SeatId

    def audience(self) -> Audience:
        return only(*self.parties)


class DealsInForce(_OfOffer):
    """The last party has signed: all deals of the offer are in force."""

    type: Literal["deals_in_force"] = "deals_in_force"
    deals: tuple[str, ...]

    def audience(self) -> Audience:
        return only(*self.parties)


class DealPublished(Event):
    """A deal in force that others' instructions look at, or that an objection waits for (rules 4.5, 6.2)."""

    type: Literal["deal_published"] = "deal_published"
    deal: str
    signers: tuple[SeatId, ...]

    def audience(self) -> Audience:
        return EVERYONE


class DealBetrayed(Event):
    """A seat that a deal paid broke silence on what it had lifted. The facilitator's to know until the debrief."""

    type: Literal["deal_betrayed"] = "deal_betrayed"
    deal: str
    seat: SeatId
    objection: str
    lines: tuple[str, ...]

    def audience(self) -> Audience:
        return NOBODY


# --- who knows of what


def is_public(state: GameState, deal: str) -> bool:
    """Whether everybody reads of the deal once it is signed (rule 6.2), or waits for it in an objection (rule 4.5)."""
    if deal in state.rules.scenario.public_deals:
        return True
    return any(f"deal:{deal}" in one.lifted_by for one in state.objections.values() if not one.withdrawn)


def may_know_of_deal(state: GameState, seats: tuple[SeatId, ...], deal: str) -> bool:
    """Whether all of these seats may know the deal by name: it is theirs to sign, or published."""
    if deal in state.deals and state.deals[deal].public:
        return True
    return bool(seats) and set(seats) <= set(state.rules.deal_parties.get(deal, ()))


# --- predicates


@act("trade")
def why_not_offer_deal(state: GameState, by: Actor, deal: str) -> Refusal | None:
    """Whether the actor's delegation may offer this deal by itself now."""
    return _why_not_bundle(state, by, (deal,))


def _why_not_bundle(state: GameState, by: Actor, deals: tuple[str, ...]) -> Refusal | None:
    """Only what the proposer signs itself can be in a bundle, so it knows which of them are in force."""
    assert by.seat is not None
    for deal in deals:
        if by.seat not in state.rules.deal_parties.get(deal, ()):
            return refuse(no.DEAL_UNKNOWN, deal=deal)
        if deal in state.deals:
            return refuse(no.DEAL_IN_FORCE, deal=deal)
    return _why_not_ripe(state, by.seat, deals) or _why_not_new(state, deals)


def _why_not_ripe(state: GameState, seat: SeatId, deals: tuple[str, ...]) -> Refusal | None:
    """What the signer's own deals need has come about, as far as it may know; a bundle's deals come about together.

    What the others' deals need, their own signers are asked.
    """
    needing = [deal for deal in deals if deal in state.rules.deal_needs and seat in state.rules.deal_parties[deal]]
    if not needing:
        return None
    known = circumstances(state, seat)
    together = replace(known, deals=known.deals | frozenset(deals))
    situation = state.evaluator.situation(together)
    text = state.adopted.package if state.adopted else state.rules.status_quo
    for deal in needing:
        if not state.rules.deal_needs[deal](text, situation):
            return refuse(no.DEAL_NEEDS_MORE, deal=deal)
    return None


def _why_not_new(state: GameState, deals: tuple[str, ...]) -> Refusal | None:
    """The same bundle has the same parties: whoever could offer it sees the one that lies on the table."""
    for offer in state.offers.values():
        if offer.status == "open" and set(offer.deals) == set(deals):
            return refuse(no.OFFER_STANDS, offer=offer.id)
    return None


@act("trade")
def why_not_sign_offer(state: GameState, by: Actor, offer: Offer) -> Refusal | None:
    refusal = _why_not_open(by, offer)
    if refusal is not None:
        return refusal
    if by.seat in offer.signed:
        return refuse(no.OFFER_SIGNED, offer=offer.id)
    assert by.seat is not None
    return _why_not_ripe(state, by.seat, offer.deals)


@act("trade", answers=True)
def why_not_decline_offer(state: GameState, by: Actor, offer: Offer) -> Refusal | None:
    """A deputy may say no for its delegation, which it would have to do by signing nothing anyway (rule 1.6)."""
    refusal = _why_not_open(by, offer)
    if refusal is not None:
        return refusal
    return refuse(no.OFFER_SIGNED, offer=offer.id) if by.seat in offer.signed else None


@act("trade")
def why_not_withdraw_from_offer(state: GameState, by: Actor, offer: Offer) -> Refusal | None:
    refusal = _why_not_open(by, offer)
    if refusal is not None:
        return refusal
    return None if by.seat in offer.signed else refuse(no.OFFER_NOT_SIGNED, offer=offer.id)


def _why_not_open(by: Actor, offer: Offer) -> Refusal | None:
    # to everybody else an offer between others looks like one that was never made (rules 6.2, 9.3)
    if by.seat not in offer.parties:
        return refuse(no.OFFER_UNKNOWN, offer=offer.id)
    return None if offer.status == "open" else refuse(no.OFFER_CLOSED, offer=offer.id)


# --- deciding


def find_offer(state: GameState, offer: str) -> Offer:
    """The offer of that id. Raises Rejected, in the words that somebody who is no party to it would hear."""
    if offer not in state.offers:
        raise Rejected(refuse(no.OFFER_UNKNOWN, offer=offer))
    return state.offers[offer]


@act("trade")
def why_not_trade(state: GameState, by: Actor) -> Refusal | None:
    """Whether the actor may offer anything at all now."""
    return None


def offer_deals(state: GameState, command: OfferDeals, by: Actor) -> tuple[Event, ...]:
    demand(why_not_trade(state, by))
    assert by.seat is not None
    answered = _answered(state, command, by)
    deals = _in_scenario_order(state, command.deals)
    demand(_why_not_bundle(state, by, deals))
    parties = _parties(state, deals)
    before = sum(offer.parties == parties for offer in state.offers.values())
    made = OfferMade(
        offer=numbered(f"{'+'.join(parties)}.", before + 1, state),
        parties=parties,
        by=by.seat,
        deals=deals,
        note=command.note,
    )
    if answered is None:
        return (made,)
    return (
        OfferDeclined(offer=answered.id, parties=answered.parties, seat=by.seat),
        made,
        OfferCountered(
            offer=answered.id,
            counter=made.offer,
            parties=tuple(seat for seat in answered.parties if seat in parties),
        ),
    )


def _answered(state: GameState, command: OfferDeals, by: Actor) -> Offer | None:
    """The offer that this one answers; whoever counters could have declined it. Raises Rejected."""
    if command.counter_to is None:
        return None
    offer = find_offer(state, command.counter_to)
    demand(why_not_decline_offer(state, by, offer))
    return offer


def _in_scenario_order(state: GameState, deals: tuple[str, ...]) -> tuple[str, ...]:
    """The bundle in one order, whoever wrote it. Raises Rejected for an empty one and for names nobody knows."""
    if not deals:
        raise Rejected(refuse(no.OFFER_IS_EMPTY))
    known = tuple(deal for deal in state.rules.deal_parties if deal in deals)
    for deal in deals:
        if deal not in known:
            raise Rejected(refuse(no.DEAL_UNKNOWN, deal=deal))
    return known


def _parties(state: GameState, deals: tuple[str, ...]) -> tuple[SeatId, ...]:
    return state.rules.in_table_order({seat for deal in deals for seat in state.rules.deal_parties[deal]})


def sign_offer(state: GameState, command: SignOffer, by: Actor) -> tuple[Event, ...]:
    """The signature and, if it is the last, what comes into force and what everybody reads of it."""
    offer = find_offer(state, command.offer)
    demand(why_not_sign_offer(state, by, offer))
    assert by.seat is not None
    signed = OfferSigned(offer=offer.id, parties=offer.parties, seat=by.seat)
    if {*offer.signed, by.seat} != set(offer.parties):
        return (signed,)
    return (
        signed,
        DealsInForce(offer=offer.id, parties=offer.parties, deals=offer.deals),
        *(
            DealPublished(deal=deal, signers=state.rules.deal_parties[deal])
            for deal in offer.deals
            if deal not in state.deals and is_public(state, deal)
        ),
    )


def decline_offer(state: GameState, command: DeclineOffer, by: Actor) -> tuple[Event, ...]:
    offer = find_offer(state, command.offer)
    demand(why_not_decline_offer(state, by, offer))
    assert by.seat is not None
    return (OfferDeclined(offer=offer.id, parties=offer.parties, seat=by.seat, reason=command.reason),)


def withdraw_from_offer(state: GameState, command: WithdrawFromOffer, by: Actor) -> tuple[Event, ...]:
    offer = find_offer(state, command.offer)
    demand(why_not_withdraw_from_offer(state, by, offer))
    assert by.seat is not None
    return (OfferWithdrawn(offer=offer.id, parties=offer.parties, seat=by.seat),)


# --- betrayal


def betrayals(state: GameState, objection: Objection) -> tuple[DealBetrayed, ...]:
    """The deals that an objection betrays (rule 6.4), in scenario order.

    A deal that the objector signed is betrayed when a line of its own which that deal lifts would have been crossed
    without such deals, was not crossed with them, and rests on an issue that the objection names.
    """
    settled = settled_by_deals(state, objection.seat, objection.package, objection.around)
    found = {
        deal: tuple(line.id for line in lines if set(line.issues) & set(objection.issues))
        for deal, lines in settled.items()
    }
    return tuple(
        DealBetrayed(deal=deal, seat=objection.seat, objection=objection.id, lines=lines)
        for deal, lines in found.items()
        if lines
    )


def settled_by_deals(
    state: GameState, seat: SeatId, package: Package, around: Circumstances
) -> dict[str, tuple[Crossing, ...]]:
    """The seat's own lines that a text would cross but for deals that it signed: by deal, in scenario order."""
    lifts = {
        deal: lines
        for deal in state.rules.deal_parties
        if deal in around.deals and (lines := state.rules.lifted_by_deal[deal].get(seat, ()))
    }
    if not lifts:
        return {}
    still = state.evaluator.objections(seat, package, around)
    without = replace(around, deals=around.deals - frozenset(lifts))
    crossed = {line.id: line for line in state.evaluator.crossing(seat, package, without) if line.id not in still}
    return {
        deal: tuple(crossed[line] for line in lines if line in crossed)
        for deal, lines in lifts.items()
        if seat in state.rules.deal_parties[deal] and any(line in crossed for line in lines)
    }


# --- folding


def _changed(state: GameState, offer: Offer) -> GameState:
    return replace(state, offers={**state.offers, offer.id: offer})


def offer_made(state: GameState, event: OfferMade, at: Milliseconds) -> GameState:
    offer = Offer(event.offer, event.by, event.deals, event.parties, (event.by,), at, event.note)
    return _changed(state, offer)


def offer_countered(state: GameState, event: OfferCountered) -> GameState:
    return _changed(state, replace(state.offers[event.counter], counter_to=event.offer))


def offer_signed(state: GameState, event: OfferSigned) -> GameState:
    offer = state.offers[event.offer]
    signed = tuple(seat for seat in offer.parties if seat in (*offer.signed, event.seat))
    return _changed(state, replace(offer, signed=signed))


def offer_declined(state: GameState, event: OfferDeclined, at: Milliseconds) -> GameState:
    offer = state.offers[event.offer]
    closed = replace(offer, status="declined", closed_at=at, declined_by=event.seat, reason=event.reason)
    return _changed(state, closed)


def offer_withdrawn(state: GameState, event: OfferWithdrawn, at: Milliseconds) -> GameState:
    offer = state.offers[event.offer]
    signed = tuple(seat for seat in offer.signed if seat != event.seat)
    if event.seat != offer.by:
        return _changed(state, replace(offer, signed=signed))
    return _changed(state, replace(offer, signed=signed, status="withdrawn", closed_at=at))


def deals_in_force(state: GameState, event: DealsInForce, at: Milliseconds) -> GameState:
    offer = replace(state.offers[event.offer], status="in_force", closed_at=at)
    fresh = {
        deal: SignedDeal(deal, state.rules.deal_parties[deal], at) for deal in event.deals if deal not in state.deals
    }
    return _overtaken(replace(_changed(state, offer), deals={**state.deals, **fresh}), at)


def deal_published(state: GameState, event: DealPublished, at: Milliseconds) -> GameState:
    public = replace(state.deals[event.deal], public=True)
    return _overtaken(replace(state, deals={**state.deals, event.deal: public}), at)


def deal_betrayed(state: GameState, event: DealBetrayed) -> GameState:
    betrayal = Betrayal(event.deal, event.seat, event.objection, event.lines)
    return replace(state, betrayals=(*state.betrayals, betrayal))


def _overtaken(state: GameState, at: Milliseconds) -> GameState:
    """Closes the offers of which every party knows that all their deals are in force.

    An offer with a party that may not know of one of them stays: its status would tell.
    """
    overtaken: Mapping[str, Offer] = {
        offer.id: replace(offer, status="overtaken", closed_at=at)
        for offer in state.offers.values()
        if offer.status == "open"
        and state.deals.keys() >= set(offer.deals)
        and all(may_know_of_deal(state, offer.parties, deal) for deal in offer.deals)
    }
    return replace(state, offers={**state.offers, **overtaken}) if overtaken else state
