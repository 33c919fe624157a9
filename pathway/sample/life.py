"""What is known while the partnership is lived through? The time it is, everybody's ids, each story's record."""

from dataclasses import dataclass

from sqlmodel import col, select

from pathway.access import Viewer, viewer_of
from pathway.acts import Desk
from pathway.clock import SetClock
from pathway.store.parts.views import CaseView, ReferrerView
from pathway.store.records.cases import case as case_of
from pathway.store.records.cases import process_for
from pathway.tables import Practitioner, Team
from workflows import Process


@dataclass
class Life:
    """The partnership while it is lived through: simulated time, everybody's ids, each story's record."""

    desk: Desk
    clock: SetClock
    ids: dict[str, int]
    records: dict[str, str]

    def viewer(self, key: str) -> Viewer:
        with self.desk.database.reading() as session:
            found = viewer_of(session, self.ids[key], self.clock())
        if found is None:
            raise LookupError(f"{key} has left.")
        return found

    def ref_of(self, key: str) -> str:
        with self.desk.database.reading() as session:
            return session.exec(select(Practitioner.public_id).where(col(Practitioner.id) == self.ids[key])).one()

    def team(self, name: str) -> str:
        with self.desk.database.reading() as session:
            return session.exec(select(Team.public_id).where(col(Team.name) == name)).one()

    def record(self, key: str, ref: str) -> CaseView | ReferrerView:
        with self.desk.database.reading() as session:
            found = case_of(session, self.viewer(key), ref, self.clock())
        if found is None:
            raise LookupError(f"{key} can't see {ref}.")
        return found

    def process(self, key: str, ref: str) -> Process:
        with self.desk.database.reading() as session:
            found = process_for(session, self.viewer(key), ref, self.clock())
        if found is None:
            raise LookupError(f"{key} can't see {ref}.")
        return found

    def child(self, by: str, story: str, name: str) -> str:
        """The reference of the child of this given name on a story's record, as `by` sees it."""
        record = self.record(by, self.records[story])
        if not isinstance(record, CaseView):
            raise LookupError(f"{by} sees {story} as its referrer only.")
        return next(one.person for one in record.children if one.name.startswith(name))
