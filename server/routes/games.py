"""Games: opening one, its lobby, its short code."""

from __future__ import annotations

import io
from typing import Annotated

import segno
from fastapi import APIRouter, Query, Request, Response
from limits import RateLimitItemPerHour, RateLimitItemPerMinute

from game_rules.state import GameState
from server.access import NoAccess
from server.new_game import GamePlan, open_game
from server.routes.bodies import CreatedGame, GameLinks, GameOfCode, Lobby, LobbySeat, NewGame, SessionAnswer
from server.routes.callers import Caller, CallerIfAny, GameId, Running, set_cookie
from server.services import Services
from server.standing import seat_of
from server.store.interface import GameRow, Session
from server.texts import clean_name

router = APIRouter(prefix="/api", tags=["games"])

CODE_GUESSES = RateLimitItemPerMinute(60)


@router.post("/games", status_code=201)
async def create_game(body: NewGame, request: Request, response: Response, services: Running) -> CreatedGame:
    """Opens a game in its lobby and makes the caller its host or facilitator."""
    services.limiter.demand(RateLimitItemPerHour(services.settings.games_per_hour), request)
    scenario = services.catalogue.get(body.scenario)
    plan = GamePlan(
        scenario,
        body.cast,
        body.kind,
        body.clock_minutes,
        clean_name(body.name or "") or scenario.title,
        strict=body.strict,
        policy=body.policy,
        reading=body.reading,
        formal=body.formal,
        pace=body.pace,
    )
    opened = await open_game(services.service, services.access, plan)
    set_cookie(response, services, opened.creator)
    links = GameLinks(
        host=opened.own if body.kind == "open" else None,
        facilitator=opened.own if body.kind == "exercise" else None,
        projector=opened.projector,
        join=opened.join,
    )
    return CreatedGame(game=opened.row.id, code=opened.row.code, links=links)


@router.get("/codes/{code}")
async def find_code(code: str, request: Request, services: Running) -> GameOfCode:
    """The game of a short code. Claims nothing: it shows where the lobby is."""
    services.limiter.demand(CODE_GUESSES, request)
    return GameOfCode(game=(await services.access.game_by_code(code[:40])).id)


@router.get("/games/{game}/lobby")
async def lobby(
    game: GameId,
    request: Request,
    services: Running,
    caller: CallerIfAny,
    code: Annotated[str | None, Query(max_length=40)] = None,
) -> Lobby:
    """Who sits where. For those with a session, or with the game's short code."""
    row = await _row(game, request, services, caller, code)
    return _lobby(row, await services.service.state(game), caller)


async def _row(game: str, request: Request, services: Services, caller: Session | None, code: str | None) -> GameRow:
    if caller is not None:
        return await services.store.game(game)
    if code is None:
        raise NoAccess
    services.limiter.demand(CODE_GUESSES, request)
    row = await services.access.game_by_code(code)
    if row.id != game:
        raise NoAccess
    return row


def _lobby(row: GameRow, state: GameState, caller: Session | None) -> Lobby:
    scenario = state.rules.scenario
    return Lobby(
        title=row.title,
        scenario=scenario.slug,
        scenario_title=scenario.title,
        cast=state.rules.cast.id,
        kind=state.kind,
        status=state.clock.status,
        reading=state.reading,
        code=row.code,
        seats=[
            LobbySeat(
                id=seat.id,
                name=seat.name,
                flag=seat.flag,
                kind=seat.kind,
                taken_by=len(state.seats[seat.id].members),
                player=state.player(seat.id),
            )
            for seat in state.rules.seats.values()
        ],
        you=who(caller, state) if caller else None,
    )


def who(session: Session, state: GameState) -> SessionAnswer:
    """A session as its own browser may know it."""
    return SessionAnswer(
        kind=session.kind,
        member=session.member,
        seat=seat_of(state, session.member),
        invited_to=session.invited_to,
    )


@router.get("/games/{game}/qr.svg", response_class=Response)
async def qr_code(game: GameId, services: Running, caller: Caller) -> Response:
    """The join link as a picture for the wall."""
    row = await services.store.game(game)
    drawn = io.BytesIO()
    segno.make(services.access.address(game, row.code), error="m").save(
        drawn, kind="svg", scale=8, border=2, xmldecl=False
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "private, no-cache"})
