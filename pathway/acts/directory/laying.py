"""How do services become rows? In batches: the services that are new or changed, and what each is found by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Table, bindparam, delete, insert, select, update

from pathway.acts.desk import Work
from pathway.acts.directory.rows import Prepared, Row
from pathway.store.directory.oruk import Term
from pathway.tables import Organisation, Service, ServiceDay, ServiceLocation, ServiceTerm, ServiceWord, TaxonomyTerm
from pathway.tables.columns import public_id, table_of

ORGANISATION, TERM, SERVICE = table_of(Organisation), table_of(TaxonomyTerm), table_of(Service)
LOCATION, DAY, WORD, CLASSED = (table_of(one) for one in (ServiceLocation, ServiceDay, ServiceWord, ServiceTerm))
BATCH = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """A service that is in the directory already."""

    id: int
    digest: str
    gone_since: datetime | None


def lay_services(unit: Work, source: int, fresh: Sequence[Prepared]) -> None:
    """Lay services that are new or not as they were, each whole: its row, and what it is found by."""
    organisations = _kept(unit, ORGANISATION, source, {one.service.organization.id: _offers(one) for one in fresh})
    terms = _kept(unit, TERM, source, {term.id: _term(term) for one in fresh for term in one.service.terms})
    rows = {one.id: _row(unit, one, organisations[one.service.organization.id]) for one in fresh}
    ids = _kept(unit, SERVICE, source, rows)
    for table in (LOCATION, DAY, WORD, CLASSED):
        unit.session.execute(delete(table).where(table.c.service_id.in_(list(ids.values()))))
    found = [(ids[one.id], one.found_by()) for one in fresh]
    _put(unit, LOCATION, [{"service_id": of, **row} for of, each in found for row in each.locations])
    _put(unit, DAY, [{"service_id": of, **row} for of, each in found for row in each.days])
    _put(unit, WORD, [{"service_id": of, **row} for of, each in found for row in each.words])
    _put(
        unit,
        CLASSED,
        [{"service_id": ids[one.id], "term_id": terms[of.id]} for one in fresh for of in one.service.terms],
    )


def _kept(unit: Work, table: Table, source: int, rows: Mapping[str, Row]) -> Mapping[str, int]:
    """Rows of a source, added or put right; the ids of all, by what the source calls them."""
    before = _ids(unit, table, source, rows)
    _change(unit, table, [{"changed_id": before[one], **row} for one, row in rows.items() if one in before])
    new = [{"external_id": one, **row} for one, row in rows.items() if one not in before]
    _put(unit, table, [_owned(unit, source) | row for row in new])
    return _ids(unit, table, source, rows) if new else before


def _row(unit: Work, one: Prepared, organisation: int) -> Row:
    return {**one.row, "organisation_id": organisation, "imported_at": unit.now, "gone_since": None}


def _offers(one: Prepared) -> Row:
    return {"name": one.service.organization.name}


def _term(term: Term) -> Row:
    detail = term.taxonomy_detail
    return {
        "name": term.name,
        "description": term.description,
        "taxonomy_id": detail.id if detail else "",
        "taxonomy": detail.name if detail else term.taxonomy,
    }


def _ids(unit: Work, table: Table, source: int, called: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(list(called), BATCH):
        query = select(table.c.external_id, table.c.id).where(table.c.source_id == source)
        found |= {row[0]: row[1] for row in unit.session.execute(query.where(table.c.external_id.in_(some)))}
    return found


def _owned(unit: Work, source: int) -> Row:
    return {"public_id": public_id(), "authority": unit.viewer.authority, "source_id": source}


def _put(unit: Work, table: Table, rows: Sequence[Row]) -> None:
    for some in chunks(rows, BATCH):
        unit.session.execute(insert(table), list(some))


def _change(unit: Work, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        values = {name: bindparam(name, type_=table.c[name].type) for name in rows[0] if name != "changed_id"}
        changing = update(table).where(table.c.id == bindparam("changed_id")).values(values)
        unit.session.execute(changing, list(rows))


def chunks(every: Sequence[T], size: int) -> Iterable[Sequence[T]]:
    return (every[at : at + size] for at in range(0, len(every), size))
