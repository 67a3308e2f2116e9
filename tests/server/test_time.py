"""Deadlines and vacancy: what happens without anybody asking."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import pytest

from server.store import MemoryStore
from tests.server.table import house

HOUR = 3_600_000

ACTION_PLAN = {
    "path": "membership_action_plan",
    "perspective": "future_in_nato",
    "trigger": "after_review",
    "target_date": "none",
    "nonforce": "deferred",
    "reform": "explicit_eu",
    "assurances": "multi_year",
}


@dataclass
class DatabaseClock:
    """The database's clock, an hour or more behind this machine's."""

    behind: int

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 - self.behind


@pytest.mark.rule("4.6")
async def test_a_deadline_that_passed_meanwhile_fires_at_once_after_a_restart_and_none_fires_early() -> None:
    clock = DatabaseClock(2 * HOUR)
    store = MemoryStore(clock)
    async with house(store) as home:
        table = await home.table(kind="exercise")
        facilitator = await table.creator.play()
        await facilitator.wish("start_game")
        await facilitator.until(lambda player: player.public["clock"]["status"] == "running")
        phase, ends_at = facilitator.public["clock"]["phase"], facilitator.public["clock"]["phase_ends_at"]
        # By this machine's clock the phase is long over; the database's says that it is not.
        assert ends_at < time.time() * 1_000
        await asyncio.sleep(1.2)
        assert facilitator.public["clock"]["phase"] == phase
        game, cookies = table.game, dict(table.creator.http.cookies)
        await table.close()
    clock.behind = 0
    async with house(store) as home:
        guest = (await home.table()).creator
        guest.game = game
        guest.http.cookies.update(cookies)
        again = await guest.play()
        await again.until(lambda player: player.public["clock"]["phase"] != phase)
        head = (await store.heads([game]))[game]
        timers = [record for record in await store.records(game) if record.actor.kind == "timer"]
        assert {record.command_id for record in timers} == {f"timer:{ends_at}"}
        assert all(record.at >= ends_at for record in timers)
        assert head.next_due
        await guest.close()


@pytest.mark.rule("1.6", "4.6")
async def test_a_deputy_is_heard_though_the_deadline_passed_while_no_server_ran() -> None:
    """Rule 1.6: Hungary's people left, and the text under silence crosses its red lines."""
    clock = DatabaseClock(HOUR)
    store = MemoryStore(clock)
    async with house(store) as home:
        table = await home.table()
        chair = await (await table.host("SG")).play()
        hungary = await table.seat("HUN")
        for command in ("start_game", "advance_phase"):
            await chair.wish(command)
        await chair.wish("table_draft", package=ACTION_PLAN)
        await chair.wish("advance_phase")
        await hungary.post(hungary.path("leave"), status=204)
        await chair.wish("open_silence", draft="d1", revision=1, seconds=120)
        await chair.until(lambda player: player.public["silence"])
        assert chair.public["seats"]["HUN"]["player"] == "deputy"
        game, cookies = table.game, dict(table.creator.http.cookies)
        await table.close()
    clock.behind = 0
    async with house(store, stand_ins=True) as home:
        guest = (await home.table()).creator
        guest.game = game
        guest.http.cookies.update(cookies)
        again = await guest.play()
        await again.until(lambda player: player.public["silences"])
        assert again.public["silences"][0]["result"] == "broken"
        assert [objection["seat"] for objection in again.public["objections"].values()] == ["HUN"]
        await guest.close()


@pytest.mark.rule("1.5")
async def test_an_abandoned_seat_falls_vacant_and_is_its_peoples_again_when_they_return() -> None:
    async with house(vacant_after_seconds=0.5) as home:
        table = await home.table(kind="exercise")
        guest = await table.seat("POL")
        facilitator, poland = await table.creator.play(), await guest.play()
        await facilitator.wish("start_game")
        await poland.until(lambda player: player.public["clock"]["status"] == "running")
        await poland.drop()
        await facilitator.until(lambda player: player.public["seats"]["POL"]["player"] == "deputy")
        back = await guest.play()
        await back.until(lambda player: player.public["seats"]["POL"]["player"] == "people")
        await facilitator.until(lambda player: player.public["seats"]["POL"]["player"] == "people")
        for one in (guest, table):
            await one.close()


async def test_members_see_who_is_connected() -> None:
    async with house() as home:
        table = await home.table()
        anna = await table.seat("HUN", "Anna")
        ola = await table.seat("POL", "Ola")
        hungary = await anna.play()
        poland = await ola.play()
        here = {hungary.private["you"]["member"], poland.private["you"]["member"]}
        await hungary.until(lambda player: set((player.last("presence") or {}).get("members", ())) == here)
        await poland.drop()
        await hungary.until(lambda player: set((player.last("presence") or {}).get("members", ())) < here)
        for one in (anna, ola, table):
            await one.close()


@pytest.mark.rule("1.2", "1.6")
async def test_bots_play_the_seats_that_nobody_takes() -> None:
    from server.cli.demo import open_demo

    async with house() as home:
        opened = await open_demo(home.services)
        state = await home.services.service.state(opened.row.id)
        assert state.phase.kind == "consultations"
        assert state.drafts
        assert state.positions
        assert state.outcome is None
        actors = {record.actor.kind for record in await home.services.store.records(opened.row.id)}
        assert actors == {"server", "facilitator", "bot"}
