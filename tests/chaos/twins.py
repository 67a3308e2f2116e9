"""L1: what a viewer may not know moves no byte of what it gets, over many more games than `make test` has time for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

import server.live_game
from tests.chaos.experiment import Experiment, Tries
from tests.secrecy.test_twin_worlds import GAMES_FOR_A_LEAK, LEAKS, WISHES
from tests.secrecy.twin_worlds import leak

LEAKS_TRIED = LEAKS[::4]
"""`make test` tries each of them."""


@contextmanager
def streams_without_chance() -> Iterator[None]:
    """The name of a stream is drawn by chance and says nothing: here it is always the same."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(server.live_game, "secrets", SimpleNamespace(token_urlsafe=lambda size: "stream"))
        yield


def twin_tries(games: int, seed: int) -> Tries:
    """One try a game, looked at by all its viewers."""
    with streams_without_chance():
        for number in range(seed, seed + games):
            yield asyncio.run(leak(number, WISHES))


TWINS = Experiment(
    id="L1",
    name="twin_worlds",
    what="a game and its twin with other secrets: every viewer gets the same bytes of both",
    unit="games",
    count=10_000,
    tries=twin_tries,
    wrong={put_in.__name__.replace("_", " "): put_in for put_in in LEAKS_TRIED},
    enough=2 * GAMES_FOR_A_LEAK,
)
