"""Do the tables come up from empty, agree with the row classes, and go down again?"""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel, select

from pathway.database import Database
from pathway.migrations import downgrade, upgrade
from pathway.store.adopted.editions import AGREED
from pathway.tables import AdoptedEdition


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


def adopted_by_one(database: Database) -> None:
    """A document as the first tables held it: one person's act."""
    with database.engine.begin() as connection:
        connection.execute(text("INSERT INTO authority VALUES ('a', 'A', 0, '')"))
        connection.execute(
            text(
                "INSERT INTO practitioner "
                "(id, public_id, authority, name, email, is_system, retention_class, legal_hold) "
                "VALUES (7, 'P', 'a', 'N', 'n@a.invalid', false, 'staff', false)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO adopted_edition "
                "(authority, edition_hash, in_force_from, content, adopted_at, adopted_by_id) "
                "VALUES ('a', 'h', '2026-04-01', '{}', '2026-04-01 09:00:00', 7)"
            )
        )


def found(database: Database, query: str) -> list[tuple[object, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_what_one_person_adopted_before_stays_in_force_and_goes_back_down(database_url: str) -> None:
    upgrade(database_url, "0001")
    database = Database(database_url)
    adopted_by_one(database)
    database.dispose()
    upgrade(database_url)
    asked = "proposed_by_id, agreed_by_id, agreed_at = proposed_at, reason, length(public_id)"
    assert found(database, f"SELECT {asked} FROM adopted_edition") == [(7, 7, True, None, 10)]
    with database.reading() as session:
        assert session.exec(select(AdoptedEdition.edition_hash).where(AGREED)).all() == ["h"]
    database.dispose()
    downgrade(database_url, "0001")
    assert found(database, "SELECT edition_hash, adopted_by_id FROM adopted_edition") == [("h", 7)]
    database.dispose()


def test_what_nobody_agreed_does_not_come_into_force_by_going_down(database_url: str) -> None:
    upgrade(database_url, "0001")
    database = Database(database_url)
    adopted_by_one(database)
    database.dispose()
    upgrade(database_url)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE adopted_edition SET agreed_at = NULL, agreed_by_id = NULL"))
    database.dispose()
    downgrade(database_url, "0001")
    assert found(database, "SELECT * FROM adopted_edition") == []
    database.dispose()
