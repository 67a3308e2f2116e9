"""The agenda and the clock: start, pause, resume, extend, advance, and what falls due (rules 4.6, 7.1, 8.1).

Deadlines are data. `AdvanceClock` is a command like any other: every process may try it, one effect follows.
"""

from __future__ import annotations

from typing import Literal

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import EVERYONE, Actor, Audience, Command, Event, Milliseconds
from game_rules.procedures import injects
from game_rules.procedures.delegation import signature_warning_due
from game_rules.procedures.standing import demand, why_not_steer
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.state import Clock, GameState, Rules

EXTENSION_SECONDS = (60, 3_600)
FALLBACK_GRACE_SECONDS = 60
"""How long the server leaves the chair to put the fallback before it does so itself (rule 8.1)."""
PAUSE_DAYS = 7
"""How long a game may stand still. Then it ends as if it had been ended by hand (rule 1.7): our own bound, longer than
a week between two lessons, short enough that no deserted game stays open for ever."""

# --- commands


class StartGame(Command):
    type: Literal["start_game"]


class PauseGame(Command):
    type: Literal["pause_game"]


class ResumeGame(Command):
    type: Literal["resume_game"]


class ExtendPhase(Command):
    type: Literal["extend_phase"]
    seconds: int


class AdvancePhase(Command):
    """Ends the phase now, as if its time were up."""

    type: Literal["advance_phase"]


class AdvanceClock(Command):
    """Lets everything happen that has fallen due. Issued by the ticker in the name of a timer."""

    type: Literal["advance_clock"]


class EndGame(Command):
    """Breaks the summit off: what stands now is what came about."""

    type: Literal["end_game"]


# --- events. stored: renaming needs an upcaster


class GameStarted(Event):
    type: Literal["game_started"] = "game_started"

    def audience(self) -> Audience:
        return EVERYONE


class PhaseBegan(Event):
    type: Literal["phase_began"] = "phase_began"
    phase: str
    ends_at: Milliseconds | None

    def audience(self) -> Audience:
        return EVERYONE


class GamePaused(Event):
    type: Literal["game_paused"] = "game_paused"

    def audience(self) -> Audience:
        return EVERYONE


class GameResumed(Event):
    """Every deadline moves by as long as play stood still."""

    type: Literal["game_resumed"] = "game_resumed"
    shift: Milliseconds

    def audience(self) -> Audience:
        return EVERYONE


class PhaseExtended(Event):
    type: Literal["phase_extended"] = "phase_extended"
    ends_at: Milliseconds

    def audience(self) -> Audience:
        return EVERYONE


class FallbackDue(Event):
    """The leaders' session is over and no text stands: three more minutes (rule 8.1)."""

    type: Literal["fallback_due"] = "fallback_due"
    put_by: Milliseconds
    ends_at: Milliseconds

    def audience(self) -> Audience:
        return EVERYONE


class GameClosed(Event):
    """The debrief is over: the record is complete."""

    type: Literal["game_closed"] = "game_closed"

    def audience(self) -> Audience:
        return EVERYONE


# --- predicates


def why_not_started(state: GameState) -> Refusal | None:
    if state.clock.status == "lobby":
        return refuse(no.NOT_STARTED)
    return refuse(no.GAME_OVER) if state.clock.status == "ended" else None


def why_not_start_game(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_steer(state, by)
    if refusal is not None:
        return refusal
    return None if state.clock.status == "lobby" else refuse(no.ALREADY_STARTED)


def why_not_pause_game(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_steer(state, by) or why_not_started(state)
    if refusal is not None:
        return refusal
    return refuse(no.PAUSED) if state.clock.status == "paused" else None


def why_not_resume_game(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_steer(state, by) or why_not_started(state)
    if refusal is not None:
        return refusal
    return None if state.clock.status == "paused" else refuse(no.NOT_PAUSED)


def why_not_extend_phase(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_steer(state, by) or why_not_started(state)
    if refusal is not None:
        return refusal
    return refuse(no.NOTHING_TO_ADVANCE_TO) if state.clock.phase_ends_at is None else None


def why_not_advance_phase(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_steer(state, by) or why_not_started(state)
    if refusal is not None:
        return refusal
    if state.clock.status == "paused":
        return refuse(no.PAUSED)
    # rule 4.2: a phase waits for a running silence
    return refuse(no.PHASE_WAITS_FOR_SILENCE) if state.silence is not None else None


def why_not_end_game(state: GameState, by: Actor) -> Refusal | None:
    return why_not_steer(state, by) or why_not_started(state)


# --- what falls due


def game_time(state: GameState, at: Milliseconds) -> Milliseconds:
    """How long this phase has been played at that moment, in milliseconds without its pauses (rule 7.1)."""
    clock = state.clock
    return 0 if clock.phase_began_at is None else (clock.paused_at or at) - clock.phase_began_at


def pause_ends_at(state: GameState) -> Milliseconds:
    """When a pause comes to its end by itself: with the facilitator's two minutes, else with the game."""
    assert state.clock.paused_at is not None
    bound = state.clock.paused_at + PAUSE_DAYS * 24 * 60 * 60_000
    return state.clock.asked.until if state.clock.asked is not None else bound


def next_due(state: GameState) -> Milliseconds | None:
    """When something next falls due, in milliseconds; None while nothing can (lobby, end, untimed phase)."""
    if state.clock.status == "paused":
        return pause_ends_at(state)
    if state.clock.status != "running":
        return None
    clock, silence = state.clock, state.silence
    if silence is not None:
        # rule 4.2: a phase waits for a running silence, and so does the fallback
        dues = [silence.deadline]
    elif clock.fallback_put_by is not None:
        dues = [clock.fallback_put_by]
    else:
        dues = [clock.phase_ends_at] if clock.phase_ends_at is not None else []
    if state.poll is not None:
        dues.append(state.poll.closes_at)
    if (warning := signature_warning_due(state)) is not None:
        dues.append(warning)
    if (news := injects.next_moment(state)) is not None:
        dues.append(news)
    return min(dues, default=None)


# --- deciding


def phase_began(state: GameState, phase: int, at: Milliseconds) -> PhaseBegan:
    length = state.rules.phase_milliseconds[phase]
    return PhaseBegan(phase=state.rules.agenda[phase].id, ends_at=at + length if length else None)


def start_game(state: GameState, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_start_game(state, by))
    return (GameStarted(), phase_began(state, 1, at))


def pause_game(state: GameState, by: Actor) -> tuple[Event, ...]:
    demand(why_not_pause_game(state, by))
    return (GamePaused(),)


def resume_game(state: GameState, by: Actor, at: Milliseconds) -> tuple[Event, ...]:
    demand(why_not_resume_game(state, by))
    return (resumed(state, at),)


def resumed(state: GameState, at: Milliseconds) -> GameResumed:
    assert state.clock.paused_at is not None
    return GameResumed(shift=at - state.clock.paused_at)


def extend_phase(state: GameState, command: ExtendPhase, by: Actor) -> tuple[Event, ...]:
    demand(why_not_extend_phase(state, by))
    least, most = phase_extension_bounds(state.rules)
    if not least <= command.seconds <= most:
        raise Rejected(refuse(no.EXTENSION_OUT_OF_BOUNDS, least=least, most=most))
    assert state.clock.phase_ends_at is not None
    return (PhaseExtended(ends_at=state.clock.phase_ends_at + command.seconds * 1_000),)


def phase_extension_bounds(rules: Rules) -> tuple[int, int]:
    """The shortest and the longest time a phase is extended by, in seconds at this game's pace."""
    least, most = EXTENSION_SECONDS
    return rules.paced(least), rules.paced(most)


# --- folding


def game_started(state: GameState) -> GameState:
    return replace(state, clock=replace(state.clock, status="running"))


def phase_entered(state: GameState, event: PhaseBegan, at: Milliseconds) -> GameState:
    place = next(place for place, phase in enumerate(state.rules.agenda) if phase.id == event.phase)
    clock = Clock(status=state.clock.status, phase=place, phase_ends_at=event.ends_at, phase_began_at=at)
    return replace(state, clock=clock)


def game_paused(state: GameState, at: Milliseconds) -> GameState:
    return replace(state, clock=replace(state.clock, status="paused", paused_at=at))


def game_resumed(state: GameState, event: GameResumed) -> GameState:
    def moved(deadline: Milliseconds | None) -> Milliseconds | None:
        return None if deadline is None else deadline + event.shift

    clock = replace(
        state.clock,
        status="running",
        paused_at=None,
        asked=None,
        phase_began_at=moved(state.clock.phase_began_at),
        phase_ends_at=moved(state.clock.phase_ends_at),
        fallback_put_by=moved(state.clock.fallback_put_by),
        fallback_ends_at=moved(state.clock.fallback_ends_at),
    )
    silence = state.silence and replace(state.silence, deadline=state.silence.deadline + event.shift)
    poll = state.poll and replace(state.poll, closes_at=state.poll.closes_at + event.shift)
    pending = {act.id: replace(act, warned=moved(act.warned)) for act in state.pending.values()}
    # whoever goes on without waiting for a delegation leaves its seat to a deputy (rule 1.6)
    seats = {seat: replace(there, stand_in=None) for seat, there in state.seats.items() if there.stand_in == "ask"}
    return replace(state, clock=clock, silence=silence, poll=poll, pending=pending, seats={**state.seats, **seats})


def phase_extended(state: GameState, event: PhaseExtended) -> GameState:
    return replace(state, clock=replace(state.clock, phase_ends_at=event.ends_at))


def fallback_due(state: GameState, event: FallbackDue) -> GameState:
    clock = replace(state.clock, phase_ends_at=None, fallback_put_by=event.put_by, fallback_ends_at=event.ends_at)
    return replace(state, clock=clock)


def game_closed(state: GameState) -> GameState:
    clock = replace(state.clock, status="ended", phase_ends_at=None, paused_at=None, asked=None)
    return replace(state, clock=clock)
