"""A game step by step, from one viewer's eyes: numbered by what changed for that viewer, and by nothing else.

The log is folded once a process and game, keeping a state every so often; the slider folds from the nearest. Nobody
can tell from the numbers that something happened which they may not know.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from game_rules.saved_game import Record, chain_start
from game_rules.state import GameState
from game_rules.view import Viewer, Views, diff, text_ids
from game_rules.view.shape import View
from server.decider import Moment, Step, steps
from server.store.interface import EventStore, GameId, GameUnknown

CHECKPOINT_STEPS = 50
GAMES_KEPT = 8
VIEWERS_KEPT = 64


@dataclass(frozen=True, slots=True)
class OwnMoment:
    """Something that changed a viewer's view. `type` and `by` are those of the record the viewer reads."""

    n: int
    at: int
    type: str | None
    by: str | None
    step: int
    """Which step of the whole game it is: not for the viewer to know."""


@dataclass
class OwnHistory:
    """What one viewer has seen of a game in `steps` steps: its moments, and the ids of every text it was shown.

    Moments count from 0, the view the game began with.
    """

    steps: int = 0
    moments: list[OwnMoment] = field(default_factory=list)
    texts: dict[str, None] = field(default_factory=dict)


@dataclass
class History:
    """A game's steps, with a state kept every `CHECKPOINT_STEPS`."""

    game: GameId
    records: list[tuple[Record, ...]] = field(default_factory=list)
    checkpoints: list[Moment] = field(default_factory=list)
    last: Moment | None = None
    own: OrderedDict[Viewer, OwnHistory] = field(default_factory=OrderedDict)

    def extend(self, records: list[Record]) -> None:
        """Adds what the log has grown by."""
        start = self.last or Moment(0, chain_start(self.game), None)
        for step in steps(records, start):
            if len(self.records) % CHECKPOINT_STEPS == 0:
                self.checkpoints.append(start)
            self.records.append(step.records)
            start = self.last = step.after

    def from_step(self, step: int) -> Iterator[Step]:
        """The steps from that one on, folded from the nearest checkpoint."""
        nearest = step // CHECKPOINT_STEPS
        start = nearest * CHECKPOINT_STEPS
        records = (record for made in self.records[start:] for record in made)
        for place, made in enumerate(steps(records, self.checkpoints[nearest]), start=start):
            if place >= step:
                yield made

    def state_after(self, step: int) -> GameState:
        state = next(self.from_step(step)).after.state
        assert state is not None
        return state

    def seen_by(self, viewer: Viewer) -> OwnHistory:
        """What the game was for one viewer, as far as it has come."""
        own = self.own.pop(viewer, None) or OwnHistory()
        self._look(viewer, own)
        self.own[viewer] = own
        while len(self.own) > VIEWERS_KEPT:
            self.own.popitem(last=False)
        return own

    def _look(self, viewer: Viewer, own: OwnHistory) -> None:
        """Adds what has changed for the viewer since the last look."""
        if own.steps == len(self.records):
            return
        views = Views()
        old = _view(views, self.state_after(own.steps - 1), viewer) if own.steps else None
        for place, step in enumerate(self.from_step(own.steps), start=own.steps):
            assert step.after.state is not None
            new = _view(views, step.after.state, viewer)
            changes = diff(old, new) if old is not None else [new]
            if changes:
                own.moments.append(_moment(len(own.moments), place, step, old, new))
                own.texts.update(dict.fromkeys(id for change in changes for id in _text_ids(change)))
            old = new
        own.steps = len(self.records)


def _view(views: Views, state: GameState, viewer: Viewer) -> View:
    return {"public": views.public(state), "private": views.private(state, viewer)}


def _text_ids(change: Any) -> Iterator[str]:
    """The texts in a change of a whole view: paths begin with the half, which the fields' names do not know."""
    if "op" in change:
        change = {**change, "path": change["path"][1:]}
    return text_ids(change)


def _moment(number: int, place: int, step: Step, old: View | None, new: View) -> OwnMoment:
    entry = _first_new_entry(old, new)
    kind, by = (entry["type"], entry["by"]) if entry else (None, None)
    return OwnMoment(number, step.records[0].at, kind, by, place)


def _first_new_entry(old: View | None, new: View) -> Any | None:
    """What the viewer reads in the record about it, if anything."""
    if old is None:
        return None
    for now, before in (
        (new["public"]["record"], old["public"]["record"]),
        (new["private"]["record"], old["private"]["record"]),
    ):
        last = before[-1] if before else None
        place = next((k for k in range(len(now) - 1, -1, -1) if now[k] is last or now[k] == last), -1)
        if place + 1 < len(now):
            return now[place + 1]
    return None


class Replays:
    """The histories of the games looked at last. All folding is done in a thread."""

    def __init__(self, store: EventStore) -> None:
        self._store = store
        self._histories: OrderedDict[GameId, History] = OrderedDict()
        self._lock = asyncio.Lock()

    async def moments(self, game: GameId, viewer: Viewer) -> list[OwnMoment]:
        """Raises GameUnknown."""
        async with self._lock:
            history = await self._history(game)
            return list((await asyncio.to_thread(history.seen_by, viewer)).moments)

    async def text_ids(self, game: GameId, viewer: Viewer) -> tuple[str, ...]:
        """Every text that the viewer has been shown in the course of the game. Raises GameUnknown."""
        async with self._lock:
            history = await self._history(game)
            return tuple((await asyncio.to_thread(history.seen_by, viewer)).texts)

    async def view(self, game: GameId, viewer: Viewer, n: int) -> View | None:
        """The view after the viewer's own n-th moment; None when there is no such moment."""
        async with self._lock:
            history = await self._history(game)
            return await asyncio.to_thread(_view_at, history, viewer, n)

    async def _history(self, game: GameId) -> History:
        history = self._histories.pop(game, None) or History(game)
        after = history.last.seq if history.last else 0
        records = list(await self._store.records(game, after))
        if not records and history.last is None:
            raise GameUnknown(game)
        await asyncio.to_thread(history.extend, records)
        self._histories[game] = history
        while len(self._histories) > GAMES_KEPT:
            self._histories.popitem(last=False)
        return history


def _view_at(history: History, viewer: Viewer, n: int) -> View | None:
    moments = history.seen_by(viewer).moments
    if not 0 <= n < len(moments):
        return None
    return _view(Views(), history.state_after(moments[n].step), viewer)
