"""What the brief says, and that the scenario does it: hurdles, worlds, options, complements, considerations, minimum.

Each row carries the marker of the point it proves; `docs/rules.md` is made from these.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import pytest

from game_rules.conditions import Package
from game_rules.evaluation import Circumstances, Evaluator
from game_rules.scenario import Scenario, SignedComplement

Options: TypeAlias = dict[str, str]
FAST_TRACK = {"path": "fast_track", "perspective": "future_in_nato", "trigger": "on_ceasefire"}
CONDITIONED = {
    "path": "fast_track_with_conditions",
    "perspective": "future_in_nato",
    "trigger": "on_ceasefire",
    "nonforce": "required_if_occupied",
    "reform": "explicit_benchmarked",
    "minority": "eu_aligned",
    "borders": "decide_before_invitation",
}
ACTION_PLAN = {
    "path": "membership_action_plan",
    "perspective": "future_in_nato",
    "trigger": "after_review",
    "reform": "general_review",
    "assurances": "multi_year",
}
PARTNERSHIP = {
    "path": "new_partnership",
    "perspective": "future_in_nato",
    "trigger": "allies_agree",
    "assurances": "multi_year",
}
GROUP = {"path": "bucharest_with_group", "forum": "hlg", "target_date": "hlg_to_propose"}
BARE: Options = {}
"""Each as changes of the status quo, the bare repetition of 2008."""


def package(evaluator: Evaluator, options: Options) -> Package:
    return evaluator.package({**evaluator.scenario.status_quo.options, **options})


def around(*complements: dict[str, Any], world: str = "undecided", deals: tuple[str, ...] = (), **more: Any) -> Any:
    signed = tuple(SignedComplement.model_validate(one) for one in complements)
    return Circumstances(world=world, deals=frozenset(deals), complements=signed, **more)


NOW = around()


# --- hurdles and worries: where they stand, and what clears them


def holders(scenario: Scenario, line: str) -> list[str]:
    return [seat.id for seat in scenario.seats.values() if any(held.id == line for held in seat.red_lines)]


@pytest.mark.rule("4.1", "8.5")
@pytest.mark.parametrize(
    ("line", "across", "where", "clear", "there"),
    [
        pytest.param(
            "no_membership_during_active_conflict",
            {**FAST_TRACK, "trigger": "immediate"},
            NOW,
            FAST_TRACK,
            NOW,
            marks=[pytest.mark.brief("II.B war"), pytest.mark.brief("VI immediate")],
            id="II.B: to join in the war is to be in it",
        ),
        pytest.param(
            "no_membership_during_active_conflict",
            {**FAST_TRACK, "trigger": "immediate"},
            NOW,
            {**FAST_TRACK, "trigger": "immediate"},
            around(world="W3"),
            marks=pytest.mark.brief("II.B war"),
            id="II.B: after a cease-fire that is over",
        ),
        pytest.param(
            "no_accession_while_territory_occupied",
            FAST_TRACK,
            around(world="W3"),
            FAST_TRACK,
            around(world="W1"),
            marks=pytest.mark.brief("II.B occupied"),
            id="II.B: while Russian troops stand there",
        ),
        pytest.param(
            "requires_corruption_progress",
            {**CONDITIONED, "reform": "general_review"},
            NOW,
            CONDITIONED,
            NOW,
            marks=[pytest.mark.brief("II.B corruption"), pytest.mark.brief("III.C.2 corruption")],
            id="II.B: a fast track asks for reforms by name",
        ),
        pytest.param(
            "requires_corruption_progress",
            {**CONDITIONED, "reform": "general_review"},
            NOW,
            {**CONDITIONED, "reform": "general_review"},
            around(deals=("sd_eu_reform_report",)),
            marks=pytest.mark.brief("II.B corruption"),
            id="II.B: a report on progress helps as well",
        ),
        pytest.param(
            "requires_sweden_linkage_resolved",
            ACTION_PLAN,
            NOW,
            ACTION_PLAN,
            around(deals=("sd_tur_swe",)),
            marks=pytest.mark.brief("II.B hold-up"),
            id="II.B: Sweden is held up for reasons of their own",
        ),
        pytest.param(
            "no_low_level_conflict_automaticity",
            {**CONDITIONED, "low_level": "automatic_collective"},
            NOW,
            {**CONDITIONED, "low_level": "calibrated_national"},
            NOW,
            marks=[pytest.mark.brief("III.A each"), pytest.mark.brief("III.B low-level")],
            id="III.A: each ally judges what it deems necessary",
        ),
        pytest.param(
            "no_mandatory_lethal_contribution",
            {**ACTION_PLAN, "assurances": "nato_guarantee"},
            NOW,
            {**ACTION_PLAN, "assurances": "guaranteed_floor"},
            NOW,
            marks=pytest.mark.brief("III.A individually"),
            id="III.A: nobody is obliged to take part",
        ),
        pytest.param(
            "requires_borders_decided_before_invitation",
            {**CONDITIONED, "borders": "defer"},
            NOW,
            CONDITIONED,
            NOW,
            marks=pytest.mark.brief("III.B borders"),
            id="III.B: which borders?",
        ),
        pytest.param(
            "no_recognition_of_occupation",
            {**CONDITIONED, "borders": "define_controlled_line"},
            NOW,
            {**CONDITIONED, "borders": "define_1991"},
            NOW,
            marks=pytest.mark.brief("III.B borders"),
            id="III.B: no claim of Russia's is recognised",
        ),
        pytest.param(
            "requires_nonforce_assurance_if_territory_occupied",
            {**CONDITIONED, "nonforce": "absent"},
            around(world="W3"),
            CONDITIONED,
            around(world="W3"),
            marks=[pytest.mark.brief("III.B force"), pytest.mark.brief("III.C.2 force")],
            id="III.B: would a member retake land by force?",
        ),
        pytest.param(
            "requires_nonforce_assurance_if_territory_occupied",
            {**CONDITIONED, "nonforce": "absent"},
            around(world="W3"),
            {**CONDITIONED, "nonforce": "absent"},
            around(world="W1"),
            marks=pytest.mark.brief("III.B W1"),
            id="III.B: with its land regained the question is gone",
        ),
        pytest.param(
            "nonforce_only_for_real_membership",
            {**ACTION_PLAN, "nonforce": "required_if_occupied"},
            NOW,
            CONDITIONED,
            NOW,
            marks=pytest.mark.brief("III.C.2 force"),
            id="III.C.2: Ukraine gives its word for membership only",
        ),
        pytest.param(
            "no_automatic_invitation",
            FAST_TRACK,
            NOW,
            {**CONDITIONED, "trigger": "allies_agree"},
            NOW,
            marks=pytest.mark.brief("III.C.2 control"),
            id="III.C.2: nations keep control of what follows",
        ),
        pytest.param(
            "requires_minority_rights",
            {**CONDITIONED, "minority": "silent"},
            NOW,
            CONDITIONED,
            NOW,
            marks=pytest.mark.brief("III.C.2 minorities"),
            id="III.C.2: the rights of all minorities",
        ),
        pytest.param(
            "no_unfunded_support_floor",
            {**ACTION_PLAN, "assurances": "guaranteed_floor"},
            NOW,
            {**ACTION_PLAN, "assurances": "multi_year"},
            NOW,
            marks=pytest.mark.brief("III.C.3 support"),
            id="III.C.3: a promise of support that nothing pays for",
        ),
        pytest.param(
            "no_common_funding_of_lethal_aid",
            {**PARTNERSHIP, "common_funding": "common_full"},
            NOW,
            {**PARTNERSHIP, "common_funding": "common_nonlethal"},
            NOW,
            marks=pytest.mark.brief("III.C.4 funding"),
            id="III.C.4: common funding, if possible",
        ),
        pytest.param(
            "no_binding_target_date",
            {**GROUP, "target_date": "calendar_target"},
            NOW,
            GROUP,
            NOW,
            marks=[pytest.mark.brief("III.C.5 date"), pytest.mark.brief("VI date")],
            id="III.C.5: a year binds, a group that proposes one does not",
        ),
        pytest.param(
            "rejects_mere_bucharest_repeat",
            BARE,
            NOW,
            {**GROUP, "perspective": "future_in_nato"},
            NOW,
            marks=pytest.mark.brief("III.C.5 bare"),
            id="III.C.5: a bare repetition, and one with a task",
        ),
        pytest.param(
            "no_constraint_on_ukraine_negotiation",
            {**PARTNERSHIP, "negotiation": "calls_for_talks"},
            NOW,
            {**PARTNERSHIP, "negotiation": "ukraine_decides"},
            NOW,
            marks=pytest.mark.brief("V.5"),
            id="V.5: whether to talk is Ukraine's to decide",
        ),
        pytest.param(
            "requires_explicit_membership_perspective",
            GROUP,
            NOW,
            {**GROUP, "perspective": "future_in_nato"},
            NOW,
            marks=pytest.mark.brief("VI destination"),
            id="VI: more than was said in 2008",
        ),
        pytest.param(
            "no_irreversible_wording",
            {**PARTNERSHIP, "perspective": "irreversible"},
            NOW,
            PARTNERSHIP,
            NOW,
            marks=pytest.mark.brief("VI destination"),
            id="VI: and what is too much for some",
        ),
    ],
)
def test_a_hurdle_stands_where_the_brief_sees_it_and_falls_where_it_is_cleared(
    vilnius: Scenario,
    evaluator: Evaluator,
    line: str,
    across: Options,
    where: Circumstances,
    clear: Options,
    there: Circumstances,
) -> None:
    """Everybody who holds the line objects on the one side; somebody is at ease on the other, and nobody was before."""
    held_by = holders(vilnius, line)
    assert held_by
    assert all(line in evaluator.objections(seat, package(evaluator, across), where) for seat in held_by)
    assert any(line not in evaluator.objections(seat, package(evaluator, clear), there) for seat in held_by)


@pytest.mark.rule("4.1", "8.5")
@pytest.mark.brief("II.B concur")
def test_every_ally_counts_and_one_is_enough(vilnius: Scenario, evaluator: Evaluator) -> None:
    """Each ally has something that it would refuse: an order of paths or a line; none is only a spectator."""
    texts = [
        package(evaluator, {**FAST_TRACK, "trigger": "immediate"}),
        package(evaluator, {**CONDITIONED, "perspective": "irreversible", "low_level": "automatic_collective"}),
        package(evaluator, {**PARTNERSHIP, "common_funding": "common_full", "negotiation": "calls_for_talks"}),
        package(evaluator, {**ACTION_PLAN, "target_date": "calendar_target", "minority": "silent"}),
        package(evaluator, BARE),
    ]
    refusing = {seat for text in texts for seat in evaluator.objectors(text, NOW)}
    assert refusing == set(vilnius.voting_seats)
    assert evaluator.accession_refusals(texts[0], "W3")


@pytest.mark.rule("6.1")
@pytest.mark.brief("II.B hold-up")
def test_two_allies_hold_sweden_up_and_each_has_its_price(quick: Evaluator) -> None:
    text = package(quick, {**ACTION_PLAN, "minority": "eu_aligned"})
    line = "requires_sweden_linkage_resolved"
    for seat, price in (("TUR", "sd_tur_swe"), ("HUN", "sd_hun_swe")):
        assert line in quick.objections(seat, text, NOW)
        assert line not in quick.objections(seat, text, around(deals=(price,)))
    assert line in quick.objections("TUR", text, around(deals=("sd_hun_swe",))), "one price does not pay the other"


# --- the three worlds


@pytest.mark.rule("7.2", "8.2")
@pytest.mark.parametrize(
    ("outcome", "phase", "occupied", "low_level"),
    [
        pytest.param("W1", "ceasefire", False, False, marks=pytest.mark.brief("III.B W1"), id="III.B.1"),
        pytest.param("W2", "low_level", True, True, marks=pytest.mark.brief("III.B W2"), id="III.B.2"),
        pytest.param("W3", "ceasefire", True, False, marks=pytest.mark.brief("III.B W3"), id="III.B.3"),
    ],
)
def test_the_war_can_end_in_three_ways(
    vilnius: Scenario, evaluator: Evaluator, outcome: str, phase: str, occupied: bool, low_level: bool
) -> None:
    world = vilnius.outcome(outcome).world
    assert (world["phase"], world["occupied"], world["low_level"]) == (phase, occupied, low_level)
    assert set(evaluator.chances(package(evaluator, BARE))) == {"W1", "W2", "W3"}


@pytest.mark.rule("8.2")
@pytest.mark.brief("III.C.1 incentive")
def test_a_fast_track_on_a_cease_fire_gives_russia_less_reason_to_stop(evaluator: Evaluator) -> None:
    bare = evaluator.chances(package(evaluator, FAST_TRACK))
    conditioned = evaluator.chances(package(evaluator, {**CONDITIONED, "trigger": "allies_agree"}))
    assert bare["W2"] > conditioned["W2"]
    assert bare["W3"] < conditioned["W3"]


# --- the five options, each with its conditions


@pytest.mark.rule("2.1")
@pytest.mark.parametrize(
    ("option", "without", "rule"),
    [
        pytest.param(
            FAST_TRACK,
            {"nonforce": "required_if_occupied"},
            "V02",
            marks=[pytest.mark.brief("III.C.1"), pytest.mark.brief("III.C.1 no assurance")],
            id="III.C.1: no assurance on force",
        ),
        pytest.param(
            FAST_TRACK,
            {"reform": "explicit_eu"},
            "V02",
            marks=pytest.mark.brief("III.C.1 no assurance"),
            id="III.C.1: no condition",
        ),
        pytest.param(
            CONDITIONED,
            {"nonforce": "absent", "reform": "none", "minority": "silent"},
            "V04",
            marks=pytest.mark.brief("III.C.2"),
            id="III.C.2: conditions drawn up for Ukraine",
        ),
        pytest.param(
            CONDITIONED,
            {"trigger": "after_review"},
            "V03",
            marks=pytest.mark.brief("III.C.2"),
            id="III.C.2: on a cease-fire, not by review",
        ),
        pytest.param(
            ACTION_PLAN,
            {"trigger": "on_ceasefire"},
            "V05",
            marks=[pytest.mark.brief("III.C.3"), pytest.mark.brief("III.C.3 review")],
            id="III.C.3: allies set the pace",
        ),
        pytest.param(
            ACTION_PLAN,
            {"reform": "none"},
            "V05",
            marks=pytest.mark.brief("III.C.3 review"),
            id="III.C.3: progress is reviewed",
        ),
        pytest.param(
            ACTION_PLAN,
            {"assurances": "declaratory"},
            "V05",
            marks=pytest.mark.brief("III.C.3 support"),
            id="III.C.3: with continued support",
        ),
        pytest.param(
            PARTNERSHIP,
            {"assurances": "declaratory"},
            "V06",
            marks=[pytest.mark.brief("III.C.4"), pytest.mark.brief("III.C.4 support")],
            id="III.C.4: it arms, trains and equips",
        ),
        pytest.param(
            PARTNERSHIP,
            {"trigger": "on_ceasefire"},
            "V06",
            marks=pytest.mark.brief("III.C.4"),
            id="III.C.4: members when allies are ready",
        ),
        pytest.param(
            GROUP,
            {"forum": "commission"},
            "V07",
            marks=[pytest.mark.brief("III.C.5"), pytest.mark.brief("III.C.5 group")],
            id="III.C.5: a high-level group",
        ),
        pytest.param(
            GROUP,
            {"target_date": "none"},
            "V07",
            marks=pytest.mark.brief("III.C.5 date"),
            id="III.C.5: with an early date",
        ),
        pytest.param(
            BARE,
            {"trigger": "allies_agree"},
            "V08",
            marks=pytest.mark.brief("III.C.5 bare"),
            id="III.C.5: the bare repetition says nothing new",
        ),
    ],
)
def test_each_way_in_needs_what_the_brief_makes_its_condition(
    evaluator: Evaluator, option: Options, without: Options, rule: str
) -> None:
    assert evaluator.broken_rules(package(evaluator, option)) == ()
    assert rule in [broken.id for broken in evaluator.broken_rules(package(evaluator, {**option, **without}))]


@pytest.mark.rule("2.1")
@pytest.mark.parametrize(
    "condition",
    [
        pytest.param({"nonforce": "required_if_occupied"}, marks=pytest.mark.brief("III.C.2 force"), id="force"),
        pytest.param({"reform": "explicit_eu"}, marks=pytest.mark.brief("III.C.2 corruption"), id="corruption"),
        pytest.param({"reform": "explicit_benchmarked"}, marks=pytest.mark.brief("III.C.2 courts"), id="courts"),
        pytest.param({"minority": "eu_aligned"}, marks=pytest.mark.brief("III.C.2 minorities"), id="minorities"),
    ],
)
def test_each_condition_of_the_second_option_alone_makes_it_one(
    vilnius: Scenario, evaluator: Evaluator, condition: Options
) -> None:
    none = {**CONDITIONED, "nonforce": "absent", "reform": "none", "minority": "silent"}
    assert not evaluator.is_consistent(package(evaluator, none))
    assert evaluator.is_consistent(package(evaluator, {**none, **condition}))
    ((issue, option),) = condition.items()
    chosen = next(o for i in vilnius.issues if i.id == issue for o in i.options if o.id == option)
    assert (chosen.section or "").startswith("III.C.2")


@pytest.mark.brief("III.C.2 courts")
@pytest.mark.brief("III.C.2 force")
def test_the_conditions_say_what_the_brief_asks_of_them(vilnius: Scenario) -> None:
    words = {(i.id, o.id): o.text for i in vilnius.issues for o in i.options}
    for option in ("explicit_eu", "explicit_benchmarked"):
        assert "corruption" in words["reform", option]
        assert "courts" in words["reform", option]
    force = words["nonforce", "required_if_occupied"]
    assert "without resort to arms" in force
    assert "pressure" in force, "allies go on pressing Russia"
    assert "defend itself" in force, "self-defence is untouched"


@pytest.mark.rule("2.1")
@pytest.mark.brief("III.B later")
@pytest.mark.parametrize("path", [CONDITIONED, ACTION_PLAN, PARTNERSHIP, GROUP], ids=lambda path: path["path"])
def test_borders_and_fire_across_the_line_may_be_left_for_later(evaluator: Evaluator, path: Options) -> None:
    later = {**path, "borders": "defer", "low_level": "silent", "nonforce": "deferred"}
    assert evaluator.is_consistent(package(evaluator, later))


# --- complements


@pytest.mark.rule("6.5", "8.10")
@pytest.mark.parametrize(
    ("entry", "but_for", "score"),
    [
        pytest.param(
            {"name": "contact_group_permanent", "signers": ["ALL"]},
            "USA",
            "S1",
            marks=pytest.mark.brief("IV.A.1"),
            id="IV.A.1: the Contact Group",
        ),
        pytest.param(
            {"name": "core_group", "signers": ["USA", "GBR", "FRA", "DEU", "POL"]},
            "GBR",
            "S4",
            marks=[pytest.mark.brief("IV.A.2"), pytest.mark.brief("III.A individually")],
            id="IV.A.2: a core group",
        ),
        pytest.param(
            {"name": "tra_language", "signers": ["USA", "GBR", "FRA", "DEU", "POL"], "congress": True},
            "USA",
            "S4",
            marks=pytest.mark.brief("IV.A.3"),
            id="IV.A.3: the United States takes the first step",
        ),
        pytest.param(
            {"name": "eu_accelerated", "signers": ["EU MEMBERS"]},
            "EU",
            "S4",
            marks=pytest.mark.brief("IV.A.4"),
            id="IV.A.4: the Union and its members",
        ),
        pytest.param(
            {"name": "us_concurrent_resolution", "signers": ["USA"], "congress": True},
            "USA",
            "S3",
            marks=pytest.mark.brief("IV.B.1"),
            id="IV.B.1: Congress resolves",
        ),
        pytest.param(
            {"name": "us_mnna", "signers": ["USA"]},
            "USA",
            "S4",
            marks=pytest.mark.brief("IV.B.2"),
            id="IV.B.2: a designation",
        ),
        pytest.param(
            {"name": "israel_model", "mode": "bilateral", "signers": ["USA", "UKR"]},
            "UKR",
            "S4",
            marks=pytest.mark.brief("IV.C"),
            id="IV.C: between two",
        ),
        pytest.param(
            {"name": "israel_model", "mode": "multilateral", "signers": ["USA", "UKR", "GBR", "FRA", "DEU", "POL"]},
            "USA",
            "S4",
            marks=pytest.mark.brief("IV.C"),
            id="IV.C: between several",
        ),
    ],
)
def test_each_complement_needs_its_signatures_and_then_helps(
    vilnius: Scenario, evaluator: Evaluator, entry: dict[str, Any], but_for: str, score: str
) -> None:
    """Whatever becomes of the text: it is judged beside the bare repetition too."""
    groups = {
        "ALL": list(vilnius.voting_seats),
        "EU MEMBERS": [seat.id for seat in vilnius.seats.values() if seat.facts.eu_member] + ["EU"],
    }
    signers = [seat for name in entry["signers"] for seat in groups.get(name, [name])]
    whole = {**entry, "signers": signers}
    short = {**entry, "signers": [seat for seat in signers if seat != but_for]}
    assert evaluator.complements_in_force(around(whole)).keys() == {entry["name"]}
    assert evaluator.complements_in_force(around(short)) == {}
    text = package(evaluator, BARE)
    assert evaluator.scores(text, around(whole))[score].value > evaluator.scores(text, NOW)[score].value


@pytest.mark.brief("IV.A.3")
@pytest.mark.brief("IV.B.1")
@pytest.mark.rule("6.5")
@pytest.mark.parametrize("complement", ["tra_language", "us_concurrent_resolution"])
def test_what_needs_congress_is_hard_to_get(vilnius: Scenario, evaluator: Evaluator, complement: str) -> None:
    refused = {"name": complement, "signers": list(vilnius.voting_seats), "congress": False}
    assert evaluator.complements_in_force(around(refused)) == {}


# --- the six considerations

LAWS = {"name": "tra_language", "signers": ["USA", "GBR", "FRA", "DEU", "POL", "ITA", "CAN", "NLD"], "congress": True}
MNNA = {"name": "us_mnna", "signers": ["USA"]}


@pytest.mark.rule("8.10")
@pytest.mark.parametrize(
    ("score", "better", "than"),
    [
        pytest.param(
            "S1",
            (PARTNERSHIP, around(LAWS)),
            (PARTNERSHIP, around(MNNA)),
            marks=[pytest.mark.brief("V.1"), pytest.mark.brief("VI multilateral")],
            id="V.1: several nations beat one",
        ),
        pytest.param("S1", (PARTNERSHIP, NOW), (BARE, NOW), marks=pytest.mark.brief("V.1"), id="V.1: a real step"),
        pytest.param(
            "S2",
            (CONDITIONED, NOW),
            ({**FAST_TRACK, "trigger": "immediate"}, NOW),
            marks=[pytest.mark.brief("V.2"), pytest.mark.brief("VI immediate")],
            id="V.2: joining in the war would not succeed",
        ),
        pytest.param("S2", (ACTION_PLAN, NOW), (BARE, NOW), marks=pytest.mark.brief("V.2"), id="V.2: a next step"),
        pytest.param(
            "S3",
            ({**PARTNERSHIP, "assurances": "guaranteed_floor"}, NOW),
            (PARTNERSHIP, NOW),
            marks=pytest.mark.brief("V.3"),
            id="V.3: a floor for years outlasts",
        ),
        pytest.param(
            "S4",
            (CONDITIONED, around(world="W3")),
            ({**CONDITIONED, "nonforce": "absent"}, around(world="W3")),
            marks=pytest.mark.brief("V.4"),
            id="V.4: no war over occupied land",
        ),
        pytest.param(
            "S5",
            ({**PARTNERSHIP, "negotiation": "ukraine_decides"}, NOW),
            ({**PARTNERSHIP, "negotiation": "calls_for_talks"}, NOW),
            marks=pytest.mark.brief("V.5"),
            id="V.5: Kyiv decides on talks",
        ),
        pytest.param(
            "S6",
            ({**PARTNERSHIP, "common_funding": "voluntary_fund"}, NOW),
            (PARTNERSHIP, NOW),
            marks=pytest.mark.brief("V.6"),
            id="V.6: a fund",
        ),
    ],
)
def test_a_consideration_prefers_what_the_brief_prefers(
    evaluator: Evaluator, score: str, better: tuple[Options, Circumstances], than: tuple[Options, Circumstances]
) -> None:
    (more, there), (less, here) = better, than
    assert (
        evaluator.scores(package(evaluator, more), there)[score].value
        > evaluator.scores(package(evaluator, less), here)[score].value
    )


@pytest.mark.rule("4.3", "8.10")
@pytest.mark.brief("VI undivided")
def test_a_divided_summit_costs_cohesion(evaluator: Evaluator) -> None:
    text = package(evaluator, PARTNERSHIP)
    whole = evaluator.figure("cohesion", text, NOW).value
    assert whole - evaluator.figure("cohesion", text, around(breaks=1)).value == 8
    assert whole - evaluator.figure("cohesion", text, around(footnotes=1)).value == 3
    assert whole - evaluator.figure("cohesion", text, around(statements=1)).value == 1


# --- the minimum, and the marks beside it


@pytest.mark.rule("8.10")
@pytest.mark.brief("VI minimum")
@pytest.mark.parametrize(
    ("options", "grade"),
    [
        (ACTION_PLAN, "met"),
        (CONDITIONED, "below"),
        ({**CONDITIONED, "assurances": "multi_year"}, "met"),
        (GROUP, "below"),
        (BARE, "below"),
    ],
    ids=["a plan with support", "conditions without support", "conditions with support", "a group", "nothing new"],
)
def test_the_minimum_is_an_action_plan_or_its_equal_with_support(
    evaluator: Evaluator, options: Options, grade: str
) -> None:
    assert evaluator.benchmark(package(evaluator, options), NOW) == grade


@pytest.mark.rule("8.10")
@pytest.mark.parametrize(
    ("mark", "given", "without"),
    [
        pytest.param("path", ACTION_PLAN, PARTNERSHIP, marks=pytest.mark.brief("VI minimum")),
        pytest.param(
            "support",
            ACTION_PLAN,
            {**ACTION_PLAN, "assurances": "declaratory"},
            marks=pytest.mark.brief("VI minimum"),
        ),
        pytest.param("perspective", ACTION_PLAN, BARE, marks=pytest.mark.brief("VI destination")),
        pytest.param(
            "date", {**ACTION_PLAN, "target_date": "relative_target"}, ACTION_PLAN, marks=pytest.mark.brief("VI date")
        ),
        pytest.param(
            "planning", {**ACTION_PLAN, "planning": "tasked"}, ACTION_PLAN, marks=pytest.mark.brief("VI planning")
        ),
        pytest.param("borders", CONDITIONED, ACTION_PLAN, marks=pytest.mark.brief("VI borders")),
        pytest.param(
            "low_level",
            {**ACTION_PLAN, "low_level": "task_options"},
            ACTION_PLAN,
            marks=pytest.mark.brief("VI borders"),
        ),
    ],
)
def test_a_mark_is_given_for_what_the_brief_recommends(
    evaluator: Evaluator, mark: str, given: Options, without: Options
) -> None:
    assert evaluator.checklist(package(evaluator, given), NOW)[mark] is True
    assert evaluator.checklist(package(evaluator, without), NOW)[mark] is False


@pytest.mark.rule("8.10")
@pytest.mark.brief("VI multilateral")
def test_the_mark_for_a_commitment_beside_the_alliance_wants_several_nations(evaluator: Evaluator) -> None:
    text = package(evaluator, ACTION_PLAN)
    assert evaluator.checklist(text, around(LAWS))["multilateral"] is True
    assert evaluator.checklist(text, around(MNNA))["multilateral"] is False
