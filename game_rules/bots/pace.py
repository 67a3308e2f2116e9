"""When a stand-in gets a turn: on a regular beat, at the pace of people, never in answer to one event (rule 9.4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from game_rules.messages import Milliseconds, SeatId

BEAT: Milliseconds = 5_000
SHORTEST_INTERVAL: Milliseconds = 20_000
BETWEEN_TWO_SEATS: Milliseconds = 4_000
"""A room of thirty stand-ins must leave people time to read: on average one of them acts every so often."""


def turn_interval(stand_ins: int) -> int:
    """How many beats lie between two turns of one stand-in, among so many."""
    return max(SHORTEST_INTERVAL, stand_ins * BETWEEN_TWO_SEATS) // BEAT


def takes_turn(seed: str, seat: SeatId, beat: int, interval: int) -> bool:
    """Whether the seat acts on this beat: once in `interval` beats, each seat at its own place among them."""
    place = int.from_bytes(hashlib.sha256(f"pace:{seed}:{seat}".encode()).digest()[:4]) % interval
    return beat % interval == place


def beats_between(since: Milliseconds, until: Milliseconds) -> Iterator[int]:
    """The beats whose moment lies after `since` and not after `until`."""
    return iter(range(since // BEAT + 1, until // BEAT + 1))
