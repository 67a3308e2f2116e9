"""No text of their own: the fallback, put by the server to a room without a chair.

The chair's delegation and Hungary's lose their connection. Poland, with cosponsors enough, opens silence in the
chair's absence; Hungary's deputy says nothing until the last moment and then what its instructions demand. On a clock
of 45 minutes.
"""

from tests.replays.table import Table, refused


def play(table: Table) -> None:
    chair = table.seats("SG", "Ingrid Halvorsen")
    france = table.seats("FRA", "Claire Montreuil")
    germany = table.seats("DEU", "Jonas Brandt")
    hungary = table.seats("HUN", "Ágnes Barta")
    poland = table.seats("POL", "Marek Zieliński")
    turkey = table.seats("TUR", "Selin Aydın")
    america = table.seats("USA", "Eleanor Whitlock")
    ukraine = table.seats("UKR", "Olena Koval")
    table.at("1:00")
    table.steers("start_game")

    table.at("5:00")
    poland.tables(
        path="fast_track_with_conditions",
        perspective="irreversible",
        target_date="review_next_summit",
        nonforce="required_if_occupied",
        reform="explicit_benchmarked",
    )
    poland.says("Conditions, yes: written down, few, and the same on the day they are met.", "draft:d1")
    table.at("5:50")
    france.cosponsors("d1")
    table.at("6:20")
    america.tables(target_date="hlg_to_propose", path="bucharest_with_group", trigger="unspecified")
    table.at("7:00")
    germany.cosponsors("d2")
    turkey.cosponsors("d1")
    table.at("7:30")
    ukraine.amends("d1", "We do not trade land for paper.", nonforce="deferred")
    table.at("8:10")
    poland.answers("d1.a1")
    ukraine.says("Then we shall be quiet, and remember who was not.", "amendment:d1.a1")

    table.at("12:00")
    table.loses("SG")
    table.loses("HUN")
    table.announces("Two delegations have lost their line; their deputies are in the room.")
    table.at("15:00")
    with refused("silence.too_few_cosponsors"):
        america.opens_silence("d2", 120)
    poland.opens_silence("d1", 120)
    table.at("15:30")
    america.states("Washington would have drafted this otherwise, and does not stand in the way.")
    france.associates()
    table.at("16:58")
    table.hears_deputy("HUN")
    table.at("17:30")
    table.sees_again(hungary)
    hungary.says("I see that we have been busy. I would have said it at more length.", "objection:o1")

    table.at("20:00")
    turkey.leaves_sponsors("d1")
    table.at("24:00")
    poland.withdraws("d1")
    table.at("26:30")
    germany.takes_position("d2", "support")
    poland.takes_position(
        "d2", "would_object", "path", reason="Bucharest with a committee is still Bucharest.", lift="A way in."
    )
    table.at("36:00")
    poland.says("We shall not break. But we shall not sign our name to a committee, either.")

    table.at("41:20")
    poland.states("This is 2008 with a secretary. Poland will not stop it and will not praise it.")
    table.at("42:00")
    america.associates()
    ukraine.says("It is absurd that there is neither a date for the invitation nor for membership.", "draft:d3")
    table.at("42:40")
    hungary.associates()
    table.at("44:00")
    table.sees_again(chair)
    chair.says("I am told that we have agreed. I shall read it on the plane.")
    table.at("55:00")
