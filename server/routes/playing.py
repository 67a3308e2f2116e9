"""Beside the table: what a package is worth to oneself, the replay, the saved game."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from limits import RateLimitItemPerMinute

from game_rules import rejections as no
from game_rules.appraisal import appraise
from game_rules.procedures.drafting import find_draft, read_package
from game_rules.rejections import Rejected, refuse
from game_rules.saved_game import Text, write_lines
from game_rules.state import GameState
from game_rules.view import Viewer, in_place, text_ids
from server.access import NoAccess
from server.earlier_talk import earlier_talk
from server.routes.bodies import AppraisalRequest, ReplayAnswer, ReplayMoment, Talk
from server.routes.callers import Caller, GameId, Running
from server.services import Services
from server.standing import viewer_of
from server.store.interface import Session

router = APIRouter(prefix="/api/games/{game}", tags=["playing"])

EXPORTS = RateLimitItemPerMinute(20)


@router.post("/appraisals")
async def appraisal(game: GameId, body: AppraisalRequest, services: Running, caller: Caller) -> dict[str, Any]:
    """What a package would be worth to the caller's own delegation, by its own lights and public facts."""
    state = await services.service.state(game)
    seat = in_place(state, viewer_of(caller, state)).seat
    if seat is None:
        raise Rejected(refuse(no.NOT_SEATED))
    base = find_draft(state, body.base).package if body.base else None
    start = state.rules.package_dict(base) if base is not None else {}
    return appraise(state, seat, read_package(state, {**start, **body.package}), base)


# --- replay -----------------------------------------------------------------------------------------------------------


@router.get("/replay/moments")
async def replay_moments(game: GameId, services: Running, caller: Caller) -> list[ReplayMoment]:
    """The caller's own moments: what changed for their eyes, numbered by that alone."""
    moments = await services.replays.moments(game, await _eyes(services, caller))
    return [ReplayMoment(n=one.n, at=one.at, entry=one.entry, undone=one.undone) for one in moments]


@router.get("/replay")
async def replay(
    game: GameId, services: Running, caller: Caller, at: Annotated[int | None, Query(ge=0)] = None
) -> ReplayAnswer:
    """The view after the caller's own `at`-th moment; the last one when none is named."""
    viewer = await _eyes(services, caller)
    moments = len(await services.replays.moments(game, viewer))
    n = moments - 1 if at is None else min(at, moments - 1)
    view = await services.replays.view(game, viewer, n)
    assert view is not None
    known = await services.store.texts(game, dict.fromkeys(text_ids(view)))
    texts = {id: text.text if text else None for id, text in known.items()}
    return ReplayAnswer(at=n, moments=moments, view=dict(view), texts=texts)


@router.get("/talk")
async def talk(
    game: GameId,
    services: Running,
    caller: Caller,
    room: Annotated[str, Query(max_length=200)],
    before: Annotated[str, Query(max_length=64)],
) -> Talk:
    """Up to 200 messages of a room right before the one whose text's id is `before`; of an unread room none."""
    state = await services.service.state(game)
    messages, complete = await earlier_talk(services.store, state, viewer_of(caller, state), room, before)
    known = await services.store.texts(game, [message["text"] for message in messages])
    texts = {id: text.text if text else None for id, text in known.items()}
    return Talk(messages=[dict(message) for message in messages], texts=texts, complete=complete)


async def _eyes(services: Services, caller: Session) -> Viewer:
    return viewer_of(caller, await services.service.state(caller.game))


# --- export -----------------------------------------------------------------------------------------------------------


@router.get("/export")
async def export(game: GameId, request: Request, services: Running, caller: Caller) -> StreamingResponse:
    """The saved game as JSON Lines, with the texts the caller may read.

    For the facilitator at any time; for who sat at the table of an open game once its results are open to all: the
    file holds every delegation's instructions (rules 9.1, 9.5).
    """
    services.limiter.demand(EXPORTS, request)
    state = await services.service.state(game)
    if not _may_export(caller, state):
        raise NoAccess
    records = await services.store.records(game)
    readable = await services.replays.text_ids(game, viewer_of(caller, state))
    texts = await services.store.texts(game, readable)
    lines = write_lines(game, records, _still_there(texts.values()))
    headers = {"Content-Disposition": f'attachment; filename="summit-{game}.jsonl"'}
    return StreamingResponse(_with_line_ends(lines), media_type="application/jsonl", headers=headers)


def _may_export(caller: Session, state: GameState) -> bool:
    if caller.kind == "facilitator":
        return True
    return state.kind == "open" and state.opened and caller.member in state.members


def _still_there(texts: Iterable[Text | None]) -> Iterator[Text]:
    return (text for text in texts if text is not None)


def _with_line_ends(lines: Iterable[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)
