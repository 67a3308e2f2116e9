"""What a seat is never sent: the scenario's digest, the game's seed, the head of the whole log (rules 9.2, 9.5)."""

from __future__ import annotations

import json

import pytest

from game_rules.saved_game import chain_start, chained
from tests.server.table import Guest, Table, house


async def everything_asked_for(guest: Guest) -> str:
    """All that a browser can ask of its game beside the socket."""
    asked = ("lobby", "replay", "replay?at=0", "replay/moments")
    answers = [await guest.http.get(guest.path(path)) for path in asked]
    package = {"package": {}, "base": "d1"}
    return "\n".join(
        [*(answer.text for answer in answers), (await guest.http.post(guest.path("appraisals"), json=package)).text]
    )


async def meeting(table: Table) -> tuple[Guest, Guest]:
    """A host who leads the table to its end, and a guest who is there all along."""
    host, guest = await table.host("HUN"), await table.seat("POL", "Ola")
    hungary, _ = await host.play(), await guest.play()
    await hungary.wish("start_game")
    await hungary.wish("advance_phase")
    scenario = hungary.public["scenario"]
    package = {one["id"]: scenario["status_quo"][one["id"]] for one in scenario["issues"] if not one["fixed"]}
    assert (await hungary.wish("table_draft", package=package))["type"] == "ack"
    await hungary.wish("post_message", room="HUN+POL", text="between us", refs=[])
    return host, guest


@pytest.mark.rule("9.2", "9.5")
async def test_neither_digest_nor_seed_nor_any_head_of_the_log_reaches_a_seat() -> None:
    """Receipts are a viewer's own: not one hash of the whole log is in any byte that a browser gets."""
    async with house() as home:
        table = await home.table()
        host, guest = await meeting(table)
        seen = await everything_asked_for(guest)
        assert host.socket is not None
        assert guest.socket is not None
        await host.socket.wish("end_game")
        await guest.socket.until(lambda player: player.public["outcome"] is not None)
        seen += await everything_asked_for(guest) + json.dumps(guest.socket.frames)

        state = await home.services.service.state(table.game)
        records = await home.services.store.records(table.game)
        hashes = [after for _, after in chained(records, chain_start(table.game))]
        head = (await home.services.store.heads([table.game]))[table.game]
        assert head.hash == hashes[-1]
        assert "between us" in seen, "what was gathered is what the guest got"
        for secret in (state.seed, state.rules.digest, *(one.hex() for one in hashes)):
            assert len(secret) >= 32
            assert secret not in seen
        await host.close()
        await guest.close()
