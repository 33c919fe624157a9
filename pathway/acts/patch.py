"""What does an entry change? One patch, written into the entry and onto the rows, so that either yields the other."""

from dataclasses import dataclass, field
from typing import Any

from pathway.store.history.chain import canonical_json
from pathway.store.history.folding import Rows


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
