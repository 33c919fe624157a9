"""What was kept, read straight from the rows: for tests that look at an act's whole effect."""

from collections.abc import Sequence

import made
from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from pathway.access import every_case
from pathway.store.adopted.promise import broken_promises
from pathway.store.history.anchors import AnchorLine, anchors, copied
from pathway.store.history.rebuilt import chain_faults, differences
from pathway.store.history.verified import Seen, verify
from pathway.tables import Assignment, Case, CaseChild, Team


def rows(house: made.House, table: type[SQLModel], *, case: str | None = None) -> Sequence:
    """Every row of a table, or those of one case, in the order written."""
    with house.desk.database.reading() as session:
        query = select(table).order_by(*table.__table__.primary_key)  # type: ignore[attr-defined]
        return session.exec(query if case is None else query.where(table.case_id == the(session, case).id)).all()


def the(session: Session, reference: str) -> Case:
    return session.exec(every_case().where(col(Case.public_id) == reference)).one()


def case(house: made.House, reference: str) -> Case:
    with house.desk.database.reading() as session:
        return the(session, reference)


def children(house: made.House, reference: str) -> list[str]:
    return [row.public_id for row in rows(house, CaseChild, case=reference)]


def undecided(house: made.House, reference: str) -> list[str]:
    return [row.public_id for row in rows(house, CaseChild, case=reference) if row.decision is None]


def count(house: made.House) -> dict[str, int]:
    """How many rows stand in each table."""
    with house.desk.database.reading() as session:
        tables = SQLModel.metadata.sorted_tables
        return {one.name: session.execute(select(func.count()).select_from(one)).scalar_one() for one in tables}


def everything(house: made.House) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as it stands."""
    with house.desk.database.reading() as session:
        tables = SQLModel.metadata.sorted_tables
        found = {one.name: session.execute(select(one).order_by(*one.primary_key)) for one in tables}
        return {name: [tuple(row) for row in rows] for name, rows in found.items()}


def faults(house: made.House) -> list[str]:
    """Every way in which the partnership breaks its word just now: none, if all is well."""
    with house.desk.database.reading() as session:
        found = [str(one) for one in broken_promises(session, house.clock())]
        for one in session.exec(every_case()).all():
            found += [*differences(session, one), *chain_faults(session, one)]
    return found


def audited(house: made.House, copy: Sequence[AnchorLine] = ()) -> list[str]:
    """What `pathway audit verify` would say is wrong."""
    with house.desk.database.at_one_moment() as session:
        return [one.sentence for one in verify(session, Seen(), copy)]


def anchored(house: made.House) -> tuple[AnchorLine, ...]:
    """Every anchor as a copy would have it."""
    with house.desk.database.at_one_moment() as session:
        return copied([one.line for one in anchors(session)])


def assignments(house: made.House, reference: str) -> Sequence[Assignment]:
    return rows(house, Assignment, case=reference)


def team(house: made.House, name: str) -> str:
    return next(one.public_id for one in rows(house, Team) if one.id == house.team_ids[name])
