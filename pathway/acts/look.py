"""Who looked at what? One row per page, naming every record that stood on it."""

from collections.abc import Iterable

from sqlalchemy import insert

from pathway.access import Viewer
from pathway.acts.desk import Desk
from pathway.store.history.chain import canonical_json
from pathway.tables import Viewing
from pathway.tables.columns import table_of


def look(desk: Desk, viewer: Viewer, *, page: str, cases: Iterable[str]) -> None:
    """Record a look, before the page is shown: what can't be recorded isn't shown."""
    with desk.database.writing() as session:
        session.execute(
            insert(table_of(Viewing)).values(
                authority=viewer.authority,
                practitioner_id=viewer.id,
                at=desk.clock(),
                page=page,
                cases=canonical_json(sorted(set(cases))),
            )
        )
