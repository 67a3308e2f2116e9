"""News from outside: what comes by the schedule, by a condition and by hand, and 2008 with a group is adopted.

Budapest gets a letter from its own capital that nobody else hears of. What a minister in Moscow says holds for one
session only. Kyiv calls a text absurd when it is put under silence; the chair is handed another wording.
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
    table.steers("hold_inject", inject="EV_MEDVEDEV")
    table.steers("skip_inject", inject="EV_NOSUB")
    table.steers("edit_inject", inject="EV_X_STRIKE", news="Forty missiles on Odesa before dawn.")
    table.steers(
        "write_inject",
        title="From the Prime Minister's office",
        news="No date of any kind. The Chancellor has called; we owe him nothing.",
        to=["HUN"],
        effects=[
            {"kind": "red_line", "seats": ["HUN"], "red_line": "no_target_date_at_all", "held": True},
            {"kind": "points", "seats": ["HUN"], "points": 5, "when": {"issue": "path", "is": "bucharest_repeat"}},
        ],
        until="next_phase",
        phase="consultations",
        minute=4,
    )
    with refused("game.not_started"):
        table.steers("fire_inject", inject="EV_X_LEAK")
    table.at("1:00")
    table.steers("start_game")

    table.at("7:00")
    america.tables(target_date="none")
    table.at("8:30")
    germany.cosponsors("d1")
    table.at("10:30")
    hungary.tells("delegation", "The letter again. At least it is short.")
    hungary.takes_position("d1", "can_accept")
    table.at("14:00")
    table.steers("fire_inject", inject="EV_X_STRIKE")
    ukraine.says("You have read the news. I have read it from the cellar.")
    with refused("inject.has_come"):
        table.steers("skip_inject", inject="EV_X_STRIKE")

    table.at("25:30")
    table.steers("release_inject", inject="EV_MEDVEDEV")
    table.at("26:00")
    chair.opens_silence("d1", 180)
    ukraine.says("It is absurd that there is neither a date for the invitation nor for membership.", "draft:d1")
    table.at("27:00")
    poland.breaks(
        "target_date",
        "trigger",
        reason="He is right.",
        lift="Somebody who is charged with proposing a date.",
    )
    table.at("28:00")
    table.steers("fire_inject", inject="EV_X_LEAK")
    table.at("33:00")
    france.tables(path="bucharest_with_group", trigger="unspecified", target_date="hlg_to_propose", reform="none")
    table.at("34:00")
    poland.cosponsors("d2")
    table.at("42:30")
    chair.says("I have a shorter sentence here. France has a longer one, and it can carry.", "draft:d2")
    table.at("43:00")
    chair.opens_silence("d2", 180)
    table.at("44:00")
    america.associates()
    table.at("47:00")
    table.steers("advance_phase")
    table.at("48:00")
    table.steers("open_results")
    table.steers("open_instructions")
    table.at("60:00")
