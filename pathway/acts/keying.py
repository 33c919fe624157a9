"""How is a person kept findable? Keys are written with the row, made anew when it changes, and by the worker if older.

Whoever changes a person's row calls `key_anew` in the same act: an address that is sealed finds nobody from then on.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, update
from sqlmodel import col

from pathway.access import Viewer, every_person
from pathway.acts.desk import Desk, Work, work
from pathway.store.people.keys import SCHEME, keys_of
from pathway.store.people.told_of import of_person
from pathway.tables import Person, PersonKey
from pathway.tables.columns import table_of

BATCH = 500
KEY = table_of(PersonKey)
PERSON = table_of(Person)


def keep_keys(unit: Work, persons: Iterable[Person]) -> None:
    """Write the keys of persons who have none."""
    rows = [
        {"authority": one.authority, "person_id": one.id, "key": key}
        for one in persons
        for key in sorted(keys_of(of_person(one, unit.now.date())))
    ]
    if rows:
        unit.session.execute(insert(KEY), rows)


def key_anew(unit: Work, person_ids: Iterable[int]) -> None:
    """Make the keys of persons whose rows have changed."""
    changed = every_person().where(col(Person.id).in_(set(person_ids))).execution_options(populate_existing=True)
    _anew(unit, unit.session.exec(changed).all())


def _anew(unit: Work, persons: Sequence[Person]) -> None:
    ids = [one.id for one in persons]
    unit.session.execute(delete(KEY).where(KEY.c.person_id.in_(ids)))
    keep_keys(unit, persons)
    unit.session.execute(update(PERSON).where(PERSON.c.id.in_(ids)).values(keyed=SCHEME))


def key_older(desk: Desk, system: Viewer) -> int:
    """Make the keys of everybody whose keys are of an older scheme, some at a time; returns how many there were."""
    older = every_person().where(col(Person.authority) == system.authority, col(Person.keyed) < SCHEME)
    done, last = 0, 0
    while True:
        with work(desk, system) as unit:
            onward = older.where(col(Person.id) > last).order_by(col(Person.id)).limit(BATCH)
            persons = unit.session.exec(onward).all()
            if not persons:
                return done
            _anew(unit, persons)
            done, last = done + len(persons), persons[-1].id or last
