"""decide and evolve: commands a second in one process, at a full table (issue 2: 20,000 of a typical one)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from benchmarks.figures import Figure
from benchmarks.full_table import FullTable, amendment, full_table, message
from game_rules.engine import Command, decide, evolve
from game_rules.messages import Actor
from game_rules.procedures.drafting import Cosponsor
from game_rules.procedures.positions import StatePosition
from game_rules.procedures.silence import TakeRung

RUNS = 9
COMMANDS = 2_000
TARGET = 20_000

Wish = tuple[Command, Actor]


def messages(table: FullTable, number: int) -> Wish:
    return message(), table.people[number % len(table.people)]


def positions(table: FullTable, number: int) -> Wish:
    turn, seat = divmod(number, len(table.people))
    position = StatePosition(
        type="state_position", draft="d3", revision=1, position=("support", "can_accept")[turn % 2]
    )
    return position, table.people[seat]


def cosponsors(table: FullTable, number: int) -> Wish:
    """Each ally in the middle of the table joins each of the drafts that are not frozen and not its own."""
    draft = 2 + number % 9
    return Cosponsor(type="cosponsor", draft=f"d{draft}", revision=1), table.allies[10 + number // 9 % 11]


def amendments(table: FullTable, number: int) -> Wish:
    return amendment(2 + number % 9), table.allies[10 + number % 21]


def rungs(table: FullTable, number: int) -> Wish:
    turn, seat = divmod(number, len(table.allies))
    rung = TakeRung(type="take_rung", draft="d1", revision=1, rung=("associate", "silent")[turn % 2])
    return rung, table.allies[seat]


KINDS: dict[str, tuple[Callable[[FullTable, int], Wish], int]] = {
    "a message in the plenary": (messages, COMMANDS),
    "a position on a draft": (positions, COMMANDS),
    "a rung of the ladder": (rungs, COMMANDS),
    "an amendment": (amendments, 200),
    "a cosponsor": (cosponsors, 99),
}
"""What is measured, and how many of it the table bears before it is no table any more."""


def commands_a_second(table: FullTable, kind: Callable[[FullTable, int], Wish], count: int) -> float:
    """One command after another, each in the state that the last has left. The commands are made beforehand."""
    wishes = [kind(table, number) for number in range(count)]
    state, at = table.game.state, table.at
    start = time.process_time()
    for command, by in wishes:
        at += 1
        for event in decide(state, command, by, at):
            state = evolve(state, event, by, at)
    return count / (time.process_time() - start)


def run() -> Iterator[Figure]:
    table = full_table()
    for name, (kind, count) in KINDS.items():
        commands_a_second(table, kind, count)
        values = [commands_a_second(table, kind, count) for _ in range(RUNS)]
        yield Figure(f"decide + evolve, full cast: {name}", values, "/s", at_least=TARGET)
