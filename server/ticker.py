"""What happens without anybody asking: deadlines, seats that fall vacant, stand-ins' turns.

Deadlines are data. Every process looks at the running games once a second and tries what is due; one effect follows,
because a deadline's command has an id of its own. Nothing sleeps until a deadline: after a restart, or with every
browser closed, the next look finds it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable

import structlog

from game_rules.engine import next_due
from game_rules.messages import SERVER, Actor
from game_rules.procedures.clock import AdvanceClock
from game_rules.procedures.seating import DeclareVacant, MarkAway
from game_rules.state import GameState
from server.access import now_ms
from server.bus.interface import Bus
from server.game_service import POLL_SECONDS, Broken, GameService, incident
from server.settings import Settings
from server.stand_ins import StandIns
from server.store.interface import DatabaseAway, GameId, GameUnknown, Head
from server.ws.hub import Hub

log = structlog.get_logger(__name__)

TIMER = Actor("timer", "clock")
LEAST_WAIT_SECONDS = 0.05


class Ticker:
    """One loop a process."""

    def __init__(self, service: GameService, hub: Hub, bus: Bus, stand_ins: StandIns, settings: Settings) -> None:
        self._service = service
        self._hub = hub
        self._bus = bus
        self._stand_ins = stand_ins
        self._settings = settings
        self._absent_since: dict[tuple[GameId, str], float] = {}
        self._unseen_since: dict[tuple[GameId, str], float] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="ticker")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                await self.tick()
            except DatabaseAway:
                log.warning("ticker.database_away")
            except Exception as error:
                incident("ticker.failed", "-", error)
            await asyncio.sleep(self._wait())

    def _wait(self) -> float:
        """Seconds until the next look: a second, or less when something falls due before."""
        dues = [head.next_due for head in self._service.heads.values() if head.next_due is not None]
        until = (min(dues) - now_ms()) / 1_000 if dues else POLL_SECONDS
        return min(POLL_SECONDS, max(LEAST_WAIT_SECONDS, until))

    async def tick(self) -> None:
        """One look at everything. A game that fails costs the others nothing."""
        await self._service.look()
        self._hub.sweep(asyncio.get_running_loop().time())
        running = [game for game, head in self._service.heads.items() if head.status == "running" or _is_due(head)]
        for game in running:
            try:
                await self._tend(game)
            except (Broken, GameUnknown):
                continue  # it is on record already, or gone
            except DatabaseAway:
                raise
            except Exception as error:
                incident("game.cannot_be_tended", game, error)
        self._forget_all_but(running)
        for game in self._hub.games:
            with contextlib.suppress(Broken, GameUnknown):
                await self._hub.tell_presence(game)

    async def _tend(self, game: GameId) -> None:
        # Before the clock, so that a deputy is heard even when the deadline passed while no server ran (rule 1.6).
        await self._stand_ins.last_words(game)
        state = await self._service.state(game)
        due = next_due(state)
        if due is not None and due <= now_ms():
            command = AdvanceClock(type="advance_clock")
            await self._service.submit(game, TIMER, f"timer:{due}", command)
            state = await self._service.state(game)
        if state.clock.status != "running":
            return
        await self._see_who_is_away(game, state)
        await self._stand_ins.take_turns(game)

    # --- vacancy (rule 1.5) ----------------------------------------------------------------------------------------

    async def _see_who_is_away(self, game: GameId, state: GameState) -> None:
        present = await self._bus.present(game)
        if present is None:
            # A process that cannot see presence declares nobody vacant.
            self._forget(lambda known: known != game)
            return
        now = asyncio.get_running_loop().time()
        await self._see_which_seats(game, state, present, now)
        await self._see_which_members(game, await self._service.state(game), present, now)

    async def _see_which_seats(self, game: GameId, state: GameState, present: frozenset[str], now: float) -> None:
        for seat in abandoned(state, present):
            since = self._absent_since.setdefault((game, seat), now)
            absent = now - since if state.rules.pace == "live" else away_for(state, seat, now_ms())
            if absent >= self._patience(state):
                del self._absent_since[game, seat]
                await self._declare_vacant(game, seat)
        for seat in left_places(state, present):
            # a seat whose facilitator is gone is its stand-in's again, however slow the game
            since = self._absent_since.setdefault((game, seat), now)
            if now - since >= self._settings.vacant_after_seconds:
                del self._absent_since[game, seat]
                await self._declare_vacant(game, seat)
        for seat in set(state.seats) - {*abandoned(state, present), *left_places(state, present)}:
            self._absent_since.pop((game, seat), None)

    async def _see_which_members(self, game: GameId, state: GameState, present: frozenset[str], now: float) -> None:
        """Who has no connection for a minute is away; who has one again is back (rule 1.4)."""
        for member in state.members.values():
            key = (game, member.id)
            if member.id in present or not member.present or state.seats[member.seat].vacant:
                self._unseen_since.pop(key, None)
                if member.id in present and member.present:
                    await self._service.welcome_back(game, member.id)
            elif member.away_since is None and now - self._unseen_since.setdefault(key, now) >= self._away_after:
                del self._unseen_since[key]
                away = MarkAway(type="mark_away", member=member.id)
                await self._service.submit(game, SERVER, f"away:{member.id}:{now_ms()}", away)

    @property
    def _away_after(self) -> float:
        return self._settings.away_after_seconds

    def _patience(self, state: GameState) -> float:
        if state.rules.pace == "slow":
            return self._settings.vacant_after_slow_seconds
        if state.silence is not None:
            return self._settings.vacant_under_silence_seconds
        return self._settings.vacant_after_seconds

    async def _declare_vacant(self, game: GameId, seat: str) -> None:
        # Two processes may both have waited long enough: the rules take the first and refuse the second.
        command_id = f"vacant:{seat}:{now_ms()}"
        await self._service.submit(game, SERVER, command_id, DeclareVacant(type="declare_vacant", seat=seat))

    def _forget_all_but(self, running: Iterable[GameId]) -> None:
        known = set(running)
        self._forget(lambda game: game in known)

    def _forget(self, keep: Callable[[GameId], bool]) -> None:
        """Counts anew, for the games that are not kept, how long somebody has not been seen."""
        self._absent_since = {key: since for key, since in self._absent_since.items() if keep(key[0])}
        self._unseen_since = {key: since for key, since in self._unseen_since.items() if keep(key[0])}


def _is_due(head: Head) -> bool:
    """Whether a pause comes to its end by itself: two minutes without an answer, or a week (rules 1.6 and 1.7)."""
    return head.status == "paused" and head.next_due is not None and head.next_due <= now_ms()


def away_for(state: GameState, seat: str, now: int) -> float:
    """How many seconds ago the last member of the seat went away, by the record; 0 while one is there.

    A slow game's patience outlasts restarts of the server, which forget what they have seen.
    """
    since = [state.members[member].away_since for member in state.seats[seat].members]
    last = max((moment for moment in since if moment is not None), default=now)
    return 0 if None in since else (now - last) / 1_000


def left_places(state: GameState, present: frozenset[str]) -> tuple[str, ...]:
    """The seats that a facilitator plays who is not connected."""
    return tuple(seat for seat, place in state.places.items() if place.facilitator not in present)


def abandoned(state: GameState, present: frozenset[str]) -> tuple[str, ...]:
    """The seats that people play and none of them is connected to."""
    return tuple(seat for seat, there in state.seats.items() if not there.vacant and present.isdisjoint(there.members))
