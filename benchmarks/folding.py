"""Reading a saved game of 10,000 events: from the lines of the file to the last state (issue 2: under 0.5 s)."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence

from benchmarks.figures import Figure
from benchmarks.full_table import FullTable, message, positions
from game_rules.saved_game import chain_start, read_lines
from game_rules.snapshot import dump_state, load_state
from server.decider import Moment, steps

RUNS = 7
EVENTS = 10_000
TARGET_SECONDS = 0.5


def long_game() -> FullTable:
    """A full-cast game in which people go on talking and changing their minds, until it has 10,000 events."""
    table = FullTable()
    table.play_to_consultations()
    table.fill_the_floor()
    changes = {person.id: positions(2) for person in table.people}
    for person in itertools.cycle(table.people):
        if table.game.events >= EVENTS:
            return table
        table.wish(next(changes[person.id]) if table.game.events % 5 > 2 else message(), person)
        table.at -= 900  # ten a second, so that the phase lasts
    raise AssertionError("the table never ends")


def fold(lines: Sequence[str]) -> Moment:
    """Checks every line against the chain, parses its event and folds it."""
    saved = read_lines(lines)
    now = Moment(0, chain_start(saved.game), None)
    for step in steps(saved.records, now):
        now = step.after
    return now


def seconds_to_fold(lines: Sequence[str]) -> float:
    start = time.process_time()
    now = fold(lines)
    elapsed = time.process_time() - start
    assert now.seq == EVENTS
    return elapsed


def run() -> Iterator[Figure]:
    table = long_game()
    lines = list(table.game.lines())
    seconds_to_fold(lines)
    yield Figure(
        f"a saved game of {EVENTS:,} events: verify, parse and fold",
        [seconds_to_fold(lines) for _ in range(RUNS)],
        "s",
        at_most=TARGET_SECONDS,
    )
    state = table.game.state
    snapshot = dump_state(state)
    yield Figure(f"snapshot of a full-cast game after {EVENTS:,} events", [len(snapshot) / 1_000], "kB")
    yield Figure("writing that snapshot", [milliseconds(lambda: dump_state(state)) for _ in range(RUNS)], "ms")
    reading = [milliseconds(lambda: load_state(snapshot, state.rules.scenario)) for _ in range(RUNS)]
    yield Figure("reading it back", reading, "ms")


def milliseconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1_000
