"""Broken, mended, adopted, and adopted anew: the text that stands at the end is not the first one that stood.

Budapest breaks silence on an Action Plan. The text is rewritten and put again; in the middle of that silence the
building is cleared, and every deadline moves by as long as people stood outside. In the leaders' session the chair's
own text, once cancelled for a slip, replaces it.
"""

from tests.replays.table import Table, refused


def play(table: Table) -> None:
    chair = table.seats("SG", "Ingrid Halvorsen")
    germany = table.seats("DEU", "Jonas Brandt")
    france = table.seats("FRA", "Claire Montreuil")
    hungary = table.seats("HUN", "Ágnes Barta")
    poland = table.seats("POL", "Marek Zieliński")
    turkey = table.seats("TUR", "Selin Aydın")
    america = table.seats("USA", "Eleanor Whitlock")
    ukraine = table.seats("UKR", "Olena Koval")
    union = table.seats("EU", "Marta Ferrer")
    table.at("1:00")
    table.steers("start_game")

    table.at("6:20")
    germany.tables(path="membership_action_plan", trigger="after_review")
    germany.says("The Action Plan exists, it is orderly, and nobody was ever hurt by a yearly review.", "draft:d1")
    table.at("7:00")
    ukraine.says("We were offered this antechamber fifteen years ago.", "issue:path")
    table.at("7:45")
    america.cosponsors("d1")
    table.at("8:30")
    hungary.tells("TUR", "A Plan for Kyiv before a vote on Stockholm: they are asking us to forget our own files.")
    table.at("9:10")
    turkey.tells("HUN", "My instructions say the same. You go first; you enjoy it more.")
    table.at("10:00")
    hungary.takes_position("d1", "concern", "path")

    table.at("19:20")
    chair.opens_silence("d1", 240)
    table.at("20:00")
    turkey.states("Ankara will speak of Action Plans when it has spoken of Sweden.")
    table.at("21:45")
    hungary.breaks(
        "path",
        "reform",
        reason="No Action Plan while 150,000 Hungarians in Zakarpattia wait for their schools.",
        lift="Another way in, or minority rights in plain words.",
    )
    chair.says("Silence is broken. Coffee, and then another text.", "objection:o1")
    table.at("22:30")
    with refused("silence.barred"):
        chair.opens_silence("d1", 120)

    table.at("24:00")
    france.tells("DEU+USA", "Let the Plan go. The Americans were ready to drop it in June, and Kyiv never wanted it.")
    table.at("25:10")
    germany.revises("d1", path="new_partnership", trigger="allies_agree")
    germany.says("Revision 2: the partnership, without the antechamber.", "draft:d1")
    table.at("25:50")
    hungary.takes_position("d1", "can_accept", reason="This we can explain at home.")

    table.at("26:30")
    chair.opens_silence("d1", 180)
    table.at("27:00")
    germany.associates()
    table.at("27:40")
    table.steers("pause_game")
    table.announces("Fire alarm. Please leave by the nearest stairs; the clock stands still.")
    with refused("game.paused"):
        america.associates()
    table.at("31:10")
    table.steers("resume_game")
    table.at("31:40")
    chair.extends_silence(60)
    table.at("32:00")
    america.associates()
    poland.states("Warsaw will come back to the calendar.")
    table.at("34:10")
    chair.says("Agreed, and it was nobody's toast.", "draft:d1")
    union.says("The Union takes note with pleasure, and with its own accession calendar in hand.")

    table.at("36:00")
    hungary.withdraws_objection("o1")
    table.at("37:00")
    table.steers("advance_phase")
    table.at("38:30")
    poland.tells("SG", "Leaders can do better than officials. One line: take stock in Washington.")
    table.at("39:20")
    chair.tables(target_date="review_next_summit")
    table.at("40:00")
    chair.opens_silence("d2", 180)
    table.at("40:45")
    chair.cancels_silence("The paper in the room still says 2023. My apologies; a clean copy is coming.")
    table.at("41:20")
    chair.opens_silence("d2", 150)
    table.at("41:45")
    poland.associates()
    ukraine.says("A year is a date, if one says it slowly.", "draft:d2")
    table.at("42:30")
    hungary.footnotes("target_date", text="Hungary takes stock when there is stock to take.")
    table.at("43:00")
    hungary.stays_silent()
    table.at("44:00")
    chair.says("The second text replaces the first.", "draft:d2")
    table.at("45:00")
    table.steers("advance_phase")
    table.at("55:00")
