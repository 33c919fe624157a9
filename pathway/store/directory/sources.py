"""Where does the directory come from, when was each source last read, and what was sent back? For who keeps it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from pathway.access import Viewer
from pathway.tables import DirectoryImport, DirectorySource, Practitioner, Service, SourceKind


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a service was sent back."""

    row: int
    service: str
    field: str
    sentence: str
    mend: str


@dataclass(frozen=True, slots=True)
class ImportView:
    """One reading of a source, and what it came to. Of very many faults the first are kept."""

    at: datetime
    by: str
    found: int
    added: int
    changed: int
    returned: int
    gone: int
    sent_back: int
    refused: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source, its latest reading, and the latest that changed or confirmed what is held from it."""

    ref: str
    kind: SourceKind
    address: str
    services: int
    gone: int
    last: ImportView
    last_taken_at: datetime | None


def sources(session: Session, viewer: Viewer) -> tuple[SourceView, ...]:
    """Every source, by its address; those that couldn't be read last time first."""
    rows = session.exec(
        select(DirectorySource)
        .where(col(DirectorySource.authority) == viewer.authority)
        .order_by(col(DirectorySource.address))
    ).all()
    ids = tuple(one.id or 0 for one in rows)
    latest, taken = _latest(session, ids), last_taken(session, ids)
    held = _held(session, ids)
    views = [_source(one, latest[one.id or 0], taken.get(one.id or 0), held) for one in rows if one.id in latest]
    return tuple(sorted(views, key=lambda one: not one.last.refused))


def latest_of(session: Session, viewer: Viewer, ref: str) -> SourceView | None:
    """One source by its reference."""
    return next((one for one in sources(session, viewer) if one.ref == ref), None)


def last_taken(session: Session, ids: Iterable[int]) -> dict[int, datetime]:
    """When each source was last taken as it was."""
    imports = select(DirectoryImport.source_id, func.max(DirectoryImport.at)).group_by(col(DirectoryImport.source_id))
    taken = imports.where(col(DirectoryImport.source_id).in_(tuple(ids)), col(DirectoryImport.refused) == "")
    return dict(session.exec(taken).all())


def held_from(session: Session, authority: str, address: str) -> dict[str, datetime]:
    """The services that are held from a source and still published, and when each was last modified."""
    rows = session.exec(
        select(Service.external_id, Service.last_modified)
        .join(DirectorySource, col(DirectorySource.id) == col(Service.source_id))
        .where(
            col(DirectorySource.authority) == authority,
            col(DirectorySource.address) == address,
            col(Service.gone_since).is_(None),
        )
    ).all()
    return {external: at for external, at in rows if at is not None}


def _latest(session: Session, ids: tuple[int, ...]) -> Mapping[int, ImportView]:
    newest = select(func.max(DirectoryImport.id)).where(col(DirectoryImport.source_id).in_(ids))
    rows = session.exec(
        select(DirectoryImport, Practitioner.name)
        .join(Practitioner, col(Practitioner.id) == col(DirectoryImport.by_id))
        .where(col(DirectoryImport.id).in_(newest.group_by(col(DirectoryImport.source_id))))
    ).all()
    return {row.source_id: _import(row, name) for row, name in rows}


def _held(session: Session, ids: tuple[int, ...]) -> Mapping[tuple[int, bool], int]:
    """How many services there are by source, and whether they are gone."""
    gone = col(Service.gone_since).is_not(None)
    counted = select(Service.source_id, gone, func.count()).where(col(Service.source_id).in_(ids))
    return {
        (source, bool(is_gone)): many for source, is_gone, many in session.exec(counted.group_by("source_id", gone))
    }


def _source(
    row: DirectorySource, last: ImportView, taken: datetime | None, held: Mapping[tuple[int, bool], int]
) -> SourceView:
    own = row.id or 0
    return SourceView(
        ref=row.public_id,
        kind=row.kind,
        address=row.address,
        services=held.get((own, False), 0),
        gone=held.get((own, True), 0),
        last=last,
        last_taken_at=taken,
    )


def _import(row: DirectoryImport, by: str) -> ImportView:
    return ImportView(
        at=row.at,
        by=by,
        found=row.found,
        added=row.added,
        changed=row.changed,
        returned=row.returned,
        gone=row.gone,
        sent_back=row.sent_back,
        refused=row.refused,
        faults=tuple(Fault(**one) for one in json.loads(row.faults)),
    )
