"""A bus for one process: everything is here already."""

from __future__ import annotations

from server.bus.interface import GameId, MemberId, OnDoorbell, OnPresence, OnTyping, Typing


class MemoryBus:
    """Implements Bus."""

    connected = True

    def __init__(self) -> None:
        self._present: dict[GameId, set[MemberId]] = {}
        self._on_presence: OnPresence = lambda game: None
        self._on_typing: OnTyping = lambda game, typing: None

    async def open(self, on_doorbell: OnDoorbell, on_presence: OnPresence, on_typing: OnTyping) -> None:
        # There is nobody else to be rung by.
        self._on_presence, self._on_typing = on_presence, on_typing

    async def close(self) -> None:
        self._present.clear()

    def ring(self, game: GameId, head: int) -> None:
        pass

    def arrived(self, game: GameId, member: MemberId) -> None:
        self._present.setdefault(game, set()).add(member)
        self._on_presence(game)

    def left(self, game: GameId, member: MemberId) -> None:
        present = self._present.get(game, set())
        present.discard(member)
        if not present:
            self._present.pop(game, None)
        self._on_presence(game)

    def typing(self, game: GameId, typing: Typing) -> None:
        self._on_typing(game, typing)

    async def present(self, game: GameId) -> frozenset[MemberId] | None:
        return frozenset(self._present.get(game, ()))
