"""PostgreSQL, through psycopg: several connections, and several server processes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import psycopg
from sqlalchemy import URL, ColumnElement, Dialect, Engine, Text, any_, bindparam, create_engine
from sqlalchemy.dialects import postgresql

from server.store.connections import Connection
from server.store.interface import DatabaseRefused
from server.store.statements import Dialects, Statement

TIMEOUTS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "3s",
}
"""A paused or lost process holds a game no longer than this."""

MIGRATING = 8_207_213
"""The key of the lock under which a database is migrated."""


def _dialect() -> Dialect:
    return cast(Dialect, postgresql.psycopg.dialect())  # type: ignore[no-untyped-call]


def _among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column == any_(bindparam("among", type_=postgresql.ARRAY(Text)))


class PostgresConnection(Connection):
    """A connection to PostgreSQL. Locks, statements and idle transactions end by themselves."""

    dialects = Dialects(_dialect(), postgresql.insert, _among)
    workers = 4
    shares_commits = False  # two games in one transaction could wait for each other; PostgreSQL groups commits itself
    away = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError)
    conflicts = (psycopg.IntegrityError,)

    def open(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in TIMEOUTS.items())
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

    def engine(self) -> Engine:
        return create_engine(self.url.set(drivername="postgresql+psycopg"))

    @property
    def migration_lock(self) -> int | None:
        return MIGRATING

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
