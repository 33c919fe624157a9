"""Do the tables come up from empty, agree with the row classes, and go down again?"""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlmodel import SQLModel

from pathway.database import Database
from pathway.migrations import downgrade, upgrade


def test_migrations_bring_up_exactly_the_tables_that_the_rows_describe(database_url: str) -> None:
    upgrade(database_url)
    database = Database(database_url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    database.dispose()


def test_every_named_check_of_the_rows_stands_in_the_database(database_url: str) -> None:
    upgrade(database_url)
    database = Database(database_url)
    inspector = inspect(database.engine)
    for name, table in SQLModel.metadata.tables.items():
        wanted = {str(one.name) for one in table.constraints if str(one.name or "").startswith("ck_")}
        assert wanted <= {str(one["name"]) for one in inspector.get_check_constraints(name)}
    database.dispose()


def test_migrations_go_down_to_an_empty_database(database_url: str) -> None:
    upgrade(database_url)
    downgrade(database_url)
    database = Database(database_url)
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    database.dispose()
