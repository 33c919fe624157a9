"""How does a record come to be? Its row, and a patch that holds what the row began as."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.tables import Case
from pathway.tables.columns import public_id, table_of
from workflows import Process
from workflows.referral_facts import YesNo

BEGAN_AS = (
    "process", "process_hash", "edition_hash", "kind", "state", "occurred_at", "received_at", "received_by_id",
    "referrer_id", "referrer_agency_id", "source_code", "safe_tonight", "immediate", "restricted",
)  # fmt: skip


def new_case(
    unit: Work,
    process: Process,
    *,
    edition_hash: str,
    kind: str,
    occurred_at: datetime,
    source_code: str,
    safe_tonight: YesNo,
    immediate: bool = False,
    restricted: bool = False,
    referrer_id: int | None = None,
    referrer_agency_id: int | None = None,
    parent_id: int | None = None,
) -> tuple[Case, Patch]:
    """A row that nothing has been recorded of yet, in the state in which its process opens."""
    values: dict[str, Any] = {
        "public_id": public_id(),
        "authority": unit.viewer.authority,
        "process": process.name,
        "process_hash": process.hash,
        "edition_hash": edition_hash,
        "kind": kind,
        "state": process.opening.state,
        "parent_id": parent_id,
        "occurred_at": occurred_at,
        "received_at": unit.now,
        "received_by_id": unit.viewer.id,
        "referrer_id": referrer_id,
        "referrer_agency_id": referrer_agency_id,
        "source_code": source_code,
        "safe_tonight": safe_tonight,
        "immediate": immediate,
        "restricted": restricted,
    }
    case_id = unit.session.execute(insert(table_of(Case)).values(**values).returning(table_of(Case).c.id)).scalar_one()
    case, patch = Case(id=case_id, version=1, sequence=0, head="", **values), Patch()
    patch.add("case", case.public_id, **{name: values[name] for name in BEGAN_AS}, closed_at=None, offered_to_id=None)
    return case, patch
