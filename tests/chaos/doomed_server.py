"""`summit serve` that ends at a chosen point of a command's way, as a power cut would end it.

`CHAOS_KILL_AT=point:n`: SIGKILL when the point is passed for the n-th time since a player's first command.
The points are hung onto the server's own functions from here; the server itself carries no switch that ends it.
`CHAOS_WRONG_STORE` puts in a mistake that this must bring to light.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import pytest

import server.decider
from server.bus.memory import MemoryBus
from server.bus.redis import RedisBus
from server.cli import main
from server.store import sql
from server.store.connections import connection_kind
from server.ws.connection import Connection
from tests.chaos.wrong_store import WRONG_STORES

KILL_AT = "CHAOS_KILL_AT"
WRONG_STORE = "CHAOS_WRONG_STORE"

LAST_MOMENT = 0.1
"""Seconds between the point and the end: what other threads do meanwhile, a power cut can catch them at."""

Reached = Callable[[], None]


class Fuse:
    """Is lit by a player's first command; burns a little each time the point is passed."""

    def __init__(self, length: int) -> None:
        self._left = length
        self._lit = False

    def light(self) -> None:
        self._lit = True

    def burn(self) -> None:
        if self._lit:
            self._left -= 1
            if self._left == 0:
                time.sleep(LAST_MOMENT)
                os.kill(os.getpid(), signal.SIGKILL)


# --- where a fuse can be hung


def before(owner: Any, name: str, reached: Reached) -> None:
    honest = getattr(owner, name)

    @wraps(honest)
    def watched(*args: Any, **kwargs: Any) -> Any:
        reached()
        return honest(*args, **kwargs)

    setattr(owner, name, watched)


def after(owner: Any, name: str, reached: Reached) -> None:
    honest = getattr(owner, name)

    @wraps(honest)
    def watched(*args: Any, **kwargs: Any) -> Any:
        result = honest(*args, **kwargs)
        reached()
        return result

    setattr(owner, name, watched)


def at_commit(hang: Callable[[Any, str, Reached], None], reached: Reached) -> None:
    hang(connection_kind(os.environ["SUMMIT_DATABASE_URL"]), "commit", reached)


def after_hint(reached: Reached) -> None:
    for bus in (MemoryBus, RedisBus):
        after(bus, "ring", reached)


def after_ack(reached: Reached) -> None:
    honest = Connection._command

    async def watched(self: Connection, frame: Any) -> None:
        await honest(self, frame)
        await asyncio.sleep(LAST_MOMENT)  # what was written leaves when the loop comes round
        reached()

    setattr(Connection, "_command", watched)  # noqa: B010


POINTS: dict[str, Callable[[Reached], None]] = {
    "begin": partial(before, sql._Transaction, "__init__"),
    "locked": partial(after, sql._Transaction, "__init__"),
    "loaded": partial(after, server.decider, "load"),
    "decided": partial(after, server.decider, "decide"),
    "mid_snapshot": partial(after, server.decider, "snapshot_of"),
    "inserted": partial(after, sql._Transaction, "_write_records"),
    "head_updated": partial(after, sql._Transaction, "_move_head"),
    "before_commit": partial(at_commit, before),
    "after_commit": partial(at_commit, after),
    "after_hint": after_hint,
    "after_ack": after_ack,
}
"""promises R1, in the order of a command's way. The twelfth, in the middle of a timer, belongs to R10."""

SELDOM = frozenset({"mid_snapshot"})
"""Passed once in some hundred events: the first time must do."""


def serve() -> None:
    if wrong := os.environ.get(WRONG_STORE):
        WRONG_STORES[wrong](pytest.MonkeyPatch())
    point, _, times = os.environ[KILL_AT].partition(":")
    fuse = Fuse(int(times))
    POINTS[point](fuse.burn)
    before(Connection, "_command", fuse.light)
    main()
