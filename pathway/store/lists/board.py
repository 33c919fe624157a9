"""What needs me first? Open cases, worst first: immediate, then overdue, then by time left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pathway.access import Viewer
from pathway.store.lists.wanted import NO_BAND, NOT_SCREENED, Alike, Wanted, alike, count, open_to, worst_first
from pathway.store.parts.paging import page_within, pages_of
from pathway.store.parts.repeated import window
from pathway.store.parts.rows import rows_of
from pathway.store.parts.views import BoardRow
from pathway.store.staffing.nights import Hours, edition_now, last_night
from thresholds import Edition

PAGE = 50
OTHER_BANDS = {NO_BAND: "Not banded yet"}


@dataclass(frozen=True, slots=True)
class Board:
    """One page of what is wanted. `groups` yields the count behind every other choice; `bands` are id and name."""

    wanted: Wanted
    rows: tuple[BoardRow, ...]
    groups: tuple[Alike, ...]
    page: int
    bands: tuple[tuple[str, str], ...]
    night: Hours | None
    weeks: int | None

    def count(self, wanted: Wanted) -> int:
        return count(self.groups, wanted)

    @property
    def total(self) -> int:
        return self.count(self.wanted)

    @property
    def overdue(self) -> int:
        return sum(group.count for group in self.groups if group.facts["overdue"] and self._has(group))

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE)

    def _has(self, group: Alike) -> bool:
        return all(self.wanted.conditions(group.facts))


def board(session: Session, viewer: Viewer, now: datetime, wanted: Wanted | None = None, page: int = 1) -> Board:
    """One page of the open cases that are wanted, of those the viewer may see whole, with every count beside it."""
    wanted = wanted or Wanted()
    edition = edition_now(session, viewer.authority, now)
    night, weeks = last_night(edition, now), window(edition)
    groups = alike(session, viewer, now, night)
    page, _ = page_within(page, count(groups, wanted), PAGE)
    query = open_to(viewer, now, wanted, night).order_by(*worst_first())
    cases = session.exec(query.offset((page - 1) * PAGE).limit(PAGE)).all()
    rows = rows_of(session, viewer, cases, now, weeks=weeks, leads=True)
    return Board(wanted, rows, groups, page, _bands(edition, groups), night, weeks)


def _bands(edition: Edition | None, groups: Sequence[Alike]) -> tuple[tuple[str, str], ...]:
    """The document's bands of urgency, the most urgent first, and any other that an open case still stands in."""
    named = {band.id: band.name for band in edition.urgencies} if edition else {}
    others = sorted({str(group.facts["band"]) for group in groups} - {NOT_SCREENED, *named})
    return (*named.items(), *((one, OTHER_BANDS.get(one, one.replace("_", " ").capitalize())) for one in others))
