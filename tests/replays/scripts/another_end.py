"""A fork: the game of the betrayed deal, taken up at another table just before the silence.

Other people sit down at the same text, with the deals that had been signed. Budapest keeps its word this time.
"""

from game_rules.logged_game import LoggedGame
from tests.replays.table import Table, refused


def play(table: Table, betrayed: LoggedGame) -> None:
    table.at("1:00")
    table.takes_up(betrayed, _before_the_silence(betrayed))
    chair = table.seats("SG", "Piet Claes")
    hungary = table.seats("HUN", "Dóra Szabó")
    union = table.seats("EU", "Maria Keller")
    ukraine = table.seats("UKR", "Taras Bondar")
    table.at("3:00")
    with refused("game.paused"):
        chair.opens_silence("d1", 120)
    table.steers("resume_game")
    hungary.tells("EU", "We have found a promise in the drawer. It has our seal on it.")
    union.tells("HUN", "And our money under it.")
    table.at("16:00")
    chair.opens_silence("d1", 120)
    table.at("17:00")
    hungary.states("Hungary keeps its word, and asks the others to write theirs down.")
    table.at("19:00")
    ukraine.says("In another room this very text was broken. I prefer this room.", "draft:d1")
    table.steers("end_game")
    table.at("20:00")
    table.steers("open_results")
    table.at("35:00")


def _before_the_silence(game: LoggedGame) -> int:
    """The number of the last event before the first text was put under silence."""
    opened = next(record.seq for record in game.records if '"type":"silence_opened"' in record.event)
    return opened - 1
