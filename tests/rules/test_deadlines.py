"""Every deadline to the millisecond: before it counts; equal to it or later does not (rules 4.6 and 7.1).

Two sides of each: what people do around the moment, and what the timer does. Between the moment and the timer's visit
an act finds the meeting as it stands; what the moment closes is closed all the same (decision 0014).
"""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.engine import next_due
from game_rules.procedures.clock import PAUSE_DAYS, GamePaused, GameResumed, PhaseBegan, game_time
from game_rules.procedures.delegation import ActPrepared, SignatureWarning
from game_rules.procedures.ending import OutcomeReached
from game_rules.procedures.positions import PollClosed, PollOpened
from game_rules.procedures.seating import AbsenceAnswered, AbsenceAsked, SeatVacated
from game_rules.procedures.silence import FallbackPut, SilenceHeld, SilenceOpened
from game_rules.snapshot import dump_state, load_state
from tests.rules.harness import (
    DEADLINE,
    FALLBACK_PENDING,
    MINUTE,
    NOON,
    SECOND,
    Fields,
    Given,
    created,
    given,
    in_phase,
    seated,
    tabled,
    under_silence,
)

pytestmark = pytest.mark.rule("4.6")

PHASE_ENDS = NOON + 10 * MINUTE
POLL_CLOSES = NOON + MINUTE
PAUSE_ENDS = NOON + PAUSE_DAYS * 24 * 60 * MINUTE
ABOUT: Fields = {"draft": "d1", "revision": 1}
BREAK: Fields = {**ABOUT, "issues": ["path"], "reason": "why", "lift": "what"}
RUNG: Fields = {**ABOUT, "rung": "statement", "text": "said"}

SILENT = (*in_phase("council_1", PHASE_ENDS), tabled(), under_silence())
POLLED = (
    *in_phase("council_1", PHASE_ENDS),
    tabled(),
    PollOpened(poll="p1", draft="d1", revision=1, closes_at=POLL_CLOSES),
)
WAITING = (
    *SILENT,
    seated("HUN", "b", "delegate"),
    ActPrepared(act="HUN.1", seat="HUN", member="b", command={"type": "break_silence", **BREAK}),
)
WARNED = (*WAITING, SignatureWarning(act="HUN.1", seat="HUN", deadline=DEADLINE))
ASKED = (
    *in_phase("council_1", PHASE_ENDS),
    SeatVacated(seat="HUN", stand_in="deputy"),
    AbsenceAsked(seat="HUN", until=NOON + 2 * MINUTE),
)
PAUSED = (*in_phase("council_1", PHASE_ENDS), GamePaused())

AROUND = [pytest.param(-1, id="a millisecond before"), pytest.param(0, id="at"), pytest.param(1, id="a ms after")]


def there(history: tuple[Any, ...]) -> Given:
    return given(history, game=created(formal="head"))


# --- what people do around the moment


@pytest.mark.parametrize("off", AROUND)
@pytest.mark.parametrize(
    ("history", "deadline", "by", "type", "fields", "code"),
    [
        pytest.param(SILENT, DEADLINE, "HUN", "break_silence", BREAK, "silence.closed", id="silence: a break"),
        pytest.param(SILENT, DEADLINE, "HUN", "take_rung", RUNG, "silence.closed", id="silence: a rung"),
        pytest.param(
            SILENT, DEADLINE, "SG", "extend_silence", {"seconds": 60}, "silence.closed", id="silence: the chair's time"
        ),
        pytest.param(
            SILENT,
            DEADLINE,
            "facilitator",
            "extend_silence",
            {"seconds": 60},
            "silence.closed",
            id="silence: the facilitator's time",
        ),
        pytest.param(
            SILENT, DEADLINE, "SG", "cancel_silence", {"reason": "r"}, "silence.closed", id="silence: taking it back"
        ),
        pytest.param(WARNED, DEADLINE, "HUN", "sign_act", {"act": "HUN.1"}, "silence.closed", id="silence: signing"),
        pytest.param(
            (*SILENT, seated("HUN", "b", "delegate")),
            DEADLINE,
            "HUN/b",
            "break_silence",
            BREAK,
            "silence.closed",
            id="silence: preparing a break",
        ),
        pytest.param(
            POLLED,
            POLL_CLOSES,
            "HUN",
            "answer_poll",
            {"poll": "p1", "position": "support"},
            "poll.not_running",
            id="poll: an answer",
        ),
        pytest.param(
            (*in_phase("council_1", PHASE_ENDS), tabled()),
            PHASE_ENDS,
            "SG",
            "open_silence",
            {**ABOUT, "seconds": 180},
            "phase.time_up",
            id="phase: a text under silence",
        ),
    ],
)
@pytest.mark.rule("4.6", "1.4", "3.3")
def test_what_a_deadline_closes(
    history: tuple[Any, ...], deadline: int, by: str, type: str, fields: Fields, code: str, off: int
) -> None:
    there(history).when(type, by=by, at=deadline + off, **fields).decided(None if off < 0 else code)


@pytest.mark.parametrize("off", AROUND)
@pytest.mark.parametrize(
    ("history", "moment", "by", "type", "fields"),
    [
        pytest.param(
            (*in_phase("council_1", PHASE_ENDS), tabled()), PHASE_ENDS, "HUN", "cosponsor", ABOUT, id="phase: an act"
        ),
        pytest.param(in_phase("council_1", PHASE_ENDS), PHASE_ENDS, "facilitator", "pause_game", {}, id="phase: pause"),
        pytest.param(
            in_phase("council_1", PHASE_ENDS),
            PHASE_ENDS,
            "facilitator",
            "extend_phase",
            {"seconds": 60},
            id="phase: more time",
        ),
        pytest.param(FALLBACK_PENDING, NOON + MINUTE, "SG", "put_fallback", {}, id="fallback: the chair's"),
        pytest.param(
            ASKED,
            NOON + 2 * MINUTE,
            "facilitator",
            "answer_absence",
            {"seat": "HUN", "policy": "bot"},
            id="absence: the answer",
        ),
        pytest.param(PAUSED, PAUSE_ENDS, "facilitator", "resume_game", {}, id="pause: going on"),
    ],
)
def test_what_the_timer_would_do_next_can_still_be_forestalled(
    history: tuple[Any, ...], moment: int, by: str, type: str, fields: Fields, off: int
) -> None:
    """Nobody is hurt by these: the meeting stands as it is until the timer has come round (decision 0014)."""
    there(history).when(type, by=by, at=moment + off, **fields).accepted()


@pytest.mark.rule("4.6", "1.6")
@pytest.mark.parametrize("off", AROUND)
def test_a_deputy_is_heard_until_the_silence_closes(off: int) -> None:
    game = there((*SILENT, SeatVacated(seat="HUN", stand_in="deputy")))
    game.when("break_silence", by="deputy:HUN", at=DEADLINE + off, **BREAK).accepted()


# --- what the timer does


@pytest.mark.rule("4.6", "7.1")
@pytest.mark.parametrize("off", AROUND)
@pytest.mark.parametrize(
    ("history", "due", "happens"),
    [
        pytest.param(SILENT, DEADLINE, (SilenceHeld,), id="silence"),
        pytest.param(POLLED, POLL_CLOSES, (PollClosed,), id="poll"),
        pytest.param(in_phase("council_1", PHASE_ENDS), PHASE_ENDS, (PhaseBegan,), id="phase"),
        pytest.param(FALLBACK_PENDING, NOON + MINUTE, (FallbackPut, SilenceOpened), id="fallback"),
        pytest.param(WAITING, DEADLINE - 30 * SECOND, (SignatureWarning,), id="signature"),
        pytest.param(ASKED, NOON + 2 * MINUTE, (AbsenceAnswered, GameResumed), id="absence"),
        pytest.param(PAUSED, PAUSE_ENDS, (GameResumed, OutcomeReached, PhaseBegan), id="pause"),
    ],
)
def test_what_falls_due_when(history: tuple[Any, ...], due: int, happens: tuple[Any, ...], off: int) -> None:
    game = there(history)
    assert next_due(game.state) == due
    tick = game.when("advance_clock", by="timer", at=due + off)
    tick.then_types(*(happens if off >= 0 else ()))
    # a second timer, of another process, finds nothing left to do
    if off >= 0:
        tick.next().when("advance_clock", by="timer", at=due + off).nothing()


@pytest.mark.rule("7.1")
@pytest.mark.parametrize("history", [SILENT, POLLED, WAITING, FALLBACK_PENDING, in_phase("council_1", PHASE_ENDS)])
def test_a_pause_moves_every_deadline_by_its_length(history: tuple[Any, ...]) -> None:
    game = there(history)
    due = next_due(game.state)
    assert due is not None
    paused = Given(game.when("pause_game", by="facilitator", at=NOON + SECOND).state)
    paused.when("advance_clock", by="timer", at=due + 5 * MINUTE).nothing()
    resumed = paused.when("resume_game", by="facilitator", at=NOON + SECOND + 7 * MINUTE)
    assert next_due(resumed.state) == due + 7 * MINUTE


@pytest.mark.rule("7.1")
@pytest.mark.parametrize("history", [SILENT, POLLED, WARNED, FALLBACK_PENDING, ASKED, PAUSED])
def test_a_restart_finds_every_deadline_where_it_was(history: tuple[Any, ...]) -> None:
    """From a snapshot, as after a restart: those that passed meanwhile happen at the first look."""
    game = there(history)
    again = Given(load_state(dump_state(game.state), game.state.rules.scenario))
    assert next_due(again.state) == next_due(game.state)
    late = (next_due(game.state) or NOON) + 3 * MINUTE
    before, after = (one.when("advance_clock", by="timer", at=late) for one in (game, again))
    assert before.events
    assert before.events == after.events


@pytest.mark.rule("7.1")
def test_game_time_leaves_out_the_pauses() -> None:
    began = given().when("start_game", by="facilitator").next()
    assert game_time(began.state, NOON + 90 * SECOND) == 90 * SECOND
    stopped = began.when("pause_game", by="facilitator", at=NOON + 90 * SECOND).next()
    assert game_time(stopped.state, NOON + 10 * MINUTE) == 90 * SECOND
    going = stopped.when("resume_game", by="facilitator", at=NOON + 10 * MINUTE).next()
    assert game_time(going.state, NOON + 11 * MINUTE) == 150 * SECOND
    following = going.when("advance_phase", by="facilitator", at=NOON + 12 * MINUTE)
    assert game_time(following.state, NOON + 12 * MINUTE + 1) == 1
