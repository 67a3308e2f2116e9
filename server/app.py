"""The composition root: every part of the server is made and joined here, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from server.access import Access
from server.bus import Bus, bus_for
from server.game_service import GameService
from server.protection import Protection
from server.replay import Replays
from server.routes import client, entering, facilitating, games, health, playing, scenarios, socket
from server.routes.errors import ErrorBody, add_error_handlers
from server.scenario_catalogue import Catalogue
from server.services import Limiter, Services
from server.settings import Settings
from server.stand_ins import NobodyStandsIn, StandIns, StandInsAtTheTable
from server.store import Store, store_for
from server.ticker import Ticker
from server.ws.hub import Hub

ROUTERS = (scenarios.router, games.router, entering.router, playing.router, facilitating.router, health.router)


def create_app(services: Services) -> FastAPI:
    """The application over parts that run already."""
    app = FastAPI(
        title="Vilnius Summit",
        summary="The HTTP interface of the negotiation server. The WebSocket is described in docs/protocol.md.",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses={status: {"model": ErrorBody} for status in (403, 409, 422, 429, 500, 503)},
    )
    app.state.services = services
    add_error_handlers(app)
    for router in ROUTERS:
        app.include_router(router)
    app.router.routes.append(socket.route)
    app.include_router(client.router)  # last: it answers every address that nothing else does
    app.add_middleware(Protection, settings=services.settings)
    return app


@asynccontextmanager
async def running(settings: Settings, store: Store | None = None, bus: Bus | None = None) -> AsyncIterator[Services]:
    """The parts, started in order and stopped in the opposite one; tests hand in a store or bus of their own.

    Raises DatabaseRefused, and what `load_scenario` raises for a faulty scenario.
    """
    async with AsyncExitStack() as stack:
        store = store or store_for(settings.database_url, allow_unsafe=settings.allow_unsafe_database)
        await store.open()
        stack.push_async_callback(store.close)
        bus = bus or bus_for(settings.redis_url)
        service = GameService(store, bus)
        access = Access(store, settings)
        hub = Hub(service, access, bus)
        await bus.open(service.heard, hub.presence_changed, hub.typing_heard)
        stack.push_async_callback(bus.close)
        catalogue = Catalogue(settings.scenario_folder)
        await catalogue.load_all()
        stack.push_async_callback(service.close)
        ticker = Ticker(service, hub, bus, _stand_ins(settings, service), settings)
        ticker.start()
        stack.push_async_callback(ticker.stop)
        yield Services(settings, store, bus, service, access, hub, catalogue, Replays(store), Limiter())


def _stand_ins(settings: Settings, service: GameService) -> StandIns:
    return StandInsAtTheTable(service) if settings.stand_ins else NobodyStandsIn()
