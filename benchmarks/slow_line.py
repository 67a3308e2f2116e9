"""A line as slow as a phone's, in front of a server: everything goes over it, a service worker's requests too.

What a browser's own throttling leaves out is in here: a worker's requests, the WebSocket, and the round trip that a
new connection takes. TLS is not; behind HTTPS a first visit takes one round trip more.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

PIECE = 1_460
"""Bytes handed on at a time, about a packet: connections that are open at once share the line fairly."""


class _Direction:
    """One way along the line: so many bytes a second for all connections together, and so long on the way."""

    def __init__(self, bytes_per_second: float, seconds: float) -> None:
        self._rate = bytes_per_second
        self._seconds = seconds
        self._free_at = 0.0
        self.carried = 0

    def arrival(self, size: int) -> float:
        """When a piece that is sent now has come, by the loop's clock."""
        self.carried += size
        self._free_at = max(asyncio.get_running_loop().time(), self._free_at) + size / self._rate
        return self._free_at + self._seconds


class SlowLine:
    """From `address` to the server at `target`, which may be set when the line is there already.

    `down.carried` bytes came from the server so far.
    """

    def __init__(self, bits_per_second: float, round_trip: float) -> None:
        self.address = ""
        self.target = ""
        self._round_trip = round_trip
        self.up = _Direction(bits_per_second / 8, round_trip / 2)
        self.down = _Direction(bits_per_second / 8, round_trip / 2)

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            server = urlsplit(self.target)
            server_reader, server_writer = await asyncio.open_connection(server.hostname, server.port)
        except OSError:
            writer.close()
            return
        async with asyncio.TaskGroup() as both:
            # nobody sends anything before the handshake has been there and back
            both.create_task(_carried(reader, server_writer, self.up, self._round_trip))
            both.create_task(_carried(server_reader, writer, self.down, 0.0))


async def _carried(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, direction: _Direction, handshake: float
) -> None:
    """Hands on what comes, late, until the sender has no more."""
    loop = asyncio.get_running_loop()
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    opened = loop.time() + handshake

    async def send() -> None:
        while (found := await under_way.get())[1]:
            await asyncio.sleep(max(0.0, found[0] - loop.time()))
            writer.write(found[1])

    sending = asyncio.create_task(send())
    try:
        with suppress(ConnectionError):
            while piece := await reader.read(PIECE):
                under_way.put_nowait((max(direction.arrival(len(piece)), opened), piece))
        under_way.put_nowait((0.0, b""))
        with suppress(ConnectionError):
            await sending
    finally:
        sending.cancel()
        writer.close()


@asynccontextmanager
async def slow_line(bits_per_second: float, round_trip: float) -> AsyncIterator[SlowLine]:
    """A line with an address, that leads nowhere yet."""
    line = SlowLine(bits_per_second, round_trip)
    listening = await asyncio.start_server(line.connected, "127.0.0.1", 0)
    line.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield line
    finally:
        listening.close()
