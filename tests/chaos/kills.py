"""R1: kill -9 of a server in the middle of a command, at each point of its way, over and over.

People keep talking; whoever loses the line turns to the other server, or waits for the one there is, and sends again
what was not answered. What was acknowledged must be in the log, once, and in the order it was said.
"""

from __future__ import annotations

import asyncio
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random

import pytest

from tests.chaos.doomed_server import KILL_AT, POINTS, SELDOM, WRONG_STORE
from tests.chaos.experiment import Experiment, Tries, WrongDesign
from tests.chaos.wrong_store import WRONG_STORES
from tests.fixtures.postgres import running_postgres
from tests.server.processes import SERVE, ServerProcess
from tests.server.talkers import Talker, begun, messages, moved

DOOMED = "from tests.chaos.doomed_server import serve; serve()"
PATIENCE = 120.0
"""Seconds within which a server that people talk to comes to its end."""
KILLS_A_GAME = 55
"""Then a new game over a new database."""
TIMES = (3, 25)
"""How often a point is passed before the end: at least, at most."""


@dataclass
class Doom:
    """Servers over one database, and where each of them ends next."""

    servers: Sequence[ServerProcess]
    chance: Random
    points: Iterator[str] = field(default_factory=lambda: cycle(POINTS))

    async def start(self, server: ServerProcess) -> None:
        """Starts a server that will end. Raises what ServerProcess.start raises when it does not come up."""
        point = next(self.points)
        times = 1 if point in SELDOM else self.chance.randint(*TIMES)
        server.entry, server.settings[KILL_AT] = DOOMED, f"{point}:{times}"
        try:
            await server.start()
        except AssertionError:
            # People may have come to it, and its end with them, before it was asked whether it is ready.
            if server.returncode != -signal.SIGKILL:
                raise

    async def first_dead(self) -> ServerProcess:
        async with asyncio.timeout(PATIENCE):
            while True:
                for server in self.servers:
                    if server.returncode is not None:
                        return server
                await asyncio.sleep(0.02)

    async def start_sound(self) -> None:
        for server in self.servers:
            server.kill()
            server.entry = SERVE
            await server.start()


async def killed(doom: Doom, count: int) -> list[str]:
    """One game in which the servers are killed so often. What is wrong with its log, in words."""
    await doom.start_sound()
    table, guests = await begun(doom.servers[0].address)
    at_each = [[moved(guest, server.address) for server in doom.servers] for guest in guests]
    talkers = [Talker(same, name) for same, name in zip(at_each, ("anna", "ola"), strict=True)]
    for server in doom.servers:
        server.kill()
        await doom.start(server)
    over = asyncio.Event()
    talking = asyncio.gather(*(talker.talk(over) for talker in talkers))
    for _ in range(count - 1):
        await doom.start(await doom.first_dead())
    await doom.first_dead()
    await doom.start_sound()
    over.set()
    await asyncio.wait_for(talking, PATIENCE)
    logged = await messages(table)
    for guest in (table.creator, *guests, *(guest for same in at_each for guest in same)):
        await guest.close()
    return [fault for talker in talkers for fault in faults(talker, logged)]


def faults(talker: Talker, logged: Sequence[str]) -> Iterator[str]:
    """What the log of all messages gets wrong of what this person was told."""
    own = [text for text in logged if text.startswith(f"{talker.name} ")]
    times = Counter(own)
    yield from (f"lost: {text}" for text in talker.acknowledged if text not in times)
    yield from (f"{times[text]} times: {text}" for text in times if times[text] > 1)
    if own != talker.acknowledged and Counter(talker.acknowledged) == times:
        yield f"another order of what {talker.name} said"


# --- on each database


@contextmanager
def one_on_sqlite() -> Iterator[list[ServerProcess]]:
    with tempfile.TemporaryDirectory() as folder:
        yield [_server(f"sqlite:///{folder}/summit.sqlite3", folder)]


@contextmanager
def two_on_postgres() -> Iterator[list[ServerProcess]]:
    with tempfile.TemporaryDirectory() as folder, running_postgres() as postgres:
        url = postgres.url(postgres.create_database())
        yield [_server(url, folder) for _ in range(2)]


def _server(url: str, folder: str) -> ServerProcess:
    # People here talk faster than people do.
    return ServerProcess(url, Path(folder), settings={"SUMMIT_COMMANDS_PER_SECOND": "1000"})


HOUSES = {"sqlite": one_on_sqlite, "postgres": two_on_postgres}


def kill_tries(house: str, count: int, seed: int, points: Sequence[str] = tuple(POINTS)) -> Tries:
    """One try a kill, game after game."""
    chance = Random(seed)
    at = cycle(points)
    for begun_at in range(0, count, KILLS_A_GAME):
        so_many = min(KILLS_A_GAME, count - begun_at)
        with HOUSES[house]() as servers:
            try:
                found = asyncio.run(killed(Doom(servers, chance, at), so_many))
            finally:
                for server in servers:
                    server.kill()
        yield from found
        yield from [None] * max(0, so_many - len(found))


def _on(store: str) -> WrongDesign:
    def put_in(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(WRONG_STORE, store)

    return put_in


WRONG = {name: _on(name) for name in WRONG_STORES}

KILLS = tuple(
    Experiment(
        id="R1",
        name=f"kills_{house}",
        what=f"kill -9 in mid-command: nothing acknowledged is lost, doubled or reordered, {place}",
        unit="kills",
        count=1_000,
        tries=partial(kill_tries, house),
        wrong=WRONG,
        enough=len(POINTS),
    )
    for house, place in (("sqlite", "one server on SQLite"), ("postgres", "two on PostgreSQL"))
)
