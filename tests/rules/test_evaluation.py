"""The evaluator on a scenario that can be reckoned by hand: points, objections, scores, accession, injects."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.conditions import UnknownName
from game_rules.evaluation import Circumstances, Evaluator, MissingIssue, UnknownOption
from game_rules.evaluation.scores import tenths
from game_rules.faults.coherence import coherence_faults
from game_rules.faults.conditions import condition_faults
from game_rules.faults.fault import Fault
from game_rules.faults.reach import reach_faults
from game_rules.faults.references import reference_faults
from game_rules.scenario import (
    AddPoints,
    ChangeRedLine,
    ProposeRevision,
    Scenario,
    SetAcceptable,
    SetFlag,
    SetPreference,
    SetWorld,
    ShiftSalience,
    ShiftScore,
    SignedComplement,
)
from tests.rules.harbour import harbour, harbour_data
from tests.rules.harness import vilnius

NORTH_LOW = ("north", "low", "bare")
NORTH_HIGH = ("north", "high", "bare")
SOUTH_FREE = ("south", "free", "bare")
NOWHERE = ("nowhere", "free", "bare")
BRIDGE = Circumstances(deals=frozenset({"bridge_deal"}))


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    """The harbour's evaluator, without a cast."""
    return Evaluator(harbour())


def ferry(**fields: Any) -> Circumstances:
    """A ferry signed so."""
    return Circumstances(complements=(SignedComplement.model_validate({"name": "ferry", **fields}),))


# --- packages ---------------------------------------------------------------------------------------------------------


def test_a_package_is_its_options_in_the_order_of_issues(evaluator: Evaluator) -> None:
    options = {"crane": "bare", "toll": "low", "place": "north"}
    assert evaluator.package(options) == NORTH_LOW
    assert evaluator.options(NORTH_LOW) == options


@pytest.mark.parametrize(
    ("options", "fault", "known"),
    [
        ({"place": "north", "toll": "low"}, MissingIssue, ("crane",)),
        ({"place": "west", "toll": "low", "crane": "bare"}, UnknownOption, ("nowhere", "north", "south")),
        ({"place": "north", "toll": "low", "crane": "bare", "dock": "wet"}, UnknownName, ("place", "toll", "crane")),
    ],
)
def test_a_bad_package_is_refused_with_what_would_be_right(
    evaluator: Evaluator, options: dict[str, str], fault: type[Exception], known: tuple[str, ...]
) -> None:
    with pytest.raises(fault) as refused:
        evaluator.package(options)
    assert (getattr(refused.value, "known", None) or getattr(refused.value, "issues", None)) == known


@pytest.mark.rule("2.1")
@pytest.mark.parametrize(
    ("package", "involved"),
    [
        pytest.param(("north", "low", "crane"), None, id="consistent"),
        pytest.param(("nowhere", "low", "crane"), {"place", "crane"}, id="no harbour"),
        pytest.param(("north", "free", "crane"), {"toll", "crane"}, id="no toll"),
        pytest.param(("nowhere", "free", "crane"), {"place", "toll", "crane"}, id="neither"),
    ],
)
def test_a_broken_rule_names_every_option_involved(
    evaluator: Evaluator, package: tuple[str, ...], involved: set[str] | None
) -> None:
    broken = evaluator.broken_rules(package)
    assert evaluator.is_consistent(package) is (involved is None)
    assert [rule.id for rule in broken] == ([] if involved is None else ["R1"])
    for rule in broken:
        assert dict(rule.options).keys() == involved
        assert dict(rule.options).items() <= evaluator.options(package).items()


# --- objections -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seat", "package", "around", "expected"),
    [
        pytest.param("ASH", NORTH_LOW, Circumstances(), (), id="acceptable"),
        pytest.param("ASH", SOUTH_FREE, Circumstances(), ("path_not_acceptable",), id="not acceptable"),
        pytest.param("ASH", SOUTH_FREE, BRIDGE, (), id="a stretch that the deal's flag allows"),
        pytest.param("ASH", NORTH_HIGH, Circumstances(), ("no_high_toll",), id="a red line"),
        pytest.param("ASH", NORTH_HIGH, BRIDGE, (), id="lifted for the holder named"),
        pytest.param("BIR", NORTH_HIGH, BRIDGE, ("no_high_toll",), id="and for nobody else"),
        pytest.param(
            "ASH",
            ("south", "high", "bare"),
            Circumstances(world="foul"),
            ("path_not_acceptable", "no_high_toll", "no_storm_toll"),
            id="the path first, then the seat's own order",
        ),
        pytest.param("SEA", NORTH_HIGH, Circumstances(), ("no_high_toll",), id="a seat without a vote has lines too"),
        pytest.param("MAY", SOUTH_FREE, Circumstances(), (), id="no list of paths: any path"),
    ],
)
def test_why_a_seat_objects(
    evaluator: Evaluator, seat: str, package: tuple[str, ...], around: Circumstances, expected: tuple[str, ...]
) -> None:
    assert evaluator.objections(seat, package, around) == expected


def test_only_voting_allies_of_the_cast_are_objectors() -> None:
    everybody, two = Evaluator(harbour()), Evaluator(harbour(), "two")
    assert list(everybody.objectors(NORTH_HIGH)) == ["ASH", "BIR", "CED"]
    assert list(two.objectors(NORTH_HIGH)) == ["ASH", "BIR"]


def test_a_crossing_shows_the_paragraphs_it_rests_on(evaluator: Evaluator) -> None:
    crossings = evaluator.crossing("ASH", ("south", "high", "bare"), Circumstances(world="foul"))
    assert [(crossing.id, crossing.issues) for crossing in crossings] == [
        ("path_not_acceptable", ("place",)),
        ("no_high_toll", ("toll",)),
        ("no_storm_toll", ("toll",)),
    ]


# --- points (rule 8.8) ------------------------------------------------------------------------------------------------
# Ash: place weighs 4 of 6, toll and crane share the other 2; "calm" has no issue and no weight. Without a bridge -4.


@pytest.mark.rule("8.8")
@pytest.mark.parametrize(
    ("package", "around", "points"),
    [
        pytest.param(("north", "free", "bare"), BRIDGE, 100, id="its ideal and its deal, clamped at 100"),
        pytest.param(("north", "free", "bare"), Circumstances(), 96, id="its ideal, no bridge: 100 - 4"),
        pytest.param(NORTH_LOW, Circumstances(), 88, id="half the distance on one of two: 100 - 8 1/3 - 4 = 87 2/3"),
        pytest.param(SOUTH_FREE, Circumstances(), 63, id="second of three ranks: 100 - 33 1/3 - 4 = 62 2/3"),
        pytest.param(NOWHERE, Circumstances(), 29, id="last rank: 100 - 66 2/3 - 4 = 29 1/3"),
        pytest.param(NORTH_LOW, Circumstances(breaks=3), 82, id="three broken silences: 81 2/3"),
        pytest.param(NOWHERE, Circumstances(breaks=31), 0, id="clamped at 0"),
        pytest.param(NORTH_LOW, ferry(signers=["ASH"]), 90, id="a complement at a quarter: 87 2/3 + 2 1/2 = 90 1/6"),
    ],
)
def test_points(evaluator: Evaluator, package: tuple[str, ...], around: Circumstances, points: int) -> None:
    assert evaluator.points("ASH", package, around) == points


@pytest.mark.rule("8.8")
def test_points_are_rounded_once_half_to_even() -> None:
    data = harbour_data()
    data["seats"]["BIR"]["salience"] = {"where": 0, "money": 1}
    data["seats"]["BIR"]["complement_points"] = {"ferry": 2}
    evaluator = Evaluator(Scenario.model_validate(data))
    half = ferry(signers=["ASH"])  # 2 points at a strength of a quarter
    assert evaluator.points("BIR", ("north", "low", "bare"), half) == 76, "75 1/2 goes to the even 76"
    data["seats"]["BIR"]["broken_silence_points"] = -1
    evaluator = Evaluator(Scenario.model_validate(data))
    around = Circumstances(complements=half.complements, breaks=1)
    assert evaluator.points("BIR", ("north", "low", "bare"), around) == 74, "74 1/2 goes to the even 74"


@pytest.mark.rule("8.8")
def test_the_terms_of_points_add_up(evaluator: Evaluator) -> None:
    around = Circumstances(deals=BRIDGE.deals, breaks=1, complements=ferry(signers=["ASH"], mode="small").complements)
    terms = evaluator.point_terms("ASH", NORTH_LOW, around)
    assert dict(terms.signed) == {
        "deal.bridge_deal": 7,
        "complement.ferry": Fraction(5, 2),
        "broken_silence": -2,
    }
    assert dict(terms.issues) == {"place": Fraction(200, 3), "toll": Fraction(25, 3), "crane": Fraction(50, 3)}
    assert dict(terms.ceilings) == {"place": Fraction(200, 3), "toll": Fraction(50, 3), "crane": Fraction(50, 3)}
    exact = sum(terms.issues.values()) + sum(terms.signed.values())
    assert terms.total == round(min(exact, 100)) == evaluator.points("ASH", NORTH_LOW, around)


@pytest.mark.rule("8.8")
def test_a_table_of_closeness_goes_before_distance() -> None:
    data = harbour_data()
    data["issues"][1]["closeness"] = {"free": {"free": 100, "low": 10, "high": 0}}
    evaluator = Evaluator(Scenario.model_validate(data))
    assert evaluator.point_terms("ASH", NORTH_LOW).issues["toll"] == Fraction(10, 6)


@pytest.mark.rule("8.8")
def test_the_reservation_is_the_status_quo_not_adopted_with_the_seats_offset() -> None:
    data = harbour_data()
    data["seats"]["ASH"]["reservation_offset"] = -9
    data["soft_lines"][0]["costs_when"] = {"adopted": False}
    evaluator = Evaluator(Scenario.model_validate(data))
    assert evaluator.points("ASH", NOWHERE) == 33
    assert evaluator.reservation("ASH") == 29 - 9
    assert evaluator.reservation("BIR") == 33


@pytest.mark.rule("8.8")
@pytest.mark.parametrize(("offset", "reservation"), [(-50, 0), (-30, 0), (-29, 0), (0, 29), (50, 79)])
def test_a_reservation_is_never_below_nothing(offset: int, reservation: int) -> None:
    data = harbour_data()
    data["seats"]["ASH"]["reservation_offset"] = offset
    data["soft_lines"][0]["costs_when"] = {"adopted": False}
    assert Evaluator(Scenario.model_validate(data)).reservation("ASH") == reservation


@pytest.mark.rule("8.8")
def test_what_a_seat_does_not_weigh_and_was_not_promised_counts_nothing() -> None:
    """A dimension without salience, a complement without points."""
    data = harbour_data()
    of_ash = data["seats"]["ASH"]
    of_ash["salience"].pop("calm", None)
    of_ash.pop("complement_points", None)
    without = Evaluator(Scenario.model_validate(data))
    of_ash["salience"]["calm"] = 0
    of_ash["complement_points"] = {"ferry": 0}
    spelled_out = Evaluator(Scenario.model_validate(data))
    signed = ferry(signers=["ASH"])
    for package in (NORTH_LOW, NORTH_HIGH, SOUTH_FREE):
        assert without.points("ASH", package, signed) == spelled_out.points("ASH", package, signed)
        shown = without.point_terms("ASH", package, signed)
        assert shown == spelled_out.point_terms("ASH", package, signed)
        assert "complement.ferry" not in shown.signed


# --- complements ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("6.5")
@pytest.mark.parametrize(
    ("fields", "strength"),
    [
        pytest.param({"signers": ["ASH"]}, Fraction(1, 4), id="the first form when none is named"),
        pytest.param({"signers": ["BIR"]}, None, id="its rule is missed"),
        pytest.param({"signers": ["ASH"], "status": "planned"}, Fraction(1, 8), id="a status multiplies"),
        pytest.param(
            {"signers": ["BIR", "CED"], "mode": "large", "congress": True}, Fraction(2, 3), id="by allied signers"
        ),
        pytest.param({"signers": ["BIR", "CED"], "mode": "large"}, None, id="an absent vote is a failed one"),
        pytest.param(
            {"signers": ["BIR", "SEA", "BIR"], "mode": "large", "congress": True}, None, id="one ally, twice, is one"
        ),
    ],
)
def test_when_a_complement_is_in_force(evaluator: Evaluator, fields: dict[str, Any], strength: Fraction | None) -> None:
    found = evaluator.complements_in_force(ferry(**fields))
    assert found == ({} if strength is None else {"ferry": strength})


@pytest.mark.rule("1.2", "6.5")
def test_in_a_cast_thresholds_and_full_strength_are_shares() -> None:
    evaluator = Evaluator(harbour(), "two")
    large = ferry(signers=["ASH", "BIR"], mode="large", congress=True)
    assert evaluator.complements_in_force(large) == {"ferry": 1}


@pytest.mark.rule("6.5")
def test_the_bonus_of_a_vote_in_congress(evaluator: Evaluator) -> None:
    assert evaluator.congress_bonus("ferry", NORTH_LOW, Circumstances()) == 0
    assert evaluator.congress_bonus("ferry", NORTH_LOW, BRIDGE) == 2


@pytest.mark.parametrize(
    "around",
    [
        Circumstances(world="fog"),
        Circumstances(deals=frozenset({"tunnel"})),
        ferry(signers=["OAK"]),
        ferry(signers=["ASH"], mode="huge"),
        ferry(signers=["ASH"], status="rumoured"),
        Circumstances(complements=(SignedComplement(name="bus", signers=("ASH",)),)),
    ],
)
def test_unknown_names_in_circumstances_are_refused(evaluator: Evaluator, around: Circumstances) -> None:
    with pytest.raises(UnknownName):
        evaluator.scores(NORTH_LOW, around)


def test_a_complement_is_entered_once(evaluator: Evaluator) -> None:
    twice = ferry(signers=["ASH"]).complements * 2
    with pytest.raises(ValueError, match="twice"):
        evaluator.scores(NORTH_LOW, Circumstances(complements=twice))


# --- scores -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("8.10")
@pytest.mark.parametrize(
    ("package", "around", "value", "capped"),
    [
        pytest.param(NORTH_LOW, Circumstances(), 60, (), id="40 and the start of 20"),
        pytest.param(NORTH_LOW, Circumstances(breaks=2), 50, (), id="a term times a count"),
        pytest.param(NORTH_LOW, Circumstances(breaks=9), 48, (), id="a term within its own bounds"),
        pytest.param(NORTH_LOW, Circumstances(world="foul", breaks=9), 40, (), id="a group within its bounds"),
        pytest.param(NORTH_LOW, ferry(signers=["ASH"]), Fraction(135, 2), (), id="times a strength: 47 1/2 and 20"),
        pytest.param(
            ("south", "low", "bare"),
            ferry(signers=["ASH", "BIR", "CED"], mode="large", congress=True),
            80,
            (),
            id="a group at its most: 60 and 20",
        ),
        pytest.param(NORTH_LOW, Circumstances(adopted=False), 30, ("no_text",), id="a cap, and that it did cap"),
        pytest.param(NOWHERE, Circumstances(adopted=False), 20, (), id="a cap that does not reach"),
    ],
)
def test_a_score(
    evaluator: Evaluator, package: tuple[str, ...], around: Circumstances, value: int, capped: tuple[str, ...]
) -> None:
    score = evaluator.scores(package, around)["T"]
    assert score.value == value
    assert score.capped_by == capped
    assert set(score.terms) == {"gain.place", "gain.ferry", "calm.start", "calm.breaks", "calm.weather"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [("57.25", "57.2"), ("57.35", "57.4"), ("57.251", "57.3"), ("0", "0.0"), ("100", "100.0")],
)
def test_a_score_is_shown_to_one_decimal_a_tie_to_the_even_tenth(value: str, shown: str) -> None:
    assert tenths(Fraction(value)) == Decimal(shown)
    assert str(tenths(Fraction(value))) == shown


@pytest.mark.rule("8.10")
def test_a_figure_may_look_at_scores_lines_and_the_whole_table(evaluator: Evaluator) -> None:
    mood = evaluator.figure("mood", NORTH_HIGH)
    assert mood.terms == {"start": 50, "trade": 5, "worse_off": -10, "crossed": -8}, "Cedar wants the south"
    nobody_better = evaluator.figure("mood", ("nowhere", "high", "crane"))
    assert nobody_better.terms["worse_off"] == -30
    with pytest.raises(UnknownName):
        evaluator.figure("gloom", NORTH_LOW)


@pytest.mark.rule("8.10")
def test_the_benchmark_and_its_marks(evaluator: Evaluator) -> None:
    assert evaluator.benchmark(NORTH_LOW) == "met"
    assert evaluator.benchmark(NOWHERE) == "below"
    assert evaluator.checklist(("north", "low", "crane")) == {"crane": True}


# --- accession and chances --------------------------------------------------------------------------------------------


@pytest.mark.rule("8.5")
@pytest.mark.parametrize(
    ("package", "around", "blockers"),
    [
        pytest.param(NORTH_LOW, Circumstances(world="fair"), 0, id="nobody"),
        pytest.param(NORTH_LOW, Circumstances(world="foul"), 1, id="Ash, in a storm"),
        pytest.param(("north", "free", "bare"), Circumstances(world="foul"), 1, id="free is read as low"),
        pytest.param(NORTH_HIGH, Circumstances(world="fair"), 2, id="Ash and Birch; those without a vote do not count"),
        pytest.param(
            NORTH_HIGH, Circumstances(world="fair", deals=BRIDGE.deals), 2, id="side deals do not count at accession"
        ),
        pytest.param(NORTH_LOW, Circumstances(), Fraction(1, 2), id="undecided: the mean of the worlds"),
    ],
)
def test_who_blocks_accession(
    evaluator: Evaluator, package: tuple[str, ...], around: Circumstances, blockers: int | Fraction
) -> None:
    assert evaluator.accession_blockers(package, around) == blockers


@pytest.mark.rule("1.2", "8.5")
def test_accession_asks_all_of_the_scenarios_allies_and_gives_each_its_grounds() -> None:
    evaluator = Evaluator(harbour(), "two")
    assert evaluator.accession_refusals(NORTH_HIGH, "foul") == {
        "ASH": ("no_high_toll", "no_storm_toll"),
        "BIR": ("no_high_toll",),
    }


@pytest.mark.rule("8.2")
def test_chances_move_as_far_as_they_last(evaluator: Evaluator) -> None:
    assert evaluator.chances(NORTH_LOW) == {"fair": 80, "foul": 20}
    assert evaluator.chances(("north", "low", "crane")) == {"fair": 100, "foul": 0}


# --- injects (rule 7.3) -----------------------------------------------------------------------------------------------


@pytest.mark.rule("7.2", "7.3")
def test_injects_change_flags_world_and_scores(evaluator: Evaluator) -> None:
    bridge = Circumstances(effects=(SetFlag(kind="flag", flag="bridge"),))
    assert evaluator.objections("ASH", SOUTH_FREE, bridge) == ()
    undone = Circumstances(effects=(*bridge.effects, SetFlag(kind="flag", flag="bridge", value=False)))
    assert evaluator.objections("ASH", SOUTH_FREE, undone) == ("path_not_acceptable",)
    for variable, value in (("weather", "storm"), ("outcome", "foul")):
        storm = Circumstances(effects=(SetWorld(kind="world", variable=variable, value=value),))
        assert evaluator.objections("ASH", NORTH_LOW, storm) == ("no_storm_toll",)
    shifted = Circumstances(effects=(ShiftScore(kind="score", score="T", by=-7),))
    assert evaluator.scores(NORTH_LOW, shifted)["T"].value == 53
    assert evaluator.scores(NORTH_LOW, shifted)["T"].terms["injects.injects"] == -7


@pytest.mark.rule("7.3")
def test_injects_change_a_capitals_instructions(evaluator: Evaluator) -> None:
    wary = Circumstances(effects=(ChangeRedLine(kind="red_line", seats=("CED",), red_line="no_high_toll", held=True),))
    assert "no_high_toll" in evaluator.objections("CED", NORTH_HIGH, wary)
    assert "no_high_toll" not in evaluator.objections("CED", NORTH_HIGH)
    assert evaluator.accession_blockers(NORTH_HIGH, Circumstances(world="fair", effects=wary.effects)) == 3
    mild = Circumstances(effects=(ChangeRedLine(kind="red_line", seats=("ASH",), red_line="no_high_toll", held=False),))
    assert evaluator.objections("ASH", NORTH_HIGH, mild) == ()
    open_ash = Circumstances(effects=(SetAcceptable(kind="acceptable", seat="ASH", options=("south",)),))
    assert evaluator.objections("ASH", SOUTH_FREE, open_ash) == ()
    turned = Circumstances(effects=(SetPreference(kind="preference", seat="BIR", order=("south", "north")),))
    assert evaluator.points("BIR", SOUTH_FREE, turned) == 100
    assert evaluator.points("BIR", SOUTH_FREE) == 67
    paid = Circumstances(
        effects=(
            AddPoints.model_validate({"kind": "points", "seats": ["BIR"], "points": -5, "when": {"in_set": "paid"}}),
        )
    )
    assert evaluator.points("BIR", NORTH_LOW, paid) == evaluator.points("BIR", NORTH_LOW) - 5
    assert evaluator.points("BIR", SOUTH_FREE, paid) == evaluator.points("BIR", SOUTH_FREE)
    keen = Circumstances(effects=(ShiftSalience(kind="salience", seats=("BIR",), dimension="money", by=99),))
    assert evaluator.point_terms("BIR", NORTH_LOW, keen).ceilings["toll"] == Fraction(500, 14), "held at 10 of 14"


def test_a_proposed_revision_changes_no_figure(evaluator: Evaluator) -> None:
    around = Circumstances(effects=(ProposeRevision(kind="revision", change={"toll": "low"}),))
    assert evaluator.scores(NORTH_LOW, around) == evaluator.scores(NORTH_LOW)


# --- the model --------------------------------------------------------------------------------------------------------


def test_the_harbour_has_no_fault_and_survives_canonical_json() -> None:
    scenario = harbour()
    assert scenario_faults(scenario) == ()
    assert Scenario.model_validate_json(scenario.canonical()).digest() == scenario.digest()
    assert list(scenario.seats) == ["MAY", "ASH", "BIR", "CED", "SEA"], "the order of the table, not of the file"


def scenario_faults(scenario: Scenario) -> tuple[Fault, ...]:
    """As for a scenario from files, but for the briefs, which the harbour has none of."""
    named = (*reference_faults(scenario), *coherence_faults(scenario))
    return named or (*condition_faults(scenario), *reach_faults(scenario))


def change(data: dict[str, Any], path: str, value: Any) -> None:
    """Sets what stands at a dotted path."""
    *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    target: Any = data
    for key in parents:
        target = target[key]
    target[last] = value


@pytest.mark.parametrize(
    ("path", "value", "place", "reason"),
    [
        ("red_lines.0.crossed_when.all.0.at_least", "huge", ("red_lines", 0, "crossed_when", "all", 0), "'huge'"),
        ("named_conditions.0.when", {"named": "paid_in_storm"}, ("named_conditions", 0), "by way of itself"),
        ("soft_lines.0.costs_when.not.flag", "tunnel", ("soft_lines", 0, "costs_when", "not"), "tunnel"),
        ("soft_lines.0.costs_when", {"congress": "passed"}, ("soft_lines", 0, "costs_when"), "signature"),
        ("complements.0.forms.0.in_force_when", {"flag": "bridge"}, ("complements", 0), "not about signatures"),
        ("casts.1.seats", ["ASH", "BIR", "SEA"], ("casts", 1), "exactly one"),
        ("casts.1.seats", ["MAY", "SEA"], ("casts", 1), "nobody who votes"),
        ("casts.1.seats", ["MAY", "ASH", "CED", "SEA"], ("deals", 0), "nobody plays BIR"),
        ("casts.1.fixed", {"crane": "big"}, ("casts", 1, "fixed", "crane"), "big"),
        ("seats.ASH.red_lines.0.id", "no_tax", ("seats", "ASH", "red_lines", 0), "no_tax"),
        ("seats.ASH.stretch.0.option", "west", ("seats", "ASH", "stretch", 0), "west"),
        ("seats.ASH.salience.pride", 3, ("seats", "ASH"), "pride"),
        ("scores.0.groups.0.terms.0.points.west", 3, ("scores", 0, "groups", 0, "terms", 0), "west"),
        ("status_quo.options.toll", "huge", ("status_quo", "options", "toll"), "huge"),
        ("aftermath.chances.fair", 81, ("aftermath", "chances"), "sum to 101"),
        ("world_outcomes.1.world.weather", "fog", ("world_outcomes", 1, "world", "weather"), "fog"),
        ("issues.2.id", "toll", ("issues", 2), "twice"),
        ("agenda.3.kind", "leaders", ("agenda",), "2 phases"),
        ("accession.worlds", ["fair", "fog"], ("accession",), "fog"),
        ("ideals.thrifty.toll", "huge", ("ideals", "thrifty", "toll"), "huge"),
    ],
)
def test_a_fault_is_named_with_its_place(path: str, value: Any, place: tuple[str | int, ...], reason: str) -> None:
    data = harbour_data()
    change(data, path, value)
    found = scenario_faults(Scenario.model_validate(data))
    assert any(fault.place[: len(place)] == place and reason in fault.reason for fault in found), found


OPTIONS = st.tuples(
    st.sampled_from(["nowhere", "north", "south"]),
    st.sampled_from(["free", "low", "high"]),
    st.sampled_from(["bare", "crane"]),
)
AROUND = st.builds(
    Circumstances,
    world=st.sampled_from(["undecided", "fair", "foul"]),
    deals=st.sampled_from([frozenset(), frozenset({"bridge_deal"})]),
    complements=st.sampled_from([(), ferry(signers=["ASH"]).complements]),
    adopted=st.booleans(),
    breaks=st.integers(0, 40),
)
HARBOUR = Evaluator(harbour())


@pytest.mark.rule("8.8", "8.10")
@given(OPTIONS, AROUND, st.sampled_from(["MAY", "ASH", "BIR", "CED", "SEA"]))
def test_points_and_scores_stay_in_range_and_objections_agree_with_crossings(
    package: tuple[str, str, str], around: Circumstances, seat: str
) -> None:
    assert 0 <= HARBOUR.points(seat, package, around) <= 100
    assert all(0 <= score.value <= 100 for score in HARBOUR.scores(package, around).values())
    objections = HARBOUR.objections(seat, package, around)
    assert tuple(crossing.id for crossing in HARBOUR.crossing(seat, package, around)) == objections
    assert sum(HARBOUR.chances(package, around).values()) == 100


@st.composite
def _moments_in_vilnius(draw: st.DrawFn) -> tuple[str, tuple[str, ...], Circumstances]:
    """A seat, a text and anything that may have been signed, broken or ordered around it."""
    scenario = vilnius()
    package = tuple(draw(st.sampled_from(issue.option_ids)) for issue in scenario.issues)
    seats = st.sampled_from(sorted(scenario.seats))
    complements = draw(st.lists(st.sampled_from(scenario.complements), unique_by=lambda one: one.id, max_size=3))
    signed = tuple(
        SignedComplement(
            name=one.id, signers=tuple(draw(st.sets(seats, min_size=1))), mode=one.forms[0].mode, congress=True
        )
        for one in complements
    )
    effects = [effect for inject in scenario.injects for effect in inject.effects]
    around = Circumstances(
        deals=frozenset(draw(st.sets(st.sampled_from([deal.id for deal in scenario.deals]), max_size=4))),
        complements=signed,
        also_signed=frozenset(draw(st.sets(seats, max_size=5))),
        breaks=draw(st.integers(0, 3)),
        effects=tuple(draw(st.lists(st.sampled_from(effects), max_size=3))),
    )
    return draw(seats), package, around


VILNIUS = Evaluator(vilnius())


@pytest.mark.rule("8.8")
@given(_moments_in_vilnius())
def test_a_judgment_hangs_on_what_the_instructions_look_at_and_on_nothing_else(
    moment: tuple[str, tuple[str, ...], Circumstances],
) -> None:
    seat, package, around = moment
    concerned, beside = VILNIUS.concerning(seat, around)
    assert VILNIUS.objections(seat, package, concerned) == VILNIUS.objections(seat, package, around)
    instructions, situation = VILNIUS.instructions(seat, concerned)
    points = instructions.rounded(instructions.worth(package, situation), beside)
    assert points == VILNIUS.points(seat, package, around)
