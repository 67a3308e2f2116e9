"""What a stand-in does beside the text: deals, promises, signatures of its own nation (rules 6.1 to 6.5, 11).

It offers what pays it and what lifts an objection, signs what pays more than it costs, and the later it gets the more
it gives for an agreement. It knows its own side of each deal and what everybody knows, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from game_rules.bots.looking import progress_of
from game_rules.bots.mind import Mind, Worth
from game_rules.bots.words import Words, words_of
from game_rules.messages import Command
from game_rules.procedures.complements import SignComplement
from game_rules.procedures.promises import Form, MakePromise
from game_rules.procedures.trade import DeclineOffer, OfferDeals, SignOffer
from game_rules.scenario import Package

Looked = Mapping[str, Any]
Wish = tuple[Command, ...]

MOST_CONCEDED = 6
"""Points of its own that a delegation gives at the very end to lift an objection that stands in the way."""
OWN_OPEN_OFFERS = 2
OWN_SIGNATURES = 1
"""Complements a stand-in puts its nation's name to: the one it values most. The others are for people to push."""


class Trader:
    """The ledger as one delegation sees it."""

    def __init__(self, view: Looked, mind: Mind) -> None:
        self.public: Looked = view["public"]
        self.private: Looked = view["private"]
        self.can: Looked = self.private["can"]
        self.mind = mind

    @property
    def words(self) -> Words:
        return words_of(self.public["scenario"])

    @property
    def trade(self) -> Looked:
        trade: Looked = self.private["trade"]
        return trade

    def wishes(self) -> Iterator[Wish]:
        """What it begins itself: offers, then signatures, then a word given for a deal."""
        yield from self.made_offers()
        yield from self.signed_complements()
        yield from self.given_word()

    # --- what a deal is worth

    @cached_property
    def text(self) -> Package:
        """The text that trade is about: the one adopted, else the basis, else the best it could hope for."""
        if self.public["adopted"] is not None:
            return self.mind.package(self.public["adopted"]["package"])
        basis = self.public["floor"]["basis"]
        return self.mind.package(self.public["drafts"][basis]["package"]) if basis is not None else self.mind.best

    def worth(self, deals: tuple[str, ...]) -> Worth:
        return self.mind.worth_of_deals(deals, self.text)

    @cached_property
    def patience(self) -> int:
        """How many points it gives up for somebody's consent: nothing at first, more the later it is, by temper."""
        most = MOST_CONCEDED - 2 * self.mind.temper("patience", 3)
        progress = progress_of(self.public)
        return most * progress.numerator // progress.denominator

    def would_sign(self, deals: tuple[str, ...], others: Iterable[str]) -> bool:
        """It pays; or it costs little, lifts somebody out of the way of the text, and leaves a text worth having."""
        worth = self.worth(deals)
        if worth.pays:
            return True
        opens = not self.objecting.isdisjoint(others)
        affordable = -worth.points <= self.patience
        return opens and affordable and self.mind.with_deals(deals).points(self.text) >= self.mind.reservation

    @cached_property
    def objecting(self) -> frozenset[str]:
        """Delegations that have said in public that they would block, or have blocked, and still mean it."""
        basis = self.public["floor"]["basis"]
        positions = self.public["positions"].get(basis, {}) if basis is not None else {}
        said = {seat for seat, one in positions.items() if one["position"] == "would_object"}
        return frozenset(said | {one["seat"] for one in self.public["objections"].values() if not one["withdrawn"]})

    @cached_property
    def waited_for(self) -> frozenset[str]:
        """Deals that a standing objection names as what would lift it (rule 4.5)."""
        return frozenset(
            reference.removeprefix("deal:")
            for one in self.public["objections"].values()
            if not one["withdrawn"]
            for reference in one["lifted_by"]
            if reference.startswith("deal:")
        )

    # --- deals

    def answered_offers(self) -> Iterator[Wish]:
        offered, seat = self.can["offers"], self.mind.seat
        for identifier in offered:
            offer = self.trade["offers"][identifier]
            if seat in offer["signed"]:
                continue  # it waits for the others
            others = (party for party in offer["parties"] if party != seat)
            if self.would_sign(tuple(offer["deals"]), others) and offered[identifier]["sign_offer"] is None:
                yield (SignOffer(type="sign_offer", offer=identifier),)
            elif progress_of(self.public) == 1 and offered[identifier]["decline_offer"] is None:
                yield (DeclineOffer(type="decline_offer", offer=identifier),)

    def made_offers(self) -> Iterator[Wish]:
        """The deal that brings it most, if it brings anything; first of all one that an objection waits for."""
        open_offers = [one for one in self.trade["offers"].values() if one["status"] == "open"]
        if sum(one["by"] == self.mind.seat for one in open_offers) >= OWN_OPEN_OFFERS:
            return
        tried = {deal for one in self.trade["offers"].values() for deal in one["deals"]}
        fresh = [deal for deal, one in self.trade["deals"].items() if deal not in tried and one["in_force_at"] is None]
        for deal in sorted(filter(self._is_worth_offering, fresh), key=self._rank, reverse=True):
            if self.can["deals"][deal]["offer_deals"] is None:
                yield (OfferDeals(type="offer_deals", deals=(deal,)),)

    def _is_worth_offering(self, deal: str) -> bool:
        signers = tuple(self.trade["deals"][deal]["signers"])
        return self.worth((deal,)).pays or (deal in self.waited_for and self.would_sign((deal,), signers))

    def _rank(self, deal: str) -> tuple[bool, int, int]:
        worth = self.worth((deal,))
        return deal in self.waited_for, worth.lifts, worth.points

    def lifting(self, package: Package) -> tuple[str, ...]:
        """Deals of its own that would lift every objection it has to the text, each by itself."""
        if not self.mind.objections(package):
            return ()
        not_yet = [deal for deal, one in self.trade["deals"].items() if one["in_force_at"] is None]
        telling = (deal for deal in not_yet if self.mind.looks_at((deal,)))
        return tuple(deal for deal in telling if self.mind.with_deals((deal,)).can_live_with(package))

    # --- complements

    def signed_complements(self) -> Iterator[Wish]:
        """Puts its nation's name to what it values most, in the form that most have signed, else in the widest."""
        opened, offered, worth = self.public["complements"], self.can["complements"], self.mind.worth_of_complement
        seat = self.mind.seat
        signed = {name for name, one in opened.items() for sheet in one["sheets"] if seat in sheet["signers"]}
        if len(signed) >= OWN_SIGNATURES:
            return
        wanted = [name for name in offered if worth(name) > 0 and name not in signed]
        for name in sorted(wanted, key=worth, reverse=True):
            if offered[name]["sign_complement"] is None:
                mode = self._form_to_sign(name, opened[name]["sheets"] if name in opened else ())
                yield (SignComplement(type="sign_complement", complement=name, mode=mode, defence=False),)
                return

    def _form_to_sign(self, complement: str, sheets: Iterable[Looked]) -> str | None:
        supply = [sheet for sheet in sheets if not sheet["defence"]]
        if supply:
            fullest: str | None = max(supply, key=lambda sheet: len(sheet["signers"]))["mode"]
            return fullest
        described = next(one for one in self.public["scenario"]["complements"] if one["id"] == complement)
        widest: str | None = described["forms"][-1]["mode"]
        return widest

    # --- promises

    def given_word(self) -> Iterator[Wish]:
        """Tit for tat: whom a deal has paid out of an objection says so to the other side, and is held to it."""
        basis = self.public["floor"]["basis"]
        in_force = [deal for deal, one in self.trade["deals"].items() if one["in_force_at"] is not None]
        owing = [deal for deal in in_force if self._owes_to(deal)] if basis is not None else []
        if not owing or self.can["acts"].get("make_promise", "") is not None:
            return
        promised = {one["to"] for one in self.trade["promises"].values() if one["by"] == self.mind.seat}
        for deal in owing:
            for seat in self.trade["deals"][deal]["signers"]:
                if seat not in (self.mind.seat, *promised):
                    yield (self._word(seat, self.public["drafts"][basis]["package"]),)

    def _owes_to(self, deal: str) -> bool:
        """Whether it would object to the text without the deal."""
        if not self.mind.looks_at((deal,)) or not self.mind.can_live_with(self.text):
            return False
        return bool(self.mind.without_deals((deal,)).objections(self.text))

    def _word(self, seat: str, package: Mapping[str, str]) -> Command:
        ranked = self.public["scenario"]["issues"][0]["id"]
        form = Form(kind="will_not_object", options={ranked: package[ranked]})
        return MakePromise(type="make_promise", to=seat, text=self.words.word_given(), form=form)
