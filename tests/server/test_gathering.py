"""What is written to a socket in one step of the loop goes out at once, in order, and before the socket closes."""

from __future__ import annotations

import asyncio
from typing import cast

from server.ws.gathering import GATHERED_BYTES, GatheringTransport


class Line:
    """The transport below, which remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[bytes | str] = []

    def write(self, data: bytes) -> None:
        self.told.append(data)

    def close(self) -> None:
        self.told.append("close")

    def abort(self) -> None:
        self.told.append("abort")


def gathering() -> tuple[Line, GatheringTransport]:
    line = Line()
    return line, GatheringTransport(cast(asyncio.Transport, line))


async def test_the_frames_of_one_step_are_one_write() -> None:
    line, transport = gathering()
    transport.write(b"one ")
    transport.write(b"two")
    assert line.told == []
    await asyncio.sleep(0)
    transport.write(b"three")
    await asyncio.sleep(0)
    assert line.told == [b"one two", b"three"]


async def test_what_was_written_goes_out_before_the_socket_closes() -> None:
    line, transport = gathering()
    transport.write(b"goodbye")
    transport.close()
    await asyncio.sleep(0)
    assert line.told == [b"goodbye", "close"]


async def test_a_long_write_does_not_wait_so_that_a_slow_socket_is_noticed() -> None:
    line, transport = gathering()
    transport.write(b"x" * (GATHERED_BYTES + 1))
    assert line.told == [b"x" * (GATHERED_BYTES + 1)]


async def test_a_socket_that_is_cut_is_sent_nothing_more() -> None:
    line, transport = gathering()
    transport.write(b"too late")
    transport.abort()
    await asyncio.sleep(0)
    assert line.told == ["abort"]
