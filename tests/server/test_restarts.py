"""Servers that are killed in the middle of play: what was acknowledged is there, and players come back."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.server.processes import ServerProcess
from tests.server.talkers import Talker, begun, messages, moved

pytestmark = pytest.mark.slow

KILLS = 2


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[ServerProcess]:
    made = ServerProcess(f"sqlite:///{tmp_path / 'summit.sqlite3'}", tmp_path)
    await made.start()
    yield made
    made.stop()


async def test_nothing_acknowledged_is_missing_or_doubled_after_kill_9(server: ServerProcess) -> None:
    table, guests = await begun(server.address)
    talkers = [Talker([guest], name) for guest, name in zip(guests, ("anna", "ola"), strict=True)]
    over = asyncio.Event()
    talking = [asyncio.create_task(talker.talk(over)) for talker in talkers]
    moments = random.Random(7)
    for _ in range(KILLS):
        said = sum(len(talker.acknowledged) for talker in talkers)
        async with asyncio.timeout(60):
            while sum(len(talker.acknowledged) for talker in talkers) < said + 20:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await asyncio.sleep(moments.random() / 50)
        server.kill()
        await server.start()
    over.set()
    await asyncio.gather(*talking)
    logged = await messages(table)
    assert len(logged) == len(set(logged))
    for talker in talkers:
        own = [text for text in logged if text.startswith(talker.name)]
        assert own == talker.acknowledged
    await table.close()
    for guest in guests:
        await guest.close()


@pytest.mark.postgres
@pytest.mark.redis
async def test_one_game_over_two_processes_of_which_one_is_killed(
    fresh_postgres_url: str, fresh_redis_url: str, tmp_path: Path
) -> None:
    servers = [ServerProcess(fresh_postgres_url, tmp_path, fresh_redis_url) for _ in range(2)]
    await asyncio.gather(*(server.start() for server in servers))
    one, other = servers
    _, guests = await begun(one.address)
    poland = guests[1]
    # Poland's browser is served by the other process from now on.
    elsewhere = moved(poland, other.address)
    hungary, far = await guests[0].play(), await elsewhere.play()
    for number in range(10):
        assert (await far.wish("post_message", room="HUN+POL", text=f"p{number}", refs=[]))["type"] == "ack"
        assert (await hungary.wish("post_message", room="HUN+POL", text=f"h{number}", refs=[]))["type"] == "ack"
    for player in (hungary, far):
        await player.until(lambda player: len(player.private["rooms"]["HUN+POL"]["messages"]) == 20)
    assert hungary.private["rooms"] == far.private["rooms"]
    await hungary.send(_message("h-last", "last"))
    one.kill()
    assert (await far.wish("post_message", room="HUN+POL", text="still here", refs=[]))["type"] == "ack"
    # Hungary's browser is sent to the process that is left, and asks for its answer again.
    back = moved(guests[0], other.address)
    again = await back.play()
    await again.send(_message("h-last", "last"))
    assert (await again.answer("h-last"))["type"] == "ack"
    await far.until(lambda player: "last" in _said(player.private, player.texts))
    said = _said(far.private, far.texts)
    assert said.count("last") == 1
    assert "still here" in said
    for guest in (elsewhere, back):
        await guest.close()
    other.stop()


def _message(command_id: str, text: str) -> dict[str, object]:
    command = {"type": "post_message", "room": "HUN+POL", "text": text, "refs": []}
    return {"type": "command", "command_id": command_id, "command": command}


def _said(private: dict[str, object], texts: dict[str, str | None]) -> list[str | None]:
    rooms: dict[str, dict[str, list[dict[str, str]]]] = private["rooms"]  # type: ignore[assignment]
    return [texts[message["text"]] for message in rooms["HUN+POL"]["messages"]]
