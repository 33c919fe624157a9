"""Who may know of a restricted record? Whoever answers for it and those named on it, and nobody else."""

from datetime import datetime

from sqlmodel import col, select

from pathway.access import answers_for, everybody_there
from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.tables import Case, Grant
from pathway.tables.cases import GrantWhy
from pathway.tables.columns import public_id


def who_may_know(unit: Work, case_id: int) -> tuple[int, ...]:
    """Whoever answers for it, then those named on it: who is there comes before who isn't."""
    holder = answers_for(unit.session, [case_id], unit.now).get(case_id)
    answering = sorted(holder.practitioner_ids) if holder is not None and not holder.is_team else []
    named = [grant.practitioner_id for grant in _named(unit, case_id)]
    here = everybody_there(unit.session, unit.now)
    return tuple(dict.fromkeys((*answering, *(one for one in named if one in here), *named)))


def whom_to_ask(unit: Work, case_id: int) -> int | None:
    """Whoever answers for a restricted record; else one of those named on it."""
    return next(iter(who_may_know(unit, case_id)), None)


def grant(unit: Work, patch: Patch, practitioner_id: int, why: GrantWhy, until: datetime | None = None) -> None:
    """From now on this practitioner may see the record that the patch is about."""
    patch.add(
        "access_grant",
        public_id(),
        practitioner_id=practitioner_id,
        why=why,
        given_at=unit.now,
        given_by_id=unit.viewer.id,
        until=until,
        reviewed_at=None,
        reviewed_by_id=None,
    )


def named_no_more(unit: Work, case: Case, patch: Patch) -> None:
    """Whoever said that they know somebody on an open record isn't thereby among those whom a restriction names."""
    for one in _named(unit, case.id or 0):
        patch.change("access_grant", one.public_id, until=unit.now)


def _named(unit: Work, case_id: int) -> list[Grant]:
    rows = select(Grant).where(
        col(Grant.case_id) == case_id, col(Grant.why) == GrantWhy.named, col(Grant.until).is_(None)
    )
    return list(unit.session.exec(rows.order_by(col(Grant.id))).all())
