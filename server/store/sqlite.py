"""A SQLite file: one connection, which nobody shares."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, bindparam, create_engine, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import StaticPool

from server.store.connections import Connection
from server.store.interface import DatabaseRefused
from server.store.statements import Dialects, Statement

BUSY_SECONDS = 2.0
"""How long a second process waits for a server that is just going."""


def _among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column.in_(select(func.json_each(bindparam("among")).table_valued("value").c.value))


class SqliteConnection(Connection):
    """The only connection to a SQLite file: WAL, synchronous=FULL, and an exclusive lock.

    SQLite before 3.51.3 can corrupt a WAL that several connections use, so nobody shares this one: with the exclusive
    lock there is no shared memory at all, and a second process is told so instead of being let in.
    """

    dialects = Dialects(sqlite.dialect(paramstyle="qmark"), sqlite.insert, _among)
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
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
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

    def engine(self) -> Engine:
        # This is the only connection there may be.
        return create_engine("sqlite://", creator=lambda: self._connection, poolclass=StaticPool)

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
