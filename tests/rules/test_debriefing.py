"""What is opened to all after the game, step by step, and what is written beside its moments (rules 5.2, 9.1, 10)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.engine import COMMANDS
from game_rules.messages import GameKind, ReadingRule
from game_rules.moments import look_back
from game_rules.procedures.debriefing import AnnotationMade, InstructionsOpened, RoomsOpened, TradeOpened
from game_rules.procedures.ending import ResultsOpened
from game_rules.procedures.talk import MessagePosted
from game_rules.state import GameState
from game_rules.view import PROJECTOR, Viewer, member_viewer, view
from tests.replays.table import FACILITATOR, Table, moment, refused
from tests.rules.harness import Given, created, given, in_phase, rules, seated, tabled, vilnius

POLAND = member_viewer("m-POL", "POL")
WHISPER = MessagePosted(room="HUN+USA", seats=("HUN", "USA"), seat="HUN", member="m-HUN", text="t1")
TO_THE_WHITE_CELL = MessagePosted(room="facilitator:HUN", seats=("HUN",), seat="HUN", member="m-HUN", text="t2")

pytestmark = pytest.mark.rule("10", "9.1")


def _decided(kind: GameKind = "exercise", reading: ReadingRule = "after the end") -> Given:
    """A summit that was broken off in its first session."""
    people = [seated(seat, host=seat == "USA" and kind == "open") for seat in rules().seats]
    begun = given(
        in_phase("council_1"),
        tabled(),
        WHISPER,
        TO_THE_WHITE_CELL,
        game=created(kind, reading=reading),
        seats=people,
    )
    return begun.when("end_game", by="USA" if kind == "open" else "facilitator").next()


def _opened(state: GameState, viewer: Viewer = POLAND) -> Any:
    return view(state, viewer)["public"]["opened"]


OPENING = [
    pytest.param("open_results", ResultsOpened(), None, id="results"),
    pytest.param("open_instructions", InstructionsOpened(), "instructions", id="instructions"),
    pytest.param("open_trade", TradeOpened(), "trade", id="trade"),
    pytest.param("open_rooms", RoomsOpened(), "rooms", id="rooms"),
]


@pytest.mark.parametrize(("act", "event", "part"), OPENING)
def test_each_part_is_opened_by_itself_and_once(act: str, event: Any, part: str | None) -> None:
    answer = _decided().when(act, by="facilitator")
    answer.then(event)
    answer.next().when(act, by="facilitator").rejected("game.already_open")
    for viewer in (POLAND, PROJECTOR):
        shown = _opened(answer.state, viewer)
        assert (shown is None) == (part is None)
        if shown is not None:
            assert [name for name, held in shown.items() if held is not None] == [part]


@pytest.mark.parametrize(("act", "event", "part"), OPENING)
def test_nothing_is_opened_before_the_game_is_decided(act: str, event: Any, part: str | None) -> None:
    given(in_phase("council_1")).when(act, by="facilitator").rejected("game.not_over")


@pytest.mark.parametrize(("act", "event", "part"), OPENING)
def test_nobody_at_the_table_of_an_exercise_opens_anything(act: str, event: Any, part: str | None) -> None:
    _decided().when(act, by="SG").rejected("game.facilitator_only")


def test_opened_instructions_are_those_that_each_delegation_had() -> None:
    before = _decided()
    brief = view(before.state, member_viewer("m-HUN", "HUN"))["private"]["brief"]
    shown = _opened(before.when("open_instructions", by="facilitator").state)["instructions"]
    assert list(shown) == list(rules().seats)
    assert brief is not None
    assert {name: held for name, held in shown["HUN"].items() if name in brief} == {
        name: held for name, held in brief.items() if name in shown["HUN"]
    }
    assert shown["HUN"]["reservation"] == before.state.evaluator.reservation("HUN")


@pytest.mark.rule("9.1", "10")
def test_in_an_open_game_the_host_opens_what_may_be_opened() -> None:
    decided = _decided("open")
    decided.when("open_instructions", by="USA").accepted()
    decided.when("open_trade", by="USA").accepted()
    decided.when("open_instructions", by="HUN").rejected("game.host_only")


# --- rooms


@pytest.mark.rule("5.2", "5.3")
@pytest.mark.parametrize(
    ("kind", "reading", "by", "code"),
    [
        pytest.param("exercise", "after the end", "facilitator", None, id="the facilitator may read in the end"),
        pytest.param("exercise", "live", "facilitator", None, id="the facilitator may read at once"),
        pytest.param("exercise", "never", "facilitator", "room.stays_closed", id="nobody but the room reads"),
        pytest.param("open", "after the end", "USA", "room.stays_closed", id="an open game has no facilitator"),
        pytest.param("open", "live", "USA", "room.stays_closed", id="an open game, whatever its reading rule"),
    ],
)
def test_rooms_are_opened_only_where_the_reading_rule_foretold_it(
    kind: GameKind, reading: ReadingRule, by: str, code: str | None
) -> None:
    _decided(kind, reading).when("open_rooms", by=by).decided(code)


@pytest.mark.rule("5.2")
def test_everybody_is_told_before_writing_that_a_room_may_be_opened() -> None:
    def told(reading: ReadingRule, kind: GameKind = "exercise") -> list[str]:
        state = _decided(kind, reading).state
        return view(state, member_viewer("m-HUN", "HUN"))["private"]["rooms"]["HUN+USA"]["readers"]

    assert told("after the end") == ["facilitator after the end", "everybody if it is opened"]
    assert told("live") == ["facilitator", "everybody if it is opened"]
    assert told("never") == []
    assert told("live", "open") == []


@pytest.mark.rule("5.2", "5.3")
def test_opened_rooms_are_the_delegations_and_not_the_facilitators_line() -> None:
    shown = _opened(_decided().when("open_rooms", by="facilitator").state)["rooms"]
    assert list(shown) == ["HUN+USA"]
    assert [message["text"] for message in shown["HUN+USA"]["messages"]] == ["t1"]


# --- annotations


def _annotated() -> tuple[Table, int]:
    table = Table("g", vilnius(), "a seed")
    usa = table.seats("USA", "Ann")
    table.steers("start_game")
    while table.state.phase.kind != "council":
        table.steers("advance_phase")
    table.at("1:00")
    usa.tables()
    tabled_at = table.game.events
    table.at("2:00")
    table.steers("annotate", moment=tabled_at, text="Here it begins.")
    return table, tabled_at


def test_a_facilitator_writes_beside_a_moment() -> None:
    table, tabled_at = _annotated()
    (made,) = table.state.annotations
    assert (made.moment, made.moment_at) == (tabled_at, moment("1:00"))
    assert table.game.texts[made.text].text == "Here it begins."


@pytest.mark.rule("9.2", "10")
def test_an_annotation_is_the_facilitators_own() -> None:
    table, _ = _annotated()
    bare = Table("g", vilnius(), "a seed")
    usa = bare.seats("USA", "Ann")
    bare.steers("start_game")
    while bare.state.phase.kind != "council":
        bare.steers("advance_phase")
    bare.at("1:00")
    usa.tables()
    for viewer in (member_viewer("USA.1", "USA"), PROJECTOR):
        assert view(table.state, viewer) == view(bare.state, viewer)


def test_nothing_is_written_beside_a_moment_that_never_was() -> None:
    table, _ = _annotated()
    with refused("moment.unknown"):
        table.steers("annotate", moment=table.game.events + 1, text="?")


def test_annotating_goes_on_after_the_end_and_is_the_facilitators_alone() -> None:
    table, tabled_at = _annotated()
    table.steers("end_game")
    table.steers("end_game")
    table.steers("annotate", moment=tabled_at, text="And here it ended.")
    assert len(table.state.annotations) == 2
    command = COMMANDS.validate_python({"type": "annotate", "moment": tabled_at, "text": "t"})
    seen = command.seeing(look_back(table.game.records, tabled_at))  # type: ignore[union-attr]
    Given(table.state).asked(seen, FACILITATOR, moment("3:00")).then(
        AnnotationMade(moment=tabled_at, moment_at=moment("1:00"), text="t")
    )
    given(in_phase("council_1")).when("annotate", by="SG", moment=1, text="t").rejected("game.facilitator_only")
