"""Who asks: the session behind the request's cookie, and the cookies that carry it.

Each game has a cookie of its own, so that one browser can be in several games. Over HTTPS it is bound to this host by
its name; a plain-HTTP server in a classroom cannot have that, and the page says that it is not private.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request, Response

from server.access import NewSession, NoAccess
from server.services import Services, services_of
from server.store.interface import Session

COOKIE_SECONDS = 60 * 24 * 3600

GameId = Annotated[str, Path(pattern=r"^[a-z0-9]{1,40}$", description="The game's id.")]
Running = Annotated[Services, Depends(services_of)]


def cookie_name(game: str, secure: bool) -> str:
    return f"__Host-summit-{game}" if secure else f"summit-{game}"


def set_cookie(response: Response, services: Services, new: NewSession) -> None:
    secure = services.settings.secure
    response.set_cookie(
        cookie_name(new.session.game, secure),
        new.token,
        max_age=COOKIE_SECONDS,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def forget_cookie(response: Response, services: Services, game: str) -> None:
    secure = services.settings.secure
    response.delete_cookie(cookie_name(game, secure), path="/", secure=secure, httponly=True, samesite="lax")


async def session_of(request: Request, game: GameId, services: Running) -> Session:
    """The caller's session for this game. Raises NoAccess."""
    token = request.cookies.get(cookie_name(game, services.settings.secure))
    return await services.access.session(game, token)


async def session_if_any(request: Request, game: GameId, services: Running) -> Session | None:
    try:
        return await session_of(request, game, services)
    except NoAccess:
        return None


Caller = Annotated[Session, Depends(session_of)]
CallerIfAny = Annotated[Session | None, Depends(session_if_any)]
