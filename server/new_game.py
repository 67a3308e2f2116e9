"""Opening a game: its seed, id, code and first links."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import Literal

from game_rules.messages import AbsencePolicy, FormalActs, GameKind, Pace, ReadingRule
from game_rules.procedures.seating import CreateGame
from game_rules.scenario import Scenario
from server.access import Access, NewSession, new_code, now_ms
from server.game_service import GameService
from server.store.interface import GameRow
from server.texts import branch

SEED_BYTES = 32
ID_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class GamePlan:
    """What whoever opens a game chooses. `seed` decides everything that chance decides, and the ids; None draws one."""

    scenario: Scenario
    cast: str
    kind: GameKind
    clock_minutes: int
    title: str
    strict: bool = False
    policy: AbsencePolicy = "deputy"
    reading: ReadingRule = "after the end"
    formal: FormalActs = "delegates"
    pace: Pace = "live"
    seed: bytes | None = None


@dataclass(frozen=True, slots=True)
class OpenedGame:
    """A new game, the creator's session, and the addresses to hand out. `own` is the host's or facilitator's."""

    row: GameRow
    creator: NewSession
    own: str
    projector: str
    join: str


async def open_game(service: GameService, access: Access, plan: GamePlan) -> OpenedGame:
    """Raises Rejected for a cast or clock that the scenario does not have."""
    new = new_row(plan.seed or secrets.token_bytes(SEED_BYTES), plan.title)
    await service.create(_command(plan, new.row.id, new.seed), new.row, new.seed)
    return await hand_out(access, new.row, plan.kind)


@dataclass(frozen=True, slots=True)
class NewRow:
    """What a game will be found by, and the secret that its id and its keys come from."""

    row: GameRow
    seed: bytes


def new_row(seed: bytes, title: str) -> NewRow:
    return NewRow(GameRow(_id(seed), new_code(), title, now_ms()), seed)


async def hand_out(access: Access, row: GameRow, kind: GameKind) -> OpenedGame:
    """The first links of a game that was just made, and its creator's session."""
    owner: Literal["host", "facilitator"] = "host" if kind == "open" else "facilitator"
    link, own = await access.new_link(row.id, owner)
    creator = await access.new_session(row.id, owner, link=link.id)
    _, projector = await access.new_link(row.id, "projector")
    return OpenedGame(row, creator, own, projector, access.address(row.id, row.code))


def _command(plan: GamePlan, game: str, seed: bytes) -> CreateGame:
    return CreateGame(
        type="create_game",
        game=game,
        scenario=plan.scenario,
        cast=plan.cast,
        kind=plan.kind,
        clock_minutes=plan.clock_minutes,
        # The log holds what chance is drawn from; the keys to texts are on other branches of the seed.
        seed=branch(seed, "chance").hex(),
        strict=plan.strict,
        reading=plan.reading,
        policy=plan.policy,
        formal=plan.formal,
        pace=plan.pace,
    )


def _id(seed: bytes) -> str:
    return base64.b32encode(branch(seed, "id")).decode().lower()[:ID_CHARACTERS]
