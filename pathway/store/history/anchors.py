"""Do the anchors still fit what they cover? Each root computed again, over the one before it and every entry since.

An anchor in the database can be rewritten by whoever can rewrite the entries, so a copy kept elsewhere goes before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import select
from sqlmodel import Session

from pathway.clock import LONDON
from pathway.store.history.chain import canonical_json, rooted
from pathway.store.history.links import ENTRY, Fault, streamed
from pathway.tables import Anchor
from pathway.tables.columns import table_of

ANCHOR = table_of(Anchor)
BATCH = 2_000


class AnchorLine(BaseModel):
    """An anchor as it is kept elsewhere, one to a line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    authority: str
    last_entry_id: int
    anchored_at: datetime
    chains: int
    root: str

    @property
    def line(self) -> str:
        return canonical_json(self.model_dump())

    @property
    def called(self) -> str:
        return f"anchor of {said(self.anchored_at)}"


class NotACopy(Exception):
    """A file that isn't a copy of anchors, with the line that can't be read."""


@dataclass
class Covered:
    """What was looked at: how many anchors, and the entries that no anchor covers yet."""

    anchors: int = 0
    beyond: int = 0
    beyond_since: datetime | None = None


def said(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%H:%M on %-d %B %Y}"


def anchors(session: Session) -> tuple[AnchorLine, ...]:
    """Every anchor that stands in the database, in the order in which they were made."""
    rows = session.execute(select(ANCHOR).order_by(ANCHOR.c.id)).mappings()
    return tuple(AnchorLine(**{name: row[name] for name in AnchorLine.model_fields}) for row in rows)


def lost_before(session: Session) -> frozenset[tuple[str, int]]:
    """The anchors before which a number is missing among all anchors, since the last of the same authority."""
    found, missing = set(), dict[str, int]()
    for rank, row in enumerate(session.execute(select(ANCHOR).order_by(ANCHOR.c.id)), start=1):
        if row.id - rank > missing.get(row.authority, 0):
            found.add((row.authority, row.last_entry_id))
        missing[row.authority] = row.id - rank
    return frozenset(found)


def copied(lines: Iterable[str]) -> tuple[AnchorLine, ...]:
    """The anchors of a copy. Raises `NotACopy`."""
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(AnchorLine.model_validate_json(line))
        except ValidationError:
            sentence = f"Line {number} isn't an anchor. The file is written by 'pathway audit anchors'."
            raise NotACopy(sentence) from None
    if not found:
        raise NotACopy("There is no anchor in it. The file is written by 'pathway audit anchors'.")
    return tuple(found)


def against(stood: Sequence[AnchorLine], copy: Sequence[AnchorLine]) -> Iterator[Fault]:
    """What was done to an authority's anchors since they were copied."""
    now = {one.last_entry_id: one for one in stood}
    before = {one.last_entry_id: one for one in copy}
    for one in copy:
        found = now.get(one.last_entry_id)
        if found is None:
            yield Fault("copy", one.authority, f"The {one.called} stands in the copy and not in the database.")
        elif found != one:
            yield Fault("copy", one.authority, f"The {one.called} isn't in the database as it is in the copy.")
    first, last = copy[0].last_entry_id, copy[-1].last_entry_id
    for one in stood:
        if first < one.last_entry_id < last and one.last_entry_id not in before:
            yield Fault("copy", one.authority, f"The {one.called} stands in the database and not in the copy.")


def to_trust(stood: Sequence[AnchorLine], copy: Sequence[AnchorLine]) -> Iterator[AnchorLine]:
    """The copy's anchors, and the database's own only before and after those."""
    if not copy:
        yield from stood
        return
    yield from (one for one in stood if one.last_entry_id < copy[0].last_entry_id)
    yield from copy
    yield from (one for one in stood if one.last_entry_id > copy[-1].last_entry_id)


def unfit(session: Session, authority: str, trusted: Iterable[AnchorLine], covered: Covered) -> Iterator[Fault]:
    """Where an authority's entries aren't those that its anchors cover."""
    before, lost, entries = None, lost_before(session), _Entries(session, authority)
    for one in trusted:
        covered.anchors += 1
        root = rooted(before.root if before else "", (row.hash for row in entries.upto(one.last_entry_id)))
        if root != one.root:
            is_lost = (authority, one.last_entry_id) in lost
            yield Fault("anchor", authority, (_lost if is_lost else _other)(before, one))
        if entries.last < one.last_entry_id:
            sentence = f"The {one.called} covers entries up to number {one.last_entry_id}, and that entry is gone."
            yield Fault("anchor", authority, sentence)
        if entries.started != one.chains:
            sentence = f"The {one.called} counts {one.chains} records, and entries of {entries.started} stand."
            yield Fault("anchor", authority, sentence)
        before = one
    for row in entries.upto(None):
        covered.beyond += 1
        covered.beyond_since = min(covered.beyond_since or row.recorded_at, row.recorded_at)


def _lost(before: AnchorLine | None, one: AnchorLine) -> str:
    where = f"An anchor between that of {said(before.anchored_at)} and" if before else "An anchor before"
    return f"{where} that of {said(one.anchored_at)} is gone. {_range(before, one)} can't be proven by it."


def _other(before: AnchorLine | None, one: AnchorLine) -> str:
    what = "at least one was edited, taken out or put in since"
    return f"The {one.called} doesn't fit the entries that it covers. {_range(before, one)}: {what}."


def _range(before: AnchorLine | None, one: AnchorLine) -> str:
    return f"Entries from number {before.last_entry_id + 1 if before else 1} to {one.last_entry_id}"


@dataclass
class _Entries:
    """An authority's entries by number, looked at once, some at a time. `started` is how many records they are of."""

    session: Session
    authority: str
    last: int = 0
    started: int = 0

    def __post_init__(self) -> None:
        columns = (ENTRY.c.id, ENTRY.c.hash, ENTRY.c.recorded_at, ENTRY.c.case_id, ENTRY.c.sequence)
        query = select(*columns).where(ENTRY.c.authority == self.authority).order_by(ENTRY.c.id)
        self.rows = streamed(self.session, query, BATCH)
        self.row = next(self.rows, None)

    def upto(self, number: int | None) -> Iterator[Any]:
        """Those not looked at yet, up to a number; all the rest if None."""
        while self.row is not None and (number is None or self.row.id <= number):
            self.last = self.row.id
            self.started += self.row.case_id is not None and self.row.sequence == 1
            yield self.row
            self.row = next(self.rows, None)
