"""What whoever runs a game does beside the table: moments to go back to, forks, rosters, deleting it (rule 10)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from limits import RateLimitItemPerHour

from game_rules import rejections as no
from game_rules.messages import SERVER
from game_rules.procedures.press import AdmitPress
from game_rules.rejections import Rejected, refuse
from server.access import NoAccess, new_id, read_code
from server.forks import fork_game, may_fork
from server.roster import Place, read_roster
from server.routes.bodies import (
    Admission,
    CreatedGame,
    Deletion,
    GameLinks,
    Invitations,
    InvitedPerson,
    LandmarkAnswer,
    NewFork,
    OwnAnnotation,
    OwnAnnotations,
    Roster,
)
from server.routes.callers import Caller, GameId, Running, forget_cookie, set_cookie
from server.routes.entering import demand_running
from server.standing import runs_the_game, viewer_of

router = APIRouter(prefix="/api/games/{game}", tags=["facilitating"])


@router.get("/moments")
async def moments(game: GameId, services: Running, caller: Caller) -> list[LandmarkAnswer]:
    """The moments of the log that `rewind_game` and forks may name: phases, drafts, silences opened and closed."""
    state = await services.service.state(game)
    if not may_fork(state, runs_the_game(caller, state)):
        raise NoAccess
    found = await services.replays.landmarks(game)
    return [LandmarkAnswer(seq=one.seq, at=one.at, type=one.type, phase=one.phase) for one in found]


@router.post("/forks", status_code=201)
async def fork(
    game: GameId, body: NewFork, request: Request, response: Response, services: Running, caller: Caller
) -> CreatedGame:
    """Another game that begins where this one stood at a moment. The caller runs it; nobody sits in it yet."""
    state = await services.service.state(game)
    if not may_fork(state, runs_the_game(caller, state)):
        raise NoAccess
    services.limiter.demand(RateLimitItemPerHour(services.settings.games_per_hour), request)
    opened = await fork_game(services.service, services.access, game, body.moment)
    set_cookie(response, services, opened.creator)
    links = GameLinks(
        host=opened.own if state.kind == "open" else None,
        facilitator=opened.own if state.kind == "exercise" else None,
        projector=opened.projector,
        join=opened.join,
    )
    return CreatedGame(game=opened.row.id, code=opened.row.code, links=links)


@router.post("/roster", status_code=201)
async def roster(game: GameId, body: Roster, services: Running, caller: Caller) -> Invitations:
    """A personal link for everybody on a list. One wrong line, and nobody is invited: the answer says which and why.

    The names are not kept: they stand in this answer alone, beside the links, for whoever sends them out.
    """
    state = await demand_running(services, caller)
    places = read_roster(body.text, body.format, state.rules.seats)
    return Invitations(invited=[await _invited(services, game, place) for place in places])


async def _invited(services: Running, game: str, place: Place) -> InvitedPerson:
    link, url = await services.access.new_link(game, "seat", place.seat, place.role)
    return InvitedPerson(name=place.name, seat=place.seat, role=place.role, link=link.id, url=url)


@router.delete("", status_code=204)
async def delete_game(game: GameId, body: Deletion, response: Response, services: Running, caller: Caller) -> None:
    """Removes the game with everything about it. `confirm` is its name or its code, so that no slip does it."""
    await demand_running(services, caller)
    row = await services.store.game(game)
    if body.confirm.strip() != row.title and read_code(body.confirm) != row.code:
        raise Rejected(refuse(no.NOT_CONFIRMED))
    await services.service.delete(game)
    services.replays.forget(game)
    forget_cookie(response, services, game)


@router.post("/press", status_code=204)
async def admit_press(game: GameId, body: Admission, services: Running, caller: Caller) -> None:
    """Gives the holder of a press link the name under which it publishes."""
    if caller.kind != "press":
        raise NoAccess
    command = AdmitPress(type="admit_press", press=caller.member, name=body.name)
    await services.service.demand(game, SERVER, f"press:{caller.member}:{new_id()}", command)


@router.get("/replay/annotations")
async def replay_annotations(game: GameId, services: Running, caller: Caller) -> OwnAnnotations:
    """What was written beside the game, by the caller's own moments: a facilitator's at once, else with the results."""
    state = await services.service.state(game)
    if caller.kind != "facilitator" and not state.opened:
        return OwnAnnotations(annotations=[], texts={})
    viewer = viewer_of(caller, state)
    made = [
        OwnAnnotation(n=await services.replays.own_moment_of(game, viewer, one.moment), at=one.moment_at, text=one.text)
        for one in state.annotations
    ]
    known = await services.store.texts(game, [one.text for one in made])
    return OwnAnnotations(annotations=made, texts={id: text.text if text else None for id, text in known.items()})
