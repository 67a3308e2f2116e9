"""What server processes tell each other: that a game moved on, who is connected, who writes. All of it may be lost.

Nothing correct hangs on the bus. A doorbell carries no content, and whoever misses one finds the new head in the
database within a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

GameId = str
MemberId = str

OnDoorbell = Callable[[GameId, int], None]
"""Called in the loop with a game and the number of its last event. Must return at once."""

OnPresence = Callable[[GameId], None]
"""Called in the loop when somebody came or went."""


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody writes in a room now: a member of a delegation or of the press; without a member the facilitator."""

    room: str
    seat: str | None
    member: MemberId | None


OnTyping = Callable[[GameId, Typing], None]
"""Called in the loop, also for what this very process said."""


class Bus(Protocol):
    async def open(self, on_doorbell: OnDoorbell, on_presence: OnPresence, on_typing: OnTyping) -> None: ...

    async def close(self) -> None: ...

    @property
    def connected(self) -> bool:
        """Whether the others can be heard now."""
        ...

    def ring(self, game: GameId, head: int) -> None:
        """Tells the other processes that the game has moved on. Never waits, never fails."""
        ...

    def arrived(self, game: GameId, member: MemberId) -> None:
        """A member has a socket here; said once, whatever number of sockets they have."""
        ...

    def left(self, game: GameId, member: MemberId) -> None:
        """The member's last socket here has gone."""
        ...

    def typing(self, game: GameId, typing: Typing) -> None:
        """Tells every process, this one too, that somebody writes. Never waits, never fails."""
        ...

    async def present(self, game: GameId) -> frozenset[MemberId] | None:
        """Who is connected to any process. None: this process cannot see it now, and must judge nobody absent."""
        ...
