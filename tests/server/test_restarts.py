"""Servers that are killed in the middle of play: what was acknowledged is there, and players come back."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import websockets

from game_rules.saved_game import read_lines
from tests.server.processes import ServerProcess
from tests.server.table import Gone, Guest, Table

pytestmark = pytest.mark.slow

KILLS = 2


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[ServerProcess]:
    made = ServerProcess(f"sqlite:///{tmp_path / 'summit.sqlite3'}", tmp_path)
    await made.start()
    yield made
    made.stop()


class Talker:
    """A client that keeps a message until it is answered, and sends it again under the same id."""

    def __init__(self, guest: Guest, name: str) -> None:
        self.guest = guest
        self.name = name
        self.acknowledged: list[str] = []

    async def talk(self, until: asyncio.Event) -> None:
        number = 0
        while not until.is_set():
            number += 1
            await self._say(f"{self.name} {number}", f"{self.name}.{number}")

    async def _say(self, text: str, command_id: str) -> None:
        while True:
            try:
                if self.guest.socket is None or self.guest.socket.closed is not None:
                    await self.guest.play()
                assert self.guest.socket is not None
                answer = await self.guest.socket.wish("post_message", command_id, room="plenary", text=text, refs=[])
                if answer["type"] == "ack":
                    self.acknowledged.append(text)
                    return
            except (Gone, OSError, websockets.WebSocketException, AssertionError):
                self.guest.socket = None
            except Exception as error:
                if type(error).__module__.partition(".")[0] not in ("httpx", "httpcore"):
                    raise
            await asyncio.sleep(0.05)


async def begun(address: str) -> tuple[Table, list[Guest]]:
    """A game in which two delegations may talk."""
    table = await Table.open(address, kind="exercise")
    guests = [await table.seat("HUN", "Anna"), await table.seat("POL", "Ola")]
    facilitator = await table.creator.play()
    for act in ("start_game", "advance_phase"):
        assert (await facilitator.wish(act))["type"] == "ack"
    return table, guests


async def messages(table: Table) -> list[str]:
    """Every message of the log, from the saved game, which must be whole."""
    lines = (await table.creator.get(table.creator.path("export"))).text.splitlines()
    saved = read_lines(lines)
    texts = {text.id: text.text for text in saved.texts}
    return [texts[id] for record in saved.records if (id := _message_of(record.event)) is not None]


def _message_of(event: str) -> str | None:
    body = json.loads(event)
    return body["text"] if body["type"] == "message_posted" else None


async def test_nothing_acknowledged_is_missing_or_doubled_after_kill_9(server: ServerProcess) -> None:
    table, guests = await begun(server.address)
    talkers = [Talker(guest, name) for guest, name in zip(guests, ("anna", "ola"), strict=True)]
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
    table, guests = await begun(one.address)
    poland = guests[1]
    # Poland's browser is served by the other process from now on: the same cookie, no sticky session.
    moved = Guest(other.address, table.game)
    moved.http.cookies.update(dict(poland.http.cookies))
    hungary, far = await guests[0].play(), await moved.play()
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
    back = Guest(other.address, table.game)
    back.http.cookies.update(dict(guests[0].http.cookies))
    again = await back.play()
    await again.send(_message("h-last", "last"))
    assert (await again.answer("h-last"))["type"] == "ack"
    await far.until(lambda player: "last" in _said(player.private, player.texts))
    said = _said(far.private, far.texts)
    assert said.count("last") == 1
    assert "still here" in said
    for guest in (moved, back):
        await guest.close()
    other.stop()


def _message(command_id: str, text: str) -> dict[str, object]:
    command = {"type": "post_message", "room": "HUN+POL", "text": text, "refs": []}
    return {"type": "command", "command_id": command_id, "command": command}


def _said(private: dict[str, object], texts: dict[str, str | None]) -> list[str | None]:
    rooms: dict[str, dict[str, list[dict[str, str]]]] = private["rooms"]  # type: ignore[assignment]
    return [texts[message["text"]] for message in rooms["HUN+POL"]["messages"]]
