"""People at a table, for tests: they come in by HTTP and play over a WebSocket, as a browser does."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import websockets
from websockets.asyncio.client import ClientConnection

from game_rules.view import apply
from server.app import create_app, running
from server.bus import Bus
from server.cli.serve import Server, server_config
from server.services import Services
from server.settings import Settings
from server.store import MemoryStore, Store

PATIENCE = 10.0
"""Seconds after which a condition that was waited for has failed."""

QUICK = {"scenario": "vilnius-2023", "cast": "quick", "kind": "open", "clock_minutes": 60}


def listening_socket() -> socket.socket:
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    return taken


@dataclass
class House:
    """A server that runs in the test's own loop."""

    services: Services
    address: str

    async def table(self, **how: Any) -> Table:
        """Opens a game."""
        return await Table.open(self.address, **how)


@asynccontextmanager
async def house(store: Store | None = None, bus: Bus | None = None, **settings: Any) -> AsyncIterator[House]:
    """Serves on a port of its own, in memory unless a store is handed in. Bots stay away unless asked for."""
    listening = listening_socket()
    port = listening.getsockname()[1]
    chosen = Settings(**{"stand_ins": False, "database_url": "memory://", "port": port, **settings})
    async with running(chosen, store or (MemoryStore() if "database_url" not in settings else None), bus) as services:
        started = asyncio.Event()

        async def tell() -> None:
            started.set()

        server = Server(server_config(create_app(services)), tell)
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        task = asyncio.create_task(_serve(server, listening))
        await asyncio.wait_for(started.wait(), PATIENCE)
        try:
            yield House(services, f"http://127.0.0.1:{port}")
        finally:
            server.should_exit = True
            server.force_exit = True
            await task


async def _serve(server: Server, listening: socket.socket) -> None:
    # Server.serve would take over the process's signals.
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup([listening])
    await server.main_loop()
    await server.shutdown([listening])


@dataclass
class Table:
    """A game somebody opened, with the links that were given out."""

    address: str
    game: str
    code: str
    links: dict[str, str | None]
    creator: Guest

    @classmethod
    async def open(cls, address: str, **how: Any) -> Table:
        creator = Guest(address)
        opened = (await creator.post("/api/games", {**QUICK, **how})).json()
        creator.game = opened["game"]
        return cls(address, opened["game"], opened["code"], opened["links"], creator)

    async def seat(self, seat: str, name: str = "Anna") -> Guest:
        """Somebody who came by the short code and sat down."""
        guest = Guest(self.address, self.game)
        await guest.claim(seat, name, code=self.code)
        return guest

    async def host(self, seat: str, name: str = "Hanna") -> Guest:
        """The host, seated."""
        await self.creator.claim(seat, name)
        return self.creator

    async def close(self) -> None:
        await self.creator.close()


def token_of(link: str) -> str:
    return link.partition("#")[2]


@dataclass
class Guest:
    """A browser: cookies, requests, and at most one socket at a time."""

    address: str
    game: str = ""
    http: httpx.AsyncClient = field(init=False)
    socket: Player | None = None

    def __post_init__(self) -> None:
        self.http = httpx.AsyncClient(base_url=self.address, headers={"Origin": self.address}, timeout=PATIENCE)

    async def post(self, path: str, body: Any = None, status: int | None = None) -> httpx.Response:
        answer = await self.http.post(path, json={} if body is None else body)
        assert answer.status_code == status if status else answer.is_success, answer.text
        return answer

    async def get(self, path: str, status: int = 200) -> httpx.Response:
        answer = await self.http.get(path)
        assert answer.status_code == status, answer.text
        return answer

    def path(self, rest: str) -> str:
        return f"/api/games/{self.game}/{rest}"

    async def enter(self, token: str, status: int = 200) -> Any:
        return (await self.post(self.path("sessions"), {"token": token}, status)).json()

    async def claim(self, seat: str, name: str = "Anna", status: int = 200, **how: str) -> Any:
        return (await self.post(self.path("claims"), {"seat": seat, "name": name, **how}, status)).json()

    async def ticket(self) -> str:
        return str((await self.post(self.path("tickets"))).json()["ticket"])

    async def play(self, resume: tuple[str, int] | None = None, *, packed: bool = False) -> Player:
        """Opens the socket and waits for the view."""
        self.socket = await Player.connect(self.address, self.game, await self.ticket(), resume, packed=packed)
        await self.socket.until(lambda player: player.view is not None or player.resumed)
        return self.socket

    async def close(self) -> None:
        if self.socket is not None:
            await self.socket.close()
        await self.http.aclose()


class Gone(Exception):
    """The server ended the socket."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Player:
    """One end of a socket, keeping its view as a client does."""

    connection: ClientConnection
    frames: list[dict[str, Any]] = field(default_factory=list)
    view: dict[str, Any] | None = None
    texts: dict[str, str | None] = field(default_factory=dict)
    stream: str = ""
    after: int = 0
    resumed: bool = False
    closed: int | None = None
    raw_public: list[str] = field(default_factory=list)
    packed: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._changed = asyncio.Condition()
        self._ids = itertools.count(1)
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def connect(
        cls,
        address: str,
        game: str,
        ticket: str,
        resume: tuple[str, int] | None = None,
        origin: str | None = None,
        *,
        packed: bool = False,
    ) -> Player:
        uri = f"{address.replace('http', 'ws', 1)}/api/games/{game}/socket"
        connection = await websockets.connect(uri, origin=origin or address, max_size=None, compression=None)  # type: ignore[arg-type]
        player = cls(connection)
        wanted = {"stream": resume[0], "after": resume[1]} if resume else None
        await player.send({"type": "hello", "ticket": ticket, "resume": wanted, "packed": packed})
        return player

    async def send(self, frame: Any) -> None:
        await self.connection.send(frame if isinstance(frame, str) else json.dumps(frame))

    async def wish(self, kind: str, command_id: str | None = None, **fields: Any) -> dict[str, Any]:
        """Sends a command and returns its answer."""
        command_id = command_id or f"c{next(self._ids)}"
        seen = len(self.frames)
        await self.send({"type": "command", "command_id": command_id, "command": {"type": kind, **fields}})
        return await self.answer(command_id, seen)

    async def answer(self, command_id: str | None, seen: int = 0) -> dict[str, Any]:
        kinds = ("ack", "rejected", "malformed", "unavailable", "internal")

        def found(player: Player) -> bool:
            return player._find(kinds, command_id, seen) is not None

        await self.until(found)
        frame = self._find(kinds, command_id, seen)
        assert frame is not None
        return frame

    def _find(self, kinds: tuple[str, ...], command_id: str | None, seen: int) -> dict[str, Any] | None:
        return next((f for f in self.frames[seen:] if f["type"] in kinds and f["command_id"] == command_id), None)

    def last(self, kind: str) -> dict[str, Any] | None:
        return next((frame for frame in reversed(self.frames) if frame["type"] == kind), None)

    @property
    def public(self) -> dict[str, Any]:
        assert self.view is not None
        return self.view["public"]  # type: ignore[no-any-return]

    @property
    def private(self) -> dict[str, Any]:
        assert self.view is not None
        return self.view["private"]  # type: ignore[no-any-return]

    async def until(self, condition: Callable[[Player], Any], patience: float = PATIENCE) -> None:
        """Waits until it holds. Raises Gone when the socket ends before, TimeoutError when it takes too long."""
        async with asyncio.timeout(patience), self._changed:
            while not condition(self):
                if self.closed is not None:
                    raise Gone(self.closed)
                await self._changed.wait()

    async def until_gone(self) -> int:
        """Waits for the server to end the socket; returns the close code."""
        with suppress(Gone):
            await self.until(lambda player: False)
        assert self.closed is not None
        return self.closed

    async def close(self) -> None:
        await self.connection.close()
        await self._reader

    async def drop(self) -> None:
        """The line breaks: no goodbye."""
        self.connection.transport.abort()
        await self._reader

    async def _read(self) -> None:
        with suppress(websockets.ConnectionClosed):
            async for data in self.connection:
                if isinstance(data, bytes):
                    self.packed.append(data)
                    continue
                async with self._changed:
                    self._take(data)
                    self._changed.notify_all()
        async with self._changed:
            self.closed = self.connection.close_code or 1006
            self._changed.notify_all()

    def _take(self, data: str) -> None:
        frame = json.loads(data)
        self.frames.append(frame)
        if frame["type"] == "view":
            if "public" not in frame["view"]:
                half = json.loads(gzip.decompress(self.packed[-1]))
                frame["view"]["public"], frame["texts"] = half["public"], {**half["texts"], **frame["texts"]}
            self.view, self.stream, self.after = frame["view"], frame["stream"], 0
        elif frame["type"] == "resumed":
            self.resumed, self.stream, self.after = True, frame["stream"], frame["after"]
        elif frame["type"] == "update":
            self.after += 1
            if frame["half"] == "public":
                self.raw_public.append(data)
            if self.view is not None:
                self.view = {**self.view, frame["half"]: apply(self.view[frame["half"]], frame["ops"])}
        self.texts.update(frame.get("texts", {}))
