"""What a running server consists of, for the routes to ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from server.access import Access
from server.bus import Bus
from server.game_service import GameService
from server.replay import Replays
from server.scenario_catalogue import Catalogue
from server.settings import Settings
from server.store import Store
from server.ws.hub import Hub


class TooMany(Exception):
    """Too many of these from one address. `seconds` is when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Limiter:
    """How often an address may do what costs us something or guesses a code. Counted in this process."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def demand(self, limit: RateLimitItem, connection: HTTPConnection) -> None:
        """Raises TooMany."""
        address = connection.client.host if connection.client else "-"
        if not self._window.hit(limit, address):
            raise TooMany(limit.get_expiry())


@dataclass(frozen=True)
class Services:
    """Made by `server.app` in its lifespan."""

    settings: Settings
    store: Store
    bus: Bus
    service: GameService
    access: Access
    hub: Hub
    catalogue: Catalogue
    replays: Replays
    limiter: Limiter


def services_of(connection: HTTPConnection) -> Services:
    return cast(Services, connection.app.state.services)
