"""What every bus must do, run against memory and a real Redis. Nothing that is said on it may be needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import pytest

from server.bus import Bus, MemoryBus, Typing
from server.bus import redis as redis_bus
from server.bus.redis import RedisBus
from tests.fixtures.redis import RedisServer

PATIENCE = 10.0


@dataclass
class Process:
    """A bus and what it heard."""

    bus: Bus
    rung: list[tuple[str, int]] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    typing: list[tuple[str, Typing]] = field(default_factory=list)


@asynccontextmanager
async def process(bus: Bus) -> AsyncIterator[Process]:
    heard = Process(bus)
    await bus.open(
        lambda game, head: heard.rung.append((game, head)),
        heard.moved.append,
        lambda game, typing: heard.typing.append((game, typing)),
    )
    try:
        yield heard
    finally:
        await bus.close()


async def until(condition: Callable[[], object]) -> None:
    """Looks again until it holds: what comes over a network gives no other sign."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - it comes over a network
            await asyncio.sleep(0.01)


async def until_present(bus: Bus, game: str, members: frozenset[str]) -> None:
    async with asyncio.timeout(PATIENCE):
        while await bus.present(game) != members:  # noqa: ASYNC110 - it comes over a network
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Presence settles in a second, so that a test need not wait for fifteen."""
    monkeypatch.setattr(redis_bus, "PRESENCE_SECONDS", 1)
    monkeypatch.setattr(redis_bus, "REFRESH_SECONDS", 0.2)
    monkeypatch.setattr(redis_bus, "RETRY_SECONDS", 0.05)


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
async def one(request: pytest.FixtureRequest) -> AsyncIterator[Process]:
    bus: Bus = MemoryBus() if request.param == "memory" else RedisBus(request.getfixturevalue("fresh_redis_url"))
    async with process(bus) as heard:
        yield heard


class TestEveryBus:
    async def test_whoever_arrived_is_present_until_they_leave(self, one: Process) -> None:
        one.bus.arrived("game1", "anna")
        one.bus.arrived("game1", "bela")
        await until_present(one.bus, "game1", frozenset({"anna", "bela"}))
        one.bus.left("game1", "anna")
        await until_present(one.bus, "game1", frozenset({"bela"}))
        await until_present(one.bus, "game2", frozenset())
        assert set(one.moved) == {"game1"}

    async def test_a_process_hears_that_somebody_here_writes(self, one: Process) -> None:
        await until(lambda: one.bus.connected)
        for typing in (Typing("HUN+POL", "HUN", "anna"), Typing("facilitator:HUN", None, None)):
            one.bus.typing("game1", typing)
            await until(partial(one.typing.__contains__, ("game1", typing)))

    async def test_ringing_never_waits_and_never_fails(self, one: Process) -> None:
        for number in range(20_000):
            one.bus.ring("game1", number)


@pytest.mark.redis
class TestTwoProcesses:
    @pytest.fixture
    async def both(self, fresh_redis_url: str) -> AsyncIterator[tuple[Process, Process]]:
        async with process(RedisBus(fresh_redis_url)) as one, process(RedisBus(fresh_redis_url)) as other:
            await until(lambda: one.bus.connected and other.bus.connected)
            yield one, other

    async def test_a_doorbell_is_heard_by_the_other(self, both: tuple[Process, Process]) -> None:
        one, other = both
        one.bus.ring("game1", 7)
        await until(lambda: ("game1", 7) in other.rung)

    async def test_who_writes_is_heard_by_both(self, both: tuple[Process, Process]) -> None:
        one, other = both
        typing = Typing("dispatches", None, "reporter")
        one.bus.typing("game1", typing)
        await until(lambda: one.typing == other.typing == [("game1", typing)])

    async def test_presence_is_that_of_both(self, both: tuple[Process, Process]) -> None:
        one, other = both
        one.bus.arrived("game1", "anna")
        other.bus.arrived("game1", "bela")
        await until_present(one.bus, "game1", frozenset({"anna", "bela"}))
        await until(lambda: "game1" in one.moved and "game1" in other.moved)

    async def test_who_was_with_a_process_that_died_is_absent_soon(self, both: tuple[Process, Process]) -> None:
        one, other = both
        one.bus.arrived("game1", "anna")
        other.bus.arrived("game1", "bela")
        await until_present(one.bus, "game1", frozenset({"anna", "bela"}))
        for task in other.bus._tasks:  # type: ignore[attr-defined]
            task.cancel()
        await until_present(one.bus, "game1", frozenset({"anna"}))


@pytest.mark.redis
async def test_while_redis_is_away_nobody_is_called_absent_and_afterwards_all_are_seen(
    redis_server: RedisServer,
) -> None:
    async with process(RedisBus(redis_server.url)) as one, process(RedisBus(redis_server.url)) as other:
        one.bus.arrived("game1", "anna")
        other.bus.arrived("game1", "bela")
        await until_present(one.bus, "game1", frozenset({"anna", "bela"}))
        redis_server.kill()
        await until(lambda: not one.bus.connected)
        assert await one.bus.present("game1") is None
        one.bus.ring("game1", 1)  # lost, and no harm done
        redis_server.start()
        await until(lambda: one.bus.connected and other.bus.connected)
        await until_present(one.bus, "game1", frozenset({"anna", "bela"}))
        one.bus.ring("game1", 2)
        await until(lambda: ("game1", 2) in other.rung)


@pytest.mark.redis
async def test_a_flushed_redis_knows_everybody_again_soon(redis_server: RedisServer) -> None:
    async with process(RedisBus(redis_server.url)) as one:
        one.bus.arrived("game1", "anna")
        await until_present(one.bus, "game1", frozenset({"anna"}))
        redis_server.flush()
        await until_present(one.bus, "game1", frozenset({"anna"}))
