"""How are a record's rows laid anew from its entries? Whatever disagrees goes, and stands again as the entries say."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import SQLModel

from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.store.history.folding import FOLLOWS, REBUILT, Fields, Rows, table_rows
from pathway.store.history.links import ENTRY
from pathway.store.history.packing import typed
from pathway.store.history.rebuilt import Apart, Compared
from pathway.tables import Case, Deadline, DeadlineEvent
from pathway.tables.columns import table_of

DEADLINE = table_of(Deadline)
EVENT = table_of(DeadlineEvent)
NO_FACT = frozenset({"entry_id", "authority"})
"""Columns that say where a row belongs, which no patch names."""


def lay(unit: Work, case: Case, found: Compared) -> tuple[Patch, Rows]:
    """Lay what is apart as the entries have it; what was laid, as a patch, and the rows that were taken out."""
    patch, taken_out = Patch(), Rows()
    for one in found.apart:
        _note(patch, one)
        if one.entries is None:
            taken_out.setdefault(one.table, {})[one.ref] = one.row
        if one.table == "case" and one.field == "version":
            set_committed_value(case, "version", one.entries)
    for name in REBUILT:
        refs = [one.ref for one in found.apart if one.table == name]
        if refs:
            _lay_table(unit, case, name, found, refs)
    return patch, taken_out


def _note(patch: Patch, one: Apart) -> None:
    if one.table == "payload":
        fields = one.entries
    elif one.field:
        fields = {one.field: one.entries}
    else:
        fields = one.entries or {}
    table = SQLModel.metadata.tables[one.table]
    facts = {name: value for name, value in fields.items() if name not in (*NO_FACT, *FOLLOWS) and name in table.c}
    if facts:
        patch.change(one.table, one.ref, **_typed(table, facts))


def _lay_table(unit: Work, case: Case, name: str, found: Compared, refs: list[str]) -> None:
    table, wanted = SQLModel.metadata.tables[name], table_rows(name, found.case, found.folded)
    own = select(table).where((table.c.case_id == case.id) | table.c.public_id.in_(wanted))
    stood = {row["public_id"]: dict(row) for row in unit.session.execute(own).mappings()}
    if name == "deadline":
        _lay_deadlines(unit, case, table, wanted, stood, refs)
        return
    unit.session.execute(delete(table).where(table.c.id.in_([row["id"] for row in stood.values()])))
    ids = _ids(wanted, stood)
    for ref, fields in wanted.items():
        unit.session.execute(insert(table).values(**_row(table, case, ref, fields), **ids.get(ref, {})))


def _ids(wanted: Mapping[str, Fields], stood: Mapping[str, Fields]) -> dict[str, dict[str, int]]:
    """Each row has the number it had. Where one is missing all have new ones, because pages show them in this order."""
    return {ref: {"id": stood[ref]["id"]} for ref in wanted} if wanted.keys() <= stood.keys() else {}


def _lay_deadlines(
    unit: Work, case: Case, table: Table, wanted: Mapping[str, Fields], stood: Mapping[str, Fields], refs: list[str]
) -> None:
    """The ledger of rungs names deadlines, so they stay, stopped, until every one can run as it should."""
    for ref in refs:
        number = stood[ref]["id"] if ref in stood else None
        if ref not in wanted:
            unit.session.execute(delete(EVENT).where(EVENT.c.deadline_id == number))
            unit.session.execute(delete(table).where(table.c.id == number))
        elif number is not None:
            unit.session.execute(update(table).where(table.c.id == number).values(closed_at=unit.now))
    for ref in (one for one in refs if one in wanted):
        row = _row(table, case, ref, wanted[ref])
        if ref in stood:
            unit.session.execute(update(table).where(table.c.id == stood[ref]["id"]).values(**row))
        else:
            unit.session.execute(insert(table).values(**row, **_rung_by(unit, case, ref)))


def _rung_by(unit: Work, case: Case, ref: str) -> dict[str, int]:
    """The number of a deadline that is gone, by what the ledger of rungs still says of it."""
    told = select(ENTRY.c.id).where(
        ENTRY.c.case_id == case.id, ENTRY.c.kind == "time_passed", ENTRY.c.effects.contains(f'"{ref}"')
    )
    rung = select(EVENT.c.deadline_id).where(
        EVENT.c.entry_id.in_(told), EVENT.c.deadline_id.not_in(select(DEADLINE.c.id))
    )
    number = unit.session.execute(rung).scalars().first()
    return {} if number is None else {"id": number}


def _row(table: Table, case: Case, ref: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"public_id": ref, "case_id": case.id, **_typed(table, fields)}


def _typed(table: Table, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: typed(table.c[name], value) for name, value in fields.items()}
