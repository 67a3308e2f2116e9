"""What a facilitator does for a seat: take its place, move its people, grant it time (section 10)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules import affordances
from game_rules.engine import COMMANDS
from game_rules.messages import Actor
from game_rules.procedures.clock import GameResumed, PhaseExtended
from game_rules.procedures.facilitation import TOOLS, PlaceLeft, PlaceTaken, TimeGranted, in_whose_name
from game_rules.procedures.seating import AbsenceAsked, MemberMoved, SeatRetaken, SeatVacated
from game_rules.procedures.silence import RungTaken, SilenceExtended
from game_rules.procedures.talk import MessagePosted
from game_rules.state import GameState
from game_rules.view import facilitator_viewer, member_viewer, view
from tests.rules.harness import (
    DEADLINE,
    FACILITATOR,
    MINUTE,
    NOON,
    At,
    actor,
    at,
    created,
    given,
    in_phase,
    seated,
    tabled,
    under_silence,
)

IN_HUNGARYS_PLACE = Actor("facilitator", FACILITATOR.id, "HUN")
HUNGARY_IS_GONE = SeatVacated(seat="HUN", stand_in="deputy")
IN_PLACE = (HUNGARY_IS_GONE, PlaceTaken(seat="HUN", facilitator=FACILITATOR.id))
FLOOR = (*in_phase("council_1"), tabled())

pytestmark = pytest.mark.rule("10")


# --- taking a place


def test_a_facilitator_takes_the_place_of_a_seat_that_nobody_plays() -> None:
    answer = given(FLOOR, HUNGARY_IS_GONE).when("take_place", by="facilitator", seat="HUN")
    answer.then(PlaceTaken(seat="HUN", facilitator=FACILITATOR.id))
    assert answer.state.player("HUN") == "facilitator"


@pytest.mark.parametrize(
    ("by", "history", "seat", "code"),
    [
        pytest.param("facilitator", FLOOR, "HUN", "place.has_people", id="somebody sits there"),
        pytest.param("facilitator", FLOOR, "XYZ", "seat.unknown", id="no such seat"),
        pytest.param("facilitator", (*FLOOR, *IN_PLACE), "HUN", "place.taken_already", id="already there"),
        pytest.param("USA", (*FLOOR, HUNGARY_IS_GONE), "HUN", "game.facilitator_only", id="a delegate"),
        pytest.param("SG", (*FLOOR, HUNGARY_IS_GONE), "HUN", "game.facilitator_only", id="the chair"),
        pytest.param("facilitator", (*in_phase("lobby", None), HUNGARY_IS_GONE), "HUN", None, id="in the lobby"),
    ],
)
def test_whose_place_may_be_taken(by: str, history: tuple[object, ...], seat: str, code: str | None) -> None:
    given(history).when("take_place", by=by, seat=seat).decided(code)


def test_whoever_takes_another_place_leaves_the_first() -> None:
    given(FLOOR, IN_PLACE, SeatVacated(seat="TUR", stand_in="bot")).when(
        "take_place", by="facilitator", seat="TUR"
    ).then(PlaceLeft(seat="HUN"), PlaceTaken(seat="TUR", facilitator=FACILITATOR.id))


def test_a_place_is_left_to_its_stand_in() -> None:
    answer = given(FLOOR, IN_PLACE).when("leave_place", by="facilitator")
    answer.then(PlaceLeft(seat="HUN"))
    assert answer.state.player("HUN") == "deputy"


def test_nobody_leaves_a_place_that_was_not_taken() -> None:
    given(FLOOR).when("leave_place", by="facilitator").rejected("place.not_taken")


@pytest.mark.rule("10", "1.3")
def test_in_a_place_the_facilitator_acts_in_the_seats_name() -> None:
    answer = given(FLOOR, under_silence(), IN_PLACE).when(
        "take_rung", by=IN_HUNGARYS_PLACE, draft="d1", revision=1, rung="associate"
    )
    answer.then(RungTaken(seat="HUN", rung="associate"))
    record = view(answer.state, facilitator_viewer("another"))["public"]["record"][-1]
    assert (record["by"], record["member"], record["stand_in"]) == ("HUN", None, False)


def test_without_the_place_the_facilitator_acts_for_nobody() -> None:
    refused = given(FLOOR, under_silence(), HUNGARY_IS_GONE)
    for by in (FACILITATOR, IN_HUNGARYS_PLACE, Actor("facilitator", "another", "HUN")):
        refused.when("take_rung", by=by, draft="d1", revision=1, rung="associate").rejected("seat.not_seated")


@pytest.mark.rule("10", "1.6")
def test_a_stand_in_rests_while_the_facilitator_plays() -> None:
    given(FLOOR, under_silence(), IN_PLACE).when(
        "break_silence", by="deputy:HUN", draft="d1", revision=1, issues=["path"], reason="r", lift="l"
    ).rejected("seat.not_vacant")


@pytest.mark.rule("10", "1.5")
def test_people_who_return_have_their_seat_back_at_once() -> None:
    answer = given(FLOOR, IN_PLACE).when("return_to_seat", by="server", member="m-HUN")
    answer.then(SeatRetaken(seat="HUN", member="m-HUN"))
    assert answer.state.player("HUN") == "people"
    assert not answer.state.places
    again = answer.next(HUNGARY_IS_GONE)
    assert again.state.player("HUN") == "deputy", "the facilitator does not slip in again"


@pytest.mark.rule("10", "1.7")
def test_a_place_whose_facilitator_is_gone_is_the_stand_ins_again() -> None:
    given(FLOOR, IN_PLACE).when("declare_vacant", by="server", seat="HUN").then(PlaceLeft(seat="HUN"))


@pytest.mark.rule("10", "1.6")
def test_taking_the_place_answers_what_the_clock_stands_still_for() -> None:
    asked = (*FLOOR, HUNGARY_IS_GONE, AbsenceAsked(seat="HUN", until=NOON + 2 * MINUTE))
    given(asked).when("take_place", by="facilitator", at=NOON + MINUTE, seat="HUN").then(
        PlaceTaken(seat="HUN", facilitator=FACILITATOR.id), GameResumed(shift=MINUTE)
    )


@pytest.mark.parametrize(
    ("wish", "seat"),
    [
        pytest.param({"type": "cosponsor", "draft": "d1", "revision": 1}, "HUN", id="an act of the seat"),
        pytest.param({"type": "post_message", "room": "plenary", "text": "t"}, "HUN", id="speaking in the plenary"),
        pytest.param({"type": "post_message", "room": "delegation", "text": "t"}, "HUN", id="the delegation's room"),
        pytest.param({"type": "post_message", "room": "dispatches", "text": "t"}, None, id="announcing"),
        pytest.param({"type": "post_message", "room": "facilitator:POL", "text": "t"}, None, id="talking to one seat"),
        pytest.param({"type": "pause_game"}, None, id="pausing"),
        pytest.param({"type": "leave_place"}, None, id="leaving the place"),
    ],
)
def test_which_of_a_facilitators_acts_are_the_seats(wish: dict[str, object], seat: str | None) -> None:
    state = given(FLOOR, IN_PLACE).state
    assert in_whose_name(state, COMMANDS.validate_python(wish), FACILITATOR).seat == seat


def test_every_tool_of_a_facilitator_is_known_as_one() -> None:
    """Whoever adds one must say that it is not the seat's act whose place the facilitator has taken."""
    tools = {*affordances.OF_A_FACILITATOR} - {"put_fallback"}
    assert tools <= TOOLS


def test_the_facilitator_announces_to_all() -> None:
    given(FLOOR).when("post_message", by="facilitator", room="dispatches", text="t1").then(
        MessagePosted(room="dispatches", seats=None, seat=None, member=None, text="t1")
    )


# --- what is seen of it


def _facilitators_view(state: GameState) -> dict[str, object]:
    return view(state, facilitator_viewer(FACILITATOR.id))["private"]  # type: ignore[return-value]


@pytest.mark.rule("10", "1.6", "9.1")
def test_everybody_sees_that_the_facilitator_plays_the_seat() -> None:
    state = given(FLOOR, IN_PLACE).state
    assert view(state, member_viewer("m-POL", "POL"))["public"]["seats"]["HUN"]["player"] == "facilitator"


def test_in_a_place_the_facilitator_sees_what_the_seat_sees() -> None:
    state = given(FLOOR, IN_PLACE).state
    facilitators = view(state, facilitator_viewer(FACILITATOR.id))["private"]
    hungarys = view(state, member_viewer("m-HUN", "HUN"))["private"]
    assert facilitators["brief"] == hungarys["brief"]
    assert facilitators["us"] == hungarys["us"]
    assert facilitators["you"]["seat"] == "HUN"
    assert facilitators["can"]["drafts"]["d1"]["cosponsor"] is None
    assert facilitators["can"]["acts"]["pause_game"] is None
    assert facilitators["facilitation"] is not None
    assert facilitators["facilitation"]["place"] == "HUN"
    other = view(state, facilitator_viewer("another"))["private"]
    assert other["brief"] is None
    assert other["can"]["drafts"]["d1"]["cosponsor"] is not None


def _said(room: str, text: str, moment: int) -> At:
    seats = ("HUN", "POL") if "+" in room else ("HUN",)
    return at(moment, MessagePosted(room=room, seats=seats, seat="HUN", member="m-HUN", text=text), by="HUN")


@pytest.mark.rule("10", "5.2")
@pytest.mark.parametrize(("reading", "heard"), [("never", ["after"]), ("live", ["before", "after"])])
def test_in_a_place_the_facilitator_hears_what_is_said_from_then_on(reading: str, heard: list[str]) -> None:
    """What was said before was said under the reading rule that the speakers had seen."""
    state = given(
        FLOOR,
        _said("HUN+POL", "before", NOON),
        HUNGARY_IS_GONE,
        at(NOON + MINUTE, PlaceTaken(seat="HUN", facilitator=FACILITATOR.id)),
        _said("HUN+POL", "after", NOON + 2 * MINUTE),
        game=created(reading=reading),
    ).state
    room = view(state, facilitator_viewer(FACILITATOR.id))["private"]["rooms"]["HUN+POL"]
    assert [message["text"] for message in room["messages"]] == heard


# --- moving people


def test_somebody_is_moved_to_another_seat() -> None:
    answer = given(FLOOR).when("move_member", by="facilitator", member="m-HUN", seat="POL")
    answer.then(
        MemberMoved(member="m-HUN", left="HUN", seat="POL", role="delegate"),
        SeatVacated(seat="HUN", stand_in="deputy"),
    )
    assert answer.state.seats["POL"].members == ("m-POL", "m-HUN")
    assert answer.state.members["m-HUN"].seat == "POL"
    answer.next().when("cosponsor", by="POL/m-HUN", draft="d1", revision=1).accepted()
    answer.next().when("cosponsor", by="HUN/m-HUN", draft="d1", revision=1).rejected("seat.not_seated")


def test_whoever_is_moved_to_an_empty_seat_heads_it() -> None:
    answer = given(FLOOR, IN_PLACE, seated("POL", "m-2", "delegate")).when(
        "move_member", by="facilitator", member="m-2", seat="HUN"
    )
    answer.then(MemberMoved(member="m-2", left="POL", seat="HUN", role="delegate"))
    empty = given(FLOOR, seats=[seated("POL"), seated("POL", "m-2", "adviser")]).when(
        "move_member", by="facilitator", member="m-2", seat="HUN"
    )
    empty.then(MemberMoved(member="m-2", left="POL", seat="HUN", role="head"))
    assert empty.state.player("HUN") == "people"


@pytest.mark.parametrize(
    ("by", "member", "seat", "code"),
    [
        pytest.param("facilitator", "m-HUN", "HUN", "seat.already_seated", id="where they sit"),
        pytest.param("facilitator", "m-HUN", "XYZ", "seat.unknown", id="no such seat"),
        pytest.param("facilitator", "nobody", "POL", "seat.member_unknown", id="nobody"),
        pytest.param("HUN", "m-HUN", "POL", "game.facilitator_only", id="oneself"),
    ],
)
def test_who_may_move_whom_where(by: str, member: str, seat: str, code: str) -> None:
    given(FLOOR).when("move_member", by=by, member=member, seat=seat).rejected(code)


def test_people_may_be_moved_in_the_lobby() -> None:
    given().when("move_member", by="facilitator", member="m-HUN", seat="POL").accepted()


# --- granting time


@pytest.mark.rule("10", "9.2")
def test_time_is_granted_for_one_seat_and_the_others_see_an_extension() -> None:
    answer = given(FLOOR).when("grant_time", by="facilitator", seat="HUN", seconds=120)
    answer.then(PhaseExtended(ends_at=NOON + 12 * MINUTE), TimeGranted(seat="HUN", seconds=120))
    extended = given(FLOOR).when("extend_phase", by="facilitator", seconds=120)
    for member in ("m-POL", "m-SG"):
        eyes = member_viewer(member, member.removeprefix("m-"))
        assert view(answer.state, eyes) == view(extended.state, eyes), "it looks like time for everybody"
    own = view(answer.state, member_viewer("m-HUN", "HUN"))["private"]["record"][-1]
    assert (own["type"], own["event"]["seat"]) == ("time_granted", "HUN")


def test_under_silence_the_deadline_moves() -> None:
    given(FLOOR, under_silence()).when("grant_time", by="facilitator", seat="HUN", seconds=60).then(
        SilenceExtended(deadline=DEADLINE + MINUTE, by_chair=False), TimeGranted(seat="HUN", seconds=60)
    )


@pytest.mark.parametrize(
    ("by", "history", "fields", "code"),
    [
        pytest.param("facilitator", FLOOR, {"seat": "XYZ", "seconds": 60}, "seat.unknown", id="no such seat"),
        pytest.param(
            "facilitator", FLOOR, {"seat": "HUN", "seconds": 5}, "phase.extension_out_of_bounds", id="too little"
        ),
        pytest.param(
            "facilitator",
            (*FLOOR, under_silence()),
            {"seat": "HUN", "seconds": 5},
            "silence.out_of_bounds",
            id="too little under silence",
        ),
        pytest.param("SG", FLOOR, {"seat": "HUN", "seconds": 60}, "game.facilitator_only", id="the chair"),
        pytest.param(
            "facilitator", in_phase("aftermath", None), {"seat": "HUN", "seconds": 60}, "phase.last", id="no deadline"
        ),
    ],
)
def test_who_may_grant_how_much_time(by: str, history: object, fields: dict[str, Any], code: str) -> None:
    given(history).when("grant_time", by=by, **fields).rejected(code)


def test_a_host_who_plays_takes_no_place_and_grants_no_time() -> None:
    """In an open game nobody sees for whom the clock moved, not even the host."""
    open_game = given(FLOOR, HUNGARY_IS_GONE, game=created("open"), seats=[seated("USA", host=True), seated("HUN")])
    open_game.when("take_place", by="USA", seat="HUN").rejected("game.facilitator_only")
    open_game.when("grant_time", by="USA", seat="USA", seconds=60).rejected("game.facilitator_only")
    open_game.when("move_member", by=actor("USA"), member="m-USA", seat="POL").accepted()
