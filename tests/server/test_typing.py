"""Who is typing: told to those who may read the room, to nobody else, and kept nowhere."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server.store import MemoryStore
from server.ws import connection
from tests.server.processes import ServerProcess
from tests.server.table import Guest, House, Player, Table, house, token_of
from tests.server.talkers import moved


@pytest.fixture
async def home(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(connection, "TYPING_SECONDS", 0.0)
    async with house() as served:
        yield served


async def begun(table: Table) -> dict[str, Guest]:
    """Hungary with two people, Poland, Turkey; the facilitator leads."""
    head = await table.seat("HUN", "Anna")
    link = (await head.post(head.path("links"), {"seat": "HUN"}, 201)).json()
    second = Guest(table.address, table.game)
    await second.claim("HUN", "Bela", token=token_of(link["url"]))
    guests = {
        "HUN": head,
        "second": second,
        "POL": await table.seat("POL", "Ola"),
        "TUR": await table.seat("TUR", "Tarik"),
    }
    facilitator = await table.creator.play()
    for act in ("start_game", "advance_phase"):
        assert (await facilitator.wish(act))["type"] == "ack"
    return {**guests, "facilitator": table.creator}


def typed(player: Player) -> list[dict[str, Any]]:
    return [frame for frame in player.frames if frame["type"] == "typing"]


async def settled(player: Player) -> None:
    """Everything that the server sent before now has come."""
    seen = len(player.frames)
    await player.send({"type": "ping"})
    await player.until(lambda one: any(frame["type"] == "pong" for frame in one.frames[seen:]))


@pytest.mark.rule("5.3", "9.1")
@pytest.mark.parametrize(
    ("room", "id", "hear"),
    [
        ("plenary", "plenary", {"second", "POL", "TUR", "facilitator"}),
        ("HUN+POL", "HUN+POL", {"second", "POL"}),
        ("POL+HUN", "HUN+POL", {"second", "POL"}),
        ("delegation", "delegation:HUN", {"second"}),
        ("facilitator", "facilitator:HUN", {"second", "facilitator"}),
    ],
)
async def test_only_those_who_may_read_the_room_hear_who_writes(
    home: House, room: str, id: str, hear: set[str]
) -> None:
    table = await home.table(kind="exercise")
    guests = await begun(table)
    players = {name: guest.socket or await guest.play() for name, guest in guests.items()}
    before = {name: player.after for name, player in players.items()}
    await players["HUN"].send({"type": "typing", "room": room})
    for name in hear:
        await players[name].until(typed)
    for name, player in players.items():
        await settled(player)
        assert [frame["room"] for frame in typed(player)] == ([id] if name in hear else []), name
        # A frame beside the streams: nobody can count that there was one.
        assert player.after == before[name]
    third = json.dumps(players["TUR"].frames[-3:])
    assert id == "plenary" or id not in third
    for guest in guests.values():
        await guest.close()


@pytest.mark.rule("5.2")
@pytest.mark.parametrize(("reading", "hears"), [("live", True), ("after the end", False)])
async def test_the_facilitator_hears_it_where_it_may_read_along(home: House, reading: str, hears: bool) -> None:
    table = await home.table(kind="exercise", reading=reading)
    guests = await begun(table)
    hungary, poland = await guests["HUN"].play(), await guests["POL"].play()
    assert table.creator.socket is not None
    await hungary.send({"type": "typing", "room": "HUN+POL"})
    await poland.until(typed)
    await settled(table.creator.socket)
    assert bool(typed(table.creator.socket)) is hears
    for guest in guests.values():
        await guest.close()


async def test_where_one_may_not_speak_nobody_hears_anything(home: House) -> None:
    table = await home.table(kind="exercise")
    guests = await begun(table)
    turkey, poland = await guests["TUR"].play(), await guests["POL"].play()
    for room in ("HUN+POL", "delegation:POL", "facilitator:POL", "dispatches", "ZZZ+TUR", "TUR"):
        await turkey.send({"type": "typing", "room": room})
    await turkey.send({"type": "typing", "room": "POL+TUR"})
    await poland.until(typed)
    assert [frame["room"] for frame in typed(poland)] == ["POL+TUR"]
    await turkey.send({"type": "typing", "room": "POL+TUR", "text": "no such field"})
    assert (await turkey.answer(None))["pointer"] == "/text"
    for guest in guests.values():
        await guest.close()


async def test_a_socket_is_heard_only_every_few_seconds() -> None:
    async with house(MemoryStore()) as home:
        guests = await begun(await home.table(kind="exercise"))
        turkey, poland = await guests["TUR"].play(), await guests["POL"].play()
        for _ in range(200):
            await turkey.send({"type": "typing", "room": "plenary"})
        await settled(turkey)
        await settled(poland)
        assert len(typed(poland)) == 1
        for guest in guests.values():
            await guest.close()


@pytest.mark.postgres
@pytest.mark.redis
async def test_it_is_heard_at_another_process(fresh_postgres_url: str, fresh_redis_url: str, tmp_path: Path) -> None:
    servers = [ServerProcess(fresh_postgres_url, tmp_path, fresh_redis_url) for _ in range(2)]
    try:
        for server in servers:
            await server.start()
        guests = await begun(await Table.open(servers[0].address, kind="exercise"))
        poland, turkey = [moved(guests[seat], servers[1].address) for seat in ("POL", "TUR")]
        hungary, far, third = await guests["HUN"].play(), await poland.play(), await turkey.play()
        await hungary.send({"type": "typing", "room": "HUN+POL"})
        await far.until(typed)
        assert typed(far)[0]["seat"] == "HUN"
        await settled(third)
        assert typed(third) == []
        for guest in (*guests.values(), poland, turkey):
            await guest.close()
    finally:
        for server in servers:
            server.kill()
