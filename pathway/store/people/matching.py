"""Who is this likely to be? Persons known already, with the reasons; only those whom the viewer may see.

Nobody is ever taken for somebody else here: a likeness is shown, and two people decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import case, func, or_
from sqlmodel import Session, col, select

from pathway.access import Viewer, answers_for, persons_visible_to, seen_whole_by
from pathway.clock import day_of
from pathway.store.adopted.processes import process_of
from pathway.store.parts.details import age_in_words
from pathway.store.parts.rows import answerable_view
from pathway.store.parts.same import same_as_each
from pathway.store.parts.seen import persons_seen
from pathway.store.parts.situations import called
from pathway.store.parts.views import AnswerableView, Earlier
from pathway.store.people.earlier import earlier_of
from pathway.store.people.keys import SOUND, search_keys
from pathway.store.people.likeness import Band, Likeness, likeness
from pathway.store.people.told_of import ToldOf, of_person
from pathway.tables import Case, CaseChild, Person, PersonKey, Tie
from pathway.tables.people import PersonKind
from thresholds import Edition

K = TypeVar("K")
MOST_COMPARED = 400
MOST_SHOWN = 10
SOUND_COUNTS, REST_COUNTS = 1, 4
"""How much a shared key counts towards being compared at all: a sound is shared by many, a date of birth by few."""


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """What is open about somebody now, and who answers for it; `level_name` is a child's own, "" for an adult."""

    ref: str
    state_words: str
    level_name: str
    answerable: AnswerableView
    takes_up: bool
    """Whether a worry may be taken on there."""


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody known who may be the one that was told of. `person` is a reference; `band` says how likely in words."""

    person: str
    name: str
    age: str
    band: str
    reasons: tuple[str, ...]
    open: tuple[OpenRecord, ...]
    earlier: Earlier | None


@dataclass(frozen=True, slots=True)
class Found:
    """A known person's row, how like it is, and all rows linked to it."""

    row: Person
    likeness: Likeness
    same: frozenset[int]


def known_each(
    session: Session,
    viewer: Viewer,
    edition: Edition,
    told: Mapping[K, ToldOf],
    now: datetime,
    *,
    besides: Mapping[K, frozenset[int]],
) -> dict[K, tuple[Match, ...]]:
    """The likely persons for each of several, best first, at most ten; one question more for each of them.

    `besides` are rows that it isn't asked about: the child's own, where it stands on a record already.
    """
    if not told:
        return {}
    ids = {name: frozenset(keyed_alike(session, viewer.authority, one)) for name, one in told.items()}
    every = frozenset[int]().union(*ids.values())
    rows = session.exec(persons_visible_to(viewer, now, every)).all() if every else ()
    around = names_around(session, viewer, (row.id or 0 for row in rows), now)
    liked = {
        name: compared(one, (row for row in rows if row.id in ids[name]), now, around) for name, one in told.items()
    }
    linked = same_as_each(session, {row.id or 0 for some in liked.values() for row, _ in some})
    found = {name: _one_of_each(some, linked, besides.get(name, frozenset())) for name, some in liked.items()}
    same = {one.row.id or 0: one.same for some in found.values() for one in some}
    if not same:
        return dict.fromkeys(told, ())
    visible = persons_seen(session, viewer, frozenset[int]().union(*same.values()), now)
    groups = {name: rows & visible for name, rows in same.items()}
    earlier = earlier_of(session, viewer, edition, groups, now)
    records = open_records(session, viewer, edition, groups, now)
    today = day_of(now)
    return {
        name: tuple(_match(one, today, records.get(one.row.id or 0, ()), earlier.get(one.row.id or 0)) for one in some)
        for name, some in found.items()
    }


def compared(
    told: ToldOf, rows: Iterable[Person], now: datetime, around: Mapping[int, tuple[str, ...]]
) -> list[tuple[Person, Likeness]]:
    """Rows that are like this one, best first; of two alike, the newer."""
    today = day_of(now)
    liked = ((row, likeness(told, of_person(row, today, around.get(row.id or 0, ())))) for row in rows)
    found = [(row, how) for row, how in liked if how is not None]
    order = list(Band)
    return sorted(found, key=lambda one: (order.index(one[1].band), -one[1].points, -(one[0].id or 0)))


def keyed_alike(session: Session, authority: str, told: ToldOf) -> list[int]:
    """The rows that share most keys with this person, seen or not: for a select that says who is seen."""
    keys = search_keys(told)
    if not keys:
        return []
    weight = func.sum(case((col(PersonKey.key).startswith(SOUND), SOUND_COUNTS), else_=REST_COUNTS))
    query = (
        select(PersonKey.person_id)
        .where(col(PersonKey.authority) == authority, col(PersonKey.key).in_(keys))
        .group_by(col(PersonKey.person_id))
        .order_by(weight.desc(), col(PersonKey.person_id).desc())
    )
    return list(session.exec(query.limit(MOST_COMPARED)).all())


def names_around(session: Session, viewer: Viewer, persons: Iterable[int], now: datetime) -> dict[int, tuple[str, ...]]:
    """The names of those tied to each person, adults to a child and children to an adult, whom the viewer may see."""
    ids = set(persons)
    either = or_(col(Tie.of_id).in_(ids), col(Tie.person_id).in_(ids))
    ties = session.exec(select(Tie.of_id, Tie.person_id).where(either)).all() if ids else ()
    seen = session.exec(persons_visible_to(viewer, now, {one for tie in ties for one in tie})).all() if ties else ()
    names = {row.id: f"{row.given_name} {row.family_name}".strip() for row in seen}
    adults = {row.id for row in seen if row.kind is PersonKind.adult}
    around: dict[int, tuple[str, ...]] = {}
    for one, other in (both for tie in ties for both in (tie, tie[::-1])):
        if one in ids and names.get(other) and (one in adults) is not (other in adults):
            around[one] = (*around.get(one, ()), names[other])
    return around


def _one_of_each(
    liked: Sequence[tuple[Person, Likeness]], linked: Mapping[int, frozenset[int]], besides: frozenset[int]
) -> tuple[Found, ...]:
    """One of all the rows that are linked as one person: the likest."""
    found: list[Found] = []
    for row, how in liked:
        same = linked[row.id or 0]
        if not same & besides and not any(same & one.same for one in found):
            found.append(Found(row, how, same))
    return tuple(found[:MOST_SHOWN])


def open_records(
    session: Session, viewer: Viewer, edition: Edition, groups: Mapping[int, frozenset[int]], now: datetime
) -> dict[int, tuple[OpenRecord, ...]]:
    """What is open about each, as far as the viewer may see it whole."""
    every = frozenset[int]().union(*groups.values())
    on = _records_of(session, every)
    open_now = seen_whole_by(viewer, now).where(col(Case.closed_at).is_(None))
    cases = session.exec(open_now.where(col(Case.id).in_({case for case, _, _ in on}))).all()
    answering = answers_for(session, [one.id or 0 for one in cases], now) if cases else {}
    levels = {level.id: level.name for level in edition.levels}
    found: dict[int, tuple[OpenRecord, ...]] = {}
    for one in cases:
        for _, person, level in (row for row in on if row[0] == one.id):
            name = "" if level is None else levels.get(level, "Not yet known")
            process, who = process_of(one), answerable_view(answering.get(one.id or 0))
            record = OpenRecord(one.public_id, process.state(one.state).words, name, who, process.takes_up)
            for group in (group for group, same in groups.items() if person in same):
                found[group] = (*found.get(group, ()), record)
    return found


def _records_of(session: Session, persons: frozenset[int]) -> list[tuple[int, int, str | None]]:
    """The records that each of these stands on, and a child's own level there; an adult has none."""
    children = session.exec(select(CaseChild).where(col(CaseChild.person_id).in_(persons))).all()
    adults = select(Tie.case_id, Tie.person_id).join(Person, col(Person.id) == col(Tie.person_id)).distinct()
    tied = session.exec(
        adults.where(col(Tie.person_id).in_(persons), col(Person.kind) == PersonKind.adult).order_by(col(Tie.case_id))
    ).all()
    own = [(row.case_id, row.person_id, row.level or row.advised_level or "") for row in children]
    return [*own, *((case, person, None) for case, person in tied)]


def _match(found: Found, today: date, records: tuple[OpenRecord, ...], earlier: Earlier | None) -> Match:
    return Match(
        person=found.row.public_id,
        name=called(found.row),
        age=age_in_words(found.row, today),
        band=found.likeness.band.value,
        reasons=found.likeness.reasons,
        open=records,
        earlier=earlier if earlier and earlier.contacts else None,
    )
