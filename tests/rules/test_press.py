"""The press sees what is public and publishes dispatches; a spectator only watches (rule 1.1)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.messages import Actor
from game_rules.procedures.press import PressAdmitted
from game_rules.procedures.talk import MessagePosted
from game_rules.view import PROJECTOR, SPECTATOR, press_viewer, view
from tests.rules.harness import given, in_phase, tabled

REPORTER = Actor("press", "p-1")
ADMITTED = PressAdmitted(press="p-1", name="name-of-the-reporter")
FLOOR = (*in_phase("council_1"), tabled())
SECRET_TALK = MessagePosted(room="HUN+USA", seats=("HUN", "USA"), seat="HUN", member="m-HUN", text="t1")

pytestmark = pytest.mark.rule("1.1")


def test_the_server_admits_the_press_under_a_name() -> None:
    given(FLOOR).when("admit_press", by="server", press="p-1", name="name-of-the-reporter").then(ADMITTED)


@pytest.mark.parametrize(
    ("by", "history", "code"),
    [
        pytest.param("server", (*FLOOR, ADMITTED), "press.known", id="twice"),
        pytest.param("facilitator", FLOOR, "game.server_only", id="by somebody else"),
        pytest.param(REPORTER, FLOOR, "game.server_only", id="by itself"),
    ],
)
def test_who_is_not_admitted(by: str | Actor, history: object, code: str) -> None:
    given(history).when("admit_press", by=by, press="p-1", name="n").rejected(code)


@pytest.mark.rule("1.1", "5.1")
def test_the_press_publishes_dispatches_that_everybody_reads() -> None:
    answer = given(FLOOR, ADMITTED).when("post_message", by=REPORTER, room="dispatches", text="t1")
    answer.then(MessagePosted(room="dispatches", seats=None, seat=None, member="p-1", text="t1"))
    public = view(answer.state, PROJECTOR)["public"]
    assert public["rooms"]["dispatches"]["messages"][-1]["member"] == "p-1"
    assert public["press"] == {"p-1": {"name": "name-of-the-reporter"}}


@pytest.mark.parametrize("room", ["plenary", "delegation", "facilitator", "HUN+USA", "facilitator:HUN"])
def test_the_press_speaks_nowhere_else(room: str) -> None:
    given(FLOOR, ADMITTED).when("post_message", by=REPORTER, room=room, text="t1").rejected("room.not_yours")


def test_nobody_publishes_without_a_name() -> None:
    given(FLOOR).when("post_message", by=REPORTER, room="dispatches", text="t1").rejected("press.no_name")


@pytest.mark.parametrize(
    "wish",
    [
        {"type": "cosponsor", "draft": "d1", "revision": 1},
        {"type": "table_draft", "package": {}},
        {"type": "pause_game"},
        {"type": "leave_seat"},
        {"type": "take_place", "seat": "HUN"},
        {"type": "end_game"},
    ],
    ids=lambda wish: wish["type"],
)
def test_the_press_takes_no_part(wish: dict[str, Any]) -> None:
    fields = {name: value for name, value in wish.items() if name != "type"}
    refused = given(FLOOR, ADMITTED).when(str(wish["type"]), by=REPORTER, **fields).refusal
    assert refused is not None
    assert refused.code.name in ("seat.not_seated", "game.facilitator_only")


@pytest.mark.rule("1.1", "9.1")
def test_the_press_and_spectators_see_what_is_public_and_nothing_else() -> None:
    state = given(FLOOR, ADMITTED, SECRET_TALK).state
    for eyes in (press_viewer("p-1"), SPECTATOR):
        seen = view(state, eyes)
        private = seen["private"]
        assert seen["public"] == view(state, PROJECTOR)["public"]
        for part in ("brief", "us", "table", "trade", "facilitation"):
            assert private[part] is None, part
        assert not private["rooms"]
        assert not private["record"]
        assert not private["confessionals"]


def test_the_press_is_offered_its_dispatches_and_a_spectator_nothing() -> None:
    state = given(FLOOR, ADMITTED).state
    assert view(state, press_viewer("p-1"))["private"]["can"]["acts"] == {"post_message": None}
    assert view(state, press_viewer("p-1"))["private"]["you"]["member"] == "p-1"  # its own dispatches are known by it
    unnamed = view(state, press_viewer("p-2"))["private"]["can"]["acts"]["post_message"]
    assert unnamed is not None
    assert unnamed["code"] == "press.no_name"
    assert view(state, SPECTATOR)["private"]["can"]["acts"] == {}
