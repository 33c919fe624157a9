"""Which of these may this viewer see? Rows, looked up once for many, narrowed to what is theirs to know."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, persons_visible_to, seen_whole_by
from pathway.store.parts.veil import persons_on
from pathway.tables import Case, CaseChild, Person, Tie


def persons_seen(session: Session, viewer: Viewer, ids: Iterable[int], now: datetime) -> frozenset[int]:
    """Those of these persons that the viewer may see."""
    wanted = frozenset(ids)
    if not wanted:
        return wanted
    rows = session.execute(persons_visible_to(viewer, now, wanted).with_only_columns(col(Person.id))).scalars()
    return frozenset(one for one in rows if one is not None)


def people_on(session: Session, viewer: Viewer, case: Case, now: datetime) -> Sequence[Person]:
    """Everybody on a record, children and adults, that the viewer may see; the first told of first."""
    ids = persons_on(session, [case.id or 0])
    return session.exec(persons_visible_to(viewer, now, ids).order_by(col(Person.id))).all()


def cases_seen(session: Session, viewer: Viewer, ids: Iterable[int | None], now: datetime) -> dict[int | None, str]:
    """Those of these records that the viewer may see whole, each with its reference."""
    wanted = frozenset(ids) - {None}
    if not wanted:
        return {}
    seen = seen_whole_by(viewer, now).where(col(Case.id).in_(wanted))
    return dict(session.execute(seen.with_only_columns(col(Case.id), col(Case.public_id))).all())


def records_of(session: Session, viewer: Viewer, ids: Iterable[int], now: datetime) -> dict[int, tuple[str, ...]]:
    """For each person, the references of the records they stand on, as a child or tied to one, oldest first."""
    wanted = frozenset(ids)
    on: set[tuple[int, int]] = set()
    for person_id, case_id in ((CaseChild.person_id, CaseChild.case_id), (Tie.person_id, Tie.case_id)):
        on |= set(session.exec(select(person_id, case_id).where(col(person_id).in_(wanted))).all())
    refs = cases_seen(session, viewer, {case for _, case in on}, now)
    found: dict[int, tuple[str, ...]] = {}
    for person, case in sorted(on):
        if case in refs:
            found[person] = (*found.get(person, ()), refs[case])
    return found
