"""What a client waits for and what it is sent: the first view of a full table, and the update after a move."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.full_table import DRAFTS, WORDS, vilnius
from benchmarks.guests import Table, open_table
from benchmarks.servers import summit_server

RELOADS = 30
MESSAGES = 200
SETTLING_SECONDS = 0.2


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        unthrottled = {"commands_per_second": "1000000", "commands_burst": "1000000"}
        with summit_server(Path(folder) / "summit.sqlite3", **unthrottled) as server:
            table = await open_table(server.address)
            await fill_the_floor(table)
            return await first_views(table) + await updates(table)


async def fill_the_floor(table: Table) -> None:
    """Ten drafts, positions of everybody on one of them, and a window full of messages."""
    for guest in table.guests[:DRAFTS]:
        await guest.wish("table_draft", package=vilnius().history.options)
    for guest in table.guests:
        await guest.wish("state_position", draft="d2", revision=1, position="support", in_confidence=False)
    for number in range(MESSAGES):
        guest = table.guests[number % len(table.guests)]
        await guest.wish("post_message", room="plenary", text=WORDS, refs=[])


async def first_views(table: Table) -> list[Figure]:
    """A delegate opens the page again and again: from `hello` until the whole view is there."""
    milliseconds, kilobytes = [], []
    for _ in range(RELOADS):
        socket, view = await table.guests[-1].door.socket()
        milliseconds.append(view.seconds * 1_000)
        kilobytes.append(len(view.frame) / 1_000)
        socket.close()
    return [
        Figure("a delegate's first view of a full table, from hello", milliseconds, "ms"),
        Figure("its size", kilobytes, "kB"),
    ]


async def updates(table: Table) -> list[Figure]:
    """What every other socket is sent after one delegate's move."""
    mover, other = table.guests[0], table.guests[1].socket
    figures = []
    for name, kind, fields in (
        ("a message", "post_message", {"room": "plenary", "text": WORDS, "refs": []}),
        ("a position", "state_position", {"draft": "d3", "revision": 1, "position": "can_accept"}),
    ):
        before = other.bytes_in
        await mover.wish(kind, **fields)
        await asyncio.sleep(SETTLING_SECONDS)
        figures.append(Figure(f"what each other socket is sent after {name}", [other.bytes_in - before], "bytes"))
    return figures


def run() -> Iterator[Figure]:
    with asyncio.Runner() as runner:
        yield from runner.run(measure())
