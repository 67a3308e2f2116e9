"""The bare words of 2008, adopted by a table that empties: who is away is asked about, and the clock waits.

The policy is `ask`. Budapest's line is lost and nobody answers for two minutes: a deputy sits in. Ankara's is lost and
found while the clock still stands; for Warsaw the facilitator waits until its people are back; Paris is left silent.
"""

from tests.replays.table import Table, refused


def play(table: Table) -> None:
    chair = table.seats("SG", "Ingrid Halvorsen")
    france = table.seats("FRA", "Claire Montreuil")
    germany = table.seats("DEU", "Jonas Brandt")
    hungary = table.seats("HUN", "Ágnes Barta")
    poland = table.seats("POL", "Marek Zieliński")
    turkey = table.seats("TUR", "Selin Aydın")
    ukraine = table.seats("UKR", "Olena Koval")
    table.at("1:00")
    table.steers("start_game")

    table.at("6:30")
    germany.tables(
        path="bucharest_repeat",
        perspective="bucharest_verbatim",
        trigger="unspecified",
        target_date="none",
        reform="none",
        assurances="declaratory",
    )
    germany.says("It is poor. It is also what everybody has already signed.", "draft:d1")
    table.at("7:30")
    table.loses("HUN")
    table.at("8:30")
    with refused("game.paused"):
        germany.revises("d1", target_date="review_next_summit")
    table.at("10:00")
    poland.says("Is Budapest a deputy now, or a principle?")
    table.sees_again(hungary)
    hungary.says("A fuse had blown.")
    table.at("11:00")
    table.loses("TUR")
    table.at("11:40")
    table.sees_again(turkey)
    table.at("12:30")
    table.loses("POL")
    table.steers("answer_absence", seat="POL", policy="ask")
    table.at("16:00")
    table.sees_again(poland)
    table.at("17:00")
    table.loses("FRA")
    table.at("17:30")
    table.steers("answer_absence", seat="FRA", policy="silent")
    with refused("absence.not_asked"):
        table.steers("answer_absence", seat="FRA", policy="bot")
    table.steers("set_policy", seat=None, policy="deputy")
    table.at("18:30")
    hungary.cosponsors("d1")
    poland.takes_position("d1", "concern", "path", "perspective")

    table.at("28:30")
    chair.opens_silence("d1", 300)
    table.at("29:30")
    table.loses("HUN")
    table.steers("grant_time", seat="POL", seconds=60)
    table.at("31:00")
    poland.states("Warsaw will not be the one who says no. It will not be the one who says yes, either.")
    ukraine.says("Fifteen years, word for word.", "draft:d1")
    table.at("33:00")
    table.hears_deputy("HUN")
    table.at("35:00")
    table.sees_again(france)
    france.says("I see that history has been made in my absence. It looks familiar.")
    table.steers("advance_phase")
    table.steers("advance_phase")
    table.at("36:00")
    table.steers("advance_phase")
    table.at("37:00")
    table.steers("open_results")
    table.at("50:00")
