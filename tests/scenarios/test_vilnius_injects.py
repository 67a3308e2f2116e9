"""The catalogue of news against the research, row by row: ids, moments and numbers (rule 7.3)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.scenario import Effect, Scenario

pytestmark = pytest.mark.rule("7.3")

BACKGROUND = [
    "NINE", "FIN", "FT", "BRIEF", "GLOBSEC", "OSLO", "COUNTER", "DAM", "B9", "RASMUSSEN", "CANADA", "FRANCE", "MAP",
    "NOT_EASY", "NOINV", "SCHOLZ", "PRIGOZHIN", "WAGNER_BLR", "QURAN", "SPAIN", "TOUR", "CLUSTER", "NLD", "AZOV",
    "CNN",
]  # fmt: skip
SUMMIT = [
    "ERDOGAN_EU", "SWEDEN", "HUN_FOLLOW", "F16", "TWEET", "REWRITE", "NOSUB", "COMM", "NUC", "G7", "WALLACE",
    "MEDVEDEV", "PUTIN", "GRAIN", "SRES",
]  # fmt: skip
FREE = ["X_CORRUPTION", "X_NUCLEAR", "X_LEAK", "X_STRIKE", "X_BREAKTHROUGH", "X_STALL"]
OUTCOMES = ["W1", "W2", "W3"]

CHAMPIONS = ("EST", "LVA", "LTU", "POL", "GBR")
SUPPORTIVE = ("CZE", "SVK", "ROU", "FIN", "DNK", "NOR", "ISL", "CAN", "FRA", "HRV", "ALB", "MKD", "MNE")
CAUTIOUS = ("USA", "DEU", "ESP", "BEL", "LUX", "SVN", "GRC")

PATHS = {
    "0": "bucharest_repeat",
    "5": "bucharest_with_group",
    "4": "new_partnership",
    "3": "membership_action_plan",
    "2": "fast_track_with_conditions",
    "1": "fast_track",
}

WRITTEN: dict[str, list[str]] = {
    # as the research writes effects: `flag.x=v`, `sal CODE.dim +n`, `pref CODE=order`, `acc CODE=list`,
    # `rl CODE +id`, `score.Sx +n`, `world.x=v`, `pts CODE n`; whatever a row calls mood or flavour is the news itself
    "GLOBSEC": ["sal FRA.complements +1"],
    "COUNTER": ["flag.counteroffensive=True"],
    "DAM": [f"sal {seat}.milsupport +1" for seat in (*CHAMPIONS, *SUPPORTIVE)],
    "B9": ["pts HUN +2"],
    "FRANCE": ["pref FRA=2>4>3>5>0>1", "acc FRA=2;3;4;5", "rl FRA +rejects_mere_bucharest_repeat"],
    "MAP": ["pref USA=4>3>5>0>2>1", *(f"pts {seat} -4" for seat in CHAMPIONS)],
    "NOT_EASY": ["rl USA +requires_corruption_progress"],
    "PRIGOZHIN": [
        "flag.russia_instability=True",
        *(f"sal {seat}.borders +1" for seat in ("EST", "LVA", "LTU", "POL", "FIN", "USA", "DEU")),
    ],
    "WAGNER_BLR": ["pts LTU +6", "pts LVA +6", "pts POL +6"],
    "QURAN": ["pts SWE -2"],
    "TOUR": ["sal BGR.timing +1"],
    "CLUSTER": ["sal USA.milsupport +1", "flag.cluster_munitions=True"],
    "NLD": ["pts NLD -3"],
    "AZOV": ["sal TUR.path +1"],
    "ERDOGAN_EU": ["flag.erdogan_price=True"],
    "HUN_FOLLOW": ["flag.hun_swe_free=True"],
    "F16": ["flag.f16_hold=True", "pts TUR -3"],
    "TWEET": ["flag.tweet=True", "pts USA -2"],
    "REWRITE": ["revision trigger=unspecified"],
    "NOSUB": ["pts USA -2", "pts DEU -2"],
    "NUC": ["score.legitimacy +10"],
    "MEDVEDEV": [
        *(f"sal {seat}.borders +1" for seat in CAUTIOUS),
        *(f"sal {seat}.path +1" for seat in CHAMPIONS),
    ],
    "SRES": ["flag.senate_resolution=True"],
    "X_CORRUPTION": [f"rl {seat} +requires_corruption_progress" for seat in ("CAN", "DNK", "NLD")],
    "X_NUCLEAR": [f"rl {seat} +no_automatic_invitation" for seat in CAUTIOUS],
    "X_LEAK": ["flag.leaked=True"],
    "X_STRIKE": [f"sal {seat}.milsupport +2" for seat in SUPPORTIVE],
    "X_BREAKTHROUGH": ["flag.breakthrough=True"],
    "X_STALL": ["flag.stall=True"],
    "W1": ["world.outcome=W1"],
    "W2": ["world.outcome=W2", *(f"sal {seat}.milsupport +2" for seat in CHAMPIONS)],
    "W3": ["world.outcome=W3"],
}

MOMENTS: dict[str, dict[str, Any]] = {
    "ERDOGAN_EU": {"on": "phase", "phase": "consultations", "minute": 2},
    "SWEDEN": {"on": "deal_signed"},
    "HUN_FOLLOW": {"on": "deal_signed"},
    "F16": {"on": "phase", "phase": "council_1", "minute": 1},
    "TWEET": {"on": "silence_opened"},
    "REWRITE": {"on": "phase", "phase": "leaders", "minute": 1},
    "NOSUB": {"on": "phase", "phase": "council_2", "minute": 1},
    "COMM": {"on": "adopted"},
    "MEDVEDEV": {"on": "phase", "phase": "council_1", "minute": 6},
    **{inject: {"on": "aftermath"} for inject in ("NUC", "G7", "WALLACE", "PUTIN", "GRAIN", "SRES")},
}

FOR_A_ROUND = {"MEDVEDEV", "X_NUCLEAR"}


def as_written(effect: Effect) -> list[str]:
    """The effect in the notation of the research, one line for each nation."""
    told = effect.model_dump(mode="json")
    numbers = {option: number for number, option in PATHS.items()}
    match told["kind"]:
        case "flag":
            return [f"flag.{told['flag']}={told['value']}"]
        case "world":
            return [f"world.{told['variable']}={told['value']}"]
        case "salience":
            return [f"sal {seat}.{told['dimension']} {told['by']:+d}" for seat in told["seats"]]
        case "preference":
            return [f"pref {told['seat']}={'>'.join(numbers[option] for option in told['order'])}"]
        case "acceptable":
            return [f"acc {told['seat']}={';'.join(sorted(numbers[option] for option in told['options']))}"]
        case "red_line":
            sign = "+" if told["held"] else "-"
            return [f"rl {seat} {sign}{told['red_line']}" for seat in told["seats"]]
        case "points":
            return [f"pts {seat} {told['points']:+d}" for seat in told["seats"]]
        case "score":
            return [f"score.{told['score']} {told['by']:+d}"]
        case _:
            return [f"revision {issue}={option}" for issue, option in told["change"].items()]


@pytest.mark.parametrize(
    ("part", "rows"),
    [("background", BACKGROUND), ("summit", SUMMIT), ("free", FREE), ("outcome", OUTCOMES)],
)
def test_every_row_of_the_research_is_an_inject(vilnius: Scenario, part: str, rows: list[str]) -> None:
    assert [one.id for one in vilnius.injects if one.part == part] == [f"EV_{row}" for row in rows]


@pytest.mark.parametrize("row", [*BACKGROUND, *SUMMIT, *FREE, *OUTCOMES])
def test_an_inject_has_the_numbers_of_its_row(vilnius: Scenario, row: str) -> None:
    inject = vilnius.inject(f"EV_{row}")
    assert [line for effect in inject.effects for line in as_written(effect)] == WRITTEN.get(row, [])
    assert (inject.until is not None) is (row in FOR_A_ROUND)
    told = inject.trigger.model_dump(exclude={"when"}, exclude_none=True)
    expected = {"minute": 0, **MOMENTS.get(row, {"on": "facilitator"})}
    assert told == expected
    assert inject.to == "everybody"


@pytest.mark.parametrize(
    ("flag", "parts", "taken_from", "given_to"),
    [
        pytest.param("counteroffensive", 15, "W1", "W2", id="EV_COUNTER: -5 points without supplies"),
        pytest.param("russia_instability", 15, "W2", "W1", id="EV_PRIGOZHIN: +5"),
        pytest.param("cluster_munitions", 9, "W2", "W1", id="EV_CLUSTER: +3"),
        pytest.param("breakthrough", 30, "W2", "W1", id="EV_X_BREAKTHROUGH: +10"),
        pytest.param("stall", 30, "W1", "W2", id="EV_X_STALL: -10"),
    ],
)
@pytest.mark.rule("8.2")
def test_what_news_shift_in_the_chances(
    vilnius: Scenario, flag: str, parts: int, taken_from: str, given_to: str
) -> None:
    """300 parts are the whole: three of them are a point."""
    shifts = [shift for shift in vilnius.aftermath.shifts if f'"{flag}"' in shift.model_dump_json()]
    assert [(one.parts, one.taken_from, one.given_to) for one in shifts] == [(parts, taken_from, given_to)]


def test_the_camps_that_rows_name_are_those_of_the_seats(vilnius: Scenario) -> None:
    camps = {"champion": CHAMPIONS, "supportive": SUPPORTIVE, "cautious": CAUTIOUS}
    for camp, named in camps.items():
        seated = {seat.id for seat in vilnius.seats.values() if seat.camp == camp and seat.votes}
        assert seated == set(named), camp


def test_a_leak_makes_broken_silences_count_twice(vilnius: Scenario) -> None:
    """EV_X_LEAK"""
    (multilateral,) = [rule for rule in vilnius.scores if rule.id == "S1"]
    terms = {term.id: term for group in multilateral.groups for term in group.terms}
    assert terms["leaked_breaks"].points == terms["broken_silences"].points == -2
