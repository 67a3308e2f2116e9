"""Several people in a seat, and seats without people, over HTTP and sockets (rules 1.3 to 1.7)."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from server.store import MemoryStore
from tests.server.table import Guest, House, Player, Table, house, token_of

MINUTE_MS = 60_000

DRAFT = {
    "path": "new_partnership",
    "perspective": "future_in_nato",
    "trigger": "allies_agree",
    "target_date": "none",
    "nonforce": "absent",
    "reform": "general_review",
    "assurances": "multi_year",
}


async def invited(table: Table, head: Guest, role: str | None) -> Guest:
    """Somebody whom the head of Hungary's delegation invited into it."""
    link = (await head.post(head.path("links"), {"seat": "HUN", "role": role}, 201)).json()
    assert link["role"] == role
    guest = Guest(table.address, table.game)
    await guest.claim("HUN", f"The {role or 'next'}", token=token_of(link["url"]))
    return guest


async def delegation(home: House, **how: Any) -> tuple[Table, Player, Guest, Guest]:
    """A game under way: its facilitator, and Hungary's head and delegate."""
    table = await home.table(kind="exercise", **how)
    facilitator = await table.creator.play()
    head = await table.seat("HUN", "Head")
    delegate = await invited(table, head, None)
    await facilitator.wish("start_game")
    await facilitator.wish("advance_phase")
    return table, facilitator, head, delegate


def members(player: Player, seat: str = "HUN") -> list[dict[str, Any]]:
    there: list[dict[str, Any]] = player.public["seats"][seat]["members"]
    return there


@pytest.mark.rule("1.3")
async def test_a_head_invites_into_its_own_delegation_and_says_as_what() -> None:
    async with house() as home:
        table = await home.table(kind="exercise")
        head = await table.seat("HUN", "Head")
        adviser, delegate = await invited(table, head, "adviser"), await invited(table, head, None)
        anybody = await table.creator.play()
        assert [member["role"] for member in members(anybody)] == ["head", "adviser", "delegate"]
        # a delegate invites nobody, and nobody into another delegation
        await delegate.post(delegate.path("links"), {"seat": "HUN"}, 403)
        await head.post(head.path("links"), {"seat": "POL"}, 403)
        await head.post(head.path("links"), {}, 403)
        for one in (head, adviser, delegate, table):
            await one.close()


@pytest.mark.rule("1.4", "5.4")
async def test_what_a_delegate_prepares_waits_for_the_head_with_its_words() -> None:
    async with house() as home:
        table, _, one, two = await delegation(home, formal="head")
        head, delegate = await one.play(), await two.play()
        stranger = await table.seat("POL")
        poland = await stranger.play()
        await head.wish("table_draft", package=DRAFT)
        amended = {"target_date": "review_next_summit"}
        await poland.wish("propose_amendment", draft="d1", revision=1, changes=amended, note="Please")
        assert (await delegate.wish("answer_amendment", amendment="d1.a1", accept=["target_date"]))["type"] == "ack"
        await head.until(lambda player: player.private["pending"])
        assert head.private["you"]["signs"]
        assert not delegate.private["you"]["signs"]
        assert poland.private["pending"] == []
        act = head.private["pending"][0]
        assert act["command"] == {"type": "answer_amendment", "amendment": "d1.a1", "accept": ["target_date"]}
        assert (await delegate.wish("sign_act", act=act["id"]))["code"] == "act.head_signs"
        assert (await head.wish("sign_act", act=act["id"]))["type"] == "ack"
        await poland.until(lambda player: player.public["drafts"]["d1"]["revision"] == 2)
        for guest in (one, two, stranger, table):
            await guest.close()


@pytest.mark.rule("1.4")
async def test_while_the_head_is_away_a_delegate_acts_as_head_until_they_are_back() -> None:
    async with house(away_after_seconds=0.3) as home:
        table, facilitator, one, two = await delegation(home, formal="head")
        head, _ = await one.play(), await two.play()
        await head.drop()
        await facilitator.until(lambda player: [one["acting_head"] for one in members(player)] == [False, True])
        assert members(facilitator)[0]["away"]
        await one.play()
        await facilitator.until(lambda player: not any(one["away"] or one["acting_head"] for one in members(player)))
        for guest in (one, two, table):
            await guest.close()


@pytest.mark.rule("1.6", "7.1")
async def test_an_empty_seat_stops_the_clock_until_somebody_is_back() -> None:
    async with house() as home:
        table = await home.table(kind="exercise", policy="ask")
        facilitator = await table.creator.play()
        guest = await table.seat("POL")
        await facilitator.wish("start_game")
        await guest.post(guest.path("leave"), status=204)
        await facilitator.until(lambda player: player.public["clock"]["asked"])
        assert facilitator.public["clock"]["status"] == "paused"
        again = await table.seat("POL")
        await facilitator.until(lambda player: player.public["clock"]["status"] == "running")
        for one in (guest, again, table):
            await one.close()


@pytest.mark.rule("1.6", "1.7")
async def test_a_question_that_nobody_answers_is_answered_by_the_clock() -> None:
    """The game is paused and nobody may be looking at it: its two minutes end all the same."""
    behind = 10 * MINUTE_MS
    store = MemoryStore(lambda: time.time_ns() // 1_000_000 - behind)
    async with house(store) as home:
        table = await home.table(kind="exercise", policy="ask")
        facilitator = await table.creator.play()
        guest = await table.seat("POL")
        await facilitator.wish("start_game")
        await guest.post(guest.path("leave"), status=204)
        await facilitator.until(lambda player: player.public["clock"]["asked"])
        # by the machine's clock they are over; the database's decides
        await asyncio.sleep(1.2)
        assert facilitator.public["clock"]["asked"]
        await facilitator.drop()
        behind = 0
        await asyncio.sleep(1.2)
        again = await table.creator.play()
        await again.until(lambda player: player.public["clock"]["status"] == "running")
        assert again.public["seats"]["POL"]["player"] == "deputy"
        for one in (guest, table):
            await one.close()


@pytest.mark.rule("1.5")
async def test_a_slow_game_leaves_people_their_seats_though_nobody_is_connected() -> None:
    async with house(vacant_after_seconds=0.2, away_after_seconds=0.2, vacant_after_slow_seconds=2) as home:
        table = await home.table(kind="exercise", pace="slow", clock_minutes=24 * 60)
        facilitator = await table.creator.play()
        guest = await table.seat("POL")
        await facilitator.wish("start_game")
        await facilitator.until(lambda player: members(player, "POL")[0]["away"])
        assert facilitator.public["seats"]["POL"]["player"] == "people"
        await facilitator.until(lambda player: player.public["seats"]["POL"]["player"] == "deputy")
        for one in (guest, table):
            await one.close()


@pytest.mark.rule("1.4", "7.1")
async def test_whose_word_counts_and_the_pace_are_chosen_when_the_game_is_opened() -> None:
    async with house() as home:
        table = await home.table(kind="exercise", formal="head", pace="slow", clock_minutes=3 * 24 * 60)
        facilitator = await table.creator.play()
        game = facilitator.public["game"]
        assert (game["formal"], game["pace"]) == ("head", "slow")
        assert facilitator.public["scenario"]["silence"]["min_seconds"] == 72 * 120
        await table.close()


@pytest.mark.rule("7.1")
async def test_a_slow_game_takes_the_lengths_that_it_says_it_takes() -> None:
    async with house() as home:
        table = await home.table(kind="exercise", pace="slow", clock_minutes=3 * 24 * 60)
        facilitator = await table.creator.play()
        await facilitator.wish("start_game")
        least = facilitator.public["scenario"]["lengths"]["phase_extension"]["least"]
        refused = await facilitator.wish("extend_phase", seconds=least - 1)
        assert (refused["code"], refused["params"]["least"]) == ("phase.extension_out_of_bounds", least)
        assert (await facilitator.wish("extend_phase", seconds=least))["type"] == "ack"
        await table.close()
