"""`summit serve`: the server, and what to tell the people in the room."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import segno
import typer
import uvicorn
from fastapi import FastAPI

from server.app import create_app, running
from server.logs import configure_logs
from server.services import Services
from server.settings import LOOPBACK, Settings
from server.ws.gathering import GatheringWebSocketProtocol

Host = Annotated[str | None, typer.Option(help="The address to listen on; 0.0.0.0 for people in the same room.")]
Port = Annotated[int | None, typer.Option(help="The port to listen on; 0 takes a free one.")]
DatabaseUrl = Annotated[str | None, typer.Option(help="sqlite:///FILE or postgresql://… (SUMMIT_DATABASE_URL).")]
RedisUrl = Annotated[str | None, typer.Option(help="redis://… (SUMMIT_REDIS_URL), for several processes.")]

GRACEFUL_SECONDS = 5
SOCKET_BYTES = 128 * 1024
"""Longer frames end the socket. Between this and what the protocol allows they are answered."""

OnStart = Callable[[Services], Awaitable[None]]


def settings_with(**given: str | int | None) -> Settings:
    """The settings of the environment, with what the command line said instead."""
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]


class Server(uvicorn.Server):
    """uvicorn, telling when it listens."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            await self._on_start()


def run_server(settings: Settings, on_start: OnStart) -> None:
    """Serves until it is interrupted. Raises DatabaseRefused."""
    listening = _listen(settings)
    # With port 0 the system has chosen by now, and links must name what it chose.
    settings = settings.model_copy(update={"port": listening.getsockname()[1]})
    configure_logs(settings)
    with suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=uvloop_if_there()) as runner:
        runner.run(_serve(settings, listening, on_start))


async def _serve(settings: Settings, listening: socket.socket, on_start: OnStart) -> None:
    async with running(settings) as services:
        server = Server(server_config(create_app(services)), lambda: on_start(services))
        await server.serve([listening])


def server_config(app: FastAPI) -> uvicorn.Config:
    """How uvicorn is to serve: bounded, uncompressed, and gone soon after it is told to go."""
    return uvicorn.Config(
        app,
        ws=GatheringWebSocketProtocol,
        ws_max_size=SOCKET_BYTES,
        ws_ping_interval=10,
        ws_ping_timeout=10,
        # Compressed frames tell secrets by their length.
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        access_log=False,
        log_config=None,
        server_header=False,
        lifespan="off",
    )


def uvloop_if_there() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The faster loop, where it is installed (not on Windows)."""
    return import_module("uvloop").new_event_loop if find_spec("uvloop") else None


def _listen(settings: Settings) -> socket.socket:
    """The socket to listen on; taken before anything is opened, so that a second server ends at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        print(f"summit: {settings.host}:{settings.port} cannot be listened on: {error.strerror}", file=sys.stderr)
        raise SystemExit(1) from error
    return listening


async def tell_the_address(services: Services) -> None:
    """Prints where the game is; for a room, also as a code to point a phone at."""
    settings = services.settings
    print(f"Vilnius Summit is at {settings.base_url}", flush=True)
    if settings.host in LOOPBACK:
        return
    segno.make(settings.base_url, error="m").terminal(compact=True)
    if not settings.secure:
        print("Plain HTTP: whoever shares the network can read along. Good for a classroom, not for secrets.")
    sys.stdout.flush()


def add_to(app: typer.Typer) -> None:
    @app.command()
    def serve(
        host: Host = None, port: Port = None, database_url: DatabaseUrl = None, redis_url: RedisUrl = None
    ) -> None:
        """Serves the game."""
        settings = settings_with(host=host, port=port, database_url=database_url, redis_url=redis_url)
        run_server(settings, tell_the_address)
