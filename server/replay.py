"""A game step by step, from one viewer's eyes: numbered by what changed for that viewer, and by nothing else.

The log is folded once a process and game, keeping a state every so often; the slider folds from the nearest. Nobody
can tell from the numbers that something happened which they may not know.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from game_rules.moments import Landmark, landmark
from game_rules.procedures.rewinding import is_undone
from game_rules.saved_game import Record, chain_start
from game_rules.state import GameState
from game_rules.view import Viewer, Views, diff, text_ids
from game_rules.view.shape import RecordEntry, View
from server.decider import Moment, Step, steps
from server.store.interface import EventStore, GameId, GameUnknown

CHECKPOINT_STEPS = 50
GAMES_KEPT = 8
VIEWERS_KEPT = 64


@dataclass(frozen=True, slots=True)
class OwnMoment:
    """Something that changed a viewer's view.

    `entry` is what the viewer read in the record about it, if anything: a view's own record ends with the latest.
    """

    n: int
    at: int
    entry: RecordEntry | None
    step: int
    """Which step of the whole game it is: not for the viewer to know."""
    undone: bool = False
    """The game was taken back to before it, later."""


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
    landmarks: list[Landmark] = field(default_factory=list)
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
            self._mark(step)

    def _mark(self, step: Step) -> None:
        assert step.after.state is not None
        found = landmark(step.after.seq, step.records[-1].at, step.events, step.after.state)
        if found is not None:
            self.landmarks.append(found)

    def standing_landmarks(self) -> list[Landmark]:
        """The moments to which the game can be taken back: those that were not undone."""
        now = self.last.state if self.last else None
        return [one for one in self.landmarks if now is not None and not is_undone(now, one.seq)]

    def was_undone(self, step: int) -> bool:
        assert self.last is not None
        assert self.last.state is not None
        return is_undone(self.last.state, self.records[step][-1].seq)

    def step_of(self, seq: int) -> int:
        """The last step that had ended when the log had so many events."""
        return bisect_right(self.records, seq, key=lambda made: made[-1].seq) - 1

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
    return OwnMoment(number, step.records[0].at, _first_new_entry(old, new), place)


def _first_new_entry(old: View | None, new: View) -> RecordEntry | None:
    """What the viewer reads in the record about it, if anything."""
    if old is None:
        return None
    for now, before in (
        (new["public"]["record"], old["public"]["record"]),
        (new["private"]["record"], old["private"]["record"]),
    ):
        last = before[-1] if before else None
        place = next((k for k in range(len(now) - 1, -1, -1) if _is_same(now[k], last)), -1)
        if place + 1 < len(now):
            return now[place + 1]
    return None


def _is_same(entry: RecordEntry, other: RecordEntry | None) -> bool:
    """Whether it is the entry of before, also when it was undone since."""
    return entry is other or (other is not None and {**entry, "undone": other["undone"]} == other)


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
            moments = (await asyncio.to_thread(history.seen_by, viewer)).moments
            return [replace(moment, undone=True) if history.was_undone(moment.step) else moment for moment in moments]

    async def landmarks(self, game: GameId) -> list[Landmark]:
        """The moments of the whole game to which it can be taken back. Raises GameUnknown."""
        async with self._lock:
            return (await self._history(game)).standing_landmarks()

    async def own_moment_of(self, game: GameId, viewer: Viewer, seq: int) -> int:
        """Which of the viewer's own moments had come when the log had `seq` events. Raises GameUnknown."""
        async with self._lock:
            history = await self._history(game)
            moments = (await asyncio.to_thread(history.seen_by, viewer)).moments
            return max(0, bisect_right(moments, history.step_of(seq), key=lambda moment: moment.step) - 1)

    def forget(self, game: GameId) -> None:
        """Lets go of a game that was deleted."""
        self._histories.pop(game, None)

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
