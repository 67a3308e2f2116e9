"""Who may come in: links, short codes, sessions and tickets.

A link's token lies in the fragment of its address, so that no server log and no preview sees it; it is exchanged by
POST for a cookie. Tokens are kept as SHA-256 only. A link is not a seat: nothing is claimed by opening one.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from itsdangerous import BadSignature, URLSafeTimedSerializer

from game_rules.messages import Role
from server.settings import Settings
from server.store.interface import GameId, GameRow, GameUnknown, Link, LinkKind, Session, SessionKind, Store

TOKEN_BYTES = 16
TICKET_SECONDS = 30
CODE_CHARACTERS = 10
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without I, L, O and U: nothing to mistake when a code is read from a wall."""


class NoAccess(Exception):
    """There is nothing here for you: no such game, a wrong or revoked link, no session. One answer for all."""


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def new_code() -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(CODE_CHARACTERS))


def read_code(typed: str) -> str:
    """The code somebody typed: small letters, dashes and the look-alikes I, L and O are forgiven."""
    plain = "".join(char for char in typed.upper() if char.isalnum())
    return plain.translate(str.maketrans("ILO", "110"))


def new_id() -> str:
    """An id for a member or link: says nothing, sorts like nothing."""
    return secrets.token_hex(6)


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session and the token for the browser's cookie, which is not kept here."""

    session: Session
    token: str


class Access:
    """Lets people in. Every wrong, revoked or unknown token gets the same NoAccess."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._signer: URLSafeTimedSerializer | None = None

    # --- links -----------------------------------------------------------------------------------------------------

    async def new_link(
        self, game: GameId, kind: LinkKind, seat: str | None = None, role: Role | None = None
    ) -> tuple[Link, str]:
        """A new link and the address that opens it."""
        token = new_token()
        link = Link(new_id(), game, kind, seat, digest(token), now_ms(), role=role)
        await self._store.add_link(link)
        return link, self.address(game, token, kind)

    def address(self, game: GameId, token: str, kind: LinkKind | None = None) -> str:
        page = f"/g/{game}/projector" if kind == "projector" else f"/g/{game}"
        return f"{self._settings.base_url}{page}#{token}"

    async def role_of(self, session: Session) -> Role | None:
        """What the link by which somebody came makes of them in the delegation; None when it leaves that open."""
        if session.link is None:
            return None
        return next((link.role for link in await self._store.links(session.game) if link.id == session.link), None)

    async def links(self, game: GameId) -> Sequence[Link]:
        return await self._store.links(game)

    async def revoke(self, game: GameId, link: str) -> None:
        """Ends a link and everybody's session who came with it. Raises NoAccess for an unknown one."""
        if not await self._store.revoke_link(game, link):
            raise NoAccess

    # --- sessions --------------------------------------------------------------------------------------------------

    async def enter(self, game: GameId, token: str) -> NewSession:
        """A session for whoever holds a link's token or the game's short code. Raises NoAccess."""
        if len(token) <= CODE_CHARACTERS + 4:
            return await self._enter_by_code(game, token)
        link = await self._store.link_by_token(digest(token))
        if link is None or link.game != game or link.revoked_at is not None:
            raise NoAccess
        return await self.new_session(game, link.kind, invited_to=link.seat, link=link.id)

    async def _enter_by_code(self, game: GameId, code: str) -> NewSession:
        row = await self.game_by_code(code)
        if row.id != game:
            raise NoAccess
        return await self.new_session(game, "visitor")

    async def game_by_code(self, code: str) -> GameRow:
        """Raises NoAccess."""
        try:
            return await self._store.game_by_code(read_code(code))
        except GameUnknown:
            raise NoAccess from None

    async def new_session(
        self, game: GameId, kind: SessionKind, invited_to: str | None = None, link: str | None = None
    ) -> NewSession:
        token = new_token()
        session = Session(digest(token).hex(), game, kind, new_id(), None, invited_to, link, now_ms())
        await self._store.save_session(session)
        return NewSession(session, token)

    async def session(self, game: GameId, token: str | None) -> Session:
        """The session of that cookie. Raises NoAccess when it is none, revoked, or for another game."""
        session = await self._store.session(digest(token).hex()) if token else None
        if session is None or session.game != game or session.revoked_at is not None:
            raise NoAccess
        return session

    async def stored(self, session: str) -> Session | None:
        """The session as it is now in the database."""
        return await self._store.session(session)

    async def seat(self, session: Session, seat: str | None) -> Session:
        """The session once its person has sat down there. Where they sit now, the game knows."""
        seated = replace(session, seat=seat)
        await self._store.save_session(seated)
        return seated

    async def leave(self, session: Session) -> None:
        await self._store.revoke_session(session.game, session.id)

    # --- tickets ---------------------------------------------------------------------------------------------------

    async def ticket(self, session: Session) -> str:
        """Lets one socket in, once, within 30 seconds, at any server process."""
        return (await self._tickets()).dumps([session.id, session.game, secrets.token_hex(8)])

    async def redeem(self, game: GameId, ticket: str) -> Session:
        """The session behind a ticket, which is used up by this. Raises NoAccess."""
        try:
            session_id, for_game, nonce = (await self._tickets()).loads(ticket, max_age=TICKET_SECONDS)
        except (BadSignature, ValueError, TypeError):
            raise NoAccess from None
        if for_game != game or not await self._store.use_ticket(nonce, now_ms() + 2 * TICKET_SECONDS * 1_000):
            raise NoAccess
        session = await self._store.session(session_id)
        if session is None or session.revoked_at is not None:
            raise NoAccess
        return session

    async def _tickets(self) -> URLSafeTimedSerializer:
        if self._signer is None:
            self._signer = URLSafeTimedSerializer(await self._store.server_key(), salt="socket-ticket")
        return self._signer
