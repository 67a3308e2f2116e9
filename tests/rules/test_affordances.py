"""Offered is accepted, greyed is refused with the reason that is shown (rule 9.3)."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as some

from game_rules.affordances import affordances
from game_rules.engine import next_due
from game_rules.memo import Memo
from game_rules.messages import Actor
from game_rules.rejections import CODES
from game_rules.state import GameState
from tests.rules.harness import ACTION_PLAN, FACILITATOR, created, given, in_phase, tabled
from tests.rules.random_games import TABLES, RandomPlay, Wish, answered, play, well_formed

STRICT = created(strict=True)

ALL_ACTS = {
    "start_game", "pause_game", "resume_game", "extend_phase", "advance_phase", "end_game", "open_results",
    "set_policy", "answer_absence", "set_role", "remove_member", "open_poll", "extend_silence", "cancel_silence",
    "put_fallback", "leave_seat",
    "table_draft", "answer_poll", "answer_poll:consent", "take_rung", "take_rung:associate", "break_silence",
    "post_message", "post_message:delegation",
    "post_message:facilitator", "agree_inside", "strike_agreed", "make_promise", "make_promise:will_not_object",
    "make_promise:will_cosponsor", "move_member",
    "open_instructions", "open_trade",
}  # fmt: skip


def every_affordance(state: GameState, by: Actor) -> list[tuple[str, str | None, Any]]:
    """(act, thing it is about, refusal or None), for all the tables."""
    can = affordances(state, by, Memo())
    found: list[tuple[str, str | None, Any]] = [(act, None, refusal) for act, refusal in can["acts"].items()]
    for table in TABLES:
        for thing, acts in can[table].items():  # type: ignore[literal-required]
            found.extend((act, thing, refusal) for act, refusal in acts.items())
    return found


def actors(state: GameState) -> list[Actor]:
    everybody = RandomPlay(0).actors(state)
    gone = [Actor("member", member.id, member.seat) for member in state.members.values() if not member.present]
    return [*everybody, *gone[:1], FACILITATOR] if state.kind == "exercise" else [*everybody, *gone[:1]]


@pytest.mark.rule("9.3")
@settings(max_examples=settings().max_examples // 4)
@over(some.integers(0, 10_000))
def test_what_is_offered_is_accepted_and_what_is_greyed_is_refused_with_the_code_that_is_shown(seed: int) -> None:
    """rule 9.3, for everybody at the table, in any state a game comes through."""
    chance = Random(seed)
    how: dict[str, Any] = {"strict": seed % 3 == 0}
    for step in play(seed, 60, "open" if seed % 2 else "exercise", **how):
        state, at = step.after, step.wish.at
        due = next_due(state)
        if chance.random() > 0.2 or (due is not None and due <= at):
            continue  # what has fallen due happens first; only then is a screen right again
        for by in chance.sample(actors(state), 3):
            for act, thing, refusal in every_affordance(state, by):
                check(state, by, act, thing, refusal, at, chance)


def check(state: GameState, by: Actor, act: str, thing: str | None, refusal: Any, at: int, chance: Random) -> None:
    wish = well_formed(state, by, act, thing, chance, "words")
    if wish is None:
        return  # no arguments to be had: no other package suits the delegation, or nobody is there to be removed
    answer = answered(state, Wish(0, wish, by, at))
    shown = refusal["code"] if refusal else None
    assert answer.refused == shown, f"{wish!r} by {by}: shown {refusal}"
    assert bool(answer.events) is (refusal is None)


def test_every_refusal_that_is_shown_is_a_known_code_with_its_parameters() -> None:
    """style 4: codes are stable strings"""
    for seed in range(6):
        for step in play(seed, 60):
            for _, _, refusal in every_affordance(step.after, actors(step.after)[0]):
                if refusal is not None:
                    code = CODES[refusal["code"]]
                    assert code.parameters == refusal["params"].keys()
                    assert code.rule == refusal["rule"]


def test_a_delegation_is_shown_all_it_could_do() -> None:
    can = affordances(given(in_phase("council_1"), tabled()).state, Actor("member", "m-HUN", "HUN"), Memo())
    assert can["acts"].keys() == ALL_ACTS
    assert can["drafts"].keys() == {"d1"}


def test_a_facilitator_is_not_shown_what_only_delegations_do() -> None:
    can = affordances(given(in_phase("council_1")).state, FACILITATOR, Memo())
    assert not can["acts"].keys() & {"table_draft", "take_rung", "break_silence", "leave_seat"}
    assert can["acts"]["pause_game"] is None


def test_whoever_only_watches_is_offered_nothing() -> None:
    can = affordances(given(in_phase("council_1"), tabled()).state, None, Memo())
    assert not any(can.values())


@pytest.mark.rule("9.3")
def test_no_affordance_hangs_on_what_the_actor_cannot_see() -> None:
    """rule 9.3: a text that crosses others' lines is offered for silence like any other."""
    fine = given(in_phase("council_1"), tabled()).state
    across = given(in_phase("council_1"), tabled("USA", ACTION_PLAN)).state
    chair = Actor("member", "m-SG", "SG")
    assert affordances(fine, chair, Memo())["drafts"]["d1"] == affordances(across, chair, Memo())["drafts"]["d1"]


@pytest.mark.rule("4.8", "9.3")
def test_in_a_strict_game_the_own_lines_grey_a_button_and_nobody_elses() -> None:
    state = given(in_phase("council_1"), tabled("POL", ACTION_PLAN), game=created(strict=True)).state
    hungary = affordances(state, Actor("member", "m-HUN", "HUN"), Memo())["drafts"]["d1"]["cosponsor"]
    assert hungary is not None
    assert hungary["code"] == "strict.own_red_line"
    assert affordances(state, Actor("member", "m-DEU", "DEU"), Memo())["drafts"]["d1"]["cosponsor"] is None


@pytest.mark.rule("4.8", "9.3")
def test_in_a_strict_game_every_yes_across_the_own_lines_is_grey_before_it_is_said_and_no_other_answer_is() -> None:
    floor = given(in_phase("council_1"), tabled("POL", ACTION_PLAN), tabled("HUN", draft="d2"), game=STRICT)
    asked = floor.when("open_poll", by="SG", draft="d1", revision=1, seconds=60).next()
    proposed = asked.when(
        "propose_amendment", by="POL", draft="d2", revision=1, changes={"path": "membership_action_plan"}
    ).next()
    game = proposed.when("open_silence", by="SG", draft="d1", revision=1, seconds=120).state
    hungary = affordances(game, Actor("member", "m-HUN", "HUN"), Memo())
    for tried, yes in (
        (hungary["drafts"]["d1"], "state_position:consent"),
        (hungary["acts"], "answer_poll:consent"),
        (hungary["acts"], "take_rung:associate"),
        (hungary["amendments"]["d2.a1"], "answer_amendment:whole"),
    ):
        refusal = tried[yes]
        assert refusal is not None, yes
        assert refusal["code"] == "strict.own_red_line"
        assert "path_not_acceptable" in refusal["params"]["lines"]
        assert tried[yes.partition(":")[0]] is None
    germany = affordances(game, Actor("member", "m-DEU", "DEU"), Memo())
    assert germany["drafts"]["d1"]["state_position:consent"] is None
    assert germany["acts"]["answer_poll:consent"] is None
    assert germany["acts"]["take_rung:associate"] is None
