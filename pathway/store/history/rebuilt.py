"""Do the rows still say what the entries say? History folded again and laid beside the rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from pathway.access import every_case
from pathway.store.history.folding import REBUILT, Fields, Row, Rows, case_row, fold, plain_row, table_rows
from pathway.store.history.links import ENTRY, PAYLOAD, Fault, Head, chain_of, lines
from pathway.tables import Case
from pathway.tables.columns import table_of

CASE = table_of(Case)
BATCH = 200


@dataclass(frozen=True, slots=True)
class Apart:
    """One thing on which rows and entries disagree. Where `field` is "", one of the two has no such row at all."""

    table: str
    ref: str
    field: str
    row: Any
    entries: Any

    @property
    def sentence(self) -> str:
        if self.table == "payload":
            return f"The text of entry {self.ref} was erased by the entries, and stands in the rows."
        if self.field:
            return (
                f"{self.table} {self.ref}: {self.field} is {self.row!r} in the rows, {self.entries!r} in the entries."
            )
        if self.entries is None:
            return f"{self.table} {self.ref} stands in the rows, and no entry brought it about."
        return f"{self.table} {self.ref} stands in the entries, and the rows don't have it."


@dataclass(frozen=True, slots=True)
class Compared:
    """A record's row as it stands, what its entries amount to, and where the two are apart."""

    case: Row
    folded: Rows
    apart: tuple[Apart, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(one.sentence for one in self.apart)


def differences(session: Session, case: Case) -> tuple[str, ...]:
    """Where the rows of a case disagree with its entries, as sentences; none where either yields the other."""
    return compared(session, case).sentences


def compared(session: Session, case: Case) -> Compared:
    (one,) = _compared(session, _cases(session, case.id or 0, case.id or 0))
    return one


def every_difference(session: Session) -> Iterator[Compared]:
    """Every record whose rows disagree with its entries, looked at some at a time."""
    last = 0
    while cases := _cases(session, last + 1):
        last = cases[-1]["id"]
        yield from (one for one in _compared(session, cases) if one.apart)


def chain_faults(session: Session, case: Case) -> tuple[str, ...]:
    """Where the history of a case has been broken: a hash, a link, a number, its head, or a text it committed to."""
    return tuple(one.sentence for one in broken(session, case))


def broken(session: Session, case: Case) -> tuple[Fault, ...]:
    (row,) = _cases(session, case.id or 0, case.id or 0)
    written = session.execute(lines().where(ENTRY.c.case_id == case.id).order_by(ENTRY.c.sequence)).mappings()
    return tuple(chain_of(head_of(row), written))


def head_of(case: Row) -> Head:
    return Head(case["public_id"], f"record {case['public_id']}", case["sequence"], case["head"])


def _cases(session: Session, first: int, last: int | None = None) -> Sequence[Row]:
    query = every_case().with_only_columns(*CASE.c).where(col(Case.id) >= first).order_by(col(Case.id)).limit(BATCH)
    return session.execute(query if last is None else query.where(col(Case.id) <= last)).mappings().all()


def _compared(session: Session, cases: Sequence[Row]) -> Iterator[Compared]:
    """These cases, their entries folded and laid beside their rows."""
    ids = [case["id"] for case in cases]
    columns = (ENTRY.c.id, ENTRY.c.case_id, ENTRY.c.version, ENTRY.c.hash, ENTRY.c.effects)
    query = select(*columns).where(ENTRY.c.case_id.in_(ids)).order_by(ENTRY.c.case_id, ENTRY.c.sequence)
    written = session.execute(query).mappings().all()
    by_case = {case_id: list(own) for case_id, own in groupby(written, itemgetter("case_id"))}
    stored = {name: _stored(session, name, ids) for name in REBUILT}
    for case in cases:
        own = by_case.get(case["id"], [])
        folded = fold((one["id"], one["effects"]) for one in own)
        found = [*_fields_apart("case", case["public_id"], case_row(case, folded, own), plain_row(case))]
        for name in REBUILT:
            found += _table_apart(name, table_rows(name, case, folded), stored[name].get(case["id"], {}))
        yield Compared(case, folded, (*found, *_texts_apart(session, folded.get("payload", {}))))


def _texts_apart(session: Session, erased: Mapping[str, Fields]) -> Iterable[Apart]:
    if not erased:
        return ()
    stands = select(ENTRY.c.public_id).join(PAYLOAD, PAYLOAD.c.entry_id == ENTRY.c.id)
    stands = stands.where(ENTRY.c.public_id.in_(erased), PAYLOAD.c.body.is_not(None)).order_by(ENTRY.c.public_id)
    return [Apart("payload", ref, "", {}, erased[ref]) for ref in session.execute(stands).scalars()]


def _stored(session: Session, name: str, ids: Sequence[int]) -> dict[int, dict[str, Fields]]:
    """The rows of a table, by case and reference."""
    table = SQLModel.metadata.tables[name]
    found: dict[int, dict[str, Fields]] = {}
    for row in session.execute(select(table).where(table.c.case_id.in_(ids))).mappings():
        found.setdefault(row["case_id"], {})[row["public_id"]] = plain_row(row)
    return found


def _table_apart(name: str, expected: Mapping[str, Fields], stored: Mapping[str, Fields]) -> Iterator[Apart]:
    for ref in sorted(stored.keys() | expected.keys()):
        if ref not in expected or ref not in stored:
            yield Apart(name, ref, "", stored.get(ref), expected.get(ref))
        else:
            yield from _fields_apart(name, ref, expected[ref], stored[ref])


def _fields_apart(name: str, ref: str, expected: Fields, stored: Fields) -> Iterator[Apart]:
    for field in sorted(expected):
        if expected[field] != stored[field]:
            yield Apart(name, ref, field, stored[field], expected[field])
