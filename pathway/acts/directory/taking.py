"""What does an import change? New and changed services come in, and what left the source is marked gone.

A service's rows are laid anew from what it published now; the service itself stays one row, whatever becomes of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from sqlalchemy import select as select_columns
from sqlalchemy import update
from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts.desk import Desk, Work, work
from pathway.acts.directory.laying import BATCH, Held, chunks, lay_services
from pathway.acts.directory.listing import Listing
from pathway.acts.directory.reading import ReadRow, SentBack, read_services
from pathway.acts.directory.rows import Prepared, prepared
from pathway.acts.patch import Patch
from pathway.acts.proposals import in_turn
from pathway.acts.record import Line, record_for_authority
from pathway.clock import day_of
from pathway.tables import DirectoryImport, DirectorySource, Service, SourceKind
from pathway.tables.columns import table_of
from workflows import Role, refuse

SERVICE = table_of(Service)
AT_ONCE = 200
"""How many services are laid in one transaction: a second or two of writing."""

MOST_KEPT = 1_000
"""How many reasons are kept to be read on the page; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where services come from: a feed by its address, a file by its name."""

    kind: SourceKind
    address: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed. Where `refused` says why not, it changed nothing."""

    found: int = 0
    added: int = 0
    changed: int = 0
    returned: int = 0
    gone: int = 0
    sent_back: int = 0
    refused: str = ""
    faults: tuple[SentBack, ...] = field(default=())

    @property
    def altered(self) -> bool:
        return bool(self.added or self.changed or self.returned or self.gone)


def check_may_import(viewer: Viewer) -> None:
    if not viewer.has(Role.administrator, Role.system):
        raise refuse("Keeping the directory of services isn't part of your role.", who_can="Ask an administrator.")


def take_services(desk: Desk, viewer: Viewer, *, source: Source, listing: Listing, fewer: bool = False) -> Imported:
    """Take a source as it is now. `fewer`: it really holds less than half of what it held.

    Some services at a time, so that nobody who saves something waits long; what a crash leaves out, the next import
    takes. What is missing from the source is marked at the end.
    """
    check_may_import(viewer)
    rows = read_services(listing.bodies, day_of(desk.clock()))
    with work(desk, viewer) as unit:
        row = _source(unit, source)
        held, of = _held(unit, row), row.id or 0
        counted = _counted(rows, listing, held, fewer)
        if counted.refused:
            _note(unit, row, counted)
            return counted
    services = prepared((one.service for one in rows if one.service), {one.digest for one in held.values()})
    for some in chunks([one for one in services if one.id not in held or held[one.id].digest != one.digest], AT_ONCE):
        with work(desk, viewer) as unit:
            lay_services(unit, of, some)
    with work(desk, viewer) as unit:
        done = _marked(unit, rows, services, listing, held, counted)
        _note(unit, _source(unit, source), done)
        return done


def refuse_import(desk: Desk, viewer: Viewer, *, source: Source, sentence: str) -> Imported:
    """Note that a source couldn't be read, so that whoever keeps the directory sees it."""
    check_may_import(viewer)
    with work(desk, viewer) as unit:
        done = Imported(refused=sentence)
        _note(unit, _source(unit, source), done)
        return done


def _counted(rows: Sequence[ReadRow], listing: Listing, held: Mapping[str, Held], fewer: bool) -> Imported:
    """What was found, before anything is changed; refused where the source can't be whole."""
    back = [one for one in rows if one.service is None]
    counted = Imported(
        found=len(rows) + len(listing.unchanged),
        sent_back=len(back),
        faults=tuple(fault for one in back for fault in one.faults),
    )
    seen, live = len(_seen(rows, listing)), sum(one.gone_since is None for one in held.values())
    if listing.whole and not fewer and seen * 2 < live:
        return replace(counted, refused=_too_few(seen, live))
    return counted


def _marked(
    unit: Work,
    rows: Sequence[ReadRow],
    services: Sequence[Prepared],
    listing: Listing,
    held: Mapping[str, Held],
    counted: Imported,
) -> Imported:
    """What came back is there again, what left is gone; with what was laid counted beside it."""
    seen = _seen(rows, listing)
    back = [one for one in seen if one in held and held[one].gone_since]
    told_apart = listing.whole and all(one.id for one in rows)
    gone = [row.id for one, row in held.items() if row.gone_since is None and one not in seen] if told_apart else []
    _mark(unit, [held[one].id for one in back], gone_since=None)
    _mark(unit, gone, gone_since=unit.now)
    changed = [one for one in services if one.id in held and held[one.id].digest != one.digest]
    return replace(
        counted,
        added=sum(one.id not in held for one in services),
        changed=sum(held[one.id].gone_since is None for one in changed),
        returned=len(back),
        gone=len(gone),
    )


def _seen(rows: Sequence[ReadRow], listing: Listing) -> frozenset[str]:
    """The services that the source still has, also those that couldn't be read."""
    return listing.unchanged | {one.id for one in rows if one.id}


def _too_few(seen: int, live: int) -> str:
    now = "no service" if seen == 0 else f"only {seen:,} service{'' if seen == 1 else 's'}"
    return (
        f"It holds {now} now, and {live:,} are in the directory from it. That is less than half, so nothing was "
        "changed. Look whether the source is whole; if it really is so, import it again and say --fewer."
    )


def _source(unit: Work, source: Source) -> DirectorySource:
    """The source, under lock: two imports of one source wait for each other."""
    own = select(DirectorySource).where(
        col(DirectorySource.authority) == unit.viewer.authority, col(DirectorySource.address) == source.address
    )
    found = unit.session.exec(own.with_for_update()).first()
    if found is None:
        in_turn(unit)
        found = unit.session.exec(own).first() or DirectorySource(
            authority=unit.viewer.authority, kind=source.kind, address=source.address
        )
        unit.session.add(found)
        unit.session.flush()
    return found


def _held(unit: Work, source: DirectorySource) -> Mapping[str, Held]:
    columns = SERVICE.c.external_id, SERVICE.c.id, SERVICE.c.digest, SERVICE.c.gone_since
    rows = unit.session.execute(select_columns(*columns).where(SERVICE.c.source_id == source.id))
    return {row.external_id: Held(row.id, row.digest, row.gone_since) for row in rows}


def _mark(unit: Work, services: Sequence[int], **values: object) -> None:
    for chunk in chunks(services, BATCH):
        unit.session.execute(update(SERVICE).where(SERVICE.c.id.in_(chunk)).values(**values))


def _note(unit: Work, source: DirectorySource, done: Imported) -> None:
    """Every import is noted, so that one sees when a source was last read; history says what was altered."""
    counts = {name: getattr(done, name) for name in ("found", "added", "changed", "returned", "gone", "sent_back")}
    unit.session.add(
        DirectoryImport(
            authority=unit.viewer.authority,
            source_id=source.id or 0,
            at=unit.now,
            by_id=unit.viewer.id,
            refused=done.refused,
            faults=json.dumps([asdict(one) for one in done.faults[:MOST_KEPT]], ensure_ascii=False),
            **counts,
        )
    )
    if done.altered:
        patch = Patch()
        patch.change("directory_source", source.public_id, **counts)
        record_for_authority(unit, Line("services_imported", patch))
