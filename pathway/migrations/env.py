"""Alembic's entry: runs the migrations on the database it is given, all of them in one transaction or none."""

from alembic import context
from sqlalchemy import text
from sqlmodel import SQLModel

from pathway import tables
from pathway.database import Database

assert tables

ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('pathway migrations'))")
"""Services and workers that start together upgrade one after the other; whoever comes later finds nothing to do.

On SQLite the transaction itself is the lock: it takes the right to write when it begins. It begins before Alembic reads
where the tables stand; Alembic would otherwise commit after each step, and whoever read in between repeat the next.
"""

database = Database(context.config.attributes["url"])
try:
    with database.engine.execution_options(writes=True).connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(ONE_AT_A_TIME)
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=database.is_sqlite,
            compare_type=True,
        )
        context.run_migrations()
finally:
    database.dispose()
