"""What do other agencies know? A question has a clock of its own, until it is answered or no longer awaited."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import col, select

from pathway.acts import clocks, outsiders
from pathway.acts.audience import AGENCY
from pathway.acts.desk import Work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.patch import Patch
from pathway.acts.record import Telling
from pathway.store.adopted.editions import edition_of
from pathway.tables import Agency, Ask, AskEnd, Case
from pathway.tables.columns import public_id
from workflows import Asking, Outcome

INFORMATION = "information"
OWN = frozenset({INFORMATION})
"""Clocks that are started for each ask, and never for the case as a whole."""


def follow(unit: Work, case: Case, outcome: Outcome, patch: Patch, *, ends: bool = False) -> tuple[Telling, ...]:
    """What a beginning or a move does to the case's questions: puts one, ends one, or ends them all with the record;
    who hears.
    """
    if outcome.answers:
        how = AskEnd.given_up if outcome.given_up else AskEnd.answered
        end(unit, case, patch, [outcome.answers], how)
    if ends:
        waiting = [row.public_id for row in _waiting(unit, case) if row.public_id != outcome.answers]
        end(unit, case, patch, waiting, AskEnd.given_up)
    return () if outcome.asks is None else tuple(_ask(unit, case, outcome.asks, patch))


def _ask(unit: Work, case: Case, wanted: Asking, patch: Patch) -> Iterator[Telling]:
    ref = public_id()
    agency = _agency(unit, wanted.agency)
    patch.add(
        "ask",
        ref,
        agency_id=agency,
        asked_at=unit.now,
        asked_by_id=unit.viewer.id,
        ended_at=None,
        ended_how=None,
    )
    edition = edition_of(unit.session, case.authority, case.edition_hash)
    clocks.start(patch, edition, OWN, unit.now, about=ref)
    due_at = _due(patch, ref)
    if agency is not None:
        yield Telling("information_wanted", f"{AGENCY}{ref}", ref, due_at)
    if wanted.email:
        outside = outsiders.asked_by_mail(unit, case, wanted.of, wanted.email, ref)
        yield Telling("question_for_you", outside, ref, due_at)


def _due(patch: Patch, ref: str) -> datetime:
    due_at: datetime = next(one["due_at"] for one in patch.new["deadline"].values() if one["about"] == ref)
    return due_at


def _agency(unit: Work, ref: str) -> int | None:
    if not ref:
        return None
    found = unit.session.exec(
        select(Agency.id).where(col(Agency.public_id) == ref, col(Agency.authority) == unit.viewer.authority)
    ).first()
    if found is None:
        raise Unacceptable(FieldFault("agency", "No agency here has that reference. Choose from the list."))
    return found


def end(unit: Work, case: Case, patch: Patch, refs: list[str], how: AskEnd) -> None:
    """Questions that wait no longer, and their clocks."""
    for ref in refs:
        patch.change("ask", ref, ended_at=unit.now, ended_how=how)
    own = [one for one in clocks.running(unit, case) if one.about in refs]
    clocks.stop(patch, own, unit.now, how="no_longer_needed" if how is AskEnd.given_up else None)


def _waiting(unit: Work, case: Case) -> list[Ask]:
    return list(unit.session.exec(select(Ask).where(col(Ask.case_id) == case.id, col(Ask.ended_at).is_(None))).all())
