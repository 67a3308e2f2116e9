"""The plainest server that could be asked to do the same: it takes a text, stores it, and hands it to everybody.

The baseline of `moves`: same stack, same uvicorn settings, same kind of SQLite file, no rules. A message is one durable
row, committed before anybody hears of it; with `--forgetful` nothing is stored. The sender's own copy is its answer.

    python -m benchmarks.bare_server FILE [--forgetful]
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, WebSocket
from sqlalchemy import Engine, event
from sqlmodel import Field, Session, SQLModel, create_engine

from server.cli.serve import uvloop_if_there

Store = Callable[[str], Awaitable[None]]


class StoredMessage(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    at: int
    text: str


def open_database(file: Path) -> Engine:
    """A SQLite file as careful as the game's own: a commit has reached the disk."""
    engine = create_engine(f"sqlite:///{file}", connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def careful(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    SQLModel.metadata.create_all(engine, tables=[StoredMessage.metadata.tables["storedmessage"]])
    return engine


def durable(engine: Engine) -> Store:
    """Stores a message as a row of its own. One thread writes, as SQLite has it, and the loop need not wait."""
    writer = ThreadPoolExecutor(max_workers=1)

    def insert(text: str) -> None:
        with Session(engine) as session:
            session.add(StoredMessage(at=time.time_ns() // 1_000_000, text=text))
            session.commit()

    async def store(text: str) -> None:
        await asyncio.get_running_loop().run_in_executor(writer, insert, text)

    return store


async def forgetful(text: str) -> None:
    """Stores nothing."""


def create_app(store: Store) -> FastAPI:
    app = FastAPI()
    sockets: set[WebSocket] = set()

    @app.websocket("/socket")
    async def room(websocket: WebSocket) -> None:
        await websocket.accept()
        sockets.add(websocket)
        try:
            async for text in websocket.iter_text():
                await store(text)
                for other in tuple(sockets):
                    await other.send_text(text)
        finally:
            sockets.discard(websocket)

    return app


async def serve(app: FastAPI) -> None:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    print(f"The bare server is at http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_ping_interval=10,
        ws_ping_timeout=10,
        ws_per_message_deflate=False,
        access_log=False,
        log_config=None,
    )
    await uvicorn.Server(config).serve([listening])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    parser.add_argument("--forgetful", action="store_true")
    asked = parser.parse_args()
    store = forgetful if asked.forgetful else durable(open_database(asked.file))
    with asyncio.Runner(loop_factory=uvloop_if_there()) as runner:
        runner.run(serve(create_app(store)))


if __name__ == "__main__":
    main()
