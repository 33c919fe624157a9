"""Do the tables come up from empty, agree with the row classes, and go down again?"""

from multiprocessing import get_context

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from conftest import a_name, new_postgres
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, select

from pathway.database import Database
from pathway.migrations import downgrade, head, revision_of, upgrade
from pathway.store.adopted.editions import AGREED
from pathway.tables import AdoptedEdition, Knock, Person
from pathway.tables.people import PersonKind


def test_migrations_bring_up_exactly_the_tables_that_the_rows_describe(database_url: str) -> None:
    upgrade(database_url)
    database = Database(database_url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    database.dispose()


def test_services_that_start_together_upgrade_one_after_the_other(database_url: str) -> None:
    together = get_context("spawn")
    started = [together.Process(target=upgrade, args=(database_url,)) for _ in range(4)]
    for one in started:
        one.start()
    for one in started:
        one.join()
    assert [one.exitcode for one in started] == [0, 0, 0, 0]
    database = Database(database_url)
    assert revision_of(database.engine) == head()
    database.dispose()


def test_an_upgrade_that_fails_half_way_leaves_the_tables_as_they_were(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE assessment (id INTEGER)"))
    with pytest.raises(DBAPIError, match="already exists"):
        upgrade(database_url)
    assert set(inspect(database.engine).get_table_names()) == {"assessment"}
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


def somebody(database: Database) -> None:
    """A practitioner of an authority."""
    with database.engine.begin() as connection:
        connection.execute(text("INSERT INTO authority VALUES ('a', 'A', 0, '')"))
        connection.execute(
            text(
                "INSERT INTO practitioner "
                "(id, public_id, authority, name, email, is_system, retention_class, legal_hold) "
                "VALUES (7, 'P', 'a', 'N', 'n@a.invalid', false, 'staff', false)"
            )
        )


def adopted_by_one(database: Database) -> None:
    """A document as the first tables held it: one person's act."""
    somebody(database)
    with database.engine.begin() as connection:
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


def test_what_was_sent_before_counts_as_no_danger_and_goes_back_down(database_url: str) -> None:
    upgrade(database_url, "0003")
    database = Database(database_url)
    with database.engine.begin() as connection:
        connection.execute(text("INSERT INTO knock (network, at) VALUES ('192.0.2.1', '2026-11-16 10:00:00')"))
    database.dispose()
    upgrade(database_url)
    with database.reading() as session:
        assert [(one.network, one.danger) for one in session.exec(select(Knock)).all()] == [("192.0.2.1", False)]
    database.dispose()
    downgrade(database_url, "0003")
    assert "danger" not in {one["name"] for one in inspect(database.engine).get_columns("knock")}
    assert found(database, "SELECT network FROM knock") == [("192.0.2.1",)]
    database.dispose()


def looked_and_named(database: Database) -> None:
    """Three looks and a child, as they stood before either was kept to be found by."""
    looked = text(
        "INSERT INTO viewing (id, authority, practitioner_id, at, page, cases) "
        "VALUES (:id, 'a', 7, '2026-11-16 10:00:00', 'record', :cases)"
    )
    person = text(
        "INSERT INTO person (id, public_id, authority, kind, given_name, family_name, address, address_sealed,"
        " restricted, retention_class, legal_hold, keyed) "
        "VALUES (3, 'P', 'a', 'child', 'Ava', '', '', false, false, 'contact', false, 1)"
    )
    with database.engine.begin() as connection:
        for number, cases in enumerate(('["AAAAAAAAA1","AAAAAAAAA2"]', "[]", '["AAAAAAAAA1"]')):
            connection.execute(looked, {"id": number, "cases": cases})
        connection.execute(person)


def test_looks_and_names_of_before_are_found_at_once_and_go_back_down(database_url: str) -> None:
    upgrade(database_url, "0003")
    database = Database(database_url)
    somebody(database)
    looked_and_named(database)
    database.dispose()
    upgrade(database_url)
    rows = "SELECT r.viewing_id, r.ref, r.at = v.at FROM viewed_record r JOIN viewing v ON v.id = r.viewing_id"
    first, second = ("AAAAAAAAA1", True), ("AAAAAAAAA2", True)
    assert sorted(found(database, rows)) == [(0, *first), (0, *second), (2, *first)]
    assert found(database, "SELECT person_id, key FROM person_key") == [(3, "w:ava")]
    database.dispose()
    downgrade(database_url, "0003")
    assert "viewed_record" not in inspect(database.engine).get_table_names()
    assert found(database, "SELECT * FROM person_key") == []
    database.dispose()


def test_keys_made_since_are_made_again_after_going_down_and_up(database_url: str) -> None:
    upgrade(database_url)
    database = Database(database_url)
    somebody(database)
    with database.writing() as session:
        session.add(Person(id=3, authority="a", kind=PersonKind.child, given_name="Ava", keyed=2))
    database.dispose()
    downgrade(database_url, "0003")
    assert found(database, "SELECT keyed FROM person") == [(1,)]
    database.dispose()


def test_keys_are_sorted_by_their_characters_whatever_language_the_server_speaks(postgres_url: str) -> None:
    """By a language's own order a range of keys would leave some names out."""
    url = new_postgres(postgres_url, a_name("sorted"))
    upgrade(url)
    database = Database(url)
    asked = (
        "SELECT collation_name FROM information_schema.columns WHERE table_name = 'person_key' AND column_name = 'key'"
    )
    assert found(database, asked) == [("C",)]
    database.dispose()
