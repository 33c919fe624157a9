"""Do the rows still say what the entries say? History folded again and laid beside the rows, its hashes recomputed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as rows_of

from pathway.store.history.chain import chained, committed, header_of, moment
from pathway.tables import Case, Entry, Payload

Fields = dict[str, Any]
Rows = dict[str, dict[str, Fields]]

REBUILT = ("case_child", "assignment", "deadline", "level", "access_grant", "ask", "tie")
"""The tables whose rows for a case come from its entries alone; the case row itself besides."""


def fold(texts: Iterable[str]) -> Rows:
    """The rows that a run of entries amounts to: each patch laid over the ones before."""
    rows: Rows = {}
    for text in texts:
        patch: Mapping[str, Rows] = json.loads(text)
        for part in ("new", "changed"):
            for table, changed in patch.get(part, {}).items():
                for ref, fields in changed.items():
                    rows.setdefault(table, {}).setdefault(ref, {}).update(fields)
    return rows


def differences(session: Session, case: Case) -> tuple[str, ...]:
    """Where the rows of a case disagree with its entries, as sentences; none where either yields the other."""
    entries = _entries(session, case)
    folded = fold(entry.effects for entry in entries)
    found = [*_apart("case", case.public_id, _case(folded, case, entries), _plain_fields(case.model_dump()))]
    for name in REBUILT:
        found += _tables_apart(name, folded.get(name, {}), _stored(session, name, case))
    return tuple(found)


def chain_faults(session: Session, case: Case) -> tuple[str, ...]:
    """Where the history of a case has been broken: a hash, a link, a number, its head, or a text it committed to."""
    entries = _entries(session, case)
    payloads = session.exec(rows_of(Payload).where(col(Payload.entry_id).in_([entry.id for entry in entries])))
    return (*_links(case, entries), *_texts(entries, {one.entry_id: one for one in payloads}))


def _entries(session: Session, case: Case) -> Sequence[Entry]:
    query = rows_of(Entry).where(col(Entry.case_id) == case.id).order_by(col(Entry.sequence))
    return session.exec(query.execution_options(populate_existing=True)).all()


def _case(folded: Rows, case: Case, entries: Sequence[Entry]) -> Fields:
    """The case as its entries have it, with what follows from them: numbers, head and what is due next."""
    own = folded.get("case", {}).get(case.public_id, {})
    last = entries[-1] if entries else None
    return own | {
        "sequence": len(entries),
        "version": last.version if last else 1,
        "head": last.hash if last else "",
        "next_due_at": _next_due(folded.get("deadline", {}).values()),
    }


def _next_due(deadlines: Iterable[Fields]) -> str | None:
    ours = (one["due_at"] for one in deadlines if one["obliged"] == "us" and one.get("closed_at") is None)
    return min(ours, default=None)


def _stored(session: Session, name: str, case: Case) -> dict[str, Fields]:
    table: Table = SQLModel.metadata.tables[name]
    rows = session.execute(select(table).where(table.c.case_id == case.id)).mappings()
    return {row["public_id"]: _plain_fields(dict(row)) for row in rows}


def _plain_fields(row: Mapping[str, Any]) -> Fields:
    return {str(name): _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else value


def _tables_apart(name: str, folded: dict[str, Fields], stored: dict[str, Fields]) -> Iterator[str]:
    for ref in sorted(stored.keys() - folded.keys()):
        yield f"{name} {ref} stands in the rows, and no entry brought it about."
    for ref in sorted(folded.keys() - stored.keys()):
        yield f"{name} {ref} stands in the entries, and the rows don't have it."
    for ref in sorted(folded.keys() & stored.keys()):
        yield from _apart(name, ref, folded[ref], stored[ref])


def _apart(name: str, ref: str, folded: Fields, stored: Fields) -> Iterator[str]:
    for field in sorted(folded):
        if folded[field] != stored[field]:
            yield f"{name} {ref}: {field} is {stored[field]!r} in the rows, {folded[field]!r} in the entries."


def _links(case: Case, entries: Sequence[Entry]) -> Iterator[str]:
    head = ""
    for place, entry in enumerate(entries, start=1):
        if entry.sequence != place:
            yield f"Entry {entry.public_id} is number {entry.sequence} and should be {place}."
        if entry.previous != head:
            yield f"Entry {entry.public_id} doesn't rest on the entry before it."
        if entry.hash != chained(entry.previous, header_of(entry.model_dump())):
            yield f"Entry {entry.public_id} isn't as it was written."
        head = entry.hash
    if case.head != head:
        yield f"The head of {case.public_id} isn't its last entry."


def _texts(entries: Sequence[Entry], payloads: Mapping[int, Payload]) -> Iterator[str]:
    for entry in entries:
        payload = payloads.get(entry.id or 0)
        if payload is None:
            yield f"Entry {entry.public_id} has lost its text."
        elif payload.body is not None and entry.commitment != committed(payload.salt or "", payload.body):
            yield f"The text of entry {entry.public_id} isn't the text that was written."
