"""Whom on this record do we know already? Likely matches, links that stand, and open records it may belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, persons_visible_to, seen_whole_by
from pathway.clock import day_of
from pathway.store.parts.same import same_as_each
from pathway.store.parts.seen import persons_seen
from pathway.store.people.links import LinkView, links_of
from pathway.store.people.matching import Match, OpenRecord, known_each, names_around, open_records
from pathway.store.people.told_of import of_person
from pathway.tables import Case, CaseChild, Person
from thresholds import Edition


@dataclass(frozen=True, slots=True)
class Recognised:
    """One child on a record: who it may be, to whom it is linked, and what else is open about it."""

    matches: tuple[Match, ...]
    links: tuple[LinkView, ...]
    open: tuple[OpenRecord, ...]


NOBODY = Recognised((), (), ())


def recognised(
    session: Session, viewer: Viewer, edition: Edition, reference: str, now: datetime, *, look: bool
) -> dict[str, Recognised]:
    """For each child of a record by its reference there. `look` for matches too: for who takes contacts."""
    seen = seen_whole_by(viewer, now).where(col(Case.public_id) == reference)
    case = session.exec(seen).first()
    if case is None:
        return {}
    children = session.exec(select(CaseChild).where(col(CaseChild.case_id) == case.id)).all()
    seen_rows = session.exec(persons_visible_to(viewer, now, (one.person_id for one in children))).all()
    rows = {row.id or 0: row for row in seen_rows}
    same = same_as_each(session, rows)
    beyond = frozenset[int]().union(*same.values()) - rows.keys()
    visible = persons_seen(session, viewer, beyond, now) | rows.keys()
    groups = {one: among & visible for one, among in same.items()}
    links = links_of(session, viewer, rows, now) if any(len(one) > 1 for one in same.values()) else ()
    beside = open_records(session, viewer, edition, {k: v - {k} for k, v in groups.items()}, now) if links else {}
    matches = _matches(session, viewer, edition, rows, now) if look else {}
    found = {}
    for child in children:
        row = rows.get(child.person_id)
        if row is not None:
            own = tuple(link for link in links if row.public_id in (link.one.person, link.other.person))
            open_now = tuple(one for one in beside.get(child.person_id, ()) if one.ref != reference)
            found[child.public_id] = Recognised(matches.get(child.person_id, ()), own, open_now)
    return found


def _matches(
    session: Session, viewer: Viewer, edition: Edition, rows: Mapping[int, Person], now: datetime
) -> dict[int, tuple[Match, ...]]:
    around, today = names_around(session, viewer, rows, now), day_of(now)
    told = {one: of_person(row, today, around.get(one, ())) for one, row in rows.items()}
    return known_each(session, viewer, edition, told, now, besides={one: frozenset({one}) for one in rows})
