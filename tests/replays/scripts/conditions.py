"""The fast track with conditions, adopted where only heads of delegation sign.

Delegates prepare, heads sign, drop or are not there: an acting head steps in for one who is away. Budapest's break is
prepared and not signed in time. It does not count, and the text is adopted across its red line.
"""

from tests.replays.table import Table, refused


def play(table: Table) -> None:
    chair = table.seats("SG", "Ingrid Halvorsen")
    poland = table.seats("POL", "Marek Zieliński")
    zofia = table.seats("POL", "Zofia Wrona", "delegate")
    hungary = table.seats("HUN", "Ágnes Barta")
    gabor = table.seats("HUN", "Gábor Takács", "delegate")
    america = table.seats("USA", "Eleanor Whitlock")
    theo = table.seats("USA", "Theo Marsh", "delegate")
    germany = table.seats("DEU", "Jonas Brandt")
    lena = table.seats("DEU", "Lena Vogt", "delegate")
    ukraine = table.seats("UKR", "Olena Koval")
    table.at("1:00")
    table.steers("start_game")

    table.at("6:30")
    zofia.tables(path="fast_track_with_conditions", trigger="allies_agree", perspective="irreversible")
    zofia.tells("delegation", "Ready for your name. The conditions are Brussels's own.", "issue:reform")
    with refused("act.head_signs"):
        zofia.signs_act("POL.1")
    with refused("act.unknown"):
        hungary.signs_act("POL.1")
    table.at("7:10")
    poland.signs_act("POL.1")
    table.at("8:00")
    theo.tables(target_date="none")
    table.at("8:30")
    america.drops_act("USA.1")
    america.tells("delegation", "Not so fast. I have not called home yet.")
    table.at("9:00")
    table.misses(germany)
    lena.cosponsors("d1")
    table.at("9:40")
    table.finds(germany)
    germany.makes("head", lena)
    table.at("9:50")
    zofia.agrees_inside("No date before Washington has one.")
    poland.agrees_inside("We sign nothing that names a year.")
    with refused("agreed.unknown"):
        zofia.strikes_agreed("POL.9")
    zofia.strikes_agreed("POL.1")
    table.at("10:30")
    zofia.promises("USA", "We shall not ask for a date.", kind="will_support", options={"target_date": "none"})
    gabor.takes_position("d1", "would_object", "path", reason="Too fast for us.", lift="The words of 2008.")
    table.at("11:00")
    america.takes_position("d1", "can_accept")

    table.at("19:30")
    chair.opens_silence("d1", 180)
    table.at("20:30")
    theo.associates()
    america.signs_act("USA.2")
    table.at("21:00")
    gabor.breaks("path", reason="Budapest was not asked.", lift="The words of 2008, or Washington's.")
    gabor.tells("delegation", "Where are you? It lapses at half past.")
    table.at("22:40")
    with refused("act.unknown"):
        hungary.signs_act("HUN.1")
    ukraine.says("We have conditions now. We have had worse things than conditions.", "draft:d1")
    table.at("24:00")
    table.steers("advance_phase")
    table.steers("advance_phase")
    table.steers("advance_phase")
    table.at("25:00")
    table.steers("open_results")
    table.at("40:00")
