"""What the shell asks of a database: the log of each game, its erasable texts, and who may come in.

The database alone decides the order of a game's events. `transact` runs a function over the locked row of a game;
what it hands to the transaction is written, all or nothing, and nobody is told before the commit returned. The store
knows nothing of the rules: events are canonical JSON to it, states are opaque.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from game_rules.messages import Role
from game_rules.saved_game import Record, Text

GameId = str
T = TypeVar("T")

GameStatus = Literal["lobby", "running", "paused", "ended"]

OPEN: tuple[GameStatus, ...] = ("running", "paused")
"""Games in which something falls due: a pause ends by itself as well (rule 1.7)."""
LinkKind = Literal["host", "facilitator", "projector", "press", "spectator", "seat"]
SessionKind = Literal["host", "facilitator", "projector", "press", "spectator", "seat", "visitor"]


class DatabaseAway(Exception):
    """The database did not answer, or not in time. Whether the last command was committed is unknown: ask again."""


class DatabaseRefused(Exception):
    """The database is there and cannot be trusted or used; the server must not start. The message is for people."""


class GameUnknown(Exception):
    """There is no such game."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a game's log ends. `hash` is the head of the chain, `at` the last event's time in milliseconds.

    `access_epoch` moves when a link or session is revoked; `next_due` is when a deadline wants a command.
    """

    seq: int
    hash: bytes
    at: int
    status: GameStatus = "lobby"
    next_due: int | None = None
    access_epoch: int = 0


@dataclass(frozen=True, slots=True)
class GameRow:
    """What a game is found by. `code` is the short code of its lobby, `created_at` in milliseconds."""

    id: GameId
    code: str
    title: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command was answered, kept under (game, actor, command id). `body` is a digest of what was asked."""

    actor: str
    command_id: str
    body: bytes
    reply: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state as `game_rules.snapshot` writes it in the form `version`, after event `seq`; `hash` is the chain."""

    seq: int
    version: str
    hash: bytes
    state: bytes


@dataclass(frozen=True, slots=True)
class Addition:
    """What one command adds to a game."""

    records: tuple[Record, ...]
    head: Head
    texts: tuple[Text, ...] = ()
    answer: Answer | None = None
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation. The token itself is not kept, only its SHA-256 (`token_hash`).

    `role` is what whoever comes by it will be in the delegation; None leaves it open.
    """

    id: str
    game: GameId
    kind: LinkKind
    seat: str | None
    token_hash: bytes
    created_at: int
    revoked_at: int | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that was let in. `id` is the SHA-256 of the cookie's token, in hexadecimal.

    `member` is the person's id in the game (also before they sit down), `seat` where they last sat down, `invited_to`
    the seat their link was for.
    """

    id: str
    game: GameId
    kind: SessionKind
    member: str
    seat: str | None
    invited_to: str | None
    link: str | None
    created_at: int
    revoked_at: int | None = None


class GameTransaction(Protocol):
    """A game's row, locked, and what may be asked of it. Runs in a thread of the store; none of it may wait."""

    @property
    def game(self) -> GameId: ...

    @property
    def now(self) -> int:
        """Database time in milliseconds, read once the row was locked and never below the last event's (rule 4.6)."""
        ...

    @property
    def head(self) -> Head: ...

    @property
    def memo(self) -> object | None:
        """What the last transaction on this game in this process left. The log may have grown elsewhere since."""
        ...

    @memo.setter
    def memo(self, value: object) -> None: ...

    def records(self, after: int) -> Sequence[Record]:
        """The records with a higher number, in order."""
        ...

    def first(self) -> Record:
        """The game's first record, which holds the scenario. Raises GameUnknown when there is none yet."""
        ...

    def snapshot(self, version: str) -> Snapshot | None:
        """The newest snapshot in that form."""
        ...

    def answer(self, actor: str, command_id: str) -> Answer | None: ...

    def session(self, session: str) -> Session | None: ...

    def append(self, addition: Addition) -> None:
        """Adds to the game. Later calls on this transaction see the new head."""
        ...


class EventStore(Protocol):
    """The log of every game. Every method raises DatabaseAway when the database does not answer."""

    async def open(self) -> None:
        """Connects, migrates, and checks that the database keeps what it acknowledges. Raises DatabaseRefused."""
        ...

    async def close(self) -> None: ...

    async def ready(self) -> None:
        """Returns when the database answers."""
        ...

    async def create(self, row: GameRow, text_key: bytes | None) -> None:
        """A new game without events; its head is `chain_start`. Without a key nothing more can be said in it.

        Raises KeyError when the id or code is taken.
        """
        ...

    async def transact(self, game: GameId, work: Callable[[GameTransaction], T]) -> T:
        """Runs `work` over the locked game and commits. Returns after the commit. Raises GameUnknown, or what
        `work` raises; then nothing was written."""
        ...

    async def game(self, game: GameId) -> GameRow:
        """Raises GameUnknown."""
        ...

    async def game_by_code(self, code: str) -> GameRow:
        """Raises GameUnknown."""
        ...

    async def games(self) -> Sequence[tuple[GameRow, Head]]:
        """Every game, oldest first."""
        ...

    async def heads(self, games: Iterable[GameId]) -> Mapping[GameId, Head]:
        """The heads of running and paused games and of the games asked for, as far as they exist."""
        ...

    async def records(self, game: GameId, after: int = 0) -> Sequence[Record]:
        """The records with a higher number, in order. Raises GameUnknown."""
        ...

    async def texts(self, game: GameId, ids: Iterable[str] | None = None) -> Mapping[str, Text | None]:
        """The texts of these ids (None where erased), or all that there are."""
        ...

    async def text_key(self, game: GameId) -> bytes | None:
        """The game's key for text ids; None once it is erased. Raises GameUnknown."""
        ...

    async def erase_texts(self, game: GameId, ids: Iterable[str]) -> None: ...

    async def delete(self, game: GameId) -> None:
        """Removes a game with everything about it."""
        ...


class AccessStore(Protocol):
    """Who may come in: links, sessions and used tickets. In the same database as the games."""

    async def server_key(self) -> bytes:
        """A key that all processes on this database share; made by the first that asks."""
        ...

    async def add_link(self, link: Link) -> None: ...

    async def link_by_token(self, token_hash: bytes) -> Link | None: ...

    async def links(self, game: GameId) -> Sequence[Link]: ...

    async def revoke_link(self, game: GameId, link: str) -> bool:
        """Ends the link and every session made with it; moves the game's access epoch. False: no such link."""
        ...

    async def save_session(self, session: Session) -> None:
        """Adds the session, or replaces the one of that id."""
        ...

    async def session(self, session: str) -> Session | None: ...

    async def sessions(self, game: GameId) -> Sequence[Session]: ...

    async def revoke_session(self, game: GameId, session: str) -> None:
        """Ends one session; moves the game's access epoch."""
        ...

    async def use_ticket(self, ticket: str, expires_at: int) -> bool:
        """Marks a ticket as used. False: it was used before. Forgets those long expired."""
        ...


class Store(EventStore, AccessStore, Protocol):
    """The whole database."""
