"""WebSocket clients that cost so little that a few dozen of them keep a server busy from one process.

A client sends a frame and watches for the one that names its command's id; whatever else comes is counted and dropped.
"""

from __future__ import annotations

import asyncio
import base64
import os
import time
from typing import NamedTuple
from urllib.parse import urlsplit

SHORT, MEDIUM = 126, 65_536
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
REFUSALS = (b'{"type":"rejected"', b'{"type":"malformed"', b'{"type":"unavailable"', b'{"type":"internal"')


class Refused(Exception):
    """A move had another answer than the one it was sent for."""


class Answer(NamedTuple):
    """The frame that was waited for, and how long it took to come."""

    seconds: float
    frame: bytes


class SocketClient(asyncio.Protocol):
    """One end of a socket (RFC 6455). `bytes_in` counts what came."""

    def __init__(self, path: str, host: str, origin: str) -> None:
        self._request = (path, host, origin)
        self._unread = bytearray()
        self._open = asyncio.get_running_loop().create_future()
        self._upgraded = False
        self._waits_for: bytes | None = None
        self._sent_at = 0.0
        self._answer: asyncio.Future[Answer] | None = None
        self.bytes_in = 0

    @classmethod
    async def connect(cls, address: str, path: str) -> SocketClient:
        """A client whose socket is open."""
        where = urlsplit(address)
        assert where.hostname is not None
        assert where.port is not None
        _, client = await asyncio.get_running_loop().create_connection(
            lambda: cls(path, where.netloc, address), where.hostname, where.port
        )
        await client._open
        return client

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        path, host, origin = self._request
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def connection_lost(self, error: Exception | None) -> None:
        for waiting in (self._open, self._answer):
            if waiting is not None and not waiting.done():
                waiting.set_exception(error or ConnectionResetError("the server ended the socket"))

    def close(self) -> None:
        self._transport.close()

    # --- sending ---------------------------------------------------------------------------------------------------

    def send(self, text: bytes, opcode: int = TEXT) -> None:
        """Sends one frame. Its mask is zero, which leaves the text as it is."""
        size = len(text)
        length = bytes([0x80 | size]) if size < SHORT else b"\xfe" + size.to_bytes(2)
        self._transport.write(bytes([0x80 | opcode]) + length + b"\0\0\0\0" + text)

    async def ask(self, text: bytes, answered_by: bytes) -> Answer:
        """Sends, and waits for a frame that holds `answered_by`. Raises Refused."""
        self._answer = asyncio.get_running_loop().create_future()
        self._waits_for, self._sent_at = answered_by, time.perf_counter()
        self.send(text)
        return await self._answer

    # --- receiving -------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        self.bytes_in += len(data)
        self._unread += data
        if not self._upgraded and not self._upgrade():
            return
        start = 0
        while (frame := self._frame(start)) is not None:
            opcode, begin, start = frame
            self._take(opcode, bytes(self._unread[begin:start]))
        del self._unread[:start]

    def _upgrade(self) -> bool:
        head, found, rest = bytes(self._unread).partition(b"\r\n\r\n")
        if not found:
            return False
        if b" 101 " not in head:
            raise ConnectionRefusedError(head.decode(errors="replace"))
        self._upgraded = True
        self._unread = bytearray(rest)
        self._open.set_result(None)
        return True

    def _frame(self, start: int) -> tuple[int, int, int] | None:
        """The next frame from there, if all of it has come: its opcode, and where its text begins and ends."""
        held = self._unread
        if len(held) < start + 2:
            return None
        size = held[start + 1]
        extra = 0 if size < SHORT else 2 if size == SHORT else 8
        begin = start + 2 + extra
        if extra:
            size = int.from_bytes(held[start + 2 : begin])
        end = begin + size
        return (held[start] & 0x0F, begin, end) if len(held) >= end else None

    def _take(self, opcode: int, text: bytes) -> None:
        if opcode == PING:
            self.send(text, PONG)
        elif opcode == TEXT and self._waits_for is not None and self._waits_for in text:
            self._answered(text)

    def _answered(self, text: bytes) -> None:
        assert self._answer is not None
        self._waits_for = None
        if text.startswith(REFUSALS):
            self._answer.set_exception(Refused(text.decode()))
        else:
            self._answer.set_result(Answer(time.perf_counter() - self._sent_at, text))
