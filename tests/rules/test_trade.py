"""Side deals: who may offer, sign, decline and withdraw, and who reads of it (rules 6.1, 6.2, 9.3)."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from game_rules.conditions import Not
from game_rules.evaluation import Circumstances
from game_rules.messages import Everyone
from game_rules.procedures.seating import SeatVacated
from game_rules.procedures.standing import circumstances
from game_rules.procedures.trade import (
    DealPublished,
    DealsInForce,
    OfferCountered,
    OfferDeclined,
    OfferMade,
    OfferSigned,
    OfferWithdrawn,
)
from game_rules.scenario import Scenario
from game_rules.state import GameState, SignedDeal, rules_of
from game_rules.view import SPECTATOR, facilitator_viewer, member_viewer, view
from tests.rules.harness import (
    ACTION_PLAN,
    HISTORICAL,
    NOON,
    SECOND,
    Answer,
    Given,
    at,
    broken,
    created,
    given,
    happened,
    in_phase,
    package,
    rules,
    tabled,
    under_silence,
    vilnius,
)

OTP = "sd_hun_otp"
FUNDS = "sd_hun_eu_funds"
LAW = "sd_ukr_minority_law"
F16 = "sd_tur_f16"
SWEDEN = "sd_tur_swe"
CUSTOMS = "sd_eu_tur"
FLANK = "sd_eastern_flank"

HUN_UKR = ("HUN", "UKR")


def parties(*deals: str) -> tuple[str, ...]:
    seats = {seat for deal in deals for seat in rules().deal_parties[deal]}
    return rules().in_table_order(seats)


def offer(*deals: str, by: str, number: int = 1) -> OfferMade:
    who = parties(*deals)
    return OfferMade(offer=f"{'+'.join(who)}.{number}", parties=who, by=by, deals=deals)


def signed(made: OfferMade, *seats: str) -> tuple[OfferSigned, ...]:
    return tuple(OfferSigned(offer=made.offer, parties=made.parties, seat=seat) for seat in seats)


def in_force(*deals: str, number: int = 1) -> tuple[Any, ...]:
    """An offer of these deals that everybody has signed, and what followed."""
    who = parties(*deals)
    made = offer(*deals, by=who[0], number=number)
    public = [deal for deal in deals if deal in vilnius().public_deals]
    return (
        made,
        *signed(made, *who[1:]),
        DealsInForce(offer=made.offer, parties=who, deals=deals),
        *(DealPublished(deal=deal, signers=rules().deal_parties[deal]) for deal in public),
    )


def trading(*history: Any) -> Given:
    return given(in_phase("consultations"), history)


OTP_OFFER = offer(OTP, by="HUN")


# --- offering


@pytest.mark.rule("6.1")
def test_who_offers_signs_and_the_other_party_reads_of_it() -> None:
    answer = trading().when("offer_deals", by="HUN", deals=[OTP])
    answer.then(OfferMade(offer="HUN+UKR.1", parties=HUN_UKR, by="HUN", deals=(OTP,)))
    assert answer.state.offers["HUN+UKR.1"].signed == ("HUN",)
    for seat, sees in (("HUN", True), ("UKR", True), ("EU", False), ("POL", False)):
        assert ("HUN+UKR.1" in trade_of(answer.state, seat)["offers"]) is sees


@pytest.mark.rule("6.1")
@pytest.mark.parametrize("seat", ["SWE", "EU", "UKR", "SG"])
def test_observers_the_principal_and_the_chair_trade_too(seat: str) -> None:
    deal = next(deal for deal, who in rules().deal_parties.items() if seat in who and deal != SWEDEN)
    trading().when("offer_deals", by=seat, deals=[deal]).accepted()


@pytest.mark.rule("6.1")
@pytest.mark.parametrize(
    ("deals", "code"),
    [
        pytest.param([], "offer.empty", id="nothing"),
        pytest.param([FUNDS], "deal.unknown", id="a deal between others"),
        pytest.param([OTP, FUNDS], "deal.unknown", id="a bundle with one that it does not sign"),
        pytest.param(["sd_southern_flank"], "deal.unknown", id="a deal that is off the table of this cast"),
        pytest.param(["nonsense"], "deal.unknown", id="a deal that nobody knows"),
        pytest.param([LAW], "deal.in_force", id="what is in force"),
        pytest.param([OTP], "offer.stands", id="what lies on the table already"),
    ],
)
def test_what_cannot_be_offered(deals: list[str], code: str) -> None:
    trading(OTP_OFFER, in_force(LAW, number=2)).when("offer_deals", by="UKR", deals=deals).rejected(code)


@pytest.mark.rule("6.1", "1.2")
def test_the_signers_are_those_of_the_cast() -> None:
    scenario = vilnius()
    council = rules_of(scenario, scenario.digest(), "council", scenario.clocks.default_minutes)
    assert rules().deal_parties[FLANK] == ("DEU", "POL", "USA")
    assert council.deal_parties[FLANK] == council.in_table_order({"DEU", "GBR", "LTU", "POL", "USA"})
    assert "sd_western_balkans" not in rules().deal_parties
    full = rules_of(scenario, scenario.digest(), "full", scenario.clocks.default_minutes)
    assert full.deal_parties.keys() == {deal.id for deal in scenario.deals}


@pytest.mark.rule("6.1")
def test_a_bundle_has_one_order_and_everybodys_signers() -> None:
    made = trading().when("offer_deals", by="UKR", deals=[LAW, OTP, "sd_eu_reform_report"]).state.offers
    assert {one.deals for one in made.values()} == {(OTP, LAW, "sd_eu_reform_report")}
    assert next(iter(made.values())).parties == rules().in_table_order({"HUN", "UKR", "EU"})


@pytest.mark.rule("1.4", "1.6")
@pytest.mark.parametrize(
    ("type", "fields", "code"),
    [
        pytest.param("offer_deals", {"deals": [LAW]}, "seat.deputy", id="a deputy offers nothing"),
        pytest.param("sign_offer", {"offer": "HUN+UKR.1"}, "seat.deputy", id="a deputy signs nothing"),
        pytest.param("make_promise", {"to": "HUN", "text": "t"}, "seat.deputy", id="a deputy promises nothing"),
        pytest.param("decline_offer", {"offer": "HUN+UKR.1"}, None, id="a deputy may say no"),
    ],
)
def test_a_deputy_signs_nothing(type: str, fields: dict[str, Any], code: str | None) -> None:
    trading(OTP_OFFER, SeatVacated(seat="UKR", stand_in="deputy")).when(type, by="deputy:UKR", **fields).decided(code)


@pytest.mark.rule("7.1")
@pytest.mark.parametrize(
    ("phase", "code"),
    [
        ("briefing", "phase.forbids"),
        ("consultations", None),
        ("council_1", None),
        ("leaders", None),
        ("aftermath", "phase.forbids"),
    ],
)
def test_deals_are_made_in_the_phases_that_allow_them(phase: str, code: str | None) -> None:
    given(in_phase(phase)).when("offer_deals", by="HUN", deals=[OTP]).decided(code)


# --- answering


@pytest.mark.rule("6.1")
def test_the_last_signature_brings_the_whole_bundle_into_force() -> None:
    made = offer(OTP, FUNDS, by="HUN")
    answer = trading(made, signed(made, "UKR")).when("sign_offer", by="EU", offer=made.offer)
    answer.then(
        OfferSigned(offer=made.offer, parties=made.parties, seat="EU"),
        DealsInForce(offer=made.offer, parties=made.parties, deals=(OTP, FUNDS)),
    )
    assert answer.state.deals.keys() == {OTP, FUNDS}
    assert answer.state.offers[made.offer].status == "in_force"


@pytest.mark.rule("6.1")
def test_before_the_last_signature_nothing_is_in_force() -> None:
    made = offer(FLANK, by="POL")
    answer = trading(made).when("sign_offer", by="DEU", offer=made.offer)
    answer.then(*signed(made, "DEU"))
    assert not answer.state.deals


@pytest.mark.rule("6.1", "9.3")
@pytest.mark.parametrize(
    ("by", "type", "code"),
    [
        ("UKR", "sign_offer", None),
        ("UKR", "decline_offer", None),
        ("UKR", "withdraw_from_offer", "offer.not_signed"),
        ("HUN", "sign_offer", "offer.signed_already"),
        ("HUN", "decline_offer", "offer.signed_already"),
        ("HUN", "withdraw_from_offer", None),
        ("EU", "sign_offer", "offer.unknown"),
        ("EU", "decline_offer", "offer.unknown"),
        ("EU", "withdraw_from_offer", "offer.unknown"),
    ],
)
def test_who_may_answer_an_open_offer(by: str, type: str, code: str | None) -> None:
    trading(OTP_OFFER).when(type, by=by, offer="HUN+UKR.1").decided(code)


@pytest.mark.rule("6.1")
@pytest.mark.parametrize("type", ["sign_offer", "decline_offer", "withdraw_from_offer"])
@pytest.mark.parametrize(
    "closing",
    [
        pytest.param(OfferDeclined(offer="HUN+UKR.1", parties=HUN_UKR, seat="UKR"), id="declined"),
        pytest.param(OfferWithdrawn(offer="HUN+UKR.1", parties=HUN_UKR, seat="HUN"), id="withdrawn"),
        pytest.param(DealsInForce(offer="HUN+UKR.1", parties=HUN_UKR, deals=(OTP,)), id="in force"),
    ],
)
def test_a_closed_offer_is_answered_by_nobody(type: str, closing: Any) -> None:
    for seat in HUN_UKR:
        trading(OTP_OFFER, closing).when(type, by=seat, offer="HUN+UKR.1").rejected("offer.closed")


@pytest.mark.rule("6.1")
def test_a_signature_can_be_taken_back_before_the_last_one() -> None:
    made = offer(FLANK, by="POL")
    after = trading(made, signed(made, "DEU")).when("withdraw_from_offer", by="DEU", offer=made.offer)
    kept = after.state.offers[made.offer]
    assert (kept.status, kept.signed) == ("open", ("POL",))
    gone = after.next().when("withdraw_from_offer", by="POL", offer=made.offer).state.offers[made.offer]
    assert (gone.status, gone.signed) == ("withdrawn", ())


@pytest.mark.rule("6.1")
def test_one_party_that_declines_ends_an_offer_and_may_say_why() -> None:
    answer = trading(OTP_OFFER).when("decline_offer", by="UKR", offer="HUN+UKR.1", reason="no")
    answer.then(OfferDeclined(offer="HUN+UKR.1", parties=HUN_UKR, seat="UKR", reason="no"))
    shown = trade_of(answer.state, "HUN")["offers"]["HUN+UKR.1"]
    assert (shown["status"], shown["declined_by"], shown["reason"]) == ("declined", "UKR", "no")


@pytest.mark.rule("6.1")
def test_a_counter_declines_the_offer_that_it_answers() -> None:
    answer = trading(OTP_OFFER).when("offer_deals", by="UKR", deals=[OTP, LAW], counter_to="HUN+UKR.1", note="n")
    answer.then(
        OfferDeclined(offer="HUN+UKR.1", parties=HUN_UKR, seat="UKR"),
        OfferMade(offer="HUN+UKR.2", parties=HUN_UKR, by="UKR", deals=(OTP, LAW), note="n"),
        OfferCountered(offer="HUN+UKR.1", counter="HUN+UKR.2", parties=HUN_UKR),
    )
    assert trade_of(answer.state, "HUN")["offers"]["HUN+UKR.2"]["counter_to"] == "HUN+UKR.1"


@pytest.mark.rule("6.1")
@pytest.mark.parametrize(
    ("by", "deals", "answered", "code"),
    [
        pytest.param(
            "HUN", [LAW], "HUN+UKR.1", "offer.signed_already", id="one's own offer is withdrawn, not answered"
        ),
        pytest.param("EU", [FUNDS], "HUN+UKR.1", "offer.unknown", id="an offer between others"),
        pytest.param("UKR", [LAW], "HUN+UKR.9", "offer.unknown", id="no offer at all"),
        pytest.param("UKR", [FUNDS], "HUN+UKR.1", "deal.unknown", id="with a deal that is not one's own"),
    ],
)
def test_a_counter_is_refused_as_its_parts_are(by: str, deals: list[str], answered: str, code: str) -> None:
    trading(OTP_OFFER).when("offer_deals", by=by, deals=deals, counter_to=answered).rejected(code)


@pytest.mark.rule("6.2", "9.2")
def test_whoever_knows_only_the_counter_does_not_learn_what_it_answers() -> None:
    answer = trading(OTP_OFFER).when(
        "offer_deals", by="UKR", deals=[OTP, "sd_eu_reform_report"], counter_to="HUN+UKR.1"
    )
    (counter,) = (one for one in answer.state.offers.values() if one.status == "open")
    assert trade_of(answer.state, "EU")["offers"][counter.id]["counter_to"] is None
    assert trade_of(answer.state, "HUN")["offers"][counter.id]["counter_to"] == "HUN+UKR.1"


# --- what a deal needs


def with_needs(condition: dict[str, Any], of: str = LAW) -> Scenario:
    data = vilnius().model_dump(mode="json", by_alias=True, exclude_none=True)
    next(deal for deal in data["deals"] if deal["id"] == of)["needs"] = condition
    return Scenario.model_validate(data)


def needing(condition: dict[str, Any], *history: Any) -> Given:
    return given(in_phase("consultations"), history, game=created(scenario=with_needs(condition)))


@pytest.mark.rule("6.1")
@pytest.mark.parametrize(
    ("deals", "history", "code"),
    [
        pytest.param([LAW], (), "deal.needs_more", id="the ground is not laid"),
        pytest.param([LAW], in_force(OTP), None, id="the ground is laid"),
        pytest.param([LAW, OTP], (), None, id="the bundle lays it itself"),
    ],
)
def test_a_deal_is_signed_when_what_it_needs_has_come_about(
    deals: list[str], history: tuple[Any, ...], code: str | None
) -> None:
    needing({"deal": OTP}, history).when("offer_deals", by="HUN", deals=deals).decided(code)


@pytest.mark.rule("6.1")
def test_what_a_deal_needs_is_asked_at_every_signature() -> None:
    made = offer(LAW, by="HUN")
    needing({"deal": OTP}, made).when("sign_offer", by="UKR", offer=made.offer).rejected("deal.needs_more")


@pytest.mark.rule("9.3", "6.2")
def test_nobody_is_asked_what_only_others_may_know() -> None:
    """The Union signs a bundle with a deal between Kyiv and Budapest: what that one needs, they are asked."""
    made = offer(LAW, FUNDS, by="HUN")
    before = needing({"deal": OTP}, in_force(OTP, number=1), made, signed(made, "UKR"))
    before.when("sign_offer", by="EU", offer=made.offer).accepted()


@pytest.mark.rule("6.2", "9.3")
def test_a_deal_that_another_deal_needs_is_public_when_a_signer_of_that_one_does_not_sign_it() -> None:
    assert OTP not in with_needs({"deal": OTP}).public_deals, "both sign both"
    assert FUNDS in with_needs({"deal": FUNDS}).public_deals, "Kyiv would have to know what the Union gave Budapest"
    assert "sd_eu_reform_report" in vilnius().public_deals
    assert CUSTOMS not in vilnius().public_deals, "both signers of Sweden's protocol sign it"


# --- who reads of it


def trade_of(state: GameState, seat: str) -> dict[str, Any]:
    shown = view(state, member_viewer(f"m-{seat}", seat))["private"]["trade"]
    assert shown is not None
    return shown  # type: ignore[return-value]


@pytest.mark.rule("6.2")
def test_a_deal_that_others_instructions_look_at_is_published_when_it_is_signed() -> None:
    made = offer(F16, by="TUR")
    answer = trading(made).when("sign_offer", by="USA", offer=made.offer)
    answer.then_types(OfferSigned, DealsInForce, DealPublished)
    assert [isinstance(event.audience(), Everyone) for event in answer.events] == [False, False, True]
    assert [one["deal"] for one in view(answer.state, SPECTATOR)["public"]["deals"]] == [F16]


@pytest.mark.rule("6.2")
def test_a_deal_that_nobody_else_looks_at_stays_with_its_signers() -> None:
    state = trading(in_force(OTP)).state
    assert view(state, SPECTATOR)["public"]["deals"] == []
    assert trade_of(state, "HUN")["deals"][OTP]["in_force_at"] == NOON
    assert OTP not in trade_of(state, "EU")["deals"]


@pytest.mark.rule("6.2")
def test_a_signer_sees_its_own_side_and_its_own_lines() -> None:
    state = trading().state
    hungary, kyiv = trade_of(state, "HUN")["deals"][LAW], trade_of(state, "UKR")["deals"][LAW]
    named = vilnius().deal(LAW)
    for seat, shown in (("HUN", hungary), ("UKR", kyiv)):
        side = named.side_of(seat)
        assert side is not None
        assert (shown["gives"], shown["gets"], shown["points"]) == (side.gives, side.gets, side.points)
    assert hungary["lifts"] == {"HUN": ["path_not_acceptable", "requires_minority_rights"]}
    assert kyiv["lifts"] == {}


@pytest.mark.rule("6.2")
def test_a_facilitator_sees_every_deal_and_offer_and_no_side_of_its_own() -> None:
    state = trading(OTP_OFFER).state
    shown = view(state, facilitator_viewer("white-cell"))["private"]["trade"]
    assert shown is not None
    assert shown["deals"].keys() == rules().deal_parties.keys()
    assert shown["offers"].keys() == {"HUN+UKR.1"}
    assert {(one["gives"], one["points"]) for one in shown["deals"].values()} == {("", 0)}
    assert shown["deals"][F16]["lifts"] == {"TUR": ["path_not_acceptable"]}
    assert view(state, SPECTATOR)["private"]["trade"] is None


@pytest.mark.rule("6.2")
def test_a_party_reads_the_title_of_every_deal_in_the_bundle() -> None:
    made = offer(OTP, FUNDS, by="HUN")
    shown = trade_of(trading(made).state, "EU")
    assert shown["offers"][made.offer]["titles"] == {deal: vilnius().deal(deal).title for deal in (OTP, FUNDS)}
    assert OTP not in shown["deals"]


@pytest.mark.rule("9.2")
def test_offers_are_numbered_within_their_parties() -> None:
    state = trading(OTP_OFFER, offer(F16, by="TUR"), in_force(LAW, number=2)).state
    made = Given(state).when("offer_deals", by="EU", deals=[FUNDS])
    assert list(made.state.offers)[-1] == f"{'+'.join(parties(FUNDS))}.1"


# --- overtaken


@pytest.mark.rule("6.1")
def test_an_offer_whose_deals_all_came_into_force_otherwise_is_overtaken() -> None:
    bundle = offer(OTP, LAW, by="UKR", number=2)
    state = trading(OTP_OFFER, bundle, signed(bundle, "HUN")).state
    after = happened(state, [DealsInForce(offer=bundle.offer, parties=HUN_UKR, deals=(OTP, LAW))])
    assert after.offers["HUN+UKR.1"].status == "overtaken"


@pytest.mark.rule("6.2", "9.2")
def test_an_offer_is_not_overtaken_where_that_would_tell_a_party_of_a_deal_between_others() -> None:
    """The Union is offered a bundle with a deal of Kyiv's and Budapest's, who make it among themselves meanwhile."""
    bundle = offer(OTP, FUNDS, by="HUN")
    state = trading(bundle, in_force(OTP), in_force(FUNDS)).state
    assert state.offers[bundle.offer].status == "open"
    signed_all = happened(state, signed(bundle, "UKR"))
    Given(signed_all).when("sign_offer", by="EU", offer=bundle.offer).then_types(OfferSigned, DealsInForce)


@pytest.mark.rule("6.1")
def test_a_deal_in_force_does_not_lapse_and_keeps_its_moment() -> None:
    bundle = offer(OTP, FUNDS, by="HUN")
    later = at(NOON + SECOND, DealsInForce(offer=bundle.offer, parties=bundle.parties, deals=(OTP, FUNDS)))
    state = trading(bundle, in_force(OTP), later).state
    assert (state.deals[OTP].at, state.deals[FUNDS].at) == (NOON, NOON + SECOND)


# --- what it is worth


@pytest.mark.rule("6.1", "8.8")
def test_a_deal_counts_for_the_points_and_lines_of_its_signers() -> None:
    quiet, traded = trading(tabled("POL", ACTION_PLAN)), trading(tabled("POL", ACTION_PLAN), in_force(FUNDS))
    before, after = (appraised(game.state, "HUN") for game in (quiet, traded))
    assert after["points"] - before["points"] == vilnius().deal(FUNDS).points_for("HUN")
    assert [one["line"] for one in before["crosses"]] == ["path_not_acceptable", "requires_sweden_linkage_resolved"]
    assert [one["line"] for one in after["crosses"]] == ["requires_sweden_linkage_resolved"]


def appraised(state: GameState, seat: str) -> dict[str, Any]:
    us = view(state, member_viewer(f"m-{seat}", seat))["private"]["us"]
    assert us is not None
    return us["drafts"]["d1"]  # type: ignore[return-value]


def known_to_all(cast: str, deals: frozenset[str]) -> GameState:
    """A state in which these deals are in force, those published that become public."""
    scenario = vilnius()
    table = rules_of(scenario, scenario.digest(), cast, scenario.clocks.default_minutes)
    signed_deals = {
        deal: SignedDeal(deal, table.deal_parties[deal], NOON, deal in scenario.public_deals) for deal in sorted(deals)
    }
    return replace(given().state, rules=table, deals=signed_deals)


@pytest.mark.rule("6.2", "9.2", "9.3")
@pytest.mark.parametrize("cast", ["quick", "council", "full"])
def test_what_a_seat_may_know_of_trade_is_all_that_its_points_and_lines_hang_on(cast: str) -> None:
    """Over random sets of signed deals: judged on what it may know, and on everything, a text comes out the same."""
    chance = Random(6_2)
    state = known_to_all(cast, frozenset())
    texts = [ACTION_PLAN, HISTORICAL, package(target_date="review_next_summit")]
    for _ in range(25):
        share = chance.random()
        state = known_to_all(cast, frozenset(deal for deal in state.rules.deal_parties if chance.random() < share))
        evaluator, everything = state.evaluator, circumstances(state)
        assert everything == Circumstances(deals=frozenset(state.deals))
        for seat in state.rules.seats:
            known = circumstances(state, seat)
            for text in texts:
                assert evaluator.points(seat, text, known) == evaluator.points(seat, text, everything)
                assert evaluator.crossing(seat, text, known) == evaluator.crossing(seat, text, everything)
            for deal, needs in state.rules.deal_needs.items():
                if seat in state.rules.deal_parties[deal]:
                    met = needs(HISTORICAL, evaluator.situation(known))
                    assert met == needs(HISTORICAL, evaluator.situation(everything))


@pytest.mark.rule("6.2")
def test_a_seat_knows_the_deals_it_signed_and_the_public_ones() -> None:
    state = trading(in_force(OTP), in_force(F16), in_force(FUNDS)).state
    assert circumstances(state, "UKR").deals == {OTP, F16}
    assert circumstances(state, "EU").deals == {FUNDS, F16}
    assert circumstances(state).deals == {OTP, F16, FUNDS}


# --- strict games


@pytest.mark.rule("4.8", "9.3")
def test_in_a_strict_game_a_deal_lifts_the_own_line_for_the_server_too() -> None:
    text = tabled("POL", ACTION_PLAN)
    strict = given(in_phase("consultations"), text, in_force("sd_hun_swe"), game=created(strict=True))
    said: dict[str, Any] = {"draft": "d1", "revision": 1, "position": "support"}
    strict.when("state_position", by="HUN", **said).rejected("strict.own_red_line", lines=("path_not_acceptable",))
    strict = given(in_phase("consultations"), text, in_force("sd_hun_swe"), in_force(FUNDS), game=created(strict=True))
    strict.when("state_position", by="HUN", **said).accepted()


# --- speaking of it


@pytest.mark.rule("5.1", "6.2")
@pytest.mark.parametrize(
    ("room", "reference", "code"),
    [
        pytest.param("HUN+UKR", f"deal:{OTP}", None, id="a deal among its signers"),
        pytest.param("HUN+UKR", "offer:HUN+UKR.1", None, id="an offer among its parties"),
        pytest.param("delegation", f"deal:{OTP}", None, id="a deal inside the delegation"),
        pytest.param("delegation", "offer:HUN+UKR.1", None, id="an offer inside the delegation"),
        pytest.param("facilitator", f"deal:{OTP}", None, id="a deal to the facilitator"),
        pytest.param("HUN+UKR+EU", f"deal:{OTP}", "room.reference_unknown", id="a deal before a third"),
        pytest.param("HUN+UKR+EU", "offer:HUN+UKR.1", "room.reference_unknown", id="an offer before a third"),
        pytest.param("HUN+EU", "offer:HUN+UKR.1", "room.reference_unknown", id="an offer to somebody else"),
        pytest.param("plenary", f"deal:{OTP}", "room.reference_unknown", id="a deal in the plenary"),
        pytest.param("plenary", "offer:HUN+UKR.1", "room.reference_unknown", id="an offer in the plenary"),
        pytest.param("plenary", f"deal:{F16}", None, id="a deal that is public"),
        pytest.param("HUN+UKR", f"deal:{F16}", None, id="a public deal between two who do not sign it"),
        pytest.param("HUN+UKR", "deal:nonsense", "room.reference_unknown", id="no deal at all"),
        pytest.param("HUN+UKR", "offer:HUN+UKR.7", "room.reference_unknown", id="no offer at all"),
    ],
)
def test_a_message_refers_to_trade_where_everybody_in_the_room_knows_it(
    room: str, reference: str, code: str | None
) -> None:
    before = trading(OTP_OFFER, in_force(F16))
    before.when("post_message", by="HUN", room=room, text="t", refs=[reference]).decided(code)


# --- what would lift an objection


BARRED = (tabled("POL", ACTION_PLAN), under_silence())


def objecting(*lifts: str, by: str = "HUN", before: tuple[Any, ...] = ()) -> Answer:
    return given(in_phase("council_1"), before, BARRED).when(
        "break_silence",
        by=by,
        draft="d1",
        revision=1,
        issues=["path"],
        reason="why",
        lift="what",
        lifted_by=list(lifts),
    )


@pytest.mark.rule("4.5")
@pytest.mark.parametrize(
    ("lift", "code"),
    [
        pytest.param(f"deal:{FUNDS}", None, id="a deal of its own"),
        pytest.param(f"deal:{SWEDEN}", None, id="a deal that becomes public"),
        pytest.param(f"deal:{CUSTOMS}", "objection.lift_unknown", id="a deal between others that stays with them"),
        pytest.param("deal:nonsense", "objection.lift_unknown", id="no deal at all"),
        pytest.param("inject:nonsense", "objection.lift_unknown", id="no inject at all"),
        pytest.param("draft:d1", "objection.lift_unknown", id="something else"),
        pytest.param(f"deal:{OTP}", "objection.lift_happened", id="a deal in force"),
    ],
)
def test_what_an_objection_may_wait_for(lift: str, code: str | None) -> None:
    objecting(lift, before=in_force(OTP)).decided(code)


@pytest.mark.rule("4.5")
@pytest.mark.parametrize(
    ("after", "code"),
    [
        pytest.param((), "silence.barred", id="nothing has happened"),
        pytest.param(in_force(OTP), "silence.barred", id="another deal is in force"),
        pytest.param(
            (*in_force(FUNDS), DealPublished(deal=FUNDS, signers=("HUN", "EU"))), None, id="the deal it named"
        ),
        pytest.param(
            (*in_force("sd_hun_swe"), DealPublished(deal="sd_hun_swe", signers=("HUN", "SWE"))),
            None,
            id="the other deal it named",
        ),
        pytest.param((offer(FUNDS, by="EU"),), "silence.barred", id="the deal is only offered"),
    ],
)
def test_an_objection_bars_its_text_until_a_deal_that_it_named_is_in_force(
    after: tuple[Any, ...], code: str | None
) -> None:
    broke = objecting(f"deal:{FUNDS}", "deal:sd_hun_swe")
    again = broke.next(after).when("open_silence", by="SG", draft="d1", revision=1, seconds=180)
    again.decided(code)


@pytest.mark.rule("4.5", "6.2")
def test_a_deal_that_a_standing_objection_waits_for_is_published_when_it_is_signed() -> None:
    made = offer(FUNDS, by="EU")
    answer = objecting(f"deal:{FUNDS}").next(made).when("sign_offer", by="HUN", offer=made.offer)
    answer.then_types(OfferSigned, DealsInForce, DealPublished)
    shown = view(answer.state, SPECTATOR)["public"]
    assert [one["deal"] for one in shown["deals"]] == [FUNDS]
    assert shown["objections"]["o1"]["lifted"] is True
    assert shown["objections"]["o1"]["titles"] == {f"deal:{FUNDS}": vilnius().deal(FUNDS).title}


@pytest.mark.rule("6.2")
def test_an_objection_that_was_withdrawn_publishes_nothing() -> None:
    made = offer(FUNDS, by="EU")
    withdrawn = objecting(f"deal:{FUNDS}").next().when("withdraw_objection", by="HUN", objection="o1")
    withdrawn.next(made).when("sign_offer", by="HUN", offer=made.offer).then_types(OfferSigned, DealsInForce)


@pytest.mark.rule("4.5")
def test_an_objection_that_waits_for_nothing_bars_until_it_is_withdrawn() -> None:
    broke = given(in_phase("council_1"), BARRED, broken(), in_force(FUNDS))
    broke.when("open_silence", by="SG", draft="d1", revision=1, seconds=180).rejected("silence.barred")


def test_conditions_on_deals_may_be_negated() -> None:
    """What Sweden's protocol needs is asked only once Ankara has named its price."""
    needs = vilnius().deal(SWEDEN).needs
    assert needs is not None
    assert any(isinstance(part, Not) for part in needs.any)  # type: ignore[union-attr]
    trading().when("offer_deals", by="TUR", deals=[SWEDEN]).accepted()
