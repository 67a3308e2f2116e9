"""Ended by hand with a text that stands: an open game, where a player is the host and nobody sees everything.

The host leaves; the longest at the table runs the game from then on. It is strict: nobody may sign up to what its
own instructions forbid.
"""

from tests.replays.table import Table, refused


def play(table: Table) -> None:
    america = table.seats("USA", "Eleanor Whitlock", host=True)
    germany = table.seats("DEU", "Jonas Brandt")
    aide = table.seats("DEU", "Lena Vogt")
    chair = table.seats("SG", "Ingrid Halvorsen")
    hungary = table.seats("HUN", "Ágnes Barta")
    ukraine = table.seats("UKR", "Olena Koval")
    table.at("0:40")
    with refused("game.host_only"):
        germany.steers("start_game")
    america.steers("start_game")
    table.at("2:00")
    america.steers("advance_phase")

    table.at("2:30")
    with refused("strict.own_red_line"):
        america.tables(perspective="irreversible")
    america.tables()
    table.at("3:10")
    aide.says("Germany can work with this.", "draft:d1")
    germany.cosponsors("d1")
    table.at("3:40")
    ukraine.amends("d1", "Say that it cannot be undone.", perspective="irreversible")
    table.at("4:00")
    with refused("strict.own_red_line"):
        america.answers("d1.a1", "perspective")
    america.answers("d1.a1")
    table.at("5:00")
    america.tells("DEU", "I am called away. Germany has it from here.")
    america.leaves()
    table.at("5:30")
    germany.says("It seems that I run this now. To Council, please.")
    germany.steers("advance_phase")
    table.at("6:00")
    chair.opens_silence("d1", 120)
    table.at("6:50")
    germany.associates()
    hungary.takes_position("d1", "support")
    table.at("8:10")
    ukraine.says("It is not what we asked for. It is what we can build on.", "draft:d1")
    table.at("9:00")
    germany.steers("end_game")
    table.at("10:00")
    germany.steers("open_results")
    table.at("11:00")
    germany.steers("end_game")
