"""Alembic's entry: runs the migrations on the engine that `server.store.migrate` hands in."""

import sqlmodel
from alembic import context
from sqlalchemy import text

from server.store import rows

config = context.config
assert rows.GameRecord.metadata is sqlmodel.SQLModel.metadata

engine = config.attributes["engine"]
lock = config.attributes["lock"]

with engine.connect() as connection:
    if lock is not None:
        # Held until the transaction ends; whoever starts at the same time waits here and finds nothing to do.
        connection.execute(text("SET lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
    context.configure(connection=connection, target_metadata=sqlmodel.SQLModel.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
