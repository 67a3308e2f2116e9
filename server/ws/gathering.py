"""One write to the system for all the frames that a socket is sent in one step of the loop.

Commands that shared a commit are shown one after the other, and each update goes to every socket: a write of its own
for each was the largest part of what a move costs, larger than the rules and the database.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

GATHERED_BYTES = 64 * 1024
"""More than this is written at once, so that the transport notices a socket that does not read."""


class GatheringTransport(asyncio.Transport):
    """Passes on to a transport, keeping what is written until the loop comes round. What WebSockets need of one."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._gathered: list[bytes] = []
        self._size = 0

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        if not self._gathered:
            self._loop.call_soon(self._flush)
        self._gathered.append(bytes(data))
        self._size += len(data)
        if self._size > GATHERED_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._gathered:
            data = b"".join(self._gathered)
            self._gathered.clear()
            self._size = 0
            self._transport.write(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        self._gathered.clear()
        self._transport.abort()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._transport.resume_reading()


class GatheringWebSocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSockets over such a transport."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do as asyncio's do, without being any.
        super().connection_made(GatheringTransport(cast(asyncio.Transport, transport)))
