"""Alembic's entry: runs the migrations on the database it is given."""

from alembic import context
from sqlmodel import SQLModel

from pathway import tables
from pathway.database import Database

assert tables

database = Database(context.config.attributes["url"])
with database.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=database.is_sqlite,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
database.dispose()
