"""Taking a game back to an earlier moment, and beginning another one from it (rule 10)."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import fields, replace
from typing import Any

import pytest

from game_rules.engine import COMMANDS, EVENTS, decide, evolve
from game_rules.logged_game import LoggedGame
from game_rules.messages import SERVER, Actor
from game_rules.moments import look_back
from game_rules.procedures.rewinding import FORKED, RESTORED, STAYS, ForkGame, GameRewound, GameTakenBack
from game_rules.procedures.seating import CreateGame
from game_rules.rejections import Rejected
from game_rules.saved_game import read_lines
from game_rules.snapshot import dump_state, load_state, state_hash
from game_rules.state import GameState
from game_rules.view import facilitator_viewer, member_viewer, view
from tests.replays.table import FACILITATOR, Person, Table, moment, refused
from tests.rules.harness import SECOND, vilnius

pytestmark = pytest.mark.rule("10")


class Meeting:
    """The quick summit in its first Council session, with a few people at the table."""

    def __init__(self, **how: Any) -> None:
        self.table = Table("g", vilnius(), "a seed", **how)
        self.usa, self.hun, self.sg = (
            self.table.seats(seat, name) for seat, name in (("USA", "Ann"), ("HUN", "Béla"), ("SG", "Jens"))
        )
        self.table.steers("start_game")
        while self.state.phase.kind != "council":
            self.table.steers("advance_phase")
        self.table.at("1:00")
        self.usa.tables()
        self.tabled = self.table.game.events

    @property
    def state(self) -> GameState:
        return self.table.state

    def rewinds(self, to: int) -> None:
        self.table.steers("rewind_game", moment=to)


@pytest.fixture
def meeting() -> Meeting:
    return Meeting()


def _public(state: GameState) -> Any:
    return view(state, facilitator_viewer("white-cell"))["public"]


# --- what comes back


def test_what_stood_on_the_table_stands_there_again(meeting: Meeting) -> None:
    before = _public(meeting.state)
    meeting.table.at("2:00")
    meeting.hun.tables(path="membership_action_plan")
    meeting.usa.takes_position("d1", "support")
    meeting.sg.opens_silence("d1", 180)
    meeting.rewinds(meeting.tabled)
    after = _public(meeting.state)
    for part in ("drafts", "positions", "floor", "silence", "silences", "objections"):
        assert after[part] == before[part], part


def test_the_clock_stands_still_with_as_much_time_left_as_there_was(meeting: Meeting) -> None:
    then = meeting.state.clock
    meeting.table.at("4:00")
    meeting.rewinds(meeting.tabled)
    now = meeting.state.clock
    assert (now.status, now.phase, now.paused_at) == ("paused", then.phase, moment("4:00"))
    meeting.table.at("9:00")
    meeting.table.steers("resume_game")
    assert then.phase_ends_at is not None
    assert meeting.state.clock.phase_ends_at == moment("9:00") + then.phase_ends_at - moment("1:00")


@pytest.mark.rule("10", "4.6", "7.1")
def test_a_silence_that_ran_then_runs_as_long_again(meeting: Meeting) -> None:
    meeting.sg.opens_silence("d1", 180)
    opened = meeting.table.game.events
    meeting.table.at("2:30")
    meeting.hun.breaks("path", reason="no", lift="yes")
    meeting.rewinds(opened)
    assert meeting.state.silence is not None
    assert not meeting.state.objections
    meeting.table.at("3:00")
    meeting.table.steers("resume_game")
    assert meeting.state.silence.deadline == moment("3:00") + 180 * SECOND


def test_a_pause_that_held_then_holds_with_what_was_left_at_it(meeting: Meeting) -> None:
    meeting.table.at("2:00")
    meeting.table.steers("pause_game")
    paused, left = meeting.table.game.events, meeting.state.clock.phase_ends_at
    meeting.table.at("5:00")
    meeting.table.steers("resume_game")
    meeting.rewinds(paused)
    meeting.table.at("6:00")
    meeting.table.steers("resume_game")
    assert left is not None
    assert meeting.state.clock.phase_ends_at == moment("6:00") + left - moment("2:00")


def test_a_game_is_taken_back_from_behind_its_outcome(meeting: Meeting) -> None:
    meeting.table.steers("end_game")
    meeting.table.steers("open_results")
    meeting.rewinds(meeting.tabled)
    assert meeting.state.outcome is None
    assert not meeting.state.opened
    assert _public(meeting.state)["outcome"] is None


@pytest.mark.rule("10", "8.2")
def test_chance_falls_as_it_fell(meeting: Meeting) -> None:
    meeting.table.steers("end_game")
    first = meeting.state.outcome
    meeting.rewinds(meeting.tabled)
    meeting.table.steers("end_game")
    assert first is not None
    assert meeting.state.outcome is not None
    assert meeting.state.outcome.world == first.world


# --- what stays


@pytest.mark.rule("10", "5.1")
def test_people_stay_where_they_sit_and_what_was_said_stays_said(meeting: Meeting) -> None:
    meeting.table.at("2:00")
    pol = meeting.table.seats("POL", "Ola")
    meeting.hun.leaves()
    pol.says("Good morning.")
    pol.tells("USA", "Between us.")
    seats, rooms = meeting.state.seats, meeting.state.rooms
    meeting.rewinds(meeting.tabled)
    assert meeting.state.seats == seats
    assert meeting.state.rooms == rooms
    assert meeting.state.public_rooms["plenary"].messages
    meeting.table.steers("resume_game")
    pol.cosponsors("d1")


def test_what_came_after_stays_on_record_as_undone(meeting: Meeting) -> None:
    meeting.table.at("2:00")
    meeting.hun.tables(path="membership_action_plan")
    meeting.table.steers("grant_time", seat="HUN", seconds=60)
    meeting.rewinds(meeting.tabled)
    shown = [(entry["type"], entry["undone"]) for entry in _public(meeting.state)["record"]]
    came_after = shown.index(("draft_tabled", False)) + 1
    assert shown[came_after:] == [("draft_tabled", True), ("phase_extended", True), ("game_taken_back", False)]
    assert not any(undone for _, undone in shown[:came_after])
    own = view(meeting.state, member_viewer(meeting.hun.actor.id, "HUN"))["private"]["record"]
    assert [(entry["type"], entry["undone"]) for entry in own] == [("time_granted", True)]


def test_taken_back_twice_what_was_undone_stays_undone(meeting: Meeting) -> None:
    meeting.table.at("2:00")
    meeting.hun.tables(path="membership_action_plan")
    meeting.rewinds(meeting.tabled)
    meeting.table.steers("resume_game")
    resumed = meeting.table.game.events
    meeting.usa.withdraws("d1")
    meeting.rewinds(resumed)
    shown = [(entry["type"], entry["undone"]) for entry in _public(meeting.state)["record"]]
    after = shown.index(("draft_tabled", False)) + 1
    assert shown[after:] == [
        ("draft_tabled", True),
        ("game_taken_back", False),
        ("game_resumed", False),
        ("draft_withdrawn", True),
        ("game_taken_back", False),
    ]


def test_no_id_is_given_twice(meeting: Meeting) -> None:
    meeting.hun.tables(path="membership_action_plan")
    meeting.rewinds(meeting.tabled)
    meeting.table.steers("resume_game")
    meeting.hun.tables(path="membership_action_plan")
    assert list(meeting.state.drafts) == ["d1", "d2.1"]
    meeting.rewinds(meeting.tabled)
    meeting.table.steers("resume_game")
    meeting.hun.tables(path="membership_action_plan")
    assert list(meeting.state.drafts) == ["d1", "d2.2"]


def test_everybody_hears_of_it_and_nobody_gets_the_state() -> None:
    meeting = Meeting()
    meeting.table.at("2:00")
    seen = look_back(meeting.table.game.records, meeting.tabled)
    command = COMMANDS.validate_python({"type": "rewind_game", "moment": meeting.tabled}).seeing(seen)  # type: ignore[union-attr]
    rewound, told = decide(meeting.state, command, FACILITATOR, moment("2:00"))
    assert isinstance(rewound, GameRewound)
    assert not rewound.told
    assert told == GameTakenBack(to_at=moment("1:00"), phase=meeting.state.phase.id)


def test_every_part_of_a_state_is_restored_or_stays() -> None:
    assert {field.name for field in fields(GameState)} == set(RESTORED) | STAYS
    assert not set(RESTORED) & STAYS


# --- which moments


def test_a_moment_between_the_events_of_one_command_is_none(meeting: Meeting) -> None:
    with refused("moment.unknown"):
        meeting.rewinds(_first_of_two(meeting))
    with refused("moment.unknown"):
        meeting.rewinds(meeting.table.game.events + 1)


def _first_of_two(meeting: Meeting) -> int:
    """The number of an event after which its command's next event follows."""
    records = meeting.table.game.records
    return next(one.seq for one, two in itertools.pairwise(records) if one.command_id == two.command_id)


@pytest.mark.rule("10", "9.2")
def test_a_moment_that_not_everybody_saw_is_none(meeting: Meeting) -> None:
    """Its time would be told to all."""
    meeting.table.at("2:00")
    meeting.hun.tells("USA", "Between us.")
    whispered = meeting.table.game.events
    with refused("moment.unknown"):
        meeting.rewinds(whispered)


def test_the_lobby_is_no_moment_to_go_back_to(meeting: Meeting) -> None:
    with refused("moment.not_in_play"):
        meeting.rewinds(2)


def test_what_was_undone_is_no_moment_to_go_back_to(meeting: Meeting) -> None:
    meeting.hun.tables(path="membership_action_plan")
    undone = meeting.table.game.events
    meeting.rewinds(meeting.tabled)
    with refused("moment.undone"):
        meeting.rewinds(undone)


@pytest.mark.parametrize("who", ["usa", "sg"])
def test_nobody_but_the_facilitator_takes_a_game_back(meeting: Meeting, who: str) -> None:
    person: Person = getattr(meeting, who)
    with refused("game.facilitator_only"):
        person.steers("rewind_game", moment=meeting.tabled)


def test_no_game_is_taken_back_before_it_began_or_after_it_ended(meeting: Meeting) -> None:
    table = Table("g", vilnius(), "a seed")
    with refused("game.not_started"):
        table.steers("rewind_game", moment=1)
    meeting.table.steers("end_game")
    meeting.table.steers("end_game")
    with refused("game.over"):
        meeting.rewinds(meeting.tabled)


def test_a_moment_that_nobody_looked_up_is_none(meeting: Meeting) -> None:
    command = COMMANDS.validate_python({"type": "rewind_game", "moment": meeting.tabled})
    with pytest.raises(Rejected, match=r"moment.unknown"):
        decide(meeting.state, command, FACILITATOR, moment("2:00"))


# --- the log


def test_folding_the_log_gives_the_same_state_also_through_a_snapshot(meeting: Meeting) -> None:
    meeting.table.at("2:00")
    meeting.hun.tables(path="membership_action_plan")
    meeting.table.loses("HUN")
    meeting.rewinds(meeting.tabled)
    meeting.table.steers("resume_game")
    meeting.usa.withdraws("d1")
    saved = read_lines(meeting.table.game.lines())
    state: GameState | None = None
    for record in saved.records:
        state = evolve(state, EVENTS.validate_json(record.event), record.actor, record.at)
        state = load_state(dump_state(state), vilnius())
    assert state is not None
    assert state_hash(state) == state_hash(meeting.state)


def test_the_same_commands_give_the_same_log(meeting: Meeting) -> None:
    meeting.hun.tables(path="membership_action_plan")
    meeting.rewinds(meeting.tabled)
    again = LoggedGame("g", "a seed")
    for wished in meeting.table.game.wished:
        with contextlib.suppress(Rejected):
            again.wish(wished.command, wished.by, wished.at, wished.id)
    assert again.head() == meeting.table.game.head()


# --- another game from there


def _fork(meeting: Meeting, at: int) -> GameState:
    """The state of a fork from that moment, made at 5:00."""
    first = EVENTS.validate_json(meeting.table.game.records[0].event)
    asked = {name: getattr(first, name) for name in CreateGame.model_fields if name not in ("type", "game")}
    create = CreateGame(type="create_game", game="fork", **asked)
    command = ForkGame(type="fork_game", moment=at).seeing(look_back(meeting.table.game.records, at))
    state: GameState | None = None
    for wish in (create, command):
        for event in decide(state, wish, SERVER, moment("5:00")):
            state = evolve(state, EVENTS.validate_json(event.model_dump_json()), SERVER, moment("5:00"))
    assert state is not None
    return state


def test_a_fork_begins_as_the_other_game_stood_with_nobody_in_it(meeting: Meeting) -> None:
    meeting.table.at("2:00")
    meeting.hun.tables(path="membership_action_plan")
    meeting.table.steers("set_policy", seat="USA", policy="silent")
    fork = _fork(meeting, meeting.table.game.events)
    assert _public(fork)["drafts"] == _public(meeting.state)["drafts"]
    assert fork.clock.status == "paused"
    assert fork.clock.phase == meeting.state.clock.phase
    assert all(there.vacant and not there.members for there in fork.seats.values())
    assert fork.seats["USA"].policy == "silent"
    assert list(fork.seats) == list(meeting.state.seats), "in the order of the table"
    assert fork.seed == meeting.state.seed
    assert [entry["type"] for entry in _public(fork)["record"]] == ["game_taken_up"]


@pytest.mark.rule("10", "5.2")
def test_a_fork_holds_nothing_of_what_was_said_behind_closed_doors(meeting: Meeting) -> None:
    meeting.hun.tells("USA", "Between us.")
    meeting.hun.says("To all.")
    fork = _fork(meeting, meeting.table.game.events)
    assert not fork.rooms
    assert "rooms" not in FORKED
    assert fork.public_rooms["plenary"].messages


def test_a_fork_is_made_by_the_server_in_a_game_that_has_not_begun(meeting: Meeting) -> None:
    command = ForkGame(type="fork_game", moment=meeting.tabled)
    for by in (FACILITATOR, Actor("member", "USA.1", "USA")):
        with pytest.raises(Rejected, match=r"game.server_only"):
            decide(meeting.state, command, by, moment("2:00"))
    with pytest.raises(Rejected, match=r"game.already_started"):
        decide(meeting.state, command, SERVER, moment("2:00"))


def test_a_moment_of_another_number_is_not_what_was_asked_for(meeting: Meeting) -> None:
    seen = look_back(meeting.table.game.records, meeting.tabled)
    assert seen is not None
    command = COMMANDS.validate_python({"type": "rewind_game", "moment": meeting.tabled})
    wrong = command.seeing(replace(seen, seq=3))  # type: ignore[union-attr]
    with pytest.raises(Rejected, match=r"moment.unknown"):
        decide(meeting.state, wrong, FACILITATOR, moment("2:00"))
