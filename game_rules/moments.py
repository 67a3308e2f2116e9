"""The moments of a log: what each command led to, and the game as it stood then.

A moment is named by the number of the last event of some command: between the events of one command nothing could be
decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from game_rules.engine import EVENTS, Event, evolve
from game_rules.messages import Everyone, Milliseconds
from game_rules.procedures.clock import PhaseBegan
from game_rules.procedures.drafting import DraftTabled
from game_rules.procedures.rewinding import EarlierMoment, GameTakenBack, GameTakenUp
from game_rules.procedures.silence import SilenceBroken, SilenceCancelled, SilenceHeld, SilenceOpened
from game_rules.saved_game import Record
from game_rules.state import GameState

LANDMARKS = (
    PhaseBegan,
    DraftTabled,
    SilenceOpened,
    SilenceHeld,
    SilenceBroken,
    SilenceCancelled,
    GameTakenBack,
    GameTakenUp,
)
"""The events that a facilitator looks for when a game is to be taken back."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A moment to which the game can be taken back, by what happened then."""

    seq: int
    at: Milliseconds
    type: str
    phase: str


def of_one_command(records: Iterable[Record]) -> Iterator[tuple[Record, ...]]:
    """The records in the groups in which they were decided."""
    for _, group in groupby(records, key=lambda record: (record.actor.key, record.command_id)):
        yield tuple(group)


def everybody_saw(events: Iterable[Event]) -> bool:
    """Whether something of it was for everybody to know."""
    return any(isinstance(event.audience(), Everyone) for event in events)


def look_back(
    records: Sequence[Record], moment: int, read: Callable[[str], Event] = EVENTS.validate_json
) -> EarlierMoment | None:
    """The game after that event of the whole log; None when no command ended there."""
    state: GameState | None = None
    for made in of_one_command(records):
        if made[0].seq > moment:
            return None
        events = [read(record.event) for record in made]
        for record, event in zip(made, events, strict=True):
            state = evolve(state, event, record.actor, record.at)
        last = made[-1]
        if last.seq == moment:
            assert state is not None
            return EarlierMoment(last.seq, last.at, state, records[-1].seq, everybody_saw(events))
    return None


def landmark(seq: int, at: Milliseconds, events: Sequence[Event], after: GameState) -> Landmark | None:
    """The moment these events ended at, if somebody would look for it and play goes on from there."""
    found = next((event for event in events if isinstance(event, LANDMARKS)), None)
    if found is None or after.clock.status not in ("running", "paused"):
        return None
    return Landmark(seq, at, found.type, after.phase.id)
