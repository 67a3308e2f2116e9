"""Bots and deputies take their turns: at the table like anybody else, through the same commands.

They act on the beat that `game_rules.bots.pace` gives them, with a command id made of the beat: whichever process is
first, one turn is taken. A beat that no process saw is not made up for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from game_rules.bots import Mind, beats_between, deputy_turn, last_word, mind_of, takes_turn, turn, turn_interval
from game_rules.messages import Actor, Command, bot, deputy
from game_rules.procedures.standing import circumstances
from game_rules.state import GameState
from game_rules.view import Views
from server.access import now_ms
from server.decider import AnotherBody
from server.game_service import GameService
from server.store.interface import GameId
from server.texts import EmptyText, TextsErased

LAST_MOMENT_MS = 3_000
"""How long before the end of a silence a deputy says what it must say (rule 1.6)."""

GAMES_KEPT = 200

Turn = Callable[[Mapping[str, Any], Mind], tuple[Command, ...]]


class StandIns(Protocol):
    async def take_turns(self, game: GameId) -> None:
        """Lets those whose turn it is act, at a human pace. Raises what `GameService.submit` raises."""
        ...

    async def last_words(self, game: GameId) -> None:
        """Hears the deputies before a silence closes, also one whose deadline passed while no server ran."""
        ...


class NobodyStandsIn:
    """Vacant seats stay silent. Implements StandIns."""

    async def take_turns(self, game: GameId) -> None:
        return None

    async def last_words(self, game: GameId) -> None:
        return None


@dataclass
class _Table:
    """What is kept of a game between two looks."""

    looked_at: int
    views: Views = field(default_factory=Views)
    minds: dict[str, Mind] = field(default_factory=dict)


class StandInsAtTheTable:
    """Implements StandIns. `clock` gives milliseconds since 1970."""

    def __init__(self, service: GameService, clock: Callable[[], int] = now_ms) -> None:
        self._service = service
        self._clock = clock
        self._tables: OrderedDict[GameId, _Table] = OrderedDict()

    async def take_turns(self, game: GameId) -> None:
        now = self._clock()
        table = self._table(game, now)
        since, table.looked_at = table.looked_at, now
        for beat in beats_between(since, now):
            await self._beat(game, table, beat)

    async def last_words(self, game: GameId) -> None:
        now = self._clock()
        table = self._table(game, now)
        state = await self._service.state(game)
        if state.silence is None or state.clock.status != "running":
            return
        if state.silence.deadline - now > LAST_MOMENT_MS:
            return
        for actor in stand_ins_of(state):
            if actor.kind == "deputy":
                await self._act(game, table, actor, last_word, f"last-word:{state.silence.deadline}")

    def _table(self, game: GameId, now: int) -> _Table:
        table = self._tables.pop(game, None) or _Table(now)
        self._tables[game] = table
        while len(self._tables) > GAMES_KEPT:
            self._tables.popitem(last=False)
        return table

    async def _beat(self, game: GameId, table: _Table, beat: int) -> None:
        state = await self._service.state(game)
        seats = stand_ins_of(state)
        interval = turn_interval(len(seats))
        for actor in seats:
            assert actor.seat is not None
            if takes_turn(state.seed, actor.seat, beat, interval):
                await self._act(game, table, actor, turn if actor.kind == "bot" else deputy_turn, f"beat:{beat}")

    async def _act(self, game: GameId, table: _Table, actor: Actor, wishes: Turn, name: str) -> None:
        """One turn: the stand-in is handed its seat's view and its own mind, and nothing else."""
        state = await self._service.state(game)
        assert actor.seat is not None
        if state.player(actor.seat) != actor.kind:
            return  # a person took the seat a moment ago
        mind = table.minds.get(actor.seat) or mind_of(state.rules, actor.seat, state.seed)
        mind = table.minds[actor.seat] = mind.under(circumstances(state, actor.seat))
        kind: Literal["bot", "deputy"] = "bot" if actor.kind == "bot" else "deputy"
        view = table.views.for_a_stand_in(state, kind, actor.seat)
        await self._submit(game, actor, name, wishes(view, mind))

    async def _submit(self, game: GameId, actor: Actor, name: str, wished: Iterable[Command]) -> None:
        for number, command in enumerate(wished):
            try:
                await self._service.submit(game, actor, f"{name}:{number}", command)  # type: ignore[arg-type]
            except (AnotherBody, EmptyText, TextsErased):
                return  # another process took this turn, looking at another moment


def stand_ins_of(state: GameState) -> tuple[Actor, ...]:
    """The stand-ins that play a seat now, in the order of the table."""
    return tuple(
        bot(seat) if state.player(seat) == "bot" else deputy(seat)
        for seat in state.seats
        if state.player(seat) in ("bot", "deputy")
    )
