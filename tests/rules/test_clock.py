"""The agenda and the clock: start, pause, resume, extend, advance, and what falls due (rules 4.2, 4.6, 7.1)."""

import pytest

from game_rules.engine import next_due
from game_rules.procedures.clock import (
    PAUSE_DAYS,
    FallbackDue,
    GameClosed,
    GamePaused,
    GameResumed,
    GameStarted,
    PhaseBegan,
    PhaseExtended,
)
from game_rules.procedures.ending import OutcomeReached
from game_rules.procedures.positions import PollClosed, PollOpened
from game_rules.procedures.silence import SilenceHeld
from tests.rules.harness import (
    DEADLINE,
    FALLBACK_PENDING,
    MINUTE,
    NOON,
    SECOND,
    Fields,
    at,
    created,
    given,
    in_phase,
    phase_began,
    rules,
    seated,
    tabled,
    under_silence,
)

POLL = PollOpened(poll="p1", draft="d1", revision=1, closes_at=NOON + MINUTE)

# --- who steers


STEERING = ["start_game", "pause_game", "resume_game", "advance_phase", "end_game", "open_results"]


@pytest.mark.rule("10")
@pytest.mark.parametrize("type", STEERING)
@pytest.mark.parametrize("by", ["HUN", "SG", "bot:SG", "server", "timer"])
def test_an_exercise_is_run_by_its_facilitator_alone(type: str, by: str) -> None:
    given(in_phase("council_1")).when(type, by=by).rejected("game.facilitator_only")


@pytest.mark.rule("10")
@pytest.mark.parametrize("type", STEERING)
@pytest.mark.parametrize("by", ["POL/b", "facilitator", "server"])
def test_an_open_game_is_run_by_its_host_alone(type: str, by: str) -> None:
    """rule: two kinds of game"""
    game = given(seated("HUN", "a", host=True), seated("POL", "b"), game=created("open"), seats=())
    game.when(type, by=by).rejected("game.host_only")


@pytest.mark.rule("7.1")
@pytest.mark.parametrize(
    ("type", "fields", "codes"),
    [
        # lobby, running, paused, ended
        ("start_game", {}, (None, "game.already_started", "game.already_started", "game.already_started")),
        ("pause_game", {}, ("game.not_started", None, "game.paused", "game.over")),
        ("resume_game", {}, ("game.not_started", "game.not_paused", None, "game.over")),
        ("extend_phase", {"seconds": 60}, ("game.not_started", None, None, "game.over")),
        ("advance_phase", {}, ("game.not_started", None, "game.paused", "game.over")),
        ("end_game", {}, ("game.not_started", None, None, "game.over")),
    ],
)
def test_what_steers_the_game_depends_on_where_it_stands(
    type: str, fields: dict[str, int], codes: tuple[str | None, ...]
) -> None:
    running = in_phase("consultations")
    for history, code in zip(((), running, (*running, GamePaused()), (*running, GameClosed())), codes, strict=True):
        given(history).when(type, by="facilitator", **fields).decided(code)


# --- the agenda


@pytest.mark.rule("7.1")
def test_starting_begins_the_first_phase_after_the_lobby() -> None:
    given().when("start_game", by="facilitator").then(
        GameStarted(), PhaseBegan(phase="briefing", ends_at=NOON + 5 * MINUTE)
    )


@pytest.mark.rule("7.1")
def test_another_clock_stretches_every_phase() -> None:
    """rule 7.1: live games last 45 to 180 minutes."""
    given(game=created(clock_minutes=120)).when("start_game", by="facilitator").then(
        GameStarted(), PhaseBegan(phase="briefing", ends_at=NOON + 10 * MINUTE)
    )


@pytest.mark.rule("1.7")
def test_time_alone_leads_from_phase_to_phase_and_to_the_end() -> None:
    """rule 1.7: every game ends, whoever leaves."""
    game = given().when("start_game", by="facilitator").next()
    phases, now = [game.state.phase.id], NOON
    while (due := next_due(game.state)) is not None:
        assert due >= now
        now = due
        game = game.when("advance_clock", by="timer", at=now).next()
        if game.state.phase.id != phases[-1]:
            phases.append(game.state.phase.id)
    assert phases == [phase.id for phase in rules().agenda[1:]]
    assert game.state.clock.status == "ended"
    assert game.state.outcome is not None


@pytest.mark.rule("4.6")
@pytest.mark.parametrize(
    ("late", "happens"),
    [
        pytest.param(-1, False, id="rule 4.6: a millisecond early"),
        pytest.param(0, True, id="rule 4.6: at the moment"),
        pytest.param(1, True, id="rule 4.6: a millisecond late"),
    ],
)
def test_a_phase_ends_when_its_time_is_up(late: int, happens: bool) -> None:
    ends_at = NOON + 10 * MINUTE
    answer = given(in_phase("briefing", ends_at)).when("advance_clock", by="timer", at=ends_at + late)
    if happens:
        answer.then(PhaseBegan(phase="consultations", ends_at=ends_at + late + 13 * MINUTE))
    else:
        answer.nothing()


def test_a_clock_that_was_asleep_for_long_gives_the_next_phase_its_full_time() -> None:
    """design 3: after a restart a deadline that passed meanwhile fires at once, and only it."""
    woken = NOON + 3 * 60 * MINUTE
    given(in_phase("briefing")).when("advance_clock", by="timer", at=woken).then(
        PhaseBegan(phase="consultations", ends_at=woken + 13 * MINUTE)
    )


@pytest.mark.rule("7.1")
@pytest.mark.parametrize("history", [(), (*in_phase("council_1"), GameClosed())])
def test_nothing_falls_due_in_the_lobby_or_after_the_end(history: tuple[object, ...]) -> None:
    game = given(history)
    assert next_due(game.state) is None
    game.when("advance_clock", by="timer", at=NOON + 600 * MINUTE).nothing()


@pytest.mark.rule("7.1", "1.7")
def test_in_a_pause_nothing_falls_due_but_its_own_end() -> None:
    game = given(in_phase("council_1"), GamePaused())
    assert next_due(game.state) == NOON + PAUSE_DAYS * 24 * 60 * MINUTE
    game.when("advance_clock", by="timer", at=NOON + 600 * MINUTE).nothing()


def test_anybody_may_try_the_clock_and_one_effect_follows() -> None:
    """design 3: deadlines are data"""
    game = given(in_phase("briefing", NOON)).when("advance_clock", by="server").next()
    game.when("advance_clock", by="timer").nothing()


def test_advancing_ends_the_phase_as_if_its_time_were_up() -> None:
    game = given(in_phase("consultations"))
    game.when("advance_phase", by="facilitator").then(PhaseBegan(phase="council_1", ends_at=NOON + 12 * MINUTE))
    given(in_phase("leaders")).when("advance_phase", by="facilitator").then(
        FallbackDue(put_by=NOON + MINUTE, ends_at=NOON + 3 * MINUTE)
    )
    given(in_phase("debrief")).when("advance_phase", by="facilitator").then(GameClosed())


@pytest.mark.rule("7.1")
@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "phase.extension_out_of_bounds"),
        (60, None),
        (3600, None),
        (3601, "phase.extension_out_of_bounds"),
        (-60, "phase.extension_out_of_bounds"),
    ],
)
def test_extensions_have_bounds(seconds: int, code: str | None) -> None:
    given(in_phase("council_1")).when("extend_phase", by="facilitator", seconds=seconds).decided(code)


@pytest.mark.rule("7.1")
def test_an_extension_moves_the_end_of_the_phase() -> None:
    """rule 7.1: extending moves deadlines"""
    ends_at = NOON + 10 * MINUTE
    extended = given(in_phase("council_1", ends_at)).when("extend_phase", by="facilitator", seconds=90)
    extended.then(PhaseExtended(ends_at=ends_at + 90 * SECOND))
    assert next_due(extended.state) == ends_at + 90 * SECOND


def test_a_phase_without_an_end_is_not_extended() -> None:
    given(FALLBACK_PENDING).when("extend_phase", by="facilitator", seconds=60).rejected("phase.last")


# --- a phase waits for a running silence


@pytest.mark.rule("4.2")
def test_a_phase_waits_for_a_running_silence() -> None:
    ends_at = DEADLINE - MINUTE
    game = given(in_phase("council_1", ends_at), tabled(), under_silence())
    assert next_due(game.state) == DEADLINE
    game.when("advance_phase", by="facilitator").rejected("phase.waits_for_silence")
    game.when("advance_clock", by="timer", at=ends_at + 1).nothing()
    game.when("advance_clock", by="timer", at=DEADLINE).then(
        SilenceHeld(draft="d1", revision=1), PhaseBegan(phase="council_2", ends_at=DEADLINE + 10 * MINUTE)
    )


@pytest.mark.rule("4.7")
def test_a_phase_that_is_not_over_goes_on_after_a_silence() -> None:
    game = given(in_phase("council_1"), tabled(), under_silence())
    game.when("advance_clock", by="timer", at=DEADLINE).then(SilenceHeld(draft="d1", revision=1))


def test_what_falls_due_together_happens_in_the_order_it_fell_due() -> None:
    poll = POLL.model_copy(update={"closes_at": DEADLINE - 1})
    game = given(in_phase("council_1", DEADLINE), tabled(), under_silence(), poll)
    game.when("advance_clock", by="timer", at=DEADLINE + 5).then_types(PollClosed, SilenceHeld, PhaseBegan)


# --- pausing


@pytest.mark.rule("7.1")
def test_a_pause_shifts_every_deadline() -> None:
    """rule 7.1: game time excludes pauses."""
    ends_at = NOON + 10 * MINUTE
    game = given(in_phase("council_1", ends_at), tabled(), under_silence(), POLL)
    paused = game.when("pause_game", by="facilitator", at=NOON + 30 * SECOND).then(GamePaused()).next()
    resumed = paused.when("resume_game", by="facilitator", at=NOON + 90 * SECOND).then(GameResumed(shift=MINUTE)).state
    assert resumed.silence is not None
    assert resumed.poll is not None
    assert resumed.clock.phase_ends_at == ends_at + MINUTE
    assert resumed.silence.deadline == DEADLINE + MINUTE
    assert resumed.poll.closes_at == POLL.closes_at + MINUTE
    assert resumed.clock.paused_at is None


@pytest.mark.rule("7.1", "8.1")
def test_a_pause_shifts_the_fallback() -> None:
    clock = (
        given(FALLBACK_PENDING, at(NOON, GamePaused())).when("resume_game", by="facilitator", at=NOON + 7).state.clock
    )
    assert (clock.fallback_put_by, clock.fallback_ends_at) == (NOON + MINUTE + 7, NOON + 3 * MINUTE + 7)


@pytest.mark.rule("7.1")
@pytest.mark.parametrize(
    ("type", "fields", "code"),
    [
        ("cosponsor", {"draft": "d1", "revision": 1}, "game.paused"),
        ("state_position", {"draft": "d1", "revision": 1, "position": "support"}, "game.paused"),
        ("take_rung", {"draft": "d1", "revision": 1, "rung": "associate"}, "game.paused"),
        ("post_message", {"room": "plenary", "text": "t"}, None),
    ],
)
def test_people_may_talk_in_a_pause_and_nothing_else(type: str, fields: Fields, code: str | None) -> None:
    game = given(in_phase("council_1"), tabled(), tabled("POL", draft="d2"), under_silence("d2"), GamePaused())
    game.when(type, by="HUN", **fields).decided(code)


def test_a_game_that_ends_in_a_pause_shows_no_pause() -> None:
    ended = given(in_phase("debrief"), GamePaused(), GameClosed()).state
    assert ended.clock.paused_at is None


# --- phases and acts


PHASES = ("lobby", "briefing", "consultations", "council_1", "council_2", "leaders", "aftermath", "debrief")
TALK_ONLY = ("phase.forbids",) * 2
ALLOWED = {
    #                 lobby               briefing          consultations     council, council, leaders  after, debrief
    "post_message": (None, None, None, None, None, None, None, None),
    "table_draft": ("game.not_started", "phase.forbids", None, None, None, None, *TALK_ONLY),
    "cosponsor": ("game.not_started", "phase.forbids", None, None, None, None, *TALK_ONLY),
    "state_position": ("game.not_started", "phase.forbids", None, None, None, None, *TALK_ONLY),
    "open_silence": (
        "game.not_started",
        "silence.not_before_council",
        "silence.not_before_council",
        None,
        None,
        None,
        *TALK_ONLY,
    ),
}
FIELDS: dict[str, Fields] = {
    "post_message": {"room": "plenary", "text": "t"},
    "table_draft": {
        "package": {
            "path": "new_partnership",
            "perspective": "future_in_nato",
            "trigger": "allies_agree",
            "target_date": "none",
            "nonforce": "absent",
            "reform": "general_review",
            "assurances": "multi_year",
        }
    },
    "cosponsor": {"draft": "d1", "revision": 1},
    "state_position": {"draft": "d1", "revision": 1, "position": "support"},
    "open_silence": {"draft": "d1", "revision": 1, "seconds": 180},
}


@pytest.mark.rule("4.2", "7.1")
@pytest.mark.parametrize("act", ALLOWED)
@pytest.mark.parametrize("phase", PHASES)
def test_each_phase_allows_its_acts(act: str, phase: str) -> None:
    there = () if phase == "lobby" else in_phase(phase)
    by = "SG" if act == "open_silence" else "HUN"
    given(there, tabled()).when(act, by=by, **FIELDS[act]).decided(ALLOWED[act][PHASES.index(phase)])


@pytest.mark.rule("8.1")
def test_nothing_is_said_after_the_end() -> None:
    given(in_phase("debrief"), GameClosed()).when("post_message", room="plenary", text="t").rejected("game.over")


@pytest.mark.rule("10")
def test_breaking_a_game_off_ends_it_as_it_stands_and_again_closes_it() -> None:
    """rule 10: the facilitator ends the game."""
    ended = given(in_phase("council_1")).when("end_game", by="facilitator")
    ended.then_types(OutcomeReached, PhaseBegan)
    assert ended.state.phase.id == "aftermath"
    ended.next().when("end_game", by="facilitator").then(GameClosed())


def test_breaking_off_in_a_pause_lets_the_aftermath_run() -> None:
    ended = given(in_phase("council_1"), GamePaused()).when("end_game", by="facilitator", at=NOON + 5)
    ended.then_types(GameResumed, OutcomeReached, PhaseBegan)
    assert ended.state.clock.status == "running"
    assert ended.events[-1] == phase_began("aftermath", NOON + 5 + 3 * MINUTE)
