"""Coming in: links, sessions, claims, tickets, leaving. Nothing is claimed by opening a link or by any GET."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from limits import RateLimitItemPerMinute

from game_rules import rejections as no
from game_rules.messages import Actor, Role
from game_rules.procedures.seating import JoinSeat, LeaveSeat
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.state import GameState
from server.access import NewSession, NoAccess, new_id
from server.routes.bodies import Claim, Claimed, LinkAnswer, NewLink, SessionAnswer, SessionRequest, Ticket
from server.routes.callers import Caller, CallerIfAny, GameId, Running, forget_cookie, set_cookie
from server.routes.games import who
from server.services import Services
from server.standing import may_sit, runs_the_game, seat_of
from server.store.interface import Link, Session

router = APIRouter(prefix="/api/games/{game}", tags=["entering"])

TOKENS_TRIED = RateLimitItemPerMinute(240)


@router.post("/sessions")
async def enter(
    game: GameId, body: SessionRequest, request: Request, response: Response, services: Running, caller: CallerIfAny
) -> SessionAnswer:
    """Exchanges a link's token, or the short code, for a session of this browser. Sits nobody down."""
    services.limiter.demand(TOKENS_TRIED, request)
    state = await services.service.state(game)
    new = await services.access.enter(game, body.token)
    if caller is not None and _is_enough(caller, new.session, state):
        return who(caller, state)
    set_cookie(response, services, new)
    return who(new.session, state)


def _is_enough(caller: Session, new: Session, state: GameState) -> bool:
    """Whoever opens a link a second time stays who they are."""
    if caller.link == new.link and caller.link is not None:
        return True
    return new.kind == "visitor" and (caller.kind != "visitor" or seat_of(state, caller.member) is not None)


@router.post("/claims")
async def claim(
    game: GameId, body: Claim, request: Request, response: Response, services: Running, caller: CallerIfAny
) -> Claimed:
    """Sits the caller down. A free seat is for anybody let in; one that is taken only for who has its own link."""
    services.limiter.demand(TOKENS_TRIED, request)
    state = await services.service.state(game)
    new = await _who_claims(game, body, services, caller)
    session = new.session if isinstance(new, NewSession) else new
    if not may_sit(session) or session.invited_to not in (None, body.seat):
        raise NoAccess
    if seat_of(state, session.member) != body.seat:
        role = await services.access.role_of(session) or body.role
        await services.service.join_seat(game, _join(session, body, role), _free_for(session, body.seat))
    await services.access.seat(session, body.seat)
    if isinstance(new, NewSession):
        set_cookie(response, services, new)
    return Claimed(member=session.member, seat=body.seat)


async def _who_claims(game: str, body: Claim, services: Services, caller: Session | None) -> Session | NewSession:
    token = body.token or body.code
    if caller is not None and (token is None or caller.invited_to == body.seat):
        return caller
    if token is None:
        raise NoAccess
    new = await services.access.enter(game, token)
    return caller if caller is not None and new.session.kind == "visitor" else new


def _join(session: Session, body: Claim, role: Role | None) -> JoinSeat:
    return JoinSeat(
        type="join_seat", seat=body.seat, member=session.member, name=body.name, role=role, host=session.kind == "host"
    )


def _free_for(session: Session, seat: str) -> Callable[[GameState], Refusal | None] | None:
    """Refuses a seat that somebody has, unless the link was for that seat. Asked while the game is locked."""
    if session.invited_to is not None:
        return None

    def why_not_free(state: GameState) -> Refusal | None:
        there = state.seats.get(seat)
        return refuse(no.SEAT_TAKEN, seat=seat) if there is not None and there.members else None

    return why_not_free


@router.post("/leave", status_code=204)
async def leave(game: GameId, response: Response, services: Running, caller: Caller) -> None:
    """Gives up the seat, if there is one, and ends the session with all its sockets."""
    state = await services.service.state(game)
    seat = seat_of(state, caller.member)
    if seat is not None:
        actor = Actor("member", caller.member, seat)
        # A refusal only says that the seat is gone already.
        await services.service.submit(game, actor, f"leave:{new_id()}", LeaveSeat(type="leave_seat"))
    await services.access.leave(caller)
    forget_cookie(response, services, game)
    await services.service.look()


@router.post("/tickets")
async def ticket(game: GameId, services: Running, caller: Caller) -> Ticket:
    """Lets one socket in, once, within 30 seconds."""
    return Ticket(ticket=await services.access.ticket(caller))


# --- links ------------------------------------------------------------------------------------------------------------


@router.post("/links", status_code=201)
async def new_link(game: GameId, body: NewLink, services: Running, caller: Caller) -> LinkAnswer:
    """A link for a seat, for the projector, for the press, or for somebody who only watches.

    For whoever runs the game; a head of delegation may invite into its own.
    """
    state = await _demand_inviting(services, caller, body.seat)
    if body.seat is not None and body.seat not in state.seats:
        raise Rejected(refuse(no.SEAT_UNKNOWN, seat=body.seat))
    kind = body.kind or ("seat" if body.seat else "projector")
    link, url = await services.access.new_link(game, kind, body.seat, body.role)
    return _answer(link, url)


@router.get("/links")
async def list_links(game: GameId, services: Running, caller: Caller) -> list[LinkAnswer]:
    """The links that were made. Their addresses are not kept."""
    await demand_running(services, caller)
    return [_answer(link) for link in await services.access.links(game)]


@router.post("/links/{link}/revoke", status_code=204)
async def revoke_link(game: GameId, link: str, services: Running, caller: Caller) -> None:
    """Ends the link, and the sessions and sockets of everybody who came with it."""
    await demand_running(services, caller)
    await services.access.revoke(game, link)
    await services.service.look()  # this process's sockets at once, the others' within a second


async def _demand_inviting(services: Services, caller: Session, seat: str | None) -> GameState:
    state = await services.service.state(caller.game)
    member = state.members.get(caller.member)
    heads_it = member is not None and member.present and (member.seat, member.role) == (seat, "head")
    if not heads_it and not runs_the_game(caller, state):
        raise NoAccess
    return state


async def demand_running(services: Services, caller: Session) -> GameState:
    """The game, for whoever runs it. Raises NoAccess."""
    state = await services.service.state(caller.game)
    if not runs_the_game(caller, state):
        raise NoAccess
    return state


def _answer(link: Link, url: str | None = None) -> LinkAnswer:
    return LinkAnswer(
        id=link.id,
        kind=link.kind,
        seat=link.seat,
        created_at=link.created_at,
        revoked=link.revoked_at is not None,
        role=link.role,
        url=url,
    )
