"""`summit evaluate -`: packages a second through the pipe, the processes' start left out."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.full_table import vilnius
from game_rules.evaluation import BASELINE, Evaluator
from server.cli.evaluate import Reader, stream

RUNS = 5
PACKAGES = 1_000


def packages() -> list[bytes]:
    """Random packages as lines, the same each time; most are inconsistent, and are answered all the same."""
    options = vilnius().vocabulary.issues
    chance = random.Random("packages")
    return [
        json.dumps({issue: chance.choice(list(known)) for issue, known in options.items()}).encode()
        for _ in range(PACKAGES)
    ]


def packages_a_second(lines: list[bytes]) -> float:
    reader = Reader(vilnius(), Evaluator(vilnius()))
    start = time.process_time()
    answered = sum(1 for _ in stream(reader, BASELINE, lines))
    assert answered == PACKAGES
    return PACKAGES / (time.process_time() - start)


def run() -> Iterator[Figure]:
    lines = packages()
    yield Figure("summit evaluate -", [packages_a_second(lines) for _ in range(RUNS)], "lines/CPU-s")
