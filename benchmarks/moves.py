"""What a move costs the server, beside a bare server of the same stack (issue 2: at least half of its moves).

32 people at one full-cast game. Each server runs in a process of its own; what counts is moves per second of its CPU
time, so that neither the load's own cost nor a busy machine counts. The servers take turns, slice by slice, and each
ratio is that of neighbours in time.

Two kinds of load: `busy`, where each of the 32 sends its next move as soon as its last was answered (moves may share
a commit); and `calm`, one move at a time at a fixed rate (no two moves share a commit).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.full_table import WORDS, vilnius
from benchmarks.guests import Guest, open_table
from benchmarks.servers import RunningServer, bare_server, summit_server
from benchmarks.sockets import SocketClient

ROUNDS = 5
SLICE_SECONDS = 2.0
WARM_UP_SECONDS = 1.0
CALM_MOVES_A_SECOND = 100
SETTLING_SECONDS = 0.1
"""After a slice, until the last broadcasts have gone out."""

TARGET_RATIO = 0.5

Move = Callable[[], Awaitable[float]]
"""Makes one client's next move; returns the seconds until it was answered."""

Wish = tuple[str, dict[str, Any]]
"""A command's type and its fields."""

OURS, DURABLE, FORGETFUL = "Vilnius Summit", "bare server, one durable row a message", "bare server, nothing stored"


@dataclass
class Slice:
    """A stretch of load on one server."""

    moves: int
    cpu_seconds: float
    latencies: Sequence[float]

    @property
    def moves_per_cpu_second(self) -> float:
        return self.moves / self.cpu_seconds


@dataclass
class Contestant:
    """A server with its 32 clients, and what was measured of it."""

    server: RunningServer
    movers: Sequence[Move]
    busy: list[Slice] = field(default_factory=list)
    calm: list[Slice] = field(default_factory=list)


# --- load ------------------------------------------------------------------------------------------------------------


async def measured(contestant: Contestant, load: Callable[[Sequence[Move], float], Awaitable[list[float]]]) -> Slice:
    before = contestant.server.cpu_seconds()
    latencies = await load(contestant.movers, SLICE_SECONDS)
    await asyncio.sleep(SETTLING_SECONDS)
    return Slice(len(latencies), contestant.server.cpu_seconds() - before, latencies)


async def busy(movers: Sequence[Move], seconds: float) -> list[float]:
    """Everybody moves again as soon as the last move was answered."""
    end = time.perf_counter() + seconds
    latencies: list[float] = []

    async def keep_moving(move: Move) -> None:
        while time.perf_counter() < end:
            latencies.append(await move())

    await asyncio.gather(*map(keep_moving, movers))
    return latencies


async def calm(movers: Sequence[Move], seconds: float) -> list[float]:
    """One after another moves, at a fixed rate, and not before the last one was answered."""
    start = time.perf_counter()
    latencies: list[float] = []
    for number, move in zip(range(int(seconds * CALM_MOVES_A_SECOND)), itertools.cycle(movers), strict=False):
        await asyncio.sleep(start + number / CALM_MOVES_A_SECOND - time.perf_counter())
        latencies.append(await move())
    return latencies


# --- contestants ----------------------------------------------------------------------------------------------------


@asynccontextmanager
async def contestants() -> AsyncIterator[dict[str, Contestant]]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        # The load stands for 32 people who type; it is not to be throttled as one who floods.
        unthrottled = {"commands_per_second": "1000000", "commands_burst": "1000000"}
        ours = stack.enter_context(summit_server(folder / "summit.sqlite3", **unthrottled))
        durable = stack.enter_context(bare_server(folder / "bare.sqlite3"))
        forgetful = stack.enter_context(bare_server(folder / "none.sqlite3", forgetful=True))
        yield {
            OURS: Contestant(ours, await at_our_table(ours)),
            DURABLE: Contestant(durable, await at_a_bare_table(durable)),
            FORGETFUL: Contestant(forgetful, await at_a_bare_table(forgetful)),
        }


async def at_our_table(server: RunningServer) -> list[Move]:
    table = await open_table(server.address)
    await table.guests[0].wish("table_draft", package=vilnius().history.options)
    return [moves_of(guest) for guest in table.guests]


def moves_of(guest: Guest) -> Move:
    """Three messages in the plenary, then two changes of one's position on the draft, and so on."""
    message: Wish = ("post_message", {"room": "plenary", "text": WORDS, "refs": ["draft:d1"]})
    support, accept = (
        ("state_position", {"draft": "d1", "revision": 1, "position": position})
        for position in ("support", "can_accept")
    )
    wishes = itertools.cycle((message, message, message, support, accept))

    async def move() -> float:
        kind, fields = next(wishes)
        return (await guest.wish(kind, **fields)).seconds

    return move


async def at_a_bare_table(server: RunningServer) -> list[Move]:
    sockets = [await SocketClient.connect(server.address, "/socket") for _ in range(32)]
    return [messages_of(socket, f"bare-{number:02}") for number, socket in enumerate(sockets)]


def messages_of(socket: SocketClient, name: str) -> Move:
    """A message as long as ours. The sender's own copy of the broadcast is its answer."""
    numbers = itertools.count(1)

    async def move() -> float:
        identifier = f"{name}-{next(numbers):06}"
        command = {"type": "post_message", "room": "plenary", "text": WORDS, "refs": ["draft:d1"]}
        message = {"type": "command", "command_id": identifier, "command": command}
        return (await socket.ask(json.dumps(message).encode(), identifier.encode())).seconds

    return move


# --- the benchmark ---------------------------------------------------------------------------------------------------


async def compare() -> dict[str, Contestant]:
    """All contestants, measured in turns."""
    async with contestants() as compared:
        for contestant in compared.values():
            await busy(contestant.movers, WARM_UP_SECONDS)
        for _ in range(ROUNDS):
            for contestant in compared.values():
                contestant.busy.append(await measured(contestant, busy))
            for contestant in compared.values():
                contestant.calm.append(await measured(contestant, calm))
        return compared


def run() -> Iterator[Figure]:
    with asyncio.Runner() as runner:
        compared = runner.run(compare())
    for name, slices in (
        ("busy", {name: one.busy for name, one in compared.items()}),
        ("calm", {name: one.calm for name, one in compared.items()}),
    ):
        yield from figures(name, slices)


def figures(load: str, slices: dict[str, list[Slice]]) -> Iterator[Figure]:
    for other, target in ((DURABLE, TARGET_RATIO), (FORGETFUL, None)):
        ratios = [
            mine.moves_per_cpu_second / theirs.moves_per_cpu_second
            for mine, theirs in zip(slices[OURS], slices[other], strict=True)
        ]
        yield Figure.ratio(f"moves per CPU-second, {load}: ours to the {other}", ratios, at_least=target)
    for name, made in slices.items():
        yield Figure(f"moves per CPU-second, {load}: {name}", [one.moves_per_cpu_second for one in made], "moves/CPU-s")
    for name, made in slices.items():
        latencies = sorted(latency for one in made for latency in one.latencies)
        for share in (50, 99):
            at = latencies[len(latencies) * share // 100] * 1_000
            yield Figure(f"answer to a move, {load}, p{share}: {name}", [at], "ms")
