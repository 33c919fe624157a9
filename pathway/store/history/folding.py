"""What do the entries of a record amount to? Their patches laid over one another, and what follows from those."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Table
from sqlmodel import SQLModel

from pathway.store.history.chain import moment
from pathway.tables import Case
from pathway.tables.columns import table_of

Fields = dict[str, Any]
Rows = dict[str, dict[str, Fields]]
Row = Mapping[Any, Any]

REBUILT = (
    "case_child",
    "assignment",
    "deadline",
    "level",
    "access_grant",
    "ask",
    "tie",
    "agreement",
    "assessment",
    "answer",
    "plan_action",
    "meeting",
    "invitation",
)
"""The tables whose rows for a case come from its entries alone; the case row itself besides."""

BESIDE = frozenset({"parent_id", "family_id", "retention_class", "legal_hold"})
"""Columns of the case row that no entry knows."""

FOLLOWS = ("sequence", "version", "head", "next_due_at")
"""Columns of the case row that no patch names: they follow from the entries as they stand."""

OWN = frozenset({"id", "public_id", "case_id", "authority"})


def fold(written: Iterable[tuple[int, str]]) -> Rows:
    """The rows that a run of entries, by id, amounts to. A row's `entry_id` is the entry that brought it about."""
    rows: Rows = {}
    for entry_id, text in written:
        patch: Mapping[str, Rows] = json.loads(text)
        for part in ("new", "changed"):
            for table, changed in patch.get(part, {}).items():
                for ref, fields in changed.items():
                    rows.setdefault(table, {}).setdefault(ref, {"entry_id": entry_id}).update(fields)
    return rows


def case_row(case: Row, folded: Rows, written: Sequence[Row]) -> Fields:
    """The case as its entries have it."""
    last = written[-1] if written else {"version": 1, "hash": ""}
    follows = {
        "sequence": len(written),
        "version": last["version"],
        "head": last["hash"],
        "next_due_at": _next_due(folded.get("deadline", {}).values()),
    }
    whole = _whole(table_of(Case), folded.get("case", {}).get(case["public_id"], {}) | follows)
    return {name: value for name, value in whole.items() if name not in BESIDE}


def table_rows(name: str, case: Row, folded: Rows) -> dict[str, Fields]:
    """The rows of a table as the entries of a case have them, in the order in which they came to be.

    Those of one entry came in the order of their persons, whose rows were made as they were told of.
    """
    table, own = SQLModel.metadata.tables[name], folded.get(name, {})
    in_order = sorted(own.items(), key=lambda one: [one[1].get(name, 0) for name in ("entry_id", "person_id", "of_id")])
    return {ref: _whole(table, fields) | {"authority": case["authority"]} for ref, fields in in_order}


def _next_due(deadlines: Iterable[Fields]) -> str | None:
    ours = (one["due_at"] for one in deadlines if one["obliged"] == "us" and one.get("closed_at") is None)
    return min(ours, default=None)


def _whole(table: Table, fields: Fields) -> Fields:
    """Every column that entries know; one that none of them has named yet stands as a new row has it."""
    return {column.name: fields.get(column.name, _fresh(column)) for column in table.c if column.name not in OWN}


def _fresh(column: Any) -> Any:
    return plain(column.default.arg) if column.default is not None and column.default.is_scalar else None


def plain_row(row: Row) -> Fields:
    return {str(name): plain(value) for name, value in row.items()}


def plain(value: Any) -> Any:
    """A value as it stands in an entry."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
