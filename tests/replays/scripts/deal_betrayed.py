"""A deal that was paid and not kept: Hungary takes the Union's money and breaks silence on what it was paid for.

The table falls back on what nobody minds, and the ledger keeps the score: a promise broken, a deal betrayed.
"""

from tests.replays.table import Table, refused


def play(table: Table) -> None:
    chair = table.seats("SG", "Ingrid Halvorsen")
    germany = table.seats("DEU", "Jonas Brandt")
    hungary = table.seats("HUN", "Ágnes Barta")
    poland = table.seats("POL", "Marek Zieliński")
    turkey = table.seats("TUR", "Selin Aydın")
    america = table.seats("USA", "Eleanor Whitlock")
    ukraine = table.seats("UKR", "Olena Koval")
    sweden = table.seats("SWE", "Anna Lindqvist")
    union = table.seats("EU", "Lorenzo Bassani")
    table.at("1:00")
    table.steers("start_game")

    table.at("6:30")
    poland.tables(path="membership_action_plan")
    poland.says("The plan that was refused in Bucharest, fifteen years late.", "draft:d1")
    table.at("7:30")
    germany.takes_position("d1", "can_accept")
    hungary.takes_position(
        "d1", "would_object", "path", reason="Not while others' bills are unpaid.", lift="Ask Brussels."
    )
    turkey.takes_position(
        "d1", "would_object", "path", reason="Stockholm first.", lift="Counter-terror steps in writing."
    )

    table.at("8:10")
    with refused("deal.needs_more"):  # since this morning Ankara asks for more than Stockholm has to give
        sweden.offers("sd_tur_swe")
    aircraft = america.offers("sd_tur_f16", note="The administration will back it; Congress has been told.")
    turkey.signs(aircraft)
    table.at("8:30")
    protocol = sweden.offers("sd_tur_swe")
    table.at("9:00")
    turkey.signs(protocol)
    table.at("9:40")
    money = union.offers("sd_hun_eu_funds", note="A first part of the funds, for a text without a veto.")
    table.at("10:20")
    hungary.signs(money)
    hungary.promises("EU", "You have our word.", kind="will_not_object", options={"path": "membership_action_plan"})
    table.at("12:00")
    turkey.takes_position("d1", "can_accept")
    america.cosponsors("d1")
    america.says("Then it is settled.", "draft:d1")

    table.at("19:30")
    chair.opens_silence("d1", 180)
    table.at("22:10")
    hungary.breaks("path", reason="Our parliament has slept on it.", lift="Another text.")
    union.tells("HUN", "That was our money.")
    table.at("22:40")
    with refused("silence.barred"):
        chair.opens_silence("d1", 120)
    poland.revises("d1", path="new_partnership")
    table.at("23:30")
    germany.cosponsors("d1")
    ukraine.says("Somebody was paid twice today.", "objection:o1")
    chair.opens_silence("d1", 180)
    table.at("27:00")
    table.steers("advance_phase")
    table.at("28:00")
    table.steers("advance_phase")
    table.steers("advance_phase")
    table.at("29:00")
    table.steers("open_results")
    table.at("40:00")
