"""How is anything written? One path: entry with its payload, then the rows it changes, its messages, the new head.

The patch that changes the rows is the text that the entry carries, so the rows rebuild from the entries.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Table, Update, bindparam, func, insert, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import SQLModel, col

from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.store.history.chain import canonical_json, chained, committed, header_of
from pathway.tables import Authority, Case, Deadline, Entry, Message, Payload
from pathway.tables.columns import public_id, table_of

ENTRY = table_of(Entry)
PAYLOAD = table_of(Payload)
CASE = table_of(Case)
MESSAGE = table_of(Message)
DEADLINE = table_of(Deadline)

ADD_ENTRY = insert(ENTRY).returning(ENTRY.c.id)
ADD_PAYLOAD = insert(PAYLOAD)
ADD_MESSAGE = insert(MESSAGE)
NEXT_DUE = (
    select(func.min(DEADLINE.c.due_at))
    .where(DEADLINE.c.case_id == CASE.c.id, DEADLINE.c.closed_at.is_(None), DEADLINE.c.obliged == "us")
    .scalar_subquery()
)
"""What is due next, of what we owe: derived, so that it can't disagree with the deadlines."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A message to write: its kind and its audience, `role` words or `practitioner:<id>`."""

    kind: str
    audience: str
    about: str = ""
    due_at: datetime | None = None


@dataclass
class Line:
    """What an act wants recorded. `said` is personal and goes to the erasable payload."""

    kind: str
    patch: Patch = field(default_factory=Patch)
    said: Mapping[str, Any] = field(default_factory=dict)
    tells: Iterable[Telling] = ()
    occurred_at: datetime | None = None
    corrects_id: int | None = None
    by_officer: bool = True
    """False for the system's own entries, which leave the version officers work against as it was."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an act answers: the case, its version after, the entry, and anything the act names."""

    case: str
    version: int
    entry: str
    sequence: int
    named: Mapping[str, str] = field(default_factory=dict)


def record(work: Work, case: Case, line: Line) -> Done:
    """Write one entry of a case and everything it brings about, in the act's own transaction.

    The case row must have been read under lock in this transaction (`opened`), or be new in it.
    """
    version = case.version + (1 if line.by_officer and case.sequence else 0)
    entry_id, ref, head = _append(work, line, case, case.id, case.sequence, case.head, version)
    _apply(work, case, entry_id, line.patch)
    _tell(work, case.id, entry_id, line.tells)
    own = line.patch.changed.get("case", {}).get(case.public_id, {})
    values = {**own, "version": version, "sequence": case.sequence + 1, "head": head}
    work.session.execute(_changing(CASE, "id", frozenset(values), NEXT_DUE), {"changed_id": case.id, **values})
    for name, value in values.items():  # as read, not as changed: the row is written, and isn't written again
        set_committed_value(case, name, value)
    return Done(case.public_id, version, ref, case.sequence)


def record_for_authority(work: Work, line: Line) -> Done:
    """Write one entry that belongs to no one case, on the authority's own chain."""
    authority = work.session.exec(  # type: ignore[call-overload]
        select(Authority).where(col(Authority.id) == work.viewer.authority).with_for_update()
    ).scalar_one()
    entry_id, ref, head = _append(work, line, None, None, authority.sequence, authority.head, 0)
    _tell(work, None, entry_id, line.tells)
    authority.sequence += 1
    authority.head = head
    work.session.add(authority)
    work.session.flush()
    return Done("", 0, ref, authority.sequence)


def _append(
    work: Work, line: Line, case: Case | None, case_id: int | None, sequence: int, head: str, version: int
) -> tuple[int, str, str]:
    salt, body = secrets.token_hex(16), canonical_json(line.said)
    values: dict[str, Any] = {
        "public_id": public_id(),
        "authority": work.viewer.authority if case is None else case.authority,
        "case_id": case_id,
        "sequence": sequence + 1,
        "version": version,
        "kind": line.kind,
        "schema_version": 1,
        "occurred_at": line.occurred_at or work.now,
        "recorded_at": work.now,
        "actor_id": work.viewer.id,
        "corrects_id": line.corrects_id,
        "effects": line.patch.text(),
        "commitment": committed(salt, body),
    }
    values |= {"previous": head, "hash": chained(head, header_of(values))}
    entry_id = int(work.session.execute(ADD_ENTRY, values).scalar_one())
    work.session.execute(ADD_PAYLOAD, {"entry_id": entry_id, "salt": salt, "body": body})
    return entry_id, values["public_id"], values["hash"]


def _apply(work: Work, case: Case, entry_id: int, patch: Patch) -> None:
    """What lets go goes first: one case may have only one holder, and one running clock for each limit."""
    for name, rows in patch.changed.items():
        if name == "payload":
            erase_texts(work, rows)
        elif name != "case":
            _change(work, SQLModel.metadata.tables[name], rows)
    for name, rows in patch.new.items():
        if name == "case":
            continue
        table = SQLModel.metadata.tables[name]
        for ref, fields in rows.items():
            work.session.execute(insert(table).values(**_owned(table, case, entry_id, ref), **fields))


def _change(work: Work, table: Table, rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Rows of which the same columns change go together."""
    alike: dict[frozenset[str], list[dict[str, Any]]] = {}
    for ref, fields in rows.items():
        alike.setdefault(frozenset(fields), []).append({"changed_public_id": ref, **fields})
    for names, values in alike.items():
        work.session.execute(_changing(table, "public_id", names), values)


def erase_texts(work: Work, erased: Mapping[str, Mapping[str, Any]]) -> None:
    """The texts of these entries go for good, and their salts with them: what was committed to tells nothing more."""
    for ref, fields in erased.items():
        of = select(ENTRY.c.id).where(ENTRY.c.public_id == ref).scalar_subquery()
        work.session.execute(update(PAYLOAD).where(PAYLOAD.c.entry_id == of).values(body=None, salt=None, **fields))


@cache
def _changing(table: Table, by: str, names: frozenset[str], next_due: Any = None) -> Update:
    """An update of these columns where `by` is what is given as `changed_` and its name; made once."""
    values = {name: bindparam(name, type_=table.c[name].type) for name in sorted(names)}
    values |= {} if next_due is None else {"next_due_at": next_due}
    return update(table).where(table.c[by] == bindparam(f"changed_{by}")).values(values)


def _owned(table: Table, case: Case, entry_id: int, ref: str) -> dict[str, Any]:
    owner: dict[str, Any] = {"public_id": ref, "authority": case.authority, "case_id": case.id}
    return owner | ({"entry_id": entry_id} if "entry_id" in table.c else {})


def _tell(work: Work, case_id: int | None, entry_id: int, tells: Iterable[Telling]) -> None:
    rows = [
        {
            "public_id": public_id(),
            "authority": work.viewer.authority,
            "case_id": case_id,
            "entry_id": entry_id,
            "kind": telling.kind,
            "audience": telling.audience,
            "about": telling.about,
            "due_at": telling.due_at,
            "written_at": work.now,
        }
        for telling in tells
    ]
    if rows:
        work.session.execute(ADD_MESSAGE, rows)
