"""One connection to the database, in the thread it belongs to: SQLite in a file, or PostgreSQL.

Knows how to open a connection that may be trusted, how to begin and end a transaction, and which of the driver's
exceptions mean that the database is away. Knows nothing of what is stored.
"""

from __future__ import annotations

import json
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, make_url

from server.store.interface import DatabaseRefused
from server.store.statements import POSTGRES, SQLITE, Dialects, Statement

SQLITE_BUSY_SECONDS = 2.0
"""How long a second process waits for a server that is just going."""

POSTGRES_TIMEOUTS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "3s",
}
"""A paused or lost process holds a game no longer than this."""


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


class SqliteConnection(Connection):
    """The only connection to a SQLite file: WAL, synchronous=FULL, and an exclusive lock.

    SQLite before 3.51.3 can corrupt a WAL that several connections use, so nobody shares this one: with the exclusive
    lock there is no shared memory at all, and a second process is told so instead of being let in.
    """

    dialects = SQLITE
    workers = 1
    shares_commits = True
    away = (sqlite3.OperationalError, sqlite3.DatabaseError)
    conflicts = (sqlite3.IntegrityError,)

    def __init__(self, url: str) -> None:
        super().__init__(url)
        if not self.url.database or self.url.database == ":memory:":
            raise DatabaseRefused("a SQLite database needs a file: sqlite:///path/to/summit.sqlite3")
        self.path = Path(self.url.database)

    def open(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                self.path, timeout=SQLITE_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._cursor = self._connection.cursor()
            self._take_for_ourselves()
        except OSError as error:
            raise DatabaseRefused(f"{self.path} cannot be used: {error.strerror}") from error
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise DatabaseRefused(
                    f"{self.path} is in use by another process, probably a running server. "
                    "Stop it first, or ask it for the export in the browser."
                ) from error
            raise DatabaseRefused(f"{self.path} cannot be opened: {error}") from error
        except sqlite3.DatabaseError as error:
            raise DatabaseRefused(f"{self.path} is not a SQLite database") from error

    def _take_for_ourselves(self) -> None:
        # Before the first look at the WAL, so that SQLite never makes shared memory for it.
        self._cursor.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._cursor.execute("PRAGMA journal_mode=WAL")
        self._cursor.execute("PRAGMA synchronous=FULL")
        self._cursor.execute("PRAGMA foreign_keys=ON")
        # The lock is taken by the first write and then kept.
        self._cursor.execute("BEGIN EXCLUSIVE")
        self._cursor.execute("COMMIT")

    @property
    def raw(self) -> sqlite3.Connection:
        """The driver's own connection, for the migrations before play begins."""
        return self._connection

    def close(self) -> None:
        self._connection.close()

    def check(self, allow_unsafe: bool) -> None:
        if self._pragma("journal_mode") != "wal" or self._pragma("synchronous") != 2:
            raise DatabaseRefused(f"{self.path} does not take WAL with synchronous=FULL: is it on a network drive?")

    def _pragma(self, name: str) -> Any:
        return self._cursor.execute(f"PRAGMA {name}").fetchone()[0]

    def begin(self) -> None:
        self._cursor.execute("BEGIN IMMEDIATE")

    def execute(self, statement: Statement, parameters: Mapping[str, Any]) -> Sequence[Any]:
        cursor = self._cursor.execute(statement.sql, statement.of(parameters))
        return cursor.fetchall() if cursor.description else [cursor.rowcount]

    def now(self) -> int:
        # The embedded database has no clock of its own: its time is this machine's.
        return time.time_ns() // 1_000_000

    def commit(self) -> None:
        self._cursor.execute("COMMIT")

    def rollback(self) -> None:
        if self._connection.in_transaction:
            self._cursor.execute("ROLLBACK")

    def several(self, values: Iterable[str]) -> str:
        return json.dumps(list(values))


class PostgresConnection(Connection):
    """A connection to PostgreSQL. Locks, statements and idle transactions end by themselves."""

    dialects = POSTGRES
    workers = 4
    shares_commits = False  # two games in one transaction could wait for each other; PostgreSQL groups commits itself
    away = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError)
    conflicts = (psycopg.IntegrityError,)

    def open(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in POSTGRES_TIMEOUTS.items())
        self._connection = psycopg.connect(
            _libpq(self.url), autocommit=True, connect_timeout=5, options=options, application_name="summit"
        )
        self._cursor = self._connection.cursor()

    def close(self) -> None:
        self._connection.close()

    def check(self, allow_unsafe: bool) -> None:
        unsafe = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if self._setting(name) == "off"]
        if unsafe and not allow_unsafe:
            raise DatabaseRefused(
                f"this PostgreSQL may forget what it acknowledged: {', '.join(unsafe)} is off. "
                "Turn it on, or set SUMMIT_ALLOW_UNSAFE_DATABASE=true for a rehearsal."
            )

    def _setting(self, name: str) -> str:
        row = self._cursor.execute("SELECT current_setting(%s)", [name]).fetchone()
        return str(row[0]) if row else ""

    def begin(self) -> None:
        self._cursor.execute("BEGIN")

    def execute(self, statement: Statement, parameters: Mapping[str, Any]) -> Sequence[Any]:
        cursor = self._cursor.execute(statement.sql.encode(), statement.of(parameters))
        return cursor.fetchall() if cursor.description else [cursor.rowcount]

    def now(self) -> int:
        row = self._cursor.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint").fetchone()
        assert row is not None
        return int(row[0])

    def commit(self) -> None:
        self._cursor.execute("COMMIT")

    def rollback(self) -> None:
        self._connection.rollback()

    def several(self, values: Iterable[str]) -> list[str]:
        return list(values)


def _libpq(url: URL) -> str:
    """The address as PostgreSQL's own library reads it: without the name of the driver."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def connection_kind(url: str) -> type[Connection]:
    """Which database an address means. Raises DatabaseRefused."""
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        return SqliteConnection
    if backend == "postgresql":
        return PostgresConnection
    raise DatabaseRefused(f"{backend} is not supported: use sqlite:///FILE or postgresql://…")
