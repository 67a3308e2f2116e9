"""Brings a database's tables to today's shape, on the connection that will be used."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from server.store.connections import Connection, PostgresConnection, SqliteConnection

MIGRATIONS = Path(__file__).parent / "migrations"

MIGRATING = 8_207_213
"""The key of the lock that lets one process at a time migrate a PostgreSQL database."""


def migrate(connection: Connection) -> None:
    """Runs the migrations that are missing. Two processes may start at once."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine(connection)
    config.attributes["lock"] = MIGRATING if isinstance(connection, PostgresConnection) else None
    command.upgrade(config, "head")


def engine(connection: Connection) -> Engine:
    """SQLAlchemy's view of a database: for migrations and their tests, not for play."""
    if isinstance(connection, SqliteConnection):
        # Its own connection is the only one there may be.
        return create_engine("sqlite://", creator=lambda: connection.raw, poolclass=StaticPool)
    return create_engine(connection.url.set(drivername="postgresql+psycopg"))
