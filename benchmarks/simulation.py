"""`summit simulate` with the full cast: whole games a second on two cores (issue 2: at least 20)."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.servers import CHECKOUT

RUNS = 3
GAMES = 100
WORKERS = 2
TARGET = 20


def simulate(games: int, seed: int) -> tuple[float, float]:
    """Runs the command and returns the seconds it took, and the CPU seconds of all its processes."""
    arguments = ("simulate", "vilnius-2023", "--cast", "full", "--seed", str(seed), "--json")
    command = [sys.executable, "-c", "from server.cli import main; main()", *arguments]
    before, start = _cpu_of_children(), time.perf_counter()
    printed = subprocess.run(
        [*command, "--games", str(games), "--workers", str(WORKERS)], cwd=CHECKOUT, stdout=subprocess.PIPE, check=True
    ).stdout
    assert printed.count(b"\n") == games
    return time.perf_counter() - start, _cpu_of_children() - before


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run() -> Iterator[Figure]:
    simulate(WORKERS, 0)  # so that the scenario is checked and kept
    took = [simulate(GAMES, seed) for seed in range(1, RUNS + 1)]
    yield Figure(
        f"whole full-cast games, summit simulate --games {GAMES}, start included",
        [GAMES / seconds for seconds, _ in took],
        "games/s",
        at_least=TARGET,
    )
    yield Figure(
        "the same on two cores with nothing else to do",
        [WORKERS * GAMES / cpu for _, cpu in took],
        "games/s",
        at_least=TARGET,
    )
