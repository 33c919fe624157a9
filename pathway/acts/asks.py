"""What do other agencies know? A question has a clock of its own, until it is answered or no longer awaited."""

from sqlmodel import col, select

from pathway.acts import clocks
from pathway.acts.desk import Work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.patch import Patch
from pathway.store.editions import edition_of
from pathway.tables import Agency, Ask, AskEnd, Case
from pathway.tables.columns import public_id
from workflows import Fired

INFORMATION = "information"
OWN = frozenset({INFORMATION})
"""Clocks that are started for each ask, and never for the case as a whole."""


def follow(unit: Work, case: Case, fired: Fired, patch: Patch) -> None:
    """What a move does to the case's questions: puts one, ends one, or ends them all with the record."""
    if fired.outcome.asks is not None:
        _ask(unit, case, fired, patch)
    if fired.outcome.answers:
        how = AskEnd.given_up if fired.outcome.given_up else AskEnd.answered
        _end(unit, case, patch, [fired.outcome.answers], how)
    if fired.ends:
        waiting = [row.public_id for row in _waiting(unit, case) if row.public_id != fired.outcome.answers]
        _end(unit, case, patch, waiting, AskEnd.given_up)


def _ask(unit: Work, case: Case, fired: Fired, patch: Patch) -> None:
    wanted = fired.outcome.asks
    ref = public_id()
    patch.add(
        "ask",
        ref,
        agency_id=_agency(unit, wanted.agency) if wanted else None,
        asked_at=unit.now,
        asked_by_id=unit.viewer.id,
        ended_at=None,
        ended_how=None,
    )
    edition = edition_of(unit.session, case.authority, case.edition_hash)
    clocks.start(patch, edition, OWN, unit.now, about=ref)


def _agency(unit: Work, ref: str) -> int | None:
    if not ref:
        return None
    found = unit.session.exec(
        select(Agency.id).where(col(Agency.public_id) == ref, col(Agency.authority) == unit.viewer.authority)
    ).first()
    if found is None:
        raise Unacceptable(FieldFault("agency", "No agency here has that reference. Choose from the list."))
    return found


def _end(unit: Work, case: Case, patch: Patch, refs: list[str], how: AskEnd) -> None:
    if not refs:
        return
    for ref in refs:
        patch.change("ask", ref, ended_at=unit.now, ended_how=how)
    own = [one for one in clocks.running(unit, case) if one.about in refs]
    clocks.stop(patch, own, unit.now, how="no_longer_needed" if how is AskEnd.given_up else None)


def _waiting(unit: Work, case: Case) -> list[Ask]:
    return list(unit.session.exec(select(Ask).where(col(Ask.case_id) == case.id, col(Ask.ended_at).is_(None))).all())
