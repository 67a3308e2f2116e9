"""Stand-ins: what they do with a view, and that a table of them plays whole games (rules 1.6, 9.4, 11)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from game_rules.bots import last_word, mind_of, turn
from game_rules.bots.looking import progress_of
from game_rules.engine import decide, evolve
from game_rules.messages import Actor, Command, bot, deputy
from game_rules.procedures.complements import SignComplement
from game_rules.procedures.positions import PositionConfided, PositionStated
from game_rules.procedures.promises import MakePromise
from game_rules.procedures.seating import PolicySet, SeatVacated
from game_rules.procedures.silence import BreakSilence, OpenSilence, WithdrawObjection
from game_rules.procedures.standing import circumstances
from game_rules.procedures.trade import DealsInForce, OfferDeals, OfferMade, SignOffer
from game_rules.simulation import simulate
from game_rules.state import GameState
from game_rules.view import stand_in_viewer, view
from tests.rules.harness import (
    ACTION_PLAN,
    HISTORICAL,
    NOON,
    SECOND,
    broken,
    everybody_seated,
    given,
    in_phase,
    tabled,
    under_silence,
    vilnius,
)

HUN_LAW = ("HUN", "UKR")
"""Who signs the law on minorities in the quick cast, in table order."""


def played_by_bots(*seats: str, policy: str = "bot") -> tuple[PolicySet | SeatVacated, ...]:
    return tuple(
        event
        for seat in seats
        for event in (PolicySet(seat=seat, policy=policy), SeatVacated(seat=seat, stand_in=policy))  # type: ignore[arg-type]
    )


def wished(state: GameState, by: Actor) -> tuple[Command, ...]:
    assert by.seat is not None
    assert by.kind in ("bot", "deputy")
    mind = mind_of(state.rules, by.seat, state.seed).under(circumstances(state, by.seat))
    seen = view(state, stand_in_viewer("bot" if by.kind == "bot" else "deputy", by.seat))
    return (turn if by.kind == "bot" else last_word)(seen, mind)


def all_wishes(state: GameState, seat: str, beats: int = 12) -> list[Command]:
    """What a bot wishes when it gets turn after turn and everything it wishes comes about."""
    found: list[Command] = []
    for beat in range(beats):
        for command in wished(state, bot(seat)):
            found.append(command)
            at = NOON + beat * SECOND
            known = command.model_copy(update={name: "said" for name in command.texts if getattr(command, name)})
            for event in decide(state, known, bot(seat), at):  # type: ignore[arg-type]
                state = evolve(state, event, bot(seat), at)
    return found


AT_THE_TABLE = (*everybody_seated(), *in_phase("council_1"))


@pytest.mark.rule("6.1")
def test_a_bot_offers_the_deal_that_lifts_its_own_line() -> None:
    state = given(*AT_THE_TABLE, tabled(of=ACTION_PLAN), *played_by_bots("HUN")).state
    offers = [one for one in all_wishes(state, "HUN") if isinstance(one, OfferDeals)]
    assert offers, "Budapest objects to the action plan and has deals that pay it"
    assert all(len(offer.deals) == 1 for offer in offers)


@pytest.mark.rule("6.1")
def test_a_bot_signs_an_offer_that_pays_it() -> None:
    made = OfferMade(offer="HUN+UKR.1", parties=HUN_LAW, by="UKR", deals=("sd_ukr_minority_law",))
    state = given(*AT_THE_TABLE, tabled(of=ACTION_PLAN), made, *played_by_bots("HUN")).state
    signed = [one for one in all_wishes(state, "HUN") if isinstance(one, SignOffer)]
    assert [one.offer for one in signed] == ["HUN+UKR.1"]


@pytest.mark.rule("1.6", "6.1")
def test_a_deputy_signs_nothing() -> None:
    made = OfferMade(offer="HUN+UKR.1", parties=HUN_LAW, by="UKR", deals=("sd_ukr_minority_law",))
    state = given(*AT_THE_TABLE, made, *played_by_bots("HUN", policy="deputy")).state
    assert wished(state, deputy("HUN")) == ()


@pytest.mark.rule("4.4", "4.5")
def test_a_bot_that_breaks_silence_names_the_deals_that_would_lift_its_objection() -> None:
    state = given(*AT_THE_TABLE, tabled(of=ACTION_PLAN), under_silence(), *played_by_bots("TUR")).state
    (break_,) = wished(state, bot("TUR"))
    assert isinstance(break_, BreakSilence)
    assert "deal:sd_tur_swe" in break_.lifted_by


@pytest.mark.rule("4.5")
def test_a_bot_takes_back_an_objection_whose_cause_is_gone() -> None:
    parties = ("TUR", "SWE")
    signed = (
        OfferMade(offer="TUR+SWE.1", parties=parties, by="TUR", deals=("sd_tur_swe",)),
        DealsInForce(offer="TUR+SWE.1", parties=parties, deals=("sd_tur_swe",)),
    )
    before = (*AT_THE_TABLE, tabled(of=ACTION_PLAN), under_silence(), broken(by="TUR"))
    state = given(*before, *signed, *played_by_bots("TUR")).state
    assert any(isinstance(one, WithdrawObjection) for one in all_wishes(state, "TUR"))
    untouched = given(*before, *played_by_bots("TUR")).state
    assert not any(isinstance(one, WithdrawObjection) for one in all_wishes(untouched, "TUR"))


@pytest.mark.rule("6.5")
def test_a_bot_puts_its_nations_name_to_one_complement_it_values() -> None:
    state = given(*AT_THE_TABLE, *played_by_bots("POL")).state
    signed = [one for one in all_wishes(state, "POL") if isinstance(one, SignComplement)]
    assert [one.complement for one in signed] == ["contact_group_permanent"]
    assert not signed[0].defence


@pytest.mark.rule("6.3")
def test_a_bot_that_was_paid_out_of_its_objection_gives_its_word() -> None:
    parties = ("TUR", "SWE")
    signed = (
        OfferMade(offer="TUR+SWE.1", parties=parties, by="TUR", deals=("sd_tur_swe",)),
        DealsInForce(offer="TUR+SWE.1", parties=parties, deals=("sd_tur_swe",)),
    )
    state = given(*AT_THE_TABLE, tabled(of=ACTION_PLAN), *signed, *played_by_bots("TUR")).state
    words = [one for one in all_wishes(state, "TUR") if isinstance(one, MakePromise)]
    assert [one.to for one in words] == ["SWE"]
    assert words[0].form is not None
    assert words[0].form.kind == "will_not_object"


@pytest.mark.rule("3.1")
def test_a_bot_in_the_chair_hears_what_is_said_in_confidence() -> None:
    """Half the room is content; one delegation has told the chair alone that it would object."""
    content = tuple(
        PositionStated(seat=seat, draft="d1", revision=1, position="can_accept") for seat in ("FRA", "DEU", "POL")
    )
    confided = PositionConfided(seat="HUN", draft="d1", revision=1, position="would_object", reason="why", chair="SG")
    floor = (*AT_THE_TABLE, tabled(), *content)
    opens = all_wishes(given(*floor, *played_by_bots("SG")).state, "SG", beats=4)
    waits = all_wishes(given(*floor, confided, *played_by_bots("SG")).state, "SG", beats=4)
    assert any(isinstance(one, OpenSilence) and one.draft == "d1" for one in opens)
    assert not any(isinstance(one, OpenSilence) and one.draft == "d1" for one in waits)


def test_a_delegation_asks_for_less_as_time_goes_by() -> None:
    rules = given(*AT_THE_TABLE).state.rules
    for seat in rules.voters:
        mind = mind_of(rules, seat, "temper")
        asked = [mind.aspiration(Fraction(step, 4)) for step in range(5)]
        assert asked == sorted(asked, reverse=True)
        assert mind.reservation <= asked[-1] <= asked[0] <= mind.points(mind.best)


def test_progress_goes_from_the_first_negotiating_phase_to_the_last() -> None:
    def at(phase: str) -> Fraction:
        return progress_of(
            view(given(*everybody_seated(), *in_phase(phase)).state, stand_in_viewer("bot", "HUN"))["public"]
        )

    assert [at(phase) for phase in ("briefing", "consultations", "council_1", "council_2", "leaders")] == [
        0, 0, Fraction(1, 3), Fraction(2, 3), 1,
    ]  # fmt: skip


@pytest.mark.rule("1.7")
@pytest.mark.parametrize("number", range(4))
def test_a_table_of_bots_plays_by_the_rules_and_trades(number: int) -> None:
    played = simulate(vilnius(), "quick", f"bots:{number}", keep_log=False)
    assert played.refused == 0
    assert played.game.state.deals, "somebody paid somebody"
    again = simulate(vilnius(), "quick", f"bots:{number}", keep_log=False)
    assert again.to_json() == played.to_json()


def test_the_historical_text_lies_within_every_bots_reach() -> None:
    rules = given(*AT_THE_TABLE).state.rules
    assert all(mind_of(rules, seat, "s").can_live_with(HISTORICAL) for seat in rules.voters)
