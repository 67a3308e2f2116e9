"""`summit simulate`: whole games by bots, as fast as the machine goes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import repeat
from multiprocessing.context import BaseContext
from typing import Annotated

import typer

from game_rules.rejections import Rejected
from game_rules.scenario import Scenario
from game_rules.simulation import simulate as play
from server.cli.refusals import refuse
from server.scenario_catalogue import Catalogue, ScenarioUnknown
from server.settings import Settings

COLLECTED_AFTER = 50_000
"""New objects between two rounds of the garbage collector: a game leaves next to no cycles behind."""


def make_ready(name: str) -> None:
    """Loads the scenario, and leaves what a process holds for good out of the collector's rounds."""
    _scenario(name)
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER)


def play_one(name: str, cast: str, seed: str, number: int) -> str:
    """One game's line. The same in whatever process: a game hangs on its arguments alone."""
    return play(_scenario(name), cast, seed, number=number).to_line()


@cache
def _scenario(name: str) -> Scenario:
    return Catalogue(Settings().scenario_folder).get(name)


def lines(name: str, cast: str, seed: int, games: int, workers: int) -> Iterator[str]:
    """The games' lines in order. The seed of each is that of the series and its number."""
    seeds = [f"{seed}:{number}" for number in range(1, games + 1)]
    numbers = range(1, games + 1)
    make_ready(name)
    # One game is played here, whoever plays the others: it finds what each delegation came for and judges most texts
    # that others will judge again, and a worker that is forked after it knows them.
    yield play_one(name, cast, seeds[0], 1)
    others = (repeat(name), repeat(cast), seeds[1:], numbers[1:])
    if workers == 1:
        yield from map(play_one, *others)
        return
    with ProcessPoolExecutor(workers, _start_of_workers(), make_ready, (name,)) as pool:
        yield from pool.map(play_one, *others)


def _start_of_workers() -> BaseContext:
    """Forked where that is sound, at once and with all that this process has read; elsewhere begun afresh.

    Nothing but this thread runs yet, so no lock can be held for ever in the copy. On a Mac the system's own libraries
    do not bear it.
    """
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def add_to(app: typer.Typer) -> None:
    @app.command()
    def simulate(
        name: Annotated[str, typer.Argument(help="The scenario.")],
        games: Annotated[int, typer.Option(help="How many games.", min=1)] = 1,
        seed: Annotated[int, typer.Option(help="What chance is drawn from; the same seed gives the same games.")] = 1,
        cast: Annotated[str, typer.Option(help="The cast.")] = "quick",
        workers: Annotated[int, typer.Option(help="Processes; 0: one a core.", min=0)] = 0,
        json_: Annotated[bool, typer.Option("--json", help="One JSON object a game; there is no other form.")] = True,
    ) -> None:
        """Plays whole games by bots and prints one line a game."""
        try:
            scenario = _scenario(name)
        except ScenarioUnknown:
            raise refuse(f"there is no scenario {name}") from None
        casts = [known.id for known in scenario.casts]
        if cast not in casts:
            raise refuse(f"{name} has no cast {cast}; it has {', '.join(casts)}")
        at_once = min(workers or os.cpu_count() or 1, games)
        try:
            for line in lines(name, cast, seed, games, at_once):
                print(line)
        except Rejected as rejected:
            raise refuse(f"{rejected.refusal.code.name}") from None
        sys.stdout.flush()
