"""Every socket of this process: who is connected, who must go, who has stopped reading."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from game_rules.procedures.talk import PostMessage, room_of
from game_rules.rejections import Rejected
from server import metrics
from server.access import Access
from server.bus.interface import Bus, Typing
from server.game_service import GameService
from server.standing import actor_of
from server.store.interface import DatabaseAway, GameId, Session
from server.ws import frames

if TYPE_CHECKING:
    from server.ws.connection import Connection

SEND_SECONDS = 10.0
"""A socket that does not take a frame for so long is given up."""


class Hub:
    """Knows the sockets; the games know what to send them."""

    def __init__(self, service: GameService, access: Access, bus: Bus) -> None:
        self._service = service
        self._access = access
        self._bus = bus
        self._connections: dict[GameId, set[Connection]] = {}
        self._members: dict[GameId, Counter[str]] = {}
        self._told: dict[GameId, tuple[str, ...]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        service.on_epoch(lambda game: self._start(self.recheck(game)))

    @property
    def games(self) -> tuple[GameId, ...]:
        """The games that somebody here looks at."""
        return tuple(self._connections)

    async def arrived(self, game: GameId, connection: Connection) -> None:
        """A socket was let in: the others hear that its member is here, and it hears who else is."""
        assert connection.session is not None
        self._connections.setdefault(game, set()).add(connection)
        metrics.SOCKETS.inc()
        members = self._members.setdefault(game, Counter())
        member = connection.session.member
        members[member] += 1
        connection.outbox.push(frames.presence(self._told.get(game, ())))
        if members[member] == 1:
            self._bus.arrived(game, member)

    def left(self, game: GameId, connection: Connection) -> None:
        assert connection.session is not None
        metrics.SOCKETS.dec()
        self._connections[game].discard(connection)
        members = self._members[game]
        member = connection.session.member
        members[member] -= 1
        if members[member] == 0:
            del members[member]
            self._bus.left(game, member)
        if not self._connections[game]:
            del self._connections[game], self._members[game]
            self._told.pop(game, None)

    # --- presence --------------------------------------------------------------------------------------------------

    def presence_changed(self, game: GameId) -> None:
        """Somebody came or went somewhere."""
        if game in self._connections:
            self._start(self.tell_presence(game))

    async def tell_presence(self, game: GameId) -> None:
        """Tells the game's sockets who is connected, if that has changed. Only the members of delegations count."""
        present = await self._bus.present(game)
        if present is None:
            present = frozenset(self._members.get(game, ()))
        state = await self._service.state(game)
        shown = tuple(member.id for member in state.members.values() if member.present and member.id in present)
        if game in self._connections and self._told.get(game) != shown:
            self._told[game] = shown
            self._service.broadcast(game, frames.presence(shown))

    # --- who writes ------------------------------------------------------------------------------------------------

    async def typing_here(self, game: GameId, session: Session, name: str) -> None:
        """Somebody here writes in a room: those who may read it hear so. Where they may not speak nobody does."""
        state = await self._service.state(game)
        wish = PostMessage(type="post_message", room=name, text="…")
        by = actor_of(session, state, wish)
        with suppress(Rejected):
            room, _ = room_of(state, name, by)
            self._bus.typing(game, Typing(room, by.seat, by.id if by.kind in ("member", "press") else None))

    def typing_heard(self, game: GameId, typing: Typing) -> None:
        """Somebody writes, here or at another process."""
        self._service.show_typing(game, typing)

    # --- those who must go -----------------------------------------------------------------------------------------

    async def recheck(self, game: GameId) -> None:
        """Somebody's access was revoked: whoever's session is no longer good is sent away."""
        for connection in tuple(self._connections.get(game, ())):
            session = connection.session
            known = await self._access.stored(session.id) if session else None
            if known is None or known.revoked_at is not None:
                connection.outbox.close("revoked")

    def sweep(self, now: float) -> None:
        """Gives up the sockets that do not read. `now` is the loop's time."""
        for connections in self._connections.values():
            for connection in connections:
                since = connection.outbox.sending_since
                if since is not None and now - since > SEND_SECONDS:
                    connection.abandon()

    def _start(self, work: object) -> None:
        assert asyncio.iscoroutine(work)
        task = asyncio.create_task(_guarded(work), name="hub")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _guarded(work: object) -> None:
    """Presence and re-checks are looked at again every second: a database that is away now is no failure."""
    try:
        await work  # type: ignore[misc]
    except DatabaseAway:
        return
