"""What else should the record say? Notes, and corrections: an entry that corrects an entry, which stays."""

from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import NotFound
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.record import Done, Line, record
from pathway.acts.worded import check_text
from pathway.tables import Case, Entry
from workflows import refuse
from workflows.roles import READ_ONLY


def note(desk: Desk, viewer: Viewer, *, case: str, text: str, key: str | None = None) -> Done:
    """Add a note to a record whose whole the viewer may see."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("note", case, text), lambda: _noted(unit, case, text))


def correct(desk: Desk, viewer: Viewer, *, case: str, entry: str, text: str, key: str | None = None) -> Done:
    """Correct an entry by adding one that says what is right; the first stays, shown as corrected."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("correct", case, entry, text), lambda: _corrected(unit, case, entry, text))


def check_may_write(viewer: Viewer) -> None:
    if viewer.roles <= READ_ONLY:
        raise refuse("Your role reads records and doesn't write in them.", who_can="Ask the person who answers for it.")


def _noted(unit: Work, reference: str, text: str) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    return record(unit, case, Line("noted", said={"text": check_text(text)}))


def _corrected(unit: Work, reference: str, entry: str, text: str) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    corrected = _entry(unit, case, entry)
    return record(unit, case, Line("corrected", said={"text": check_text(text)}, corrects_id=corrected.id))


def _entry(unit: Work, case: Case, ref: str) -> Entry:
    found = unit.session.exec(select(Entry).where(col(Entry.public_id) == ref, col(Entry.case_id) == case.id)).first()
    if found is None:
        raise NotFound("entry")
    return found
