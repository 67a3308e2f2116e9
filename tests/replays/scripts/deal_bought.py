"""Consensus that was paid for: three deals lift the objections to a Membership Action Plan, and it is adopted.

Sweden and Türkiye agree at the first offer; the Union's is countered with a bundle, declined, and taken as it was.
What the one pair agrees the other does not hear of, unless others' instructions look at it.
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
    protocol = sweden.offers(
        "sd_tur_swe", note="Steps against terrorism, no more limits on arms; your parliament votes."
    )
    table.at("9:20")
    turkey.signs(protocol)
    table.at("9:40")
    money = union.offers("sd_hun_eu_funds", note="A first part of the funds, for a text without a veto.")
    with refused("offer.signed_already"):
        union.signs(money)
    table.at("10:10")
    with refused("offer.stands"):
        hungary.offers("sd_hun_eu_funds")
    bundle = hungary.offers(
        "sd_hun_eu_funds", "sd_hun_swe", counter_to=money, note="With our name cleared in Stockholm as well."
    )
    with refused("offer.closed"):
        hungary.signs(money)
    table.at("10:30")
    sweden.signs(bundle)
    union.declines(bundle, "Not as a bundle: the money is ours to give, and respect is not.")
    table.at("10:50")
    money = hungary.offers("sd_hun_eu_funds", note="The same money, and nobody says 'rule of law' in the plenary.")
    union.signs(money)
    hungary.promises("EU", "Not a word from us.", kind="will_not_object", options={"path": "membership_action_plan"})

    table.at("13:00")
    hungary.takes_position("d1", "can_accept")
    turkey.takes_position("d1", "can_accept")
    table.at("14:00")
    america.cosponsors("d1")
    ukraine.says("An Action Plan with a date would have been a plan. But we shall act.", "draft:d1")
    table.at("19:30")
    chair.names_basis("d1")
    chair.opens_silence("d1", 180)
    table.at("20:30")
    hungary.states("Hungary notes that unity has its price, and that it was met.")
    table.at("23:00")
    chair.says("I have heard no objection. It is agreed.", "draft:d1")
    table.steers("advance_phase")
    table.at("24:00")
    table.steers("advance_phase")
    table.steers("advance_phase")
    table.at("25:00")
    table.steers("open_results")
    table.at("35:00")
