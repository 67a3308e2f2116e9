"""What was said before the last two hundred messages: fetched on demand, by whoever may read the room now."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.state import KEPT
from tests.server.table import Guest, House, Table, house

SAID = KEPT + 30


async def after_much_talk(home: House, room: str, **how: Any) -> tuple[Table, dict[str, Guest]]:
    table = await home.table(kind="exercise", **how)
    guests = {seat: await table.seat(seat) for seat in ("HUN", "POL", "TUR")}
    facilitator = await table.creator.play()
    for act in ("start_game", "advance_phase"):
        assert (await facilitator.wish(act))["type"] == "ack"
    speaker = await guests["HUN"].play()
    for number in range(SAID):
        answer = await speaker.wish("post_message", room=room, text=f"Word {number}.", refs=[])
        assert answer["type"] == "ack", answer
    return table, guests


async def earlier(guest: Guest, room: str, before: str) -> tuple[list[str | None], bool]:
    answer = (await guest.get(guest.path(f"talk?room={room.replace('+', '%2B')}&before={before}"))).json()
    return [answer["texts"][message["text"]] for message in answer["messages"]], answer["complete"]


async def talk(guest: Guest, room: str, before: str) -> list[str | None]:
    return (await earlier(guest, room, before))[0]


def words(start: int, end: int) -> list[str]:
    return [f"Word {number}." for number in range(start, end)]


async def close(guests: dict[str, Guest], table: Table) -> None:
    for guest in (*guests.values(), table.creator):
        await guest.close()


@pytest.mark.rule("5.3", "9.1")
async def test_earlier_talk_is_for_those_in_the_room() -> None:
    async with house(commands_burst=1_000) as home:
        table, guests = await after_much_talk(home, "HUN+POL")
        poland = await guests["POL"].play()
        held = poland.private["rooms"]["HUN+POL"]["messages"]
        assert len(held) == KEPT
        first = held[0]["text"]
        assert await earlier(guests["POL"], "HUN+POL", first) == (words(0, SAID - KEPT), True)
        assert await earlier(guests["HUN"], "HUN+POL", first) == (words(0, SAID - KEPT), True)
        last = held[-1]["text"]
        assert await earlier(guests["POL"], "HUN+POL", last) == (words(SAID - KEPT - 1, SAID - 1), False)
        for stranger in (guests["TUR"], table.creator):
            # The same answer as of a room that nobody ever spoke in.
            for room in ("HUN+POL", "POL+TUR", "plenary"):
                assert await earlier(stranger, room, first) == ([], True)
        await close(guests, table)


@pytest.mark.rule("5.2", "9.1")
async def test_a_facilitator_reads_after_the_end_what_was_said_before_it() -> None:
    async with house(commands_burst=1_000) as home:
        table, guests = await after_much_talk(home, "HUN+POL", reading="after the end")
        poland = await guests["POL"].play()
        first = poland.private["rooms"]["HUN+POL"]["messages"][0]["text"]
        assert await talk(table.creator, "HUN+POL", first) == []
        facilitator = table.creator.socket
        assert facilitator is not None
        assert (await facilitator.wish("end_game"))["type"] == "ack"
        assert await talk(table.creator, "HUN+POL", first) == words(0, SAID - KEPT)
        await close(guests, table)
