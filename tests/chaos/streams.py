"""L4: a view that was kept by updates is the fresh view, for everybody at the table, whenever one looks.

Random games on the real service. Viewers come, lose the line, go on where they stopped or ask for everything anew.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from pydantic_core import to_json

from game_rules.messages import GameKind
from game_rules.view import Viewer, apply, member_viewer, text_ids, view
from server.live_game import Audience, LiveGame
from tests.chaos.experiment import Experiment, Tries
from tests.rules.random_games import RandomPlay
from tests.secrecy.twin_worlds import GAME, WATCHERS, World

WISHES = 120
LOST_LINES = 0.1
CUTS = 0.1
"""How often a viewer loses its line, and how often all are compared, a wish."""


@dataclass(eq=False)
class Keeper:
    """Keeps a view as a client does. Implements Receiver."""

    viewer: Viewer
    view: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str | None] = field(default_factory=dict)
    stream: str = ""
    after: int = 0
    here: bool = True

    def push(self, frame: str | bytes) -> None:
        told = json.loads(frame)
        self.texts.update(told.get("texts", {}))
        if told["type"] == "view":
            self.view, self.stream, self.after = told["view"], told["stream"], 0
        elif told["type"] == "update":
            self.view[told["half"]] = apply(self.view[told["half"]], told["ops"])
            self.after += 1

    def close(self, code: str) -> None:
        self.here = False


class Party:
    """A random game with everybody looking on."""

    def __init__(self, seed: int) -> None:
        kind: GameKind = "open" if seed % 3 == 0 else "exercise"
        self.play = RandomPlay(seed, kind, strict=seed % 4 == 0)
        self.world = World(self.play.create)
        self.chance = Random(seed)
        self.keepers: dict[Viewer, Keeper] = {}

    async def first_difference(self) -> str | None:
        opening = self.play.opening()
        next(opening)
        await self.world.open(())
        for wish in opening:
            await self.world.wish(wish, f"c{wish.number}")
        for number in range(WISHES):
            await self._come()
            await self._lose_lines()
            wish = self.play.next(await self.world.state())
            await self.world.wish(wish, f"c{wish.number}")
            if self.chance.random() < CUTS and (found := await self._difference()):
                return f"after wish {number}: {found}"
        return await self._difference()

    async def _come(self) -> None:
        """Whoever is not here yet, or was sent away, looks at the game."""
        state = await self.world.state()
        seated = [member_viewer(member.id, member.seat) for member in state.members.values() if member.present]
        for viewer in (*WATCHERS, *seated):
            if viewer not in self.keepers or not self.keepers[viewer].here:
                self.keepers[viewer] = Keeper(viewer)
                await self.world.service.join(GAME, self.keepers[viewer], viewer)

    async def _lose_lines(self) -> None:
        """Some lose the line, miss a move, and are back; half of them remember where they were."""
        service = self.world.service
        gone = [one for one in self.keepers.values() if one.here and self.chance.random() < LOST_LINES]
        for keeper in gone:
            service.leave(GAME, keeper)
        missed = self.play.next(await self.world.state())
        await self.world.wish(missed, f"c{missed.number}")
        known = (await self.world.state()).members
        for keeper in gone:
            by = keeper.viewer.actor
            if by is not None and (by.id not in known or not known[by.id].present):
                keeper.here = False
                continue
            resume = (keeper.stream, keeper.after) if self.chance.random() < 0.5 else None
            await service.join(GAME, keeper, keeper.viewer, resume)

    async def _difference(self) -> str | None:
        state = await self.world.state()
        for keeper in self.keepers.values():
            if not keeper.here:
                continue
            fresh = json.loads(to_json(view(state, keeper.viewer)))
            if keeper.view != fresh:
                parts = [
                    f"{half}.{key}"
                    for half in fresh
                    for key in fresh[half]
                    if fresh[half][key] != keeper.view[half].get(key)
                ]
                return f"{keeper.viewer} has another {', '.join(parts)}"
            if missing := set(text_ids(fresh)) - keeper.texts.keys():
                return f"{keeper.viewer} lacks the texts {sorted(missing)}"
        return None


def stream_tries(games: int, seed: int) -> Tries:
    """One try a game."""
    for number in range(seed, seed + games):
        found = asyncio.run(Party(number).first_difference())
        yield f"game {number}, {found}" if found else None


def subscribe_after_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    """The view that a viewer is given was worked out a while before its updates begin."""
    honest = LiveGame._view_frame
    kept: dict[Viewer, str] = {}

    def stale(self: LiveGame, audience: Audience, *, whole: bool) -> str:
        fresh = honest(self, audience, whole=whole)
        return kept.setdefault(audience.viewer, fresh)

    monkeypatch.setattr(LiveGame, "_view_frame", stale)


STREAMS = Experiment(
    id="L4",
    name="streams",
    what="an old view and its updates make the fresh view, for every viewer at random moments",
    unit="games",
    count=1_000,
    tries=stream_tries,
    wrong={"subscribe after snapshot": subscribe_after_snapshot},
    enough=3,
)
