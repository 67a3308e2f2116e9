"""A silence that was broken by mistake, and taken back: the game stands again where it stood before.

Hungary breaks silence on a text that it can live with. The facilitator takes the game back to before the chair opened
silence, and grants Budapest time to read; what was said in between stays said, what was done is undone.
"""

from tests.replays.table import Table, refused


def play(table: Table) -> None:
    chair = table.seats("SG", "Ingrid Halvorsen")
    germany = table.seats("DEU", "Jonas Brandt")
    hungary = table.seats("HUN", "Ágnes Barta")
    poland = table.seats("POL", "Marek Zieliński")
    america = table.seats("USA", "Eleanor Whitlock")
    table.at("1:00")
    table.steers("start_game")

    table.at("7:00")
    america.tables(target_date="review_next_summit")
    table.at("8:00")
    germany.cosponsors("d1")
    table.at("19:00")
    poland.cosponsors("d1")
    before = table.now
    table.at("19:30")
    chair.says("I mean to put this under silence.", "draft:d1")
    table.at("20:00")
    chair.opens_silence("d1", 120)
    table.at("20:40")
    hungary.breaks("path", reason="We thought this was the other draft.", lift="Nothing. Forgive us.")
    table.at("21:10")
    poland.says("It was two pages long.", "objection:o1")

    table.at("21:40")
    table.announces("The break is taken back by agreement of all. We stand where we stood at half past.")
    table.rewinds(before)
    with refused("game.paused"):
        chair.opens_silence("d1", 120)
    table.at("23:00")
    table.steers("resume_game")
    table.steers("grant_time", seat="HUN", seconds=60)
    table.at("24:00")
    chair.opens_silence("d1", 120)
    table.at("25:00")
    hungary.states("Hungary has now read both pages.")
    table.at("27:00")
    table.steers("advance_phase")
    table.at("28:00")
    table.steers("advance_phase")
    table.steers("advance_phase")
    table.at("29:00")
    table.steers("open_results")
    table.at("45:00")
