"""Is everything that was written down still as it was left? Every chain and every anchor, read some at a time."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from pathway.access import every_case
from pathway.store.history.anchors import AnchorLine, Covered, against, anchors, to_trust, unfit
from pathway.store.history.links import ENTRY, Fault, Head, Line, chain_of, lines, streamed
from pathway.tables import Authority, Case
from pathway.tables.columns import table_of

AUTHORITY = table_of(Authority)
BATCH = 1_000


@dataclass
class Seen:
    """How much was looked at."""

    chains: int = 0
    entries: int = 0
    covered: Covered = field(default_factory=Covered)


def verify(session: Session, seen: Seen, copy: Sequence[AnchorLine] = ()) -> Generator[Fault, None, None]:
    """Everything that is wrong, as it is found; `seen` counts. Give it a session that reads at one moment.

    `copy` is a copy of the anchors that was kept elsewhere.
    """
    authorities = session.execute(select(AUTHORITY).order_by(AUTHORITY.c.id)).mappings().all()
    for one in authorities:
        own = lines().where(ENTRY.c.case_id.is_(None), ENTRY.c.authority == one["id"]).order_by(ENTRY.c.sequence)
        head = Head(one["id"], f"the own chain of {one['id']}", one["sequence"], one["head"])
        yield from _chain(head, _streamed(session, own), seen)
    yield from _records(session, seen)
    stood = anchors(session)
    for name in sorted({one["id"] for one in authorities} | {one.authority for one in (*stood, *copy)}):
        here, there = (tuple(one for one in every if one.authority == name) for every in (stood, copy))
        yield from against(here, there) if there else ()
        yield from unfit(session, name, to_trust(here, there), seen.covered)


def _records(session: Session, seen: Seen) -> Iterator[Fault]:
    """Every record's chain, and entries of a record that isn't there, between the records' ids and beyond them."""
    last = 0
    while True:
        query = every_case().with_only_columns(
            *(col(one) for one in (Case.id, Case.public_id, Case.sequence, Case.head))
        )
        rows = session.execute(query.where(col(Case.id) > last).order_by(col(Case.id)).limit(BATCH)).all()
        heads = {row.id: Head(row.public_id, f"record {row.public_id}", row.sequence, row.head) for row in rows}
        own = lines().where(ENTRY.c.case_id > last).order_by(ENTRY.c.case_id, ENTRY.c.sequence)
        if rows:
            last = rows[-1].id
            own = own.where(ENTRY.c.case_id <= last)
        yield from _these(heads, _streamed(session, own), seen)
        if not rows:
            return


def _these(heads: dict[int, Head], written: Iterable[Line], seen: Seen) -> Iterator[Fault]:
    for case_id, own in groupby(written, itemgetter("case_id")):
        head = heads.pop(case_id, None)
        if head is not None:
            yield from _chain(head, own, seen)
        else:
            refs = [one["public_id"] for one in own]
            yield Fault("head", refs[0], f"The record that {_several(refs)} about is gone.")
    for head in heads.values():
        yield from _chain(head, (), seen)


def _several(refs: Sequence[str]) -> str:
    return f"entry {refs[0]} is" if len(refs) == 1 else f"entries {refs[0]} to {refs[-1]} are"


def _chain(head: Head, written: Iterable[Line], seen: Seen) -> Iterator[Fault]:
    seen.chains += 1
    yield from chain_of(head, _counted(written, seen))


def _counted(written: Iterable[Line], seen: Seen) -> Iterator[Line]:
    for one in written:
        seen.entries += 1
        yield one


def _streamed(session: Session, query: Select[Any]) -> Iterator[Line]:
    return (row._mapping for row in streamed(session, query, BATCH))
