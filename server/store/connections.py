"""One connection to the database, in the thread it belongs to; `sqlite` and `postgres` are the two kinds.

Knows how to open a connection that may be trusted, how to begin and end a transaction, and which of the driver's
exceptions mean that the database is away. Knows nothing of what is stored.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, make_url

from server.store.interface import DatabaseRefused
from server.store.statements import Dialects, Statement


class Connection(ABC):
    """A driver's connection. Used by one thread at a time."""

    dialects: Dialects
    workers: int
    """How many connections of this kind are worth having."""
    shares_commits: bool
    """Whether commands on different games may wait for one commit."""
    away: tuple[type[Exception], ...]
    conflicts: tuple[type[Exception], ...]

    def __init__(self, url: str) -> None:
        self.url = make_url(url)

    @abstractmethod
    def open(self) -> None:
        """Connects. Raises DatabaseRefused, or what `away` names."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def check(self, allow_unsafe: bool) -> None:
        """Raises DatabaseRefused when the database might forget what it acknowledged."""

    @abstractmethod
    def engine(self) -> Engine:
        """SQLAlchemy's view of the database: for migrations and their tests, not for play."""

    @property
    def migration_lock(self) -> int | None:
        """The key of the lock that lets one process at a time migrate, where several can."""
        return None

    @abstractmethod
    def begin(self) -> None: ...

    @abstractmethod
    def execute(self, statement: Statement, parameters: Mapping[str, Any]) -> Sequence[Any]:
        """Runs a statement and returns its rows; of one without rows, how many it touched, as one number."""

    @abstractmethod
    def now(self) -> int:
        """The database's time in milliseconds since 1970."""

    @abstractmethod
    def commit(self) -> None: ...

    @abstractmethod
    def rollback(self) -> None: ...

    @abstractmethod
    def several(self, values: Iterable[str]) -> Any:
        """The parameter `among` of a statement."""

    def rows(self, statement: Statement, **parameters: Any) -> Sequence[Any]:
        return self.execute(statement, parameters)

    def one(self, statement: Statement, **parameters: Any) -> Any | None:
        found = self.execute(statement, parameters)
        return found[0] if found else None


def connection_kind(url: str) -> type[Connection]:
    """Which database an address means; only its driver is loaded. Raises DatabaseRefused."""
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        from server.store.sqlite import SqliteConnection

        return SqliteConnection
    if backend == "postgresql":
        from server.store.postgres import PostgresConnection

        return PostgresConnection
    raise DatabaseRefused(f"{backend} is not supported: use sqlite:///FILE or postgresql://…")
