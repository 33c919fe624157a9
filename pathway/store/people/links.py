"""Which rows are believed to be one person, by whom, and why? Only where the viewer may see both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import Viewer, persons_visible_to
from pathway.clock import day_of
from pathway.store.parts.details import age_in_words
from pathway.store.parts.seen import records_of
from pathway.store.parts.situations import called
from pathway.store.people.likeness import likeness
from pathway.store.people.matching import names_around
from pathway.store.people.told_of import of_person, other_names
from pathway.store.staffing.staff import names_of
from pathway.tables import Person, PersonLink

MOST = 100


@dataclass(frozen=True, slots=True)
class SideView:
    """One of the two; `records` are those about them that the viewer may see."""

    person: str
    name: str
    age: str
    born_on: str
    other_names: tuple[str, ...]
    around: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link that stands: proposed, or agreed too. `reasons` are those by which the two rows are alike now."""

    ref: str
    one: SideView
    other: SideView
    reasons: tuple[str, ...]
    proposed_by: str
    proposed_at: datetime
    own: bool
    agreed_by: str
    agreed_at: datetime | None


def links_waiting(session: Session, viewer: Viewer, now: datetime) -> tuple[LinkView, ...]:
    """Links that nobody has agreed yet, oldest first; `own` says which the viewer proposed."""
    return _views(session, viewer, select(PersonLink).where(col(PersonLink.agreed_at).is_(None)), now)


def records_on(links: Iterable[LinkView]) -> frozenset[str]:
    """The references of every record that these links show."""
    return frozenset(ref for link in links for side in (link.one, link.other) for ref in side.records)


def links_of(session: Session, viewer: Viewer, persons: Iterable[int], now: datetime) -> tuple[LinkView, ...]:
    """Links of these persons' rows to others."""
    ids = frozenset(persons)
    either = or_(col(PersonLink.person_id).in_(ids), col(PersonLink.same_as_id).in_(ids))
    return _views(session, viewer, select(PersonLink).where(either), now)


def _views(session: Session, viewer: Viewer, query: SelectOfScalar[PersonLink], now: datetime) -> tuple[LinkView, ...]:
    stands = query.where(col(PersonLink.authority) == viewer.authority, col(PersonLink.undone_at).is_(None))
    links = session.exec(stands.order_by(col(PersonLink.id)).limit(MOST)).all()
    if not links:
        return ()
    ids = {one for link in links for one in (link.person_id, link.same_as_id)}
    rows = {row.id: row for row in session.exec(persons_visible_to(viewer, now, ids)).all()}
    around, records = names_around(session, viewer, ids, now), records_of(session, viewer, ids, now)
    names = names_of(session, (one for link in links for one in (link.proposed_by_id, link.agreed_by_id)))
    found = []
    for link in links:
        one, other = rows.get(link.person_id), rows.get(link.same_as_id)
        if one is not None and other is not None:
            sides = [_side(row, around.get(row.id or 0, ()), records.get(row.id or 0, ()), now) for row in (one, other)]
            found.append(_view(link, sides, _reasons(one, other, around, now), viewer, names))
    return tuple(found)


def _view(
    link: PersonLink, sides: Sequence[SideView], reasons: tuple[str, ...], viewer: Viewer, names: dict[int | None, str]
) -> LinkView:
    return LinkView(
        ref=link.public_id,
        one=sides[0],
        other=sides[1],
        reasons=reasons,
        proposed_by=names[link.proposed_by_id],
        proposed_at=link.proposed_at,
        own=link.proposed_by_id == viewer.id,
        agreed_by=names.get(link.agreed_by_id, ""),
        agreed_at=link.agreed_at,
    )


def _reasons(one: Person, other: Person, around: dict[int, tuple[str, ...]], now: datetime) -> tuple[str, ...]:
    today = day_of(now)
    first, second = (of_person(row, today, around.get(row.id or 0, ())) for row in (one, other))
    found = likeness(first, second)
    return found.reasons if found else ()


def _side(row: Person, around: tuple[str, ...], records: tuple[str, ...], now: datetime) -> SideView:
    return SideView(
        person=row.public_id,
        name=called(row),
        age=age_in_words(row, day_of(now)),
        born_on=f"{row.born_on:%-d %B %Y}" if row.born_on else "",
        other_names=other_names(row.other_names),
        around=around,
        records=records,
    )
