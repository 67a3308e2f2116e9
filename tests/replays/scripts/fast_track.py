"""The fast track without conditions, adopted: a larger table, and nobody who says no.

The chair makes a single negotiating text of what Kyiv and Warsaw tabled. London's place is empty; the facilitator
plays it for a while. Members change seats and roles, somebody of the press looks on, and in the end every drawer is
opened. An undertaking on reform cannot be had in this text: the brief's fast track comes without any.
"""

from tests.replays.table import Table, refused

FAST_TRACK = {
    "path": "fast_track",
    "perspective": "irreversible",
    "trigger": "on_ceasefire",
    "target_date": "none",
    "nonforce": "absent",
    "reform": "none",
    "minority": "silent",
}


def play(table: Table) -> None:
    chair = table.seats("SG", "Ingrid Halvorsen")
    poland = table.seats("POL", "Marek Zieliński")
    lithuania = table.seats("LTU", "Rasa Kazlauskaitė")
    hungary = table.seats("HUN", "Ágnes Barta")
    america = table.seats("USA", "Eleanor Whitlock")
    clerk = table.seats("USA", "Theo Marsh", "adviser")
    ukraine = table.seats("UKR", "Olena Koval")
    press = table.admits("Nora Lind")
    table.at("1:00")
    table.steers("start_game")

    table.at("6:30")
    with refused("package.inconsistent"):
        ukraine.tables(**{**FAST_TRACK, "reform": "explicit_eu"})
    ukraine.tables(**FAST_TRACK)
    ukraine.says("When the guns fall silent, we are in. Nothing else keeps them silent.", "draft:d1")
    kyiv_tabled = table.now
    table.at("7:30")
    poland.tables(**{**FAST_TRACK, "no_substitute": "included", "assurances": "guaranteed_floor"})
    lithuania.cosponsors("d2")
    table.at("8:20")
    with refused("role.head_chooses"):
        clerk.makes("head", clerk)
    america.makes("delegate", clerk)
    clerk.takes_position("d1", "concern", "trigger", in_confidence=True)
    table.at("9:00")
    britain = table.plays("GBR")
    with refused("place.has_people"):
        table.plays("POL")
    britain.says("London says yes, and asks what it costs.", "draft:d2")
    britain.cosponsors("d2")
    table.at("10:00")
    table.steers("leave_place")
    with refused("place.not_taken"):
        table.steers("leave_place")
    table.at("11:00")
    table.steers("move_member", member="USA.2", seat="GBR")
    press.tells("dispatches", "Two texts for one track, and London has found a delegate.")

    table.at("12:30")
    chair.names_basis("d1")
    chair.folds("d2", "assurances", "no_substitute")
    table.at("13:00")
    ukraine.amends("d3", "Arms as long as there is a line to hold.", common_funding="common_nonlethal")
    table.at("13:40")
    chair.answers("d3.a1", "common_funding")
    table.at("14:10")
    with refused("fold.not_accepted"):
        chair.folds("d2")
    hungary.takes_position("d3", "would_object", "path", reason="One war is enough.", lift="A cease-fire that holds.")

    table.at("19:30")
    chair.names_basis("d3")
    chair.opens_silence("d3", 240)
    table.at("20:30")
    poland.associates()
    hungary.states("Hungary does not believe in this, and does not stand alone in its way.")
    table.at("22:00")
    chair.extends_silence(60)
    table.at("23:00")
    america.states("Washington will hold every ally to what it has just signed.")
    table.at("25:00")
    table.steers("annotate", moment=kyiv_tabled, text="Where it began. Who at the table saw it coming?")
    table.steers("advance_phase")
    table.steers("advance_phase")
    table.at("26:00")
    table.steers("advance_phase")
    table.at("27:00")
    table.steers("open_results")
    table.steers("open_instructions")
    table.steers("open_trade")
    table.at("28:00")
    table.steers("open_rooms")
    table.at("40:00")
