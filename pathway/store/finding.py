"""Which child or adult is meant? Looked for by name, date of birth or reference among those the viewer may see.

A plain search, word by word from the beginning of each name. Matching by sound and likeness has keys of its own
(`PersonKey`): what finds people by them can stand in for `_named` here, under the same condition of who may see.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from pathway.access import Viewer, persons_visible_to, seen_whole_by
from pathway.store.family_views import Known
from pathway.store.kin import known
from pathway.store.same import shown_as_one
from pathway.store.veil import persons_on, veil_over_persons
from pathway.tables import Case, CaseChild, Person, Tie

MOST = 50
DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class FoundView:
    """Somebody found, and the records of theirs that the viewer may see."""

    person: Known
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    people: tuple[FoundView, ...]
    more: bool
    """Whether there were more than are shown."""


def people(session: Session, viewer: Viewer, asked: str, now: datetime) -> Found:
    """Up to fifty people, by name; nobody where nothing was asked."""
    wanted = _wanted(session, viewer, asked.strip()[:200], now)
    if wanted is None:
        return Found((), more=False)
    by_name = (func.lower(Person.family_name), func.lower(Person.given_name), col(Person.id))
    hits = session.exec(persons_visible_to(viewer, now).where(wanted).order_by(*by_name).limit(MOST + 1)).all()
    groups = shown_as_one(session, [row.id or 0 for row in hits[:MOST]])
    seen = persons_visible_to(viewer, now).where(col(Person.id).in_(groups)).order_by(col(Person.id))
    rows = {row.id or 0: row for row in session.exec(seen).all()}
    veil, records = veil_over_persons(session, rows), _records(session, viewer, rows, now)
    found: dict[frozenset[int], FoundView] = {}
    for hit in hits[:MOST]:
        group = frozenset(groups[hit.id or 0] & rows.keys())
        one = known([rows[each] for each in sorted(group)], now, veil, hit.public_id)
        theirs = sorted({ref for each in group for ref in records.get(each, ())})
        found.setdefault(group, FoundView(one, tuple(theirs)))
    return Found(tuple(found.values()), more=len(hits) > MOST)


def _wanted(session: Session, viewer: Viewer, asked: str, now: datetime) -> ColumnElement[bool] | None:
    if (born_on := day_in(asked)) is not None:
        return or_(col(Person.born_on) == born_on, col(Person.expected_on) == born_on)
    if re.fullmatch(r"[0-9A-Za-z]{10}", asked) and (case := _case(session, viewer, asked.upper(), now)):
        return col(Person.id).in_(persons_on(session, [case]))
    words = asked.lower().replace(",", " ").split()
    return or_(col(Person.public_id) == asked.upper(), _named(words)) if words else None


def _case(session: Session, viewer: Viewer, reference: str, now: datetime) -> int | None:
    row = session.exec(seen_whole_by(viewer, now).where(col(Case.public_id) == reference)).first()
    return row.id if row else None


def _named(words: Sequence[str]) -> ColumnElement[bool]:
    """Every word begins a name, in whichever order the names were given."""
    return and_(*(_begins(word) for word in words))


def _begins(word: str) -> ColumnElement[bool]:
    names = [func.lower(Person.given_name), func.lower(Person.family_name), func.lower(Person.other_names)]
    ways = [name.startswith(word, autoescape=True) for name in names]
    within = [name.contains(f"{before}{word}", autoescape=True) for name in names for before in (" ", "-", "\n")]
    return or_(*ways, *within)


def day_in(asked: str) -> date | None:
    """A date as people write it: 4 12 2019, 4/12/2019, 2019-12-04."""
    if whole := ISO_DAY.fullmatch(asked):
        year, month, number = map(int, whole.groups())
    elif whole := DAY.fullmatch(asked):
        number, month, year = map(int, whole.groups())
    else:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _records(session: Session, viewer: Viewer, persons: Iterable[int], now: datetime) -> dict[int, list[str]]:
    ids, seen = tuple(persons), seen_whole_by(viewer, now).subquery()
    found: dict[int, list[str]] = {}
    for table, column in ((CaseChild, CaseChild.person_id), (Tie, Tie.person_id)):
        rows = session.exec(
            select(column, seen.c.public_id).join(seen, seen.c.id == col(table.case_id)).where(col(column).in_(ids))
        ).all()
        for person_id, ref in rows:
            found.setdefault(person_id, []).append(ref)
    return found
