"""R5: every command three times, through both servers' services, shuffled: one effect, and equal replies.

Random games are played on the real services over one real database, by their people and their facilitator. The same
id with another body is refused.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

import pytest

from game_rules.engine import Command
from game_rules.messages import Actor
from server.bus.memory import MemoryBus
from server.decider import AnotherBody, Verdict
from server.game_service import GameService
from server.store.interface import GameRow
from server.store.sql import SqlStore
from tests.chaos.experiment import Experiment, Tries
from tests.chaos.wrong_store import no_deduplication
from tests.fixtures.postgres import running_postgres
from tests.rules.harness import NOON
from tests.rules.random_games import RandomPlay, Wish, command

COPIES = 3
AT_ONCE = 8
ROUNDS = 25
"""Rounds of wishes in a game."""


async def played(services: Sequence[GameService], seed: int) -> list[str | None]:
    """One random game; an item for each command that was sent."""
    chance = Random(seed)
    play = RandomPlay(seed)
    game = f"g{seed}"
    create = play.create.model_copy(update={"game": game})
    await services[0].create(create, GameRow(game, f"CODE{seed}", "Table", NOON), b"a key")
    opening = play.opening()
    next(opening)
    for wish in opening:
        await services[0].submit(game, wish.by, f"o{wish.number}", wish.command)
    told: list[str | None] = []
    for _ in range(ROUNDS):
        state = await services[0].state(game)
        if state.outcome is not None:
            break
        wishes = [wish for wish in (play.next(state) for _ in range(AT_ONCE)) if _of_people(wish)]
        told += await sent_thrice(services, game, wishes, chance)
        await services[0].refresh(game)
    return told


def _of_people(wish: Wish) -> bool:
    """Only people's refusals are kept: the server and its stand-ins ask anew."""
    return wish.by.kind in ("member", "facilitator")


async def sent_thrice(
    services: Sequence[GameService], game: str, wishes: Sequence[Wish], chance: Random
) -> list[str | None]:
    """Sends all of them at once, in any order; an item for each command."""
    sends = [(wish, services[copy % len(services)]) for wish in wishes for copy in range(COPIES)]
    chance.shuffle(sends)
    verdicts = await asyncio.gather(
        *(service.submit(game, wish.by, f"c{wish.number}", wish.command) for wish, service in sends)
    )
    of_wish: dict[int, list[Verdict]] = defaultdict(list)
    for (wish, _), verdict in zip(sends, verdicts, strict=True):
        of_wish[wish.number].append(verdict)
    faults = [fault(wish, of_wish[wish.number]) for wish in wishes]
    return [one or await _other_body(services[-1], game, wish) for one, wish in zip(faults, wishes, strict=True)]


def fault(wish: Wish, verdicts: Sequence[Verdict]) -> str | None:
    if len({verdict.reply for verdict in verdicts}) > 1:
        return f"{wish.command.type}: {[verdict.reply for verdict in verdicts]}"
    effects = sum(verdict.step is not None for verdict in verdicts)
    return f"{wish.command.type}: {effects} effects" if effects > 1 else None


async def _other_body(service: GameService, game: str, wish: Wish) -> str | None:
    other: Command = command("post_message", room="plenary", text=f"another than {wish.number}")
    try:
        await service.submit(game, wish.by, f"c{wish.number}", other)
    except AnotherBody:
        return None
    return f"{wish.command.type}: another body was taken under the same id"


# --- on each database


@contextmanager
def sqlite() -> Iterator[list[SqlStore]]:
    """One store: nobody else may open the file. Both services share it."""
    with tempfile.TemporaryDirectory() as folder:
        yield [SqlStore(f"sqlite:///{folder}/summit.sqlite3")]


@contextmanager
def postgres() -> Iterator[list[SqlStore]]:
    with running_postgres() as server:
        url = server.url(server.create_database())
        yield [SqlStore(url, allow_unsafe=True) for _ in range(2)]


async def _games(stores: Sequence[SqlStore], sends: int, seed: int) -> list[str | None]:
    for store in stores:
        await store.open()
    told: list[str | None] = []
    while len(told) * COPIES < sends:
        services = [GameService(store, MemoryBus()) for store in (*stores, *stores)[:2]]
        told += await played(services, seed)
        seed += 1
    for store in stores:
        await store.close()
    return told


def submit_tries(database: str, sends: int, seed: int) -> Tries:
    """One try a command, which is sent three times."""
    with DATABASES[database]() as stores:
        yield from asyncio.run(_games(stores, sends, seed))


DATABASES = {"sqlite": sqlite, "postgres": postgres}


def key_bound_to_a_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command is known again only where it was sent first."""
    honest = GameService.submit

    async def bound(self: GameService, game: str, by: Actor, command_id: str, wished: Command, **more: Any) -> Verdict:
        verdict = await honest(self, game, by, f"{command_id}.{id(self)}", wished, **more)
        return replace(verdict, reply=verdict.reply.replace(f".{id(self)}", ""))

    monkeypatch.setattr(GameService, "submit", bound)


DOUBLE_SUBMITS = tuple(
    Experiment(
        id="R5",
        name=f"double_submit_{database}",
        what=f"every command three times, shuffled: one effect and equal replies, {place}",
        unit="commands",
        count=100_000,
        tries=partial(submit_tries, database),
        wrong={"no de-duplication": no_deduplication, "key bound to a connection": key_bound_to_a_service},
        enough=200,
    )
    for database, place in (("sqlite", "SQLite"), ("postgres", "two stores on PostgreSQL"))
)
