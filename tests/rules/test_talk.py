"""Rooms and messages (rules 5.1 to 5.4)."""

import pytest

from game_rules.messages import Seats
from game_rules.procedures.clock import GamePaused
from game_rules.procedures.talk import MessagePosted
from game_rules.state import KEPT
from game_rules.view import PROJECTOR, SPECTATOR, facilitator_viewer, member_viewer, view
from tests.rules.harness import NOON, Fields, broken, created, given, in_phase, seated, tabled, under_silence

TALKS = in_phase("consultations")


def posted(room: str, *seats: str, by: str | None = "HUN", **more: object) -> MessagePosted:
    member = f"m-{by}" if by else None
    return MessagePosted.model_validate(
        {"room": room, "seats": seats or None, "seat": by, "member": member, "text": "t", **more}
    )


@pytest.mark.rule("5.1")
@pytest.mark.parametrize(
    ("room", "expected"),
    [
        pytest.param("plenary", posted("plenary"), id="rule 5.1: the plenary"),
        pytest.param("delegation", posted("delegation:HUN", "HUN"), id="rule 5.1: inside the delegation"),
        pytest.param("HUN+POL", posted("HUN+POL", "HUN", "POL"), id="rule 5.1: a bilateral"),
        pytest.param("POL+HUN", posted("HUN+POL", "HUN", "POL"), id="rule 5.1: the same bilateral"),
        pytest.param(
            "USA+HUN+FRA+HUN", posted("FRA+HUN+USA", "FRA", "HUN", "USA"), id="rule 5.1: one caucus for a set of seats"
        ),
        pytest.param("facilitator", posted("facilitator:HUN", "HUN"), id="rule 5.1: the facilitator's line"),
    ],
)
def test_a_message_goes_to_those_who_can_read_its_room(room: str, expected: MessagePosted) -> None:
    given(TALKS).when("post_message", by="HUN", room=room, text="t").then(expected)


@pytest.mark.rule("1.2", "5.1", "5.3")
@pytest.mark.parametrize(
    ("room", "code"),
    [
        pytest.param("FRA+POL", "room.not_yours", id="rule 5.3: others' bilateral"),
        pytest.param("HUN", "room.needs_others", id="rule 5.1: a talk with oneself"),
        pytest.param("HUN+HUN", "room.needs_others", id="rule 5.1: a talk with oneself, twice"),
        pytest.param("HUN+FIN", "room.seats_unknown", id="rule 1.2: a seat outside the cast"),
        pytest.param("dispatches", "room.not_yours", id="rule 5.1: dispatches are the press's and facilitator's"),
        pytest.param("delegation:POL", "room.seats_unknown", id="rule 5.3: another delegation's room"),
        pytest.param("facilitator:POL", "room.seats_unknown", id="rule 5.3: another delegation's line"),
    ],
)
def test_nobody_speaks_in_a_room_that_is_not_theirs(room: str, code: str) -> None:
    given(TALKS).when("post_message", by="HUN", room=room, text="t").rejected(code)


@pytest.mark.rule("5.3")
def test_a_room_that_exists_refuses_like_one_that_does_not() -> None:
    """rule 5.3: no room reveals its existence to those outside it."""
    empty = given(TALKS).when("post_message", by="HUN", room="FRA+POL", text="t")
    full = given(TALKS, posted("FRA+POL", "FRA", "POL", by="POL")).when(
        "post_message", by="HUN", room="FRA+POL", text="t"
    )
    assert empty.refusal == full.refusal


@pytest.mark.rule("5.1", "6.2")
@pytest.mark.parametrize(
    ("refs", "code"),
    [
        pytest.param(["draft:d1", "issue:path", "objection:o1"], None, id="rule 5.1: what everybody can see"),
        pytest.param(["draft:d9"], "room.reference_unknown", id="no such draft"),
        pytest.param(["deal:sd_tur_swe"], "room.reference_unknown", id="rule 6.2: no deal is public yet"),
        pytest.param(["d1"], "room.reference_unknown", id="no kind"),
    ],
)
def test_a_message_may_refer_to_what_everybody_can_see(refs: list[str], code: str | None) -> None:
    game = given(in_phase("council_1"), tabled(), under_silence(), broken())
    game.when("post_message", by="HUN", room="HUN+POL", text="t", refs=refs).decided(code)


@pytest.mark.rule("5.1", "3.1")
def test_a_message_may_refer_to_a_position_that_was_stated_openly() -> None:
    """One that was confided is not there for others to point at, not even for those who know of it (rule 5.3)."""
    about: Fields = {"draft": "d1", "revision": 1, "position": "support"}
    game = given(TALKS, tabled()).when("state_position", by="HUN", **about)
    confided = game.next().when("state_position", by="POL", in_confidence=True, **about).next()
    for ref, code in (("d1:HUN", None), ("d1:POL", "room.reference_unknown"), ("d1:FRA", "room.reference_unknown")):
        for by in ("POL", "SG", "FRA"):
            say = confided.when("post_message", by=by, room="plenary", text="t", refs=[f"position:{ref}"])
            say.decided(code)


@pytest.mark.rule("10")
@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("plenary", None),
        ("dispatches", None),
        ("facilitator:HUN", None),
        ("facilitator:FIN", "room.not_yours"),
        ("HUN+POL", "room.not_yours"),
        ("delegation:HUN", "room.not_yours"),
    ],
)
def test_the_facilitator_speaks_to_everybody_or_to_one_delegation(room: str, code: str | None) -> None:
    given(TALKS).when("post_message", by="facilitator", room=room, text="t").decided(code)


@pytest.mark.rule("5.1")
def test_an_open_game_has_no_facilitators_line() -> None:
    game = given(TALKS, game=created("open"))
    game.when("post_message", by="HUN", room="facilitator", text="t").rejected("room.no_facilitator")
    game.when("post_message", by="facilitator", room="plenary", text="t").rejected("game.host_only")


@pytest.mark.rule("7.1")
@pytest.mark.parametrize("history", [(), (*TALKS, GamePaused()), in_phase("briefing"), in_phase("aftermath")])
def test_people_may_talk_before_during_and_after_the_meeting(history: tuple[object, ...]) -> None:
    for room in ("plenary", "delegation", "HUN+POL"):
        given(history).when("post_message", by="HUN", room=room, text="t").accepted()


# --- who reads


BILATERAL = posted("HUN+POL", "HUN", "POL")


@pytest.mark.rule("5.1", "5.3")
def test_a_bilateral_shows_to_its_seats_and_to_nobody_else() -> None:
    before, after = given(TALKS).state, given(TALKS, BILATERAL).state
    for seat in ("HUN", "POL"):
        assert "HUN+POL" in view(after, member_viewer(f"m-{seat}", seat))["private"]["rooms"]
    for viewer in (member_viewer("m-FRA", "FRA"), member_viewer("m-SG", "SG"), SPECTATOR, PROJECTOR):
        assert view(after, viewer) == view(before, viewer)


@pytest.mark.rule("5.1")
def test_somebody_who_comes_late_reads_the_history_of_the_delegations_rooms() -> None:
    state = given(TALKS, BILATERAL, seated("POL", "late", "delegate")).state
    assert len(view(state, member_viewer("late", "POL"))["private"]["rooms"]["HUN+POL"]["messages"]) == 1


@pytest.mark.rule("5.2")
@pytest.mark.parametrize(
    ("reading", "readers", "now"),
    [
        ("never", [], False),
        ("after the end", ["facilitator after the end", "everybody if it is opened"], False),
        ("live", ["facilitator", "everybody if it is opened"], True),
    ],
)
def test_who_can_read_a_room_is_shown_before_anybody_writes(reading: str, readers: list[str], now: bool) -> None:
    """rule 5.2: the reading rule is fixed at the start and shown."""
    state = given(TALKS, BILATERAL, game=created(reading=reading)).state
    assert view(state, member_viewer("m-HUN", "HUN"))["private"]["rooms"]["HUN+POL"]["readers"] == readers
    assert view(state, SPECTATOR)["public"]["game"]["reading"] == reading
    assert ("HUN+POL" in view(state, facilitator_viewer("f"))["private"]["rooms"]) is now


@pytest.mark.rule("5.2")
@pytest.mark.parametrize(("reading", "reads"), [("never", False), ("after the end", True), ("live", True)])
def test_the_facilitator_reads_after_the_end_what_the_rule_allows(reading: str, reads: bool) -> None:
    ended = given(TALKS, BILATERAL, game=created(reading=reading)).when("end_game", by="facilitator").state
    assert ("HUN+POL" in view(ended, facilitator_viewer("f"))["private"]["rooms"]) is reads


@pytest.mark.rule("5.2")
def test_the_facilitators_line_is_always_read_by_the_facilitator() -> None:
    line = posted("facilitator:HUN", "HUN")
    state = given(TALKS, line, game=created(reading="never")).state
    room = view(state, facilitator_viewer("f"))["private"]["rooms"]["facilitator:HUN"]
    assert room["readers"] == ["facilitator"]


@pytest.mark.rule("5.4")
def test_the_words_never_enter_the_core() -> None:
    """rule 5.4: events carry ids."""
    assert MessagePosted.texts == ("text",)
    assert BILATERAL.audience() == Seats(frozenset({"HUN", "POL"}))


def test_a_state_keeps_the_last_messages_of_a_room_and_a_talkative_room_costs_no_other() -> None:
    many = [posted("plenary", text=f"t{number}") for number in range(KEPT + 5)]
    state = given(TALKS, posted("HUN+POL", "HUN", "POL"), many).state
    messages = state.public_rooms["plenary"].messages
    assert [messages[0].text, messages[-1].text, len(messages)] == ["t5", f"t{KEPT + 4}", KEPT]
    assert len(state.rooms["HUN+POL"].messages) == 1


LIMITS: list[tuple[Fields, bool]] = [
    ({"text": "x" * 4000}, True),
    ({"text": "x" * 4001}, False),
    ({"text": "   "}, False),
    ({"text": "t", "room": "x" * 201}, False),
    ({"text": "t", "refs": ["draft:d1"] * 9}, False),
    ({"text": "t", "room": "<script>"}, False),
]


@pytest.mark.parametrize(("fields", "fits"), LIMITS)
def test_what_is_said_is_bounded(fields: Fields, fits: bool) -> None:
    message: Fields = {"room": "plenary", **fields}
    if fits:
        given(TALKS).when("post_message", by="HUN", at=NOON, **message).accepted()
    else:
        with pytest.raises(ValueError, match="validation error"):
            given(TALKS).when("post_message", by="HUN", at=NOON, **message)
