"""Who plays a seat while its people are gone, and what they find when they are back (rules 1.5 and 1.6)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.engine import decide, next_due
from game_rules.messages import SERVER
from game_rules.procedures.clock import GamePaused, GameResumed, PhaseBegan
from game_rules.procedures.ending import OutcomeReached
from game_rules.procedures.seating import (
    AbsenceAnswered,
    AbsenceAsked,
    GameCreated,
    MemberLeft,
    PolicySet,
    SeatRetaken,
    SeatVacated,
)
from game_rules.procedures.silence import SilenceBroken
from game_rules.rejections import Rejected
from game_rules.view import LOBBY, member_viewer, view
from tests.rules.harness import (
    DEADLINE,
    HISTORICAL,
    MINUTE,
    NOON,
    SECOND,
    Fields,
    Given,
    at,
    created,
    given,
    in_phase,
    phase_began,
    seated,
    tabled,
    under_silence,
)
from tests.rules.random_games import new_game

ASKS = created(policy="ask")
VACATED = SeatVacated(seat="HUN", stand_in="deputy")
UNTIL = NOON + 2 * MINUTE
ASKED = AbsenceAsked(seat="HUN", until=UNTIL)
BREAK: Fields = {"draft": "d1", "revision": 1, "issues": ["path"], "reason": "why", "lift": "what"}


def in_session(*history: Any, game: GameCreated = ASKS) -> Given:
    return given(in_phase("council_1", NOON + 30 * MINUTE), *history, game=game)


# --- policies (rule 1.6)


@pytest.mark.rule("1.6")
def test_a_policy_set_by_hand_survives_the_first_person_in_the_seat() -> None:
    game = given(PolicySet(seat="HUN", policy="silent"), seats=())
    game.when("join_seat", by="server", seat="HUN", member="a", name="t").next().when("leave_seat", by="HUN/a").then(
        MemberLeft(seat="HUN", member="a"), SeatVacated(seat="HUN", stand_in="silent")
    )


@pytest.mark.rule("1.6", "10")
def test_the_policy_of_the_whole_game_changes_every_seat_without_one_of_its_own() -> None:
    own = PolicySet(seat="POL", policy="bot")
    people = (seated("HUN"), seated("POL"))
    changed = given(own, seats=people).when("set_policy", by="facilitator", seat=None, policy="silent")
    changed.then(PolicySet(seat=None, policy="silent"))
    policies = {seat: there.policy for seat, there in changed.state.seats.items()}
    assert (policies["HUN"], policies["POL"]) == ("silent", "bot")
    # rule 1.2: a seat nobody has taken goes on being a bot's, until somebody takes it
    assert policies["USA"] == "bot"
    taken = changed.next().when("join_seat", by="server", seat="USA", member="u", name="t")
    assert taken.state.seats["USA"].policy == "silent"


@pytest.mark.rule("1.6")
@pytest.mark.parametrize("field", ["policy", "unclaimed"])
def test_an_open_game_asks_nobody(field: str) -> None:
    with pytest.raises(Rejected) as refused:
        decide(None, new_game(kind="open").model_copy(update={field: "ask"}), SERVER, NOON)
    assert refused.value.refusal.code.name == "policy.ask_needs_facilitator"
    game = given(seated("HUN", "a", host=True), game=created("open"), seats=())
    for seat in ("HUN", None):
        game.when("set_policy", by="HUN/a", seat=seat, policy="ask").rejected("policy.ask_needs_facilitator")


# --- ask (rule 1.6)


@pytest.mark.rule("1.6")
@pytest.mark.parametrize(
    ("type", "by", "fields"), [("declare_vacant", "server", {"seat": "HUN"}), ("leave_seat", "HUN", {})]
)
def test_the_clock_stops_and_the_facilitator_is_asked_for_two_minutes(type: str, by: str, fields: Fields) -> None:
    empty = in_session().when(type, by=by, **fields)
    assert empty.events[-2:] == (VACATED, ASKED)
    state = empty.state
    assert (state.clock.status, state.clock.paused_at, next_due(state)) == ("paused", NOON, UNTIL)
    assert view(state, LOBBY)["public"]["clock"]["asked"] == {"seat": "HUN", "until": UNTIL}


@pytest.mark.rule("1.6")
@pytest.mark.parametrize(
    ("policy", "player", "runs"),
    [("deputy", "deputy", True), ("silent", "silent", True), ("bot", "bot", True), ("ask", "deputy", False)],
)
def test_the_facilitators_answer_holds_for_this_vacancy(policy: str, player: str, runs: bool) -> None:
    answered = in_session(VACATED, ASKED).when(
        "answer_absence", by="facilitator", seat="HUN", policy=policy, at=NOON + MINUTE
    )
    events: list[Any] = [AbsenceAnswered.model_validate({"seat": "HUN", "policy": policy})]
    answered.then(*events, *([GameResumed(shift=MINUTE)] if runs else []))
    assert answered.state.player("HUN") == player
    assert answered.state.clock.asked is None
    assert answered.state.seats["HUN"].policy == "ask"
    back = answered.next().when("return_to_seat", by="server", member="m-HUN", at=NOON + 3 * MINUTE)
    # whoever was waited for sets the clock going; nobody else's clock is touched
    back.then(SeatRetaken(seat="HUN", member="m-HUN"), *([] if runs else [GameResumed(shift=3 * MINUTE)]))
    assert back.state.seats["HUN"].stand_in is None


@pytest.mark.rule("1.6")
@pytest.mark.parametrize(
    ("late", "over"),
    [
        pytest.param(-1, False, id="a millisecond before two minutes"),
        pytest.param(0, True, id="after two minutes"),
        pytest.param(1, True, id="a millisecond later"),
    ],
)
def test_without_an_answer_a_deputy_sits_in_and_the_clock_goes_on(late: int, over: bool) -> None:
    answer = in_session(VACATED, ASKED).when("advance_clock", by="timer", at=UNTIL + late)
    if not over:
        answer.nothing()
        return
    answer.then(AbsenceAnswered(seat="HUN", policy="deputy"), GameResumed(shift=UNTIL + late - NOON))
    assert answer.state.player("HUN") == "deputy"
    assert answer.state.clock.phase_ends_at == NOON + 30 * MINUTE + 2 * MINUTE + late


@pytest.mark.rule("1.5", "1.6")
@pytest.mark.parametrize(
    ("type", "fields"),
    [("return_to_seat", {"member": "m-HUN"}), ("join_seat", {"seat": "HUN", "member": "new", "name": "t"})],
)
def test_whoever_sits_down_meanwhile_sets_the_clock_going(type: str, fields: Fields) -> None:
    back = in_session(VACATED, ASKED).when(type, by="server", at=NOON + 5, **fields)
    assert back.events[-1] == GameResumed(shift=5)
    assert back.state.player("HUN") == "people"


@pytest.mark.rule("1.6")
def test_a_seat_is_asked_about_once_a_phase() -> None:
    again = in_session(VACATED, ASKED, GameResumed(shift=1), SeatRetaken(seat="HUN", member="m-HUN"))
    again.when("declare_vacant", by="server", seat="HUN").then(VACATED)
    again.when("declare_vacant", by="server", seat="POL").then_types(SeatVacated, AbsenceAsked)
    next_phase = Given(again.when("advance_phase", by="facilitator").state)
    next_phase.when("declare_vacant", by="server", seat="HUN").then_types(SeatVacated, AbsenceAsked)


@pytest.mark.rule("1.6")
@pytest.mark.parametrize(
    "history",
    [
        pytest.param((), id="in the lobby"),
        pytest.param((*in_phase("council_1"), GamePaused()), id="in a pause"),
        pytest.param((*in_phase("council_1"), OutcomeReached), id="after the outcome"),
    ],
)
def test_nobody_is_asked_where_no_play_runs(history: tuple[Any, ...]) -> None:
    game = given(*(one for one in history if one is not OutcomeReached), game=ASKS)
    if OutcomeReached in history:
        game = game.when("end_game", by="facilitator").next()
    game.when("declare_vacant", by="server", seat="HUN").then(VACATED)


@pytest.mark.rule("1.6", "10")
@pytest.mark.parametrize(
    ("by", "seat", "code"),
    [
        ("facilitator", "HUN", None),
        ("facilitator", "POL", "absence.not_asked"),
        ("POL", "HUN", "game.facilitator_only"),
        ("server", "HUN", "game.facilitator_only"),
    ],
)
def test_who_answers_for_which_seat(by: str, seat: str, code: str | None) -> None:
    in_session(VACATED, ASKED).when("answer_absence", by=by, seat=seat, policy="bot").decided(code)
    in_session(VACATED).when("answer_absence", by="facilitator", seat="HUN", policy="bot").rejected("absence.not_asked")


@pytest.mark.rule("1.6", "10")
def test_a_facilitator_who_simply_goes_on_leaves_the_seat_to_a_deputy() -> None:
    for waiting in (in_session(VACATED, ASKED), in_session(VACATED, ASKED, AbsenceAnswered(seat="HUN", policy="ask"))):
        resumed = waiting.when("resume_game", by="facilitator", at=NOON + SECOND).then(GameResumed(shift=SECOND))
        assert resumed.state.player("HUN") == "deputy"
        assert resumed.state.clock.asked is None
        # once play goes on, whoever comes back finds it running
        paused = resumed.next(at(NOON + MINUTE, GamePaused()))
        paused.when("return_to_seat", by="server", member="m-HUN").then(SeatRetaken(seat="HUN", member="m-HUN"))


@pytest.mark.rule("1.6", "7.1")
def test_while_the_facilitator_is_asked_every_deadline_stands_still() -> None:
    stopped = in_session(tabled(), under_silence(), at(NOON, VACATED, ASKED))
    stopped.when("take_rung", by="POL", draft="d1", revision=1, rung="associate").rejected("game.paused")
    resumed = stopped.when("advance_clock", by="timer", at=UNTIL)
    assert resumed.state.silence is not None
    assert resumed.state.silence.deadline == DEADLINE + 2 * MINUTE


@pytest.mark.rule("1.6")
def test_an_ended_game_asks_nothing_any_more() -> None:
    ended = in_session(VACATED, ASKED).when("end_game", by="facilitator")
    ended.then_types(GameResumed, OutcomeReached, PhaseBegan)
    assert ended.state.clock.asked is None


# --- what was done in our name (rule 1.5)


def done_for(game: Given, seat: str = "HUN") -> list[str]:
    return [entry["type"] for entry in view(game.state, member_viewer(f"m-{seat}", seat))["private"]["done_for_us"]]


@pytest.mark.rule("1.5")
def test_whoever_returns_finds_marked_what_was_done_in_the_seats_name() -> None:
    vacant = in_session(tabled(), VACATED, under_silence(), game=created())
    acted = vacant.when("break_silence", by="deputy:HUN", **BREAK).next()
    back = acted.when("return_to_seat", by="server", member="m-HUN").next()
    assert done_for(back) == ["silence_broken"]
    entry = view(back.state, member_viewer("m-HUN", "HUN"))["private"]["done_for_us"][0]
    assert (entry["by"], entry["member"], entry["stand_in"]) == ("HUN", None, True)
    # to nobody else, and gone with the next vacancy
    assert done_for(back, "POL") == []
    assert done_for(back.when("declare_vacant", by="server", seat="HUN").next()) == []


@pytest.mark.rule("1.5")
def test_what_people_did_themselves_is_not_marked() -> None:
    game = in_session(tabled(), under_silence(), game=created())
    assert done_for(game.when("break_silence", by="HUN", **BREAK).next()) == []


@pytest.mark.rule("1.5")
def test_what_follows_for_everybody_is_nobodys_act() -> None:
    """A break of the last text ends the summit: the break is marked, the end is not."""
    game = given(in_phase("leaders"), tabled(), VACATED, under_silence(), phase_began("leaders", None), game=created())
    acted = game.when("break_silence", by="deputy:HUN", **BREAK)
    assert SilenceBroken in {type(event) for event in acted.events}
    assert done_for(acted.next()) == ["silence_broken"]


@pytest.mark.rule("1.5", "1.3")
def test_a_returning_member_is_not_away_any_more() -> None:
    two = given(seated("HUN", "b", "delegate"), game=created())
    away = two.when("mark_away", by="server", member="m-HUN").next(VACATED)
    back = away.when("return_to_seat", by="server", member="m-HUN").state
    assert back.members["m-HUN"].away_since is None


# --- slow games (rules 1.5 and 7.1)

SLOW = created(pace="slow", clock_minutes=3 * 24 * 60)
FACTOR = 72
"""Three days for the hour that the scenario takes live."""


@pytest.mark.rule("7.1")
@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        (24 * 60 - 1, "game.clock_out_of_bounds"),
        (24 * 60, None),
        (14 * 24 * 60, None),
        (14 * 24 * 60 + 1, "game.clock_out_of_bounds"),
        (60, "game.clock_out_of_bounds"),
    ],
)
def test_a_slow_game_lasts_one_to_fourteen_days(minutes: int, code: str | None) -> None:
    wish = new_game(pace="slow", clock_minutes=minutes)
    if code is None:
        assert decide(None, wish, SERVER, NOON)
    else:
        with pytest.raises(Rejected) as refused:
            decide(None, wish, SERVER, NOON)
        assert refused.value.refusal.code.name == code


@pytest.mark.rule("7.1")
def test_in_a_slow_game_everything_that_takes_time_takes_as_many_times_longer() -> None:
    started = given(game=SLOW).when("start_game", by="facilitator")
    assert started.events[-1] == phase_began("briefing", NOON + FACTOR * 5 * MINUTE)
    shown = view(started.state, LOBBY)["public"]
    assert shown["game"]["pace"] == "slow"
    assert shown["scenario"]["silence"] == {
        "min_seconds": FACTOR * 120, "max_seconds": FACTOR * 300, "default_seconds": FACTOR * 180
    }  # fmt: skip
    assert shown["scenario"]["lengths"] == {
        "poll": {"least": FACTOR * 20, "most": FACTOR * 300},
        "phase_extension": {"least": FACTOR * 60, "most": FACTOR * 3_600},
        "silence_extension": {"least": FACTOR * 30, "most": FACTOR * 300},
    }
    assert shown["scenario"]["signature_warning_seconds"] == FACTOR * 30
    assert next(one["seconds"] for one in shown["scenario"]["agenda"] if one["id"] == "briefing") == FACTOR * 300
    game = given(in_phase("council_1", NOON + 10 * MINUTE), tabled(), game=SLOW)
    about: Fields = {"draft": "d1", "revision": 1}
    game.when("open_silence", by="SG", **about, seconds=180).rejected(
        "silence.out_of_bounds", least=FACTOR * 120, most=FACTOR * 300
    )
    game.when("open_silence", by="SG", **about, seconds=FACTOR * 180).accepted()
    game.when("open_poll", by="SG", **about, seconds=60).rejected("poll.out_of_bounds", least=FACTOR * 20)
    game.when("extend_phase", by="facilitator", seconds=60).rejected("phase.extension_out_of_bounds", least=FACTOR * 60)
    lengths = shown["scenario"]["lengths"]
    for seconds in lengths["poll"].values():
        game.when("open_poll", by="SG", **about, seconds=seconds).accepted()
    for seconds in lengths["phase_extension"].values():
        game.when("extend_phase", by="facilitator", seconds=seconds).accepted()
    leaders = given(in_phase("leaders", NOON), game=SLOW).when("advance_clock", by="timer")
    (due,) = leaders.events
    assert due.model_dump() == {
        "type": "fallback_due", "put_by": NOON + FACTOR * MINUTE, "ends_at": NOON + FACTOR * 3 * MINUTE
    }  # fmt: skip


@pytest.mark.rule("1.6", "7.1")
def test_in_a_slow_game_the_facilitator_is_asked_for_two_minutes_like_in_any() -> None:
    slow = created(pace="slow", clock_minutes=3 * 24 * 60, policy="ask")
    in_session(game=slow).when("declare_vacant", by="server", seat="HUN").then(VACATED, ASKED)


@pytest.mark.rule("7.1")
def test_a_live_game_keeps_the_scenarios_bounds_whatever_its_length() -> None:
    game = given(in_phase("council_1"), tabled("USA", HISTORICAL), game=created(clock_minutes=180))
    game.when("open_silence", by="SG", draft="d1", revision=1, seconds=180).accepted()
