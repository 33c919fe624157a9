"""What is in force here, what is coming, what waits for another person, and what was taken back?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer
from pathway.clock import day_of
from pathway.store.adopted.editions import AGREED, NEWEST_FIRST, WAITING, edition_of
from pathway.tables import AdoptedEdition, Practitioner
from thresholds import Change, Edition, changes


@dataclass(frozen=True, slots=True)
class AdoptionView:
    """One edition proposed for a date, and what became of it. `dated` is the date of the document itself."""

    ref: str
    edition: str
    name: str
    status: str
    dated: date
    in_force_from: date
    reason: str | None
    proposed_at: datetime
    proposed_by: str
    mine: bool
    """Whether the viewer proposed it, and so can't be the one who agrees."""

    agreed_at: datetime | None
    agreed_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_because: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal and what would change by it; `since` is None where nothing is in force yet."""

    adoption: AdoptionView
    changes: tuple[Change, ...]
    since: AdoptionView | None


@dataclass(frozen=True, slots=True)
class Adoptions:
    """Everything ever proposed. `coming` starts later; `past` was agreed, and another holds in its place."""

    in_force: AdoptionView | None
    coming: tuple[AdoptionView, ...]
    waiting: tuple[Waiting, ...]
    withdrawn: tuple[AdoptionView, ...]
    past: tuple[AdoptionView, ...]

    @property
    def ended(self) -> tuple[AdoptionView, ...]:
        """Whatever doesn't wait any more."""
        now = (self.in_force,) if self.in_force else ()
        return (*self.coming, *now, *self.withdrawn, *self.past)


def adoptions(session: Session, viewer: Viewer, now: datetime) -> Adoptions:
    """Every proposal of the viewer's authority by what has become of it, newest first."""
    own = select(AdoptedEdition).where(col(AdoptedEdition.authority) == viewer.authority)
    agreed = session.exec(own.where(AGREED).order_by(*NEWEST_FIRST)).all()
    waiting = session.exec(own.where(WAITING).order_by(col(AdoptedEdition.id))).all()
    taken_back = own.where(col(AdoptedEdition.withdrawn_at).is_not(None)).order_by(col(AdoptedEdition.id).desc())
    withdrawn = session.exec(taken_back).all()
    views = dict(_views(session, viewer, (*agreed, *waiting, *withdrawn)))
    held = holding(agreed, day_of(now))
    now_in_force = held[-1] if held and held[-1].in_force_from <= day_of(now) else None
    coming = [row for row in held if row is not now_in_force]
    return Adoptions(
        in_force=views[now_in_force.id] if now_in_force else None,
        coming=tuple(views[row.id] for row in reversed(coming)),
        waiting=tuple(_waiting(session, row, held, views) for row in waiting),
        withdrawn=tuple(views[row.id] for row in withdrawn),
        past=tuple(views[row.id] for row in agreed if row not in held),
    )


def waiting_sentences(session: Session) -> tuple[str, ...]:
    """Each proposal that nobody has agreed to or taken back, for `pathway check --live`."""
    rows = session.exec(
        select(AdoptedEdition, Practitioner.name)
        .join(Practitioner, col(Practitioner.id) == col(AdoptedEdition.proposed_by_id))
        .where(WAITING)
        .order_by(col(AdoptedEdition.id))
    ).all()
    return tuple(
        f"adoption: {name} proposed a document of {row.authority} from {row.in_force_from:%-d %B %Y}, and it waits for "
        f"another person to agree ({row.edition_hash[:12]})"
        for row, name in rows
    )


def holding(agreed: Iterable[AdoptedEdition], today: date) -> list[AdoptedEdition]:
    """What will hold from each date to come, latest first, and last what holds now: of each date the first alone."""
    found: list[AdoptedEdition] = []
    for row in agreed:
        if not found or row.in_force_from < found[-1].in_force_from:
            found.append(row)
        if row.in_force_from <= today:
            break
    return found


def _waiting(
    session: Session, row: AdoptedEdition, held: Iterable[AdoptedEdition], views: Mapping[int | None, AdoptionView]
) -> Waiting:
    """Beside what would hold on its date otherwise."""
    before = next((one for one in held if one.in_force_from <= row.in_force_from), None)
    if before is None:
        return Waiting(views[row.id], (), None)
    old, new = (edition_of(session, row.authority, one.edition_hash) for one in (before, row))
    return Waiting(views[row.id], changes(old, new), views[before.id])


def _views(
    session: Session, viewer: Viewer, rows: Iterable[AdoptedEdition]
) -> Iterator[tuple[int | None, AdoptionView]]:
    names = dict(session.exec(select(Practitioner.id, Practitioner.name)).all())
    for row in rows:
        yield row.id, _view(row, edition_of(session, row.authority, row.edition_hash), viewer, names)


def _view(row: AdoptedEdition, edition: Edition, viewer: Viewer, names: Mapping[int | None, str]) -> AdoptionView:
    return AdoptionView(
        ref=row.public_id,
        edition=row.edition_hash,
        name=edition.authority_name,
        status=edition.status,
        dated=edition.in_force_from,
        in_force_from=row.in_force_from,
        reason=row.reason,
        proposed_at=row.proposed_at,
        proposed_by=names[row.proposed_by_id],
        mine=row.proposed_by_id == viewer.id,
        agreed_at=row.agreed_at,
        agreed_by=names.get(row.agreed_by_id),
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=names.get(row.withdrawn_by_id),
        withdrawn_because=row.withdrawn_because,
    )
