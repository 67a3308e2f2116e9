"""No text, and commitments beside it: what capitals sign in their own names stands whatever becomes of the summit.

Congress votes once what Washington has signed. A sheet gets a name too many, which comes off again; offers are made
and taken back; a word is kept and another is broken. The fallback is broken as well.
"""

from tests.replays.table import Table, refused


def play(table: Table) -> None:
    chair = table.seats("SG", "Ingrid Halvorsen")
    france = table.seats("FRA", "Claire Montreuil")
    germany = table.seats("DEU", "Jonas Brandt")
    hungary = table.seats("HUN", "Ágnes Barta")
    poland = table.seats("POL", "Marek Zieliński")
    america = table.seats("USA", "Eleanor Whitlock")
    ukraine = table.seats("UKR", "Olena Koval")
    union = table.seats("EU", "Lorenzo Bassani")
    table.at("1:00")
    table.steers("start_game")

    table.at("6:30")
    america.promises("UKR", "Our name will be under it.", kind="will_sign", complement="israel_model")
    hungary.promises("EU", "We shall sign for Kyiv's accession.", kind="will_sign", complement="eu_accelerated")
    poland.promises("DEU", "Warsaw will not forget this.")
    table.at("7:20")
    france.signs_beside("core_group")
    poland.signs_beside("core_group")
    germany.signs_beside("israel_model", "multilateral", defence=True)
    table.at("8:00")
    germany.takes_name_off("israel_model", "multilateral", defence=True)
    germany.says("Arms, yes. Our own soldiers, no. There was a box that I should not have ticked.")
    germany.signs_beside("israel_model", "multilateral")
    table.at("9:00")
    ukraine.signs_beside("israel_model", "multilateral")
    with refused("complement.already_signed"):
        ukraine.signs_beside("israel_model", "multilateral")
    with refused("complement.chair_signs_nothing"):
        chair.signs_beside("core_group")
    america.signs_beside("israel_model", "multilateral")
    table.at("10:30")
    america.signs_beside("core_group")
    table.at("11:00")
    america.signs_beside("us_concurrent_resolution")
    america.says("The Hill has spoken. Do not ask me to make it speak twice.")
    table.at("12:00")
    union.signs_beside("eu_accelerated")
    bargain = ukraine.offers("sd_hun_otp", note="Your bank comes off our list.")
    table.at("13:00")
    hungary.declines(bargain)
    flank = poland.offers("sd_eastern_flank")
    germany.signs(flank)
    table.at("14:00")
    germany.withdraws_from(flank)
    poland.withdraws_from(flank)
    with refused("offer.closed"):
        america.signs(flank)
    table.at("15:00")
    poland.tables(path="membership_action_plan", trigger="after_review")

    table.at("20:00")
    chair.opens_silence("d1", 120)
    table.at("21:00")
    hungary.breaks(
        "path", reason="We have heard enough names today.", lift="Our money.", lifted_by=("deal:sd_hun_eu_funds",)
    )
    table.at("22:00")
    poland.withdraws("d1")
    table.at("31:30")
    table.steers("advance_phase")
    table.at("33:00")
    table.steers("advance_phase")
    table.at("33:40")
    chair.puts_fallback()
    with refused("fallback.stands"):
        chair.cancels_silence("I read out the wrong page.")
    table.at("35:20")
    poland.breaks("path", reason="We will not write it again.", lift="Anything newer than 2008.")
    ukraine.says("We leave without your text and with five of your signatures. It is a kind of treaty.")
    table.at("40:00")
    table.steers("open_results")
    table.steers("open_trade")
    table.at("60:00")
