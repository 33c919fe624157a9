"""Which child or adult is meant? Looked for by name, date of birth or reference among those the viewer may see.

Word by word, from the beginning of a name as it is typed, or by its sound and without its accents, by the keys that
a likeness is looked for under (`store/people/keys.py`). Names that begin as typed come first.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, false, func, or_, true
from sqlmodel import Session, col, select

from pathway.access import Viewer, persons_visible_to, seen_whole_by
from pathway.store.parts.same import shown_as_one
from pathway.store.parts.seen import records_of
from pathway.store.parts.veil import persons_on, veil_over_persons
from pathway.store.people.family_views import Known
from pathway.store.people.keys import SOUND
from pathway.store.people.kin import known
from pathway.store.people.names import sounds, words
from pathway.tables import Case, Person, PersonKey

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
    asked = asked.strip()[:200]
    wanted = _wanted(session, viewer, asked, now)
    if wanted is None:
        return Found((), more=False)
    by_name = (_typed_so(asked), func.lower(Person.family_name), func.lower(Person.given_name), col(Person.id))
    hits = session.exec(persons_visible_to(viewer, now).where(wanted).order_by(*by_name).limit(MOST + 1)).all()
    groups = shown_as_one(session, [row.id or 0 for row in hits[:MOST]])
    seen = persons_visible_to(viewer, now).where(col(Person.id).in_(groups)).order_by(col(Person.id))
    rows = {row.id or 0: row for row in session.exec(seen).all()}
    veil, records = veil_over_persons(session, rows), records_of(session, viewer, rows, now)
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
    if re.fullmatch(r"[0-9A-Za-z]{10}", asked) and (record := _case(session, viewer, asked.upper(), now)):
        return col(Person.id).in_(persons_on(session, [record]))
    typed = _typed(asked)
    if not typed:
        return None
    named = and_(*(or_(_begins(word), _sounds(viewer.authority, word)) for word in typed))
    return or_(col(Person.public_id) == asked.upper(), named)


def _case(session: Session, viewer: Viewer, reference: str, now: datetime) -> int | None:
    row = session.exec(seen_whole_by(viewer, now).where(col(Case.public_id) == reference)).first()
    return row.id if row else None


def _typed(asked: str) -> list[str]:
    return asked.lower().replace(",", " ").split()


def _typed_so(asked: str) -> ColumnElement[int]:
    """Before the rest where every word begins a name, in whichever order the names were given."""
    return case((and_(true(), *(_begins(word) for word in _typed(asked))), 0), else_=1)


def _sounds(authority: str, word: str) -> ColumnElement[bool]:
    """Every part of a double name sounds like one of theirs."""
    parts = [[f"{SOUND}{one}" for one in sounds(part)] for part in words(word)]
    sounded = select(PersonKey.person_id).where(col(PersonKey.authority) == authority)
    ways = [col(Person.id).in_(sounded.where(col(PersonKey.key).in_(keys))) for keys in parts]
    return and_(*ways) if ways else false()


def _begins(word: str) -> ColumnElement[bool]:
    told = [func.lower(Person.given_name), func.lower(Person.family_name), func.lower(Person.other_names)]
    ways = [name.startswith(word, autoescape=True) for name in told]
    within = [name.contains(f"{before}{word}", autoescape=True) for name in told for before in (" ", "-", "\n")]
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
