"""Whole games by bots, as fast as the machine goes: to try scenarios, to measure, to teach (rules 1.7, 11).

The bots sit at the same table as people would, see their own views, and act on the same beats; only nobody waits.
"""

from __future__ import annotations

import json
import operator
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from game_rules.bots import Mind, mind_of, takes_turn, turn, turn_interval
from game_rules.bots.pace import BEAT
from game_rules.bots.turn import COSPONSORS_TO_BE_DISCUSSED
from game_rules.engine import next_due
from game_rules.logged_game import LoggedGame
from game_rules.messages import SERVER, Actor, Milliseconds, SeatId, bot
from game_rules.procedures.clock import AdvanceClock, StartGame
from game_rules.procedures.drafting import basis
from game_rules.procedures.seating import CreateGame
from game_rules.procedures.standing import circumstances
from game_rules.rejections import Rejected
from game_rules.scenario import Scenario
from game_rules.state import GameState
from game_rules.view import Views

OPENING: Milliseconds = 1_688_947_200_000
"""The moment simulated games begin: 10 July 2023, 00:00 UTC. Only differences matter."""

DIRECTOR = Actor("facilitator", "simulation")
TIMER = Actor("timer", "simulation")
LAST_BEAT = 12 * 3_600_000 // BEAT
"""No agenda is longer; a game that is not over then would never be."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """A game that bots played to its outcome."""

    number: int
    seed: str
    game: LoggedGame
    refused: int
    """Commands of bots that the rules refused: a legal bot has none."""

    def to_json(self) -> dict[str, Any]:
        state = self.game.state
        outcome = state.outcome
        assert outcome is not None
        return {
            "game": self.number,
            "seed": self.seed,
            "ending": outcome.ending,
            "adopted": outcome.adopted,
            "package": state.rules.package_dict(outcome.package),
            "breaks": outcome.figures["breaks"],
            "world": outcome.world,
            "scores": {name: score["value"] for name, score in outcome.figures["scores"].items()},
            "mean": outcome.figures["mean"],
            "figures": {name: figure["value"] for name, figure in outcome.figures["figures"].items()},
            "results": {seat: result["total"] for seat, result in outcome.results.items()},
            "drafts": len(state.drafts),
            "amendments": len(state.amendments),
            "silences": len(state.silences),
            "events": self.game.events,
            "refused": self.refused,
        }

    def to_line(self) -> str:
        return json.dumps(self.to_json(), separators=(",", ":"))


def simulate(
    scenario: Scenario,
    cast: str,
    seed: str,
    *,
    number: int = 1,
    clock_minutes: int | None = None,
    strict: bool = False,
    keep_log: bool = False,
) -> Simulated:
    """Plays one game to its outcome. The same arguments give the same game. Raises UnknownName, Rejected."""
    game = LoggedGame(f"simulated-{number}", seed, keep_log=keep_log)
    create = CreateGame(
        type="create_game",
        game=game.game,
        scenario=scenario,
        cast=cast,
        kind="exercise",
        clock_minutes=clock_minutes or scenario.clocks.default_minutes,
        seed=seed,
        strict=strict,
    )
    game.wish(create, SERVER, OPENING)
    game.wish(StartGame(type="start_game"), DIRECTOR, OPENING)
    room = _Room(game)
    for beat in range(1, LAST_BEAT):
        room.play(OPENING + beat * BEAT, beat)
        if game.state.outcome is not None:
            return Simulated(number, seed, game, room.refused)
    raise AssertionError("rule 1.7: every game ends")


class _Room:
    """All seats of a game, each with its mind."""

    def __init__(self, game: LoggedGame) -> None:
        self.game = game
        self.refused = 0
        state = game.state
        self._minds: dict[SeatId, Mind] = {seat: mind_of(state.rules, seat, state.seed) for seat in state.seats}
        self._views = Views()
        self._idle: dict[SeatId, _Looked] = {}
        self._bots: dict[SeatId, Actor] = {seat: bot(seat) for seat in state.seats}
        self._next_due: tuple[GameState, Milliseconds | None] = state, next_due(state)
        interval = turn_interval(len(self._minds))
        self._interval = interval
        self._order: dict[int, list[SeatId]] = defaultdict(list)
        for seat in self._minds:
            place = next(beat for beat in range(interval) if takes_turn(state.seed, seat, beat, interval))
            self._order[place].append(seat)

    def play(self, now: Milliseconds, beat: int) -> None:
        """Everything that falls due until now, then the turns of this beat."""
        while (due := self._due()) is not None and due <= now:
            self.game.wish(AdvanceClock(type="advance_clock"), TIMER, due)
        for seat in self._order[beat % self._interval]:
            self._take_turn(seat, now)

    def _due(self) -> Milliseconds | None:
        """When something next falls due; asked again only of another state."""
        state = self.game.state
        if self._next_due[0] is not state:
            self._next_due = state, next_due(state)
        return self._next_due[1]

    def _take_turn(self, seat: SeatId, now: Milliseconds) -> None:
        state = self.game.state
        mind = self._minds[seat] = self._minds[seat].under(circumstances(state, seat))
        idle, looked_at = self._idle.get(seat), None
        if idle is not None:
            looked_at = _what_moves_a_bot(state, mind)
            if idle.same_as(looked_at):
                return  # the same view, the same mind: it would wish nothing again
        wishes = turn(self._views.for_a_stand_in(state, "bot", seat), mind)
        if wishes:
            self._idle.pop(seat, None)
        else:
            self._idle[seat] = looked_at or _what_moves_a_bot(state, mind)
        for command in wishes:
            try:
                self.game.wish(command, self._bots[seat], now)
            except Rejected:
                self.refused += 1


def _what_moves_a_bot(state: GameState, mind: Mind) -> _Looked:
    """What a bot's wishes depend on; only the chair counts what others say, and who is behind a draft."""
    seat = mind.seat
    silence = state.silence
    parts: tuple[object, ...] = (
        mind,
        state.clock,
        state.amendments,
        state.objections,
        state.poll,
        state.adopted,
        silence.rungs.get(seat) if silence is not None else None,
    )
    if seat == state.rules.chair:
        parts = (*parts, state.drafts, state.positions, state.confessionals)
    figures = (
        state.rules.memo.of("floor of a bot", (state.drafts, state.named_basis), _floor, state),
        (silence.draft, silence.revision) if silence is not None else None,
        state.rules.memo.of("offers of bots", (state.offers,), _offers, state).get(seat),
    )
    return _Looked(parts, figures)


def _offers(state: GameState) -> dict[SeatId, list[tuple[object, ...]]]:
    """How each delegation's offers stand, and which of them it has signed."""
    of_seat: dict[SeatId, list[tuple[object, ...]]] = defaultdict(list)
    for one in state.offers.values():
        for seat in one.parties:
            of_seat[seat].append((one.id, one.status, seat in one.signed))
    return of_seat


@dataclass(frozen=True, slots=True)
class _Looked:
    """Parts of a state, which are the same objects while nothing changed in them, and figures drawn from others."""

    parts: tuple[object, ...]
    figures: tuple[object, ...]

    def same_as(self, other: _Looked) -> bool:
        return all(map(operator.is_, self.parts, other.parts)) and self.figures == other.figures


def _floor(state: GameState) -> tuple[object, ...]:
    """Which text the room works on, and which others are discussed or stand alone (rule 9.4)."""
    on_floor = basis(state)
    drafts = (
        (one.id, one.revision, one.open, min(len(one.cosponsors), COSPONSORS_TO_BE_DISCUSSED))
        for one in state.drafts.values()
    )
    return on_floor.id if on_floor is not None else None, *drafts
