"""While the database is away nothing is acknowledged, people are told so, and afterwards they go on."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.fixtures.postgres import running_postgres
from tests.server.table import PATIENCE, Player, house
from tests.server.talkers import begun, messages

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


async def test_a_command_that_met_no_database_is_unknown_until_asked_again() -> None:
    with running_postgres() as postgres:
        url = postgres.url(postgres.create_database())
        async with house(database_url=url, allow_unsafe_database=True) as home:
            table, guests = await begun(home.address)
            player = await guests[0].play()
            assert await said(player, "before") == "ack"
            postgres.kill()
            assert await said(player, "meanwhile") == "unavailable"
            assert (await guests[0].http.get("/healthz")).is_success
            assert (await guests[0].http.get("/readyz")).status_code == 503
            postgres.start()
            async with asyncio.timeout(PATIENCE):
                while await said(player, "meanwhile") != "ack":  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            assert await said(player, "meanwhile") == "ack"
            assert await said(player, "after") == "ack"
            # Nobody lost the line, and everybody sees each word once.
            await player.until(lambda player: "after" in json.dumps(player.texts))
            assert player.closed is None
            assert await messages(table) == ["before", "meanwhile", "after"]
            for guest in (table.creator, *guests):
                await guest.close()


async def said(player: Player, words: str) -> str:
    """What answer the words got; the same words go under the same id."""
    answer = await player.wish("post_message", words, room="plenary", text=words, refs=[])
    return str(answer["type"])
