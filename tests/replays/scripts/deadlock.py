"""Nothing at all: three texts fall to three capitals, and the fallback to a fourth objection."""

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
    sweden = table.seats("SWE", "Anna Lindqvist")
    table.at("1:00")
    table.steers("start_game")

    table.at("6:30")
    poland.tables(
        path="fast_track_with_conditions",
        perspective="irreversible",
        trigger="on_ceasefire",
        reform="explicit_benchmarked",
        assurances="guaranteed_floor",
    )
    table.at("7:10")
    with refused("package.inconsistent"):
        ukraine.tables(path="fast_track", perspective="irreversible", trigger="invite_now")
    ukraine.tables(path="fast_track_with_conditions", perspective="irreversible", trigger="invite_now")
    ukraine.says("Invite us today. Let us join when the guns are silent. Nobody has to fight for a letter.", "draft:d2")
    table.at("8:20")
    america.says("A letter that says 'today' in the middle of a war is not a letter. It is a tripwire.", "draft:d2")
    table.at("9:00")
    germany.tables(path="membership_action_plan", trigger="after_review", reform="explicit_benchmarked")
    table.at("9:40")
    germany.tells("USA", "If all else fails we have the Plan. It offends nobody.")
    table.at("10:30")
    america.tells("DEU", "It offends everybody, equally. That may be the same thing.")
    table.at("11:10")
    ukraine.withdraws("d2")
    ukraine.says("We know how to count capitals. Poland's text, then.", "draft:d1")
    table.at("12:00")
    france.cosponsors("d1")

    table.at("19:30")
    chair.names_basis("d1")
    chair.opens_silence("d1", 120)
    table.at("20:40")
    america.breaks(
        "trigger",
        "assurances",
        reason="A cease-fire must not invite by itself, and Congress has funded no floor.",
        lift="Let allies decide, and let the support be multi-year, not a number.",
    )
    table.at("22:00")
    poland.says("The number was the point.", "objection:o1")
    table.at("23:00")
    chair.opens_silence("d3", 180)
    table.at("24:30")
    turkey.breaks(
        "path",
        reason="We will not open a Plan for one candidate while another still shelters those who burn our books.",
        lift="Settle Sweden first.",
    )
    sweden.says("Sweden has amended its constitution for Ankara. I do not know what we could burn in return.")
    table.at("26:00")
    table.steers("advance_phase")
    table.at("27:30")
    germany.revises("d3", path="new_partnership", trigger="after_review")
    table.at("28:00")
    chair.opens_silence("d3", 120)
    table.at("29:15")
    hungary.breaks(
        "reform",
        reason="Benchmarks without a word on minority schools are somebody else's benchmarks.",
        lift="Put Zakarpattia in, or take the benchmarks out.",
    )
    chair.says("Three texts, three objections. The leaders are in the building.")
    table.at("31:00")
    table.steers("advance_phase")
    table.at("36:00")
    france.says("We are about to agree on dinner.")
    table.at("43:30")
    chair.puts_fallback()
    table.at("44:10")
    america.associates()
    table.at("45:00")
    poland.breaks(
        "path",
        "trigger",
        reason="Ukraine is bleeding for a sentence we wrote fifteen years ago. We will not write it again.",
        lift="Anything newer than 2008.",
    )
    table.at("46:00")
    ukraine.says("Thank you. No paper is better than that paper.")
    table.at("60:00")
