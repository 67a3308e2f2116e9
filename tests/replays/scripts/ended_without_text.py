"""Ended by hand with nothing agreed: the bell rings while the clock stands still and a text lies under silence.

What a facilitator does on a bad day: changes policies, removes somebody, extends a phase, asks twice, pauses, ends.
"""

from tests.replays.table import Table, refused


def play(table: Table) -> None:
    chair = table.seats("SG", "Ingrid Halvorsen")
    germany = table.seats("DEU", "Jonas Brandt")
    hungary = table.seats("HUN", "Ágnes Barta")
    joker = table.seats("HUN", "Big Steve")
    poland = table.seats("POL", "Marek Zieliński")
    america = table.seats("USA", "Eleanor Whitlock")
    table.steers("set_policy", seat="TUR", policy="bot")
    table.at("1:00")
    table.steers("start_game")

    table.at("2:00")
    joker.says("hungary wants free pizza")
    table.at("2:20")
    table.steers("remove_member", member="HUN.2")
    table.whispers("HUN", "I have asked him to sit with the press. The seat is yours alone.")
    with refused("seat.not_seated"):
        joker.says("not fair")
    table.at("3:00")
    hungary.tells("facilitator", "Thank you. May we have the floor back?")

    table.at("6:30")
    poland.tables(target_date="review_next_summit", assurances="guaranteed_floor")
    table.at("7:15")
    america.amends("d1", "No floor without a budget.", assurances="multi_year")
    table.at("8:00")
    hungary.amends("d1", "And no dates.", target_date="none")
    table.at("8:40")
    hungary.takes_back("d1.a2")
    table.at("9:10")
    poland.answers("d1.a1", "assurances")
    germany.takes_position("d1", "concern", "target_date")
    table.at("17:00")
    table.steers("extend_phase", seconds=120)
    table.at("18:30")
    table.wish(chair.actor, "open_poll", draft="d1", revision=2, seconds=60)
    table.at("18:50")
    hungary.answers_poll("would_object")
    table.at("19:10")
    hungary.answers_poll("can_accept")

    table.at("21:30")
    chair.opens_silence("d1", 300)
    table.at("22:15")
    poland.associates()
    table.at("23:00")
    table.steers("pause_game")
    table.announces("The bell has gone. We shall stop here and talk about what stood on the table.")
    table.at("24:30")
    table.steers("end_game")
    table.at("25:00")
    germany.says("Two minutes more and we had a text.")
    table.steers("open_results")
    table.at("26:00")
    table.steers("end_game")
