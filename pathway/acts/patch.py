"""What does an entry change? One patch, written into the entry and onto the rows, so that either yields the other."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

Fields = dict[str, Any]
Rows = dict[str, dict[str, Fields]]


@dataclass
class Patch:
    """New and changed rows by table and public id. Values are plain: words, numbers, moments, nothing personal."""

    new: Rows = field(default_factory=dict)
    changed: Rows = field(default_factory=dict)

    def add(self, table: str, ref: str, **fields: Any) -> None:
        self.new.setdefault(table, {})[ref] = fields

    def change(self, table: str, ref: str, **fields: Any) -> None:
        fresh = self.new.get(table, {}).get(ref)
        (fresh if fresh is not None else self.changed.setdefault(table, {}).setdefault(ref, {})).update(fields)

    def text(self) -> str:
        return canonical_json({"new": self.new, "changed": self.changed})


def canonical_json(value: object) -> str:
    """One text for one value: sorted keys, no spaces, moments in UTC to the microsecond."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} can't stand in an entry")


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def fold(texts: list[str]) -> Rows:
    """The rows that a run of entries amounts to: each patch laid over the ones before."""
    rows: Rows = {}
    for text in texts:
        patch: Mapping[str, Rows] = json.loads(text)
        for part in ("new", "changed"):
            for table, changed in patch[part].items():
                for ref, fields in changed.items():
                    rows.setdefault(table, {}).setdefault(ref, {}).update(fields)
    return rows
