"""Which services are there for this need, this child and this place? Found, counted and ordered by the database."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, not_, or_, select
from sqlmodel import Session, col

from pathway.access import Viewer
from pathway.store.directory.need import asked_words, speaking_of, speaking_of_some
from pathway.store.directory.opening import DAYS
from pathway.store.directory.places import Where, distances, where_is, without_a_place
from pathway.store.directory.when import Times, on, open_at
from pathway.store.parts.paging import page_within
from pathway.tables import Service, ServiceStatus, ServiceTerm, TaxonomyTerm

PAGE = 20
NOW = "now"
OFFERED = and_(
    col(Service.gone_since).is_(None), col(Service.status).in_((ServiceStatus.active, ServiceStatus.temporarily_closed))
)
"""What is still published and still offered; a service that is temporarily closed is, and is marked."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. `day` is one of `opening.DAYS`, or `now`; `ended` also shows what isn't offered any more.

    `anywhere` also shows, beside those at a place, services without a place of their own.
    """

    need: str = ""
    age: int | None = None
    place: str = ""
    within: int | None = None
    day: str = ""
    ended: bool = False
    anywhere: bool = False
    term: str = ""
    taxonomy: str = ""
    least_age: float | None = None
    most_age: float | None = None
    times: Times | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A service found, and how far it is where that is known."""

    service: int
    miles: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what is wanted, with the counts of what stands beside it.

    `unplaced` is true where a distance was asked for from a place of which nobody knows where it is; `loosely` where no
    service speaks of every word that was asked, and these speak of some.
    """

    hits: tuple[Hit, ...]
    total: int
    page: int
    pages: int
    ended: int
    elsewhere: int
    unplaced: bool
    loosely: bool


def found(session: Session, viewer: Viewer, wanted: Wanted, now: datetime, *, page: int = 1, size: int = PAGE) -> Found:
    where = where_is(session, viewer.authority, wanted.place)
    words = [speaking_of(word) for word in asked_words(wanted.need)]
    search = _Search(session, viewer, wanted, now, where, words)
    total, ended = search.counts(wanted)
    loosely = total == 0 and len(words) > 1
    if loosely:
        search = _Search(session, viewer, wanted, now, where, [speaking_of_some(words)])
        total, ended = search.counts(wanted)
    number, pages = page_within(page, total, size)
    return Found(
        hits=search.hits(number, size),
        total=total,
        page=number,
        pages=pages,
        ended=0 if wanted.ended else ended,
        elsewhere=search.counts(replace(wanted, anywhere=True))[0] - total if where and not wanted.anywhere else 0,
        unplaced=bool(where and wanted.within is not None and where.centre is None),
        loosely=loosely,
    )


class _Search:
    """One way of asking, and what stands beside it."""

    def __init__(
        self,
        session: Session,
        viewer: Viewer,
        wanted: Wanted,
        now: datetime,
        where: Where | None,
        words: Sequence[Subquery],
    ) -> None:
        self._session, self._viewer, self._wanted, self._where, self._words = session, viewer, wanted, where, words
        self._open = open_at(session, now) if wanted.day == NOW else None
        centre = where.centre if where else None
        self._far = distances(centre) if centre else None
        self._near = distances(centre, wanted.within) if centre and wanted.within is not None else None

    def counts(self, wanted: Wanted) -> tuple[int, int]:
        """How many fit, and how many of those that would aren't offered any more."""
        offered = func.coalesce(func.sum(case((OFFERED, 1), else_=0)), 0)
        every, had = self._session.execute(self._of(replace(wanted, ended=True), func.count(), offered)).one()
        return every if wanted.ended else had, every - had

    def hits(self, page: int, size: int) -> tuple[Hit, ...]:
        squared: ColumnElement[float | None] = self._far.c.squared if self._far is not None else literal(None)
        query = self._of(self._wanted, col(Service.id), squared)
        if self._far is not None:
            query = query.outerjoin(self._far, self._far.c.service_id == col(Service.id))
        rows = self._session.execute(query.order_by(*self._order(squared)).offset((page - 1) * size).limit(size))
        return tuple(Hit(one, None if far is None else math.sqrt(max(far, 0.0))) for one, far in rows)

    def _of(self, wanted: Wanted, *columns: object) -> Select[tuple[object, ...]]:
        query = select(*columns).select_from(Service)  # type: ignore[call-overload]
        for word in self._words:
            query = query.join(word, word.c.service_id == col(Service.id))
        chosen: Select[tuple[object, ...]] = query.where(*self._conditions(wanted))
        return chosen

    def _conditions(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        conditions = [col(Service.authority) == self._viewer.authority]
        conditions += [] if wanted.ended else [OFFERED]
        conditions += of_age(wanted)
        conditions += [self._at(wanted)] if self._where else []
        conditions += [classed(wanted)] if wanted.term or wanted.taxonomy else []
        conditions += [self._open] if self._open is not None else []
        conditions += [on(Times(DAYS.index(wanted.day)))] if wanted.day in DAYS else []
        return conditions + ([on(wanted.times)] if wanted.times else [])

    def _at(self, wanted: Wanted) -> ColumnElement[bool]:
        assert self._where is not None
        near: Subquery | None = self._near
        there = self._where.there if near is None else col(Service.id).in_(select(near.c.service_id))
        return or_(there, without_a_place()) if wanted.anywhere else there

    def _order(self, squared: ColumnElement[float | None]) -> list[Any]:
        """What can be had first; then what speaks of the need most plainly; then what is nearest."""
        had = case((not_(OFFERED), 2), (col(Service.status) == ServiceStatus.temporarily_closed, 1), else_=0)
        back = sum((word.c.back for word in self._words), literal(0))
        near = [squared.is_(None), squared] if self._far is not None else []
        return [had, *([back] if self._words else []), *near, func.lower(Service.name), col(Service.id)]


def of_age(wanted: Wanted) -> list[ColumnElement[bool]]:
    """A child of so many whole years may be all but a year older; a service without an age is for every age."""
    least, most = col(Service.minimum_age), col(Service.maximum_age)
    conditions: list[ColumnElement[bool]] = []
    if wanted.age is not None:
        conditions += [or_(least.is_(None), least < wanted.age + 1), or_(most.is_(None), most >= wanted.age)]
    conditions += [least >= wanted.least_age] if wanted.least_age is not None else []
    return conditions + ([most <= wanted.most_age] if wanted.most_age is not None else [])


def classed(wanted: Wanted) -> ColumnElement[bool]:
    terms = select(col(ServiceTerm.service_id)).join(TaxonomyTerm, col(TaxonomyTerm.id) == col(ServiceTerm.term_id))
    terms = terms.where(col(TaxonomyTerm.external_id) == wanted.term) if wanted.term else terms
    terms = terms.where(col(TaxonomyTerm.taxonomy_id) == wanted.taxonomy) if wanted.taxonomy else terms
    return col(Service.id).in_(terms)
