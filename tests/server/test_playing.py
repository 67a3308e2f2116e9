"""A game over HTTP and WebSocket, as browsers play it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.server.table import House, house


@pytest.fixture
async def home() -> AsyncIterator[House]:
    async with house() as served:
        yield served


async def test_two_people_sit_down_start_and_talk(home: House) -> None:
    table = await home.table()
    host, guest = await table.host("HUN"), await table.seat("POL", "Ola")
    hungary, poland = await host.play(), await guest.play()
    assert (await hungary.wish("start_game"))["type"] == "ack"
    await poland.until(lambda player: player.public["clock"]["status"] == "running")
    assert (await hungary.wish("advance_phase"))["type"] == "ack"
    answer = await poland.wish("post_message", room="HUN+POL", text="Shall we talk?", refs=[])
    assert answer["type"] == "ack"
    await hungary.until(lambda player: "HUN+POL" in player.private["rooms"])
    [message] = hungary.private["rooms"]["HUN+POL"]["messages"]
    assert hungary.texts[message["text"]] == "Shall we talk?"
    for one in (host, guest):
        await one.close()


async def test_a_refusal_names_its_code_and_rule(home: House) -> None:
    table = await home.table()
    guest = await table.seat("POL")
    player = await guest.play()
    answer = await player.wish("start_game", "c1")
    assert answer == {"type": "rejected", "command_id": "c1", "code": "game.host_only", "params": {}, "rule": "10"}
    await guest.close()
