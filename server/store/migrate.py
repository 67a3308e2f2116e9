"""Brings a database's tables to today's shape, on the connection that will be used."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config

from server.store.connections import Connection

MIGRATIONS = Path(__file__).parent / "migrations"

ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps what it is doing in its module."""


def migrate(connection: Connection) -> None:
    """Runs the migrations that are missing. Two processes may start at once."""
    with ONE_AT_A_TIME:
        command.upgrade(configuration(connection), "head")


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for this database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = connection.engine()
    config.attributes["lock"] = connection.migration_lock
    return config
