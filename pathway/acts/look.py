"""Who looked at what? One row per page, naming every record that stood on it."""

from collections.abc import Iterable

from sqlalchemy import insert

from pathway.access import Viewer
from pathway.acts.desk import Desk
from pathway.store.history.chain import canonical_json
from pathway.tables import ViewedRecord, Viewing
from pathway.tables.columns import table_of

VIEWING = table_of(Viewing)
VIEWED = table_of(ViewedRecord)


def look(desk: Desk, viewer: Viewer, *, page: str, cases: Iterable[str]) -> None:
    """Record a look, before the page is shown: what can't be recorded isn't shown."""
    refs, at = sorted(set(cases)), desk.clock()
    looked = insert(VIEWING).values(
        authority=viewer.authority, practitioner_id=viewer.id, at=at, page=page, cases=canonical_json(refs)
    )
    with desk.database.writing() as session:
        viewing = session.execute(looked.returning(VIEWING.c.id)).scalar_one()
        if refs:
            session.execute(insert(VIEWED), [{"viewing_id": viewing, "ref": ref, "at": at} for ref in refs])
