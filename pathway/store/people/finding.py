"""Which child or adult is meant? Looked for by name, date of birth or reference among those the viewer may see.

Word by word, from the beginning of a name as it is typed, or by its sound, without its accents, and by nothing but the
keys that a person is kept under (`store/people/keys.py`): however many there are, only a few are read. Names that begin
as typed come first.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, SelectBase, and_, case, func, intersect, or_, select, true, union
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import Viewer, person_called, persons_visible_to, seen_whole_by
from pathway.store.parts.same import shown_as_one
from pathway.store.parts.seen import records_of
from pathway.store.parts.veil import persons_on, veil_over_persons
from pathway.store.people.family_views import Known
from pathway.store.people.keys import SOUND, begun, born_keys
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
    by_name = (
        _typed_so(viewer.authority, asked),
        func.lower(Person.family_name),
        func.lower(Person.given_name),
        col(Person.id),
    )
    hits = session.exec(wanted.order_by(*by_name).limit(MOST + 1)).all()
    groups = shown_as_one(session, [row.id or 0 for row in hits[:MOST]])
    rows = {row.id or 0: row for row in session.exec(persons_visible_to(viewer, now, groups)).all()}
    veil, records = veil_over_persons(session, rows), records_of(session, viewer, rows, now)
    found: dict[frozenset[int], FoundView] = {}
    for hit in hits[:MOST]:
        group = frozenset(groups[hit.id or 0] & rows.keys())
        one = known([rows[each] for each in sorted(group)], now, veil, hit.public_id)
        theirs = sorted({ref for each in group for ref in records.get(each, ())})
        found.setdefault(group, FoundView(one, tuple(theirs)))
    return Found(tuple(found.values()), more=len(hits) > MOST)


def _wanted(session: Session, viewer: Viewer, asked: str, now: datetime) -> SelectOfScalar[Person] | None:
    """Those who are meant, as far as the viewer may see them; None where nothing was asked."""
    if (born_on := day_in(asked)) is not None:
        keyed = _kept_under(viewer.authority, col(PersonKey.key).in_(born_keys(born_on)))
        born = or_(col(Person.born_on) == born_on, col(Person.expected_on) == born_on)
        return persons_visible_to(viewer, now, keyed).where(born)
    if re.fullmatch(r"[0-9A-Za-z]{10}", asked) and (record := _case(session, viewer, asked.upper(), now)):
        return persons_visible_to(viewer, now, persons_on(session, [record]))
    typed = _typed(asked)
    if not typed:
        return None
    named = _each([_either(_begins(viewer.authority, word), _sounds(viewer.authority, word)) for word in typed])
    return persons_visible_to(viewer, now, _either(named, person_called(asked.upper())))


def _case(session: Session, viewer: Viewer, reference: str, now: datetime) -> int | None:
    row = session.exec(seen_whole_by(viewer, now).where(col(Case.public_id) == reference)).first()
    return row.id if row else None


def _typed(asked: str) -> list[str]:
    return asked.lower().replace(",", " ").split()


def _typed_so(authority: str, asked: str) -> ColumnElement[int]:
    """Before the rest where every word begins a name, in whichever order the names were given."""
    return case((and_(true(), *(col(Person.id).in_(_begins(authority, word)) for word in _typed(asked))), 0), else_=1)


def _sounds(authority: str, word: str) -> SelectBase | None:
    """Every part of a double name sounds like one of theirs."""
    parts = [[f"{SOUND}{one}" for one in sounds(part)] for part in words(word)]
    return _each([_kept_under(authority, col(PersonKey.key).in_(keys)) for keys in parts]) if parts else None


def _begins(authority: str, word: str) -> SelectBase:
    key = col(PersonKey.key)
    return _each([_kept_under(authority, (key >= first) & (key < last)) for first, last in begun(word)])


def _kept_under(authority: str, which: ColumnElement[bool]) -> SelectBase:
    """Whoever has such a key, seen or not."""
    return select(col(PersonKey.person_id)).where(col(PersonKey.authority) == authority, which)


def _each(found: list[SelectBase]) -> SelectBase:
    return found[0] if len(found) == 1 else _again(intersect(*found))


def _either(one: SelectBase, other: SelectBase | None) -> SelectBase:
    return one if other is None else _again(union(one, other))


def _again(found: SelectBase) -> SelectBase:
    """As one select, which every database takes within another."""
    return select(*found.subquery().c)


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
