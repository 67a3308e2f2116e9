"""Another game that begins as one stood at a moment: same scenario, cast and chance, nobody seated, the clock still.

What was on the table goes along, with the words in it, and what everybody heard. What was said behind closed doors
does not: whoever made the fork could sit down anywhere in it and read (rule 5.2).
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from game_rules import rejections as no
from game_rules.messages import SERVER
from game_rules.moments import look_back
from game_rules.procedures.rewinding import FORKED, EarlierMoment, ForkGame
from game_rules.procedures.seating import CreateGame, GameCreated
from game_rules.rejections import Rejected, refuse
from game_rules.saved_game import Record, Text
from game_rules.state import GameState
from game_rules.state_json import as_text, parts_json
from server.access import Access
from server.decider import event_from_json
from server.game_service import GameService
from server.new_game import SEED_BYTES, OpenedGame, hand_out, new_row
from server.store.interface import GameId

FIELDS_OF_ITS_OWN = ("game", "type", "rules_version", "scenario_digest")
"""What a fork's first event does not take from the other game's."""


async def fork_game(service: GameService, access: Access, game: GameId, moment: int) -> OpenedGame:
    """Raises Rejected for a moment that the log does not have, or at which the game did not run."""
    records = await service.store.records(game)
    earlier = await asyncio.to_thread(look_back, records, moment, event_from_json)
    if earlier is None:
        raise Rejected(refuse(no.MOMENT_UNKNOWN, moment=moment))
    row = new_row(secrets.token_bytes(SEED_BYTES), (await service.store.game(game)).title)
    kind = earlier.state.kind
    await service.create(_created(records[0], row.row.id), row.row, row.seed)
    try:
        await service.demand(
            row.row.id,
            SERVER,
            "fork",
            ForkGame(type="fork_game", moment=moment).seeing(earlier),
            texts=await _words_of(service, game, earlier),
        )
    except BaseException:
        await service.delete(row.row.id)
        raise
    return await hand_out(access, row.row, kind)


def _created(first: Record, game: GameId) -> CreateGame:
    created = event_from_json(first.event)
    assert isinstance(created, GameCreated)
    fields = {name: getattr(created, name) for name in GameCreated.model_fields if name not in FIELDS_OF_ITS_OWN}
    # the same seed: what chance decides after the moment it decides at both tables alike (rules 6.5, 8.2)
    return CreateGame(type="create_game", game=game, **fields)


async def _words_of(service: GameService, game: GameId, earlier: EarlierMoment) -> tuple[Text, ...]:
    """The texts that what goes along speaks of. Their ids commit to them, whatever game they stand in."""
    spoken_of = set(_strings(json.loads(as_text(parts_json(earlier.state, FORKED)))))
    texts: Mapping[str, Text | None] = await service.store.texts(game)
    return tuple(text for id, text in texts.items() if text is not None and id in spoken_of)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for held in value.values():
            yield from _strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from _strings(held)


def may_fork(state: GameState, runs_it: bool) -> bool:
    """Whether somebody who runs the game may begin another from it.

    In an open game the host plays: for them the table is no more to look into than the export, before all is open.
    """
    return runs_it and (state.kind == "exercise" or state.opened)
