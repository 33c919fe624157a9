"""What does one service publish, where is it from, and how old is it? For a list of them, and for its own page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from pathway.access import Viewer
from pathway.clock import day_of
from pathway.store.directory.finding import Found
from pathway.store.directory.oruk import Contact, Phone, PublishedService
from pathway.store.directory.sources import last_taken
from pathway.tables import DirectorySource, Service, ServiceStatus

A_YEAR = 365


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service as it was published. `confirmed_at` is when its source was last read with it in."""

    ref: str
    status: ServiceStatus
    published: PublishedService
    source: str
    source_id: str
    imported_at: datetime
    confirmed_at: datetime
    gone_since: datetime | None
    miles: float | None = None

    @property
    def offered(self) -> bool:
        return self.gone_since is None and self.status in (ServiceStatus.active, ServiceStatus.temporarily_closed)

    @property
    def closed(self) -> bool:
        return self.offered and self.status is ServiceStatus.temporarily_closed

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.published.service_areas if one.name)

    @property
    def checked_on(self) -> date | None:
        """When they last said that it is right: the day they assured it, or else changed it."""
        modified = self.published.last_modified
        return self.published.assured_date or (day_of(modified) if modified else None)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Each telephone number once, its own first."""
        own = self.published
        there = [one for at in own.service_at_locations for one in (*at.phones, *_of(at.contacts))]
        kept = [one for place in own.locations for one in place.phones]
        return tuple(dict.fromkeys(one.number for one in (*own.phones, *_of(own.contacts), *there, *kept)))

    def is_old(self, today: date) -> bool:
        """Whether nobody has said for over a year that it is right, or never."""
        return self.checked_on is None or (today - self.checked_on).days > A_YEAR


def service(session: Session, viewer: Viewer, ref: str) -> ServiceView | None:
    """One service by reference; also one that isn't offered or published any more."""
    found = _views(session, viewer, col(Service.public_id) == ref)
    return next(iter(found.values()), None)


def listed(session: Session, viewer: Viewer, found: Found) -> tuple[ServiceView, ...]:
    """The services of one page, in its order."""
    views = _views(session, viewer, col(Service.id).in_([one.service for one in found.hits]))
    return tuple(replace(views[one.service], miles=one.miles) for one in found.hits)


def _views(session: Session, viewer: Viewer, which: ColumnElement[bool]) -> dict[int, ServiceView]:
    rows = session.exec(
        select(Service, DirectorySource)
        .join(DirectorySource, col(DirectorySource.id) == col(Service.source_id))
        .where(col(Service.authority) == viewer.authority, which)
    ).all()
    read = last_taken(session, {source.id or 0 for _, source in rows})
    return {row.id or 0: _view(row, source, read) for row, source in rows}


def _view(row: Service, source: DirectorySource, read: dict[int, datetime]) -> ServiceView:
    return ServiceView(
        ref=row.public_id,
        status=row.status,
        published=PublishedService.model_validate_json(row.published),
        source=source.address,
        source_id=row.external_id,
        imported_at=row.imported_at,
        confirmed_at=read.get(row.source_id, row.imported_at),
        gone_since=row.gone_since,
    )


def _of(contacts: Iterable[Contact]) -> Iterator[Phone]:
    return (phone for one in contacts for phone in one.phones)
