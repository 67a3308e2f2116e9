"""Bots and deputies take their turns: at the table like anybody else, through the same commands."""

from __future__ import annotations

from typing import Protocol

from server.store.interface import GameId


class StandIns(Protocol):
    async def take_turns(self, game: GameId) -> None:
        """Lets those whose turn it is act, at a human pace. Raises what `GameService.submit` raises."""
        ...


class NobodyStandsIn:
    """Vacant seats stay silent. Implements StandIns."""

    async def take_turns(self, game: GameId) -> None:
        return None
