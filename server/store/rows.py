"""The tables. Rows never leave this package: the store's interface speaks of records, links and sessions.

Tables do not validate; what comes in was validated by the models of the edge. Times are milliseconds since 1970.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Text
from sqlmodel import Field, SQLModel

ONE_TREE = {"sqlite_with_rowid": False}
"""In SQLite the row lies in the tree of its key: half the pages to write for every command."""


def _game_key() -> "Column[str]":
    return Column(Text, ForeignKey("games.id", ondelete="CASCADE"), primary_key=True)


def _of_game() -> "Column[str]":
    return Column(Text, ForeignKey("games.id", ondelete="CASCADE"), nullable=False, index=True)


def _moment(nullable: bool = False) -> "Column[int]":
    return Column(BigInteger, nullable=nullable)


def _number() -> "Column[int]":
    return Column(BigInteger, primary_key=True, autoincrement=False)


def _word(nullable: bool = False, **how: bool) -> "Column[str]":
    return Column(Text, nullable=nullable, **how)  # type: ignore[arg-type]


def _bytes(nullable: bool = False, **how: bool) -> "Column[bytes]":
    return Column(LargeBinary, nullable=nullable, **how)  # type: ignore[arg-type]


class GameRecord(SQLModel, table=True):
    """One game and the head of its log: the row that a command locks."""

    __tablename__ = "games"
    id: str = Field(sa_column=_word(primary_key=True))
    code: str = Field(sa_column=_word(unique=True))
    title: str = Field(sa_column=_word())
    created_at: int = Field(sa_column=_moment())
    seq: int = Field(sa_column=_moment())
    hash: bytes = Field(sa_column=_bytes())
    at: int = Field(sa_column=_moment())
    status: str = Field(sa_column=_word(index=True))
    next_due: int | None = Field(sa_column=_moment(nullable=True))
    access_epoch: int = Field(sa_column=_moment())


class EventRecord(SQLModel, table=True):
    """One event. `event` is canonical JSON, with a digest in place of the scenario."""

    __tablename__ = "events"
    __table_args__ = ONE_TREE
    game: str = Field(sa_column=_game_key())
    seq: int = Field(sa_column=_number())
    at: int = Field(sa_column=_moment())
    actor_kind: str = Field(sa_column=_word())
    actor_id: str = Field(sa_column=_word())
    actor_seat: str | None = Field(sa_column=_word(nullable=True))
    command_id: str = Field(sa_column=_word())
    event: str = Field(sa_column=_word())


class ScenarioRecord(SQLModel, table=True):
    """A scenario as canonical JSON, once, however many games are played of it."""

    __tablename__ = "scenarios"
    digest: str = Field(sa_column=_word(primary_key=True))
    body: str = Field(sa_column=_word())


class AnswerRecord(SQLModel, table=True):
    """What a command was answered; the key makes a second effect of one command impossible."""

    __tablename__ = "answers"
    __table_args__ = ONE_TREE
    game: str = Field(sa_column=_game_key())
    actor: str = Field(sa_column=_word(primary_key=True))
    command_id: str = Field(sa_column=_word(primary_key=True))
    body: bytes = Field(sa_column=_bytes())
    reply: str = Field(sa_column=_word())


class TextRecord(SQLModel, table=True):
    """A name or message. Erasing the row leaves the chain of hashes as it is."""

    __tablename__ = "texts"
    __table_args__ = ONE_TREE
    game: str = Field(sa_column=_game_key())
    id: str = Field(sa_column=_word(primary_key=True))
    salt: bytes = Field(sa_column=_bytes())
    text: str = Field(sa_column=_word())


class TextKeyRecord(SQLModel, table=True):
    """The key that a game's text ids are salted with."""

    __tablename__ = "text_keys"
    game: str = Field(sa_column=_game_key())
    key: bytes = Field(sa_column=_bytes())


class SnapshotRecord(SQLModel, table=True):
    """A state after some event, so that loading does not fold from the start. May be deleted at any time."""

    __tablename__ = "snapshots"
    game: str = Field(sa_column=_game_key())
    seq: int = Field(sa_column=_number())
    version: str = Field(sa_column=_word(primary_key=True))
    hash: bytes = Field(sa_column=_bytes())
    state: bytes = Field(sa_column=_bytes())


class LinkRecord(SQLModel, table=True):
    """An invitation; the token's SHA-256 only."""

    __tablename__ = "links"
    id: str = Field(sa_column=_word(primary_key=True))
    game: str = Field(sa_column=_of_game())
    kind: str = Field(sa_column=_word())
    seat: str | None = Field(sa_column=_word(nullable=True))
    token_hash: bytes = Field(sa_column=_bytes(unique=True))
    created_at: int = Field(sa_column=_moment())
    revoked_at: int | None = Field(sa_column=_moment(nullable=True))
    role: str | None = Field(sa_column=_word(nullable=True))


class SessionRecord(SQLModel, table=True):
    """A browser that was let in; the cookie's SHA-256 only."""

    __tablename__ = "sessions"
    id: str = Field(sa_column=_word(primary_key=True))
    game: str = Field(sa_column=_of_game())
    kind: str = Field(sa_column=_word())
    member: str = Field(sa_column=_word())
    seat: str | None = Field(sa_column=_word(nullable=True))
    invited_to: str | None = Field(sa_column=_word(nullable=True))
    link: str | None = Field(sa_column=_word(nullable=True, index=True))
    created_at: int = Field(sa_column=_moment())
    revoked_at: int | None = Field(sa_column=_moment(nullable=True))


class UsedTicketRecord(SQLModel, table=True):
    """A socket's ticket that was used; kept until it would have expired anyway."""

    __tablename__ = "used_tickets"
    ticket: str = Field(sa_column=_word(primary_key=True))
    expires_at: int = Field(sa_column=_moment())


class ServerKeyRecord(SQLModel, table=True):
    """The key that all server processes on this database share."""

    __tablename__ = "server_keys"
    name: str = Field(sa_column=_word(primary_key=True))
    key: bytes = Field(sa_column=_bytes())
