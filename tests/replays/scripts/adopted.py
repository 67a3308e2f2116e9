"""Adopted at the first try: a text is talked over, amended, sounded out and held through silence.

An amendment is split and its parts answered apart, another is taken in partly; a straw poll; a word in confidence to
the chair; a caucus that nobody else hears of; and on the ladder of dissent every rung below a break.
"""

from tests.replays.table import Table, refused


def play(table: Table) -> None:
    chair = table.seats("SG", "Ingrid Halvorsen")
    france = table.seats("FRA", "Claire Montreuil")
    germany = table.seats("DEU", "Jonas Brandt")
    hungary = table.seats("HUN", "Ágnes Barta")
    adviser = table.seats("HUN", "Bence Olasz", "adviser")
    poland = table.seats("POL", "Marek Zieliński")
    turkey = table.seats("TUR", "Selin Aydın")
    america = table.seats("USA", "Eleanor Whitlock")
    ukraine = table.seats("UKR", "Olena Koval")
    sweden = table.seats("SWE", "Anna Lindqvist")
    table.at("1:00")
    table.steers("start_game")

    table.at("2:10")
    chair.says("Good afternoon. One text, by consensus, before the leaders sit down. Who will hold the pen?")
    table.at("3:20")
    adviser.tells("delegation", "A review in Washington costs us little. 'Irreversible' costs us the whole campaign.")

    table.at("6:30")
    america.tables()
    america.says("Long-term arms, no Action Plan to wait for, and an invitation when allies agree.", "draft:d1")
    table.at("7:40")
    germany.cosponsors("d1")
    table.at("8:05")
    poland.amends(
        "d1",
        "In 2008 we promised everything and dated nothing. Not again.",
        perspective="irreversible",
        target_date="review_next_summit",
    )
    table.at("8:50")
    hungary.takes_position(
        "d1",
        "would_object",
        "perspective",
        reason="If Warsaw's 'irreversible' goes in, we go out.",
        lift="The words of 2008, or today's.",
        in_confidence=True,
    )
    table.at("9:15")
    hungary.tells("TUR", "We would rather not stand alone on this one. Where are you on 'irreversible'?")
    table.at("9:40")
    turkey.tells("HUN", "Not our fight. Ours is Stockholm. But we will not press you either.")
    table.at("10:20")
    chair.tells("POL", "There is a capital that will not live with the first half. Would you let me have the halves?")
    table.at("10:55")
    poland.splits("d1.a1")
    table.at("11:30")
    america.answers("d1.a2")
    america.answers("d1.a3", "target_date")
    america.says("A stocktaking in Washington: yes. The adjective: no.", "amendment:d1.a3")

    table.at("12:25")
    germany.amends(
        "d1", "Conditions one can read are conditions one can meet.", reform="explicit_eu", trigger="after_review"
    )
    table.at("13:00")
    america.answers("d1.a4", "reform")
    table.at("13:20")
    with refused("draft.stale_revision"):
        table.wish(france.actor, "cosponsor", draft="d1", revision=2)
    france.cosponsors("d1")

    table.at("14:00")
    chair.names_basis("d1")
    chair.polls("d1", 60)
    table.at("14:10")
    america.answers_poll("support")
    table.at("14:20")
    poland.answers_poll("can_accept")
    hungary.answers_poll("concern")
    table.at("14:35")
    ukraine.answers_poll("concern")
    germany.answers_poll("support")
    table.at("15:30")
    poland.takes_position("d1", "can_accept", reason="It is less than Kyiv has earned and more than 2008 gave it.")

    table.at("19:30")
    chair.opens_silence("d1", 180)
    table.at("19:50")
    america.associates()
    with refused("draft.under_silence"):
        america.revises("d1", target_date="none")
    table.at("20:15")
    poland.states("Poland reads 'when allies agree' as a promise to agree.")
    table.at("20:40")
    hungary.footnotes("target_date", text="Hungary is not bound by a calendar drawn up in Washington.")
    table.at("21:20")
    ukraine.says("We came for an invitation. We shall hold you to every word of what we got instead.")
    sweden.says("Sweden, thirty-second in waiting, knows what a summit date can do.")
    table.at("22:30")
    chair.says("I have heard no objection. It is agreed.", "draft:d1")

    table.at("23:00")
    table.steers("advance_phase")
    table.steers("advance_phase")
    table.at("24:00")
    with refused("silence.already_adopted"):
        chair.opens_silence("d1", 120)
    table.steers("advance_phase")
    table.at("25:00")
    table.steers("open_results")
    table.at("35:00")
