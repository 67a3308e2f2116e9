"""The world outside the room: what news move of it, and how it goes on after the summit (rules 7.2, 8.2 to 8.6)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.procedures.ending import OutcomeReached
from game_rules.procedures.injects import EffectsApplied
from game_rules.procedures.standing import circumstances
from game_rules.view import SPECTATOR, view
from game_rules.view.shape import OutcomeView
from tests.rules.harness import Answer, Given, created, given, in_phase, package, rules, summit
from tests.rules.test_complements import signed
from tests.rules.test_ending import adopted, outcome

WORLDS = ("W1", "W2", "W3")
FAST_TRACK = package(
    path="fast_track_with_conditions", trigger="on_ceasefire", nonforce="required_if_occupied", reform="explicit_eu"
)


def over(*history: Any, **how: Any) -> Answer:
    return given(history, game=created(**how)).when("advance_clock", by="timer")


def pages(answer: Answer) -> OutcomeView:
    shown = view(answer.state, SPECTATOR)["public"]["outcome"]
    assert shown is not None
    return shown


def after(inject: str) -> Given:
    return given(in_phase("council_1")).when("fire_inject", by="facilitator", inject=inject).next()


# --- moved by news


@pytest.mark.rule("7.2")
def test_the_war_has_a_state_that_everybody_reads() -> None:
    """brief III.B"""
    world = view(given().state, SPECTATOR)["public"]["world"]
    assert world["title"] == "The war goes on"
    assert {one["id"]: one["value"] for one in world["variables"]} == {
        "phase": "active",
        "occupied": True,
        "low_level": False,
    }


@pytest.mark.rule("7.2")
@pytest.mark.parametrize(
    ("inject", "values"),
    [
        pytest.param("EV_W1", ("ceasefire", False, False), id="III.B: land regained"),
        pytest.param("EV_W2", ("low_level", True, True), id="III.B: a war that goes on low"),
        pytest.param("EV_W3", ("ceasefire", True, False), id="III.B: a line across Ukraine"),
    ],
)
def test_news_can_tell_how_the_war_ended(inject: str, values: tuple[Any, ...]) -> None:
    world = view(after(inject).state, SPECTATOR)["public"]["world"]
    assert tuple(one["value"] for one in world["variables"]) == values
    assert world["story"] == summit().outcome(inject.removeprefix("EV_")).story


@pytest.mark.rule("7.2")
def test_red_lines_look_at_the_world() -> None:
    """brief II.B: no membership during active conflict; once it is over the line is not crossed."""
    join_now = package(path="fast_track", trigger="immediate", nonforce="absent", reform="none", minority="silent")

    def crossed(game: Given) -> bool:
        state = game.state
        lines = state.evaluator.objections("USA", join_now, circumstances(state, "USA"))
        return "no_membership_during_active_conflict" in lines

    assert crossed(given(in_phase("council_1")))
    assert not crossed(after("EV_W1"))


@pytest.mark.rule("7.2")
def test_one_variable_can_be_moved_alone() -> None:
    """events, W1b: pockets remain."""
    pockets: dict[str, Any] = {"effects": [{"kind": "world", "variable": "occupied", "value": True}]}
    game = after("EV_W1").when("write_inject", by="facilitator", title="t", news="n", **pockets)
    answer = game.next().when("fire_inject", by="facilitator", inject="own.1")
    world = view(answer.state, SPECTATOR)["public"]["world"]
    assert [one["value"] for one in world["variables"]] == ["ceasefire", True, False]


# --- how it goes on


@pytest.mark.rule("8.2")
@pytest.mark.parametrize("world", WORLDS)
def test_an_ending_that_news_have_told_is_not_drawn_again(world: str) -> None:
    for number in range(4):
        game = given(adopted(), game=created(seed=f"seed {number}"))
        told = game.when("fire_inject", by="facilitator", inject=f"EV_{world}").next()
        reached = outcome(told.when("advance_clock", by="timer"))
        assert reached.world == world
        assert reached.figures["chances"] == {one: 300 if one == world else 0 for one in WORLDS}


@pytest.mark.rule("8.2")
@pytest.mark.parametrize(
    ("text", "signers", "chances"),
    [
        pytest.param(package(assurances="declaratory"), (), (100, 100, 100), id="III.B: a third each"),
        pytest.param(package(assurances="multi_year"), (), (115, 85, 100), id="III.B: +5 points for weapons promised"),
        pytest.param(package(assurances="guaranteed_floor"), (), (130, 70, 100), id="III.B: +5 more for a floor"),
        pytest.param(
            package(assurances="multi_year"), ("USA", "FRA", "POL"), (130, 70, 100), id="IV.A.2: +5 for a core group"
        ),
        pytest.param(
            FAST_TRACK, (), (115, 100, 85), id="III.C.2: -5 from a cease-fire, as Moscow gains by not stopping"
        ),
    ],
)
def test_the_chances_shift_with_what_was_agreed(
    text: Any, signers: tuple[str, ...], chances: tuple[int, int, int]
) -> None:
    figures = outcome(over(adopted(text, [signed(seat, "core_group") for seat in signers]))).figures
    assert tuple(figures["chances"].values()) == chances


@pytest.mark.rule("8.3")
@pytest.mark.parametrize(
    ("trigger", "answers"),
    [
        pytest.param("on_ceasefire", ("yes", "no", "yes"), id="III.C.2: the cease-fire brings it"),
        pytest.param("invite_now", ("yes", "open", "yes"), id="Kyiv's ask: entry after the war"),
        pytest.param("allies_agree", ("open", "open", "open"), id="history: when allies agree"),
        pytest.param("after_review", ("open", "open", "open"), id="III.C.3: after the review"),
        pytest.param("unspecified", ("no", "no", "no"), id="III.C.5: no trigger"),
    ],
)
def test_whether_the_trigger_is_reached_is_asked_in_each_world(trigger: str, answers: tuple[str, ...]) -> None:
    worlds = pages(over(adopted(package(trigger=trigger))))["worlds"]
    assert tuple(answered(worlds, world)["trigger"] for world in WORLDS) == answers


@pytest.mark.rule("8.3")
def test_without_a_text_no_trigger_can_be_reached() -> None:
    worlds = pages(given(in_phase("council_1")).when("end_game", by="facilitator"))["worlds"]
    assert {answered(worlds, world)["trigger"] for world in WORLDS} == {"no"}


@pytest.mark.rule("8.4")
@pytest.mark.parametrize(
    ("changes", "question", "answers"),
    [
        pytest.param({"borders": "defer"}, "borders", ("yes", "no", "no"), id="III.B: left open"),
        pytest.param(
            {"borders": "decide_before_invitation"}, "borders", ("yes", "open", "open"), id="VI: first of all"
        ),
        pytest.param({"borders": "define_1991"}, "borders", ("yes", "yes", "yes"), id="III.B: defined"),
        pytest.param({"low_level": "silent"}, "low_level", ("yes", "no", "no"), id="III.A: nothing said"),
        pytest.param({"low_level": "task_options"}, "low_level", ("yes", "open", "open"), id="VI: options studied"),
        pytest.param({"low_level": "calibrated_national"}, "low_level", ("yes", "yes", "yes"), id="III.A: calibrated"),
        pytest.param({"nonforce": "required_if_occupied"}, "force", ("yes", "yes", "yes"), id="III.B: other means"),
        pytest.param({"nonforce": "absent"}, "force", ("yes", "no", "no"), id="III.B: every option kept"),
    ],
)
def test_borders_and_low_level_conflict_are_asked_in_each_world(
    changes: dict[str, str], question: str, answers: tuple[str, ...]
) -> None:
    worlds = pages(over(adopted(package(**changes))))["worlds"]
    assert tuple(answered(worlds, world)[question] for world in WORLDS) == answers


def answered(worlds: Any, world: str) -> dict[str, str]:
    return {question["id"]: question["answer"] for question in worlds[world]["questions"]}


@pytest.mark.rule("8.5")
def test_every_ally_of_the_scenario_is_asked_whether_it_sits_here_or_not() -> None:
    """brief II.B: 31 allies, and the reasons of those that refuse."""
    history = tuple(summit().history.options[issue] for issue in rules().issues)
    shown = pages(over(adopted(history)))
    assert {world: len(shown["worlds"][world]["refusals"]) for world in WORLDS} == {"W1": 0, "W2": 27, "W3": 6}
    for world in WORLDS:
        there = shown["worlds"][world]
        assert sorted([*there["ratified"], *there["refusals"]]) == sorted(summit().voting_seats)
        assert len(summit().voting_seats) == 31
        assert all(reason in shown["titles"] for reasons in there["refusals"].values() for reason in reasons)


@pytest.mark.rule("8.5")
def test_side_deals_do_not_count_at_accession() -> None:
    """Hungary's minority line is lifted by a deal at the table, and stands in its parliament."""
    text = package(path="fast_track_with_conditions", trigger="on_ceasefire", reform="explicit_eu", minority="silent")
    flagged = given(adopted(text))
    deal = flagged.when("offer_deals", by="HUN", deals=["sd_ukr_minority_law"]).next()
    (offer,) = deal.state.offers
    in_force = deal.when("sign_offer", by="UKR", offer=offer).next()
    assert "sd_ukr_minority_law" in in_force.state.deals
    before = outcome(flagged.when("advance_clock", by="timer")).figures["worlds"]
    afterwards = outcome(in_force.when("advance_clock", by="timer")).figures["worlds"]
    refusing = [worlds["W1"]["refusals"].get("HUN") for worlds in (before, afterwards)]
    assert refusing[0] == refusing[1] == ["requires_minority_rights"]


@pytest.mark.rule("8.5")
def test_an_instruction_that_a_capital_changed_counts_at_accession() -> None:
    scandal = given(adopted(FAST_TRACK)).when("fire_inject", by="facilitator", inject="EV_X_CORRUPTION").next()
    lines = scandal.state.evaluator.instructed("CAN", circumstances(scandal.state)).red_lines
    assert "requires_corruption_progress" in [line.id for line in lines]
    weak = given(adopted(package(path="new_partnership", reform="none"))).state
    assert weak.evaluator.accession_refusals(weak.adopted.package, "W1", circumstances(weak)).get("CAN") is None  # type: ignore[union-attr]
    told = given(adopted(package(path="new_partnership", reform="none")))
    told = told.when("fire_inject", by="facilitator", inject="EV_X_CORRUPTION").next()
    refusals = outcome(told.when("advance_clock", by="timer")).figures["worlds"]["W1"]["refusals"]
    assert refusals["CAN"] == ["requires_corruption_progress"]


@pytest.mark.rule("8.5")
def test_in_a_deadlock_nobody_is_asked() -> None:
    worlds = pages(given(in_phase("council_1")).when("end_game", by="facilitator"))["worlds"]
    for world in WORLDS:
        assert (worlds[world]["refusals"], worlds[world]["ratified"]) == ({}, [])
        assert "No accession was put to any parliament; there were no terms to ratify." in worlds[world]["page"]


# --- told


@pytest.mark.rule("8.6")
def test_the_story_is_a_page_in_the_scenarios_words() -> None:
    shown = pages(over(adopted(FAST_TRACK, [signed("UKR", "israel_model", "bilateral")])))
    for world in WORLDS:
        page = shown["worlds"][world]["page"]
        assert page[0].startswith("At Vilnius the allies put the action plan aside")
        assert page[2] == summit().outcome(world).story
        assert page[3] == " ".join(question["sentence"] for question in shown["worlds"][world]["questions"])
        words = sum(len(paragraph.split()) for paragraph in page)
        assert 90 < words < 450, "a page"
    assert len({tuple(shown["worlds"][world]["page"]) for world in WORLDS}) == 3
    assert "would not ratify: Hungary" in " ".join(shown["worlds"]["W2"]["page"])


@pytest.mark.rule("8.6")
def test_the_chances_over_all_endings_stand_beside_the_one_drawn() -> None:
    shown = pages(over(adopted(FAST_TRACK)))
    prospects, chances = shown["prospects"], {world: shown["worlds"][world]["chance"] for world in WORLDS}
    assert prospects["answers"]["trigger"] == {"yes": (115 + 85) * 100 // 300, "no": 100 * 100 // 300}
    assert prospects["ratifies"].keys() == set(summit().voting_seats)
    assert prospects["ratifies"]["HUN"] <= prospects["ratifies"]["POL"] == 100
    assert prospects["all_ratify"] <= min(prospects["ratifies"].values())
    means = [shown["worlds"][world]["mean"] for world in WORLDS]
    assert min(means) <= prospects["mean"] <= max(means)
    assert sum(chances.values()) in range(98, 101)


@pytest.mark.rule("8.2", "8.6")
def test_the_page_does_not_hang_on_the_draw() -> None:
    drawn = [pages(over(adopted(), seed=f"seed {number}")) for number in range(12)]
    assert len({one["world"] for one in drawn}) == 3
    assert len({str(one["worlds"]) for one in drawn}) == 1


@pytest.mark.rule("7.2")
def test_after_the_outcome_the_world_is_the_one_that_was_drawn() -> None:
    answer = over(adopted())
    world = view(answer.state, SPECTATOR)["public"]["world"]
    assert world["title"] == summit().outcome(outcome(answer).world).title


# --- news of the aftermath


@pytest.mark.rule("7.3", "8.10")
def test_what_counts_comes_before_the_figures_and_the_rest_after() -> None:
    """events: the first Council is worth ten points of Kyiv's own judgment."""
    played = over(adopted(), scenario=summit())
    come = [event.inject for event in played.events if isinstance(event, EffectsApplied)]
    place = [isinstance(event, OutcomeReached) for event in played.events].index(True)
    before = [event.inject for event in played.events[:place] if isinstance(event, EffectsApplied)]
    assert [inject for inject in before if inject in ("EV_NUC", "EV_SRES")] == ["EV_NUC", "EV_SRES"]
    assert {"EV_G7", "EV_WALLACE", "EV_PUTIN", "EV_GRAIN"} <= set(come) - set(before)
    quiet = outcome(over(adopted())).figures["figures"]["legitimacy"]["value"]
    assert outcome(played).figures["figures"]["legitimacy"]["value"] == pytest.approx(quiet + 10)


@pytest.mark.rule("7.3")
def test_without_a_council_there_is_no_first_meeting_of_one() -> None:
    played = given(in_phase("council_1"), game=created(scenario=summit())).when("end_game", by="facilitator")
    come = [event.inject for event in played.events if isinstance(event, EffectsApplied)]
    assert "EV_NUC" not in come
    assert "EV_G7" in come
