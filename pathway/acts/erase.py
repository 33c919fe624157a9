"""May what was written be erased? The text of one entry, for good, with a reason; the entry and its chain stay."""

from sqlalchemy import update
from sqlmodel import col, select

from pathway.access import Viewer, every_case
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import NotFound
from pathway.acts.once import once
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, erase_texts, record, record_for_authority
from pathway.acts.worded import check_reason
from pathway.clock import LONDON
from pathway.store.adopted.processes import process_of
from pathway.store.history.links import ERASED
from pathway.store.parts.told import TELLING
from pathway.store.parts.words import what_happened
from pathway.tables import Ask, Case, Draft, Entry, Payload, Task
from pathway.tables.columns import table_of
from workflows import refuse
from workflows.roles import KEEPERS

DRAFT = table_of(Draft)
ASK_WHY = "Say why it is erased, and who decided, in a sentence. It stays on the record."


def erase(desk: Desk, viewer: Viewer, *, entry: str, reason: str, key: str | None = None) -> Done:
    """Erase the text of an entry, by its reference, and the used drafts of its record, which say the same.

    Whoever keeps the history needn't be able to see the record: nothing of it is shown to them. Raises `Refused`
    where the record is under a legal hold, or something still waits on what was written.
    """
    with work(desk, viewer) as unit:
        return once(unit, key, ("erase", entry, reason), lambda: _erased(unit, entry, reason))


def check_keeps_history(viewer: Viewer) -> None:
    if not viewer.has(*KEEPERS):
        who = "Ask an administrator or head of service."
        raise refuse("Erasing and putting history right isn't part of your role.", who_can=who)


def _erased(unit: Work, ref: str, reason: str) -> Done:
    check_keeps_history(unit.viewer)
    why = check_reason(reason, ASK_WHY)
    row = _entry(unit, ref)
    case = _case(unit, row)
    _check_stands(unit, row)
    patch = Patch()
    patch.change("payload", ref, erased_at=unit.now, erased_by_id=unit.viewer.id)
    line = Line(ERASED, patch, said={"erased": _called(row, case), "reason": why})
    if case is None:
        erase_texts(unit, patch.changed["payload"])
        return record_for_authority(unit, line)
    _check_nothing_waits(unit, case, row)
    _empty_drafts(unit, case)
    return record(unit, case, line)


def _entry(unit: Work, ref: str) -> Entry:
    own = select(Entry).where(col(Entry.public_id) == ref, col(Entry.authority) == unit.viewer.authority)
    found = unit.session.exec(own).first()
    if found is None:
        raise NotFound("entry")
    return found


def _case(unit: Work, entry: Entry) -> Case | None:
    if entry.case_id is None:
        return None
    return unit.session.exec(every_case().where(col(Case.id) == entry.case_id).with_for_update()).one()


def _check_stands(unit: Work, entry: Entry) -> None:
    stands = select(Payload.entry_id).where(col(Payload.entry_id) == entry.id, col(Payload.body).is_not(None))
    if unit.session.exec(stands).first() is None:
        raise refuse("What this entry said has been erased already.", who_can="Nothing is left to do.")


def _check_nothing_waits(unit: Work, case: Case, entry: Entry) -> None:
    if case.legal_hold:
        raise refuse("This record is kept as evidence.", who_can="Whoever asked for the hold says when it ends.")
    if case.closed_at is None and entry.kind in TELLING and not _told_since(unit, entry):
        raise refuse(
            "This is what was told of a child whose record is open.",
            who_can="Whoever answers for it says what is right by 'Tell more'; then this can be erased.",
        )
    task = select(Task.id).where(col(Task.about) == entry.public_id, col(Task.done_at).is_(None))
    ask = select(Ask.id).where(col(Ask.entry_id) == entry.id, col(Ask.ended_at).is_(None))
    if unit.session.exec(task).first() is not None or unit.session.exec(ask).first() is not None:
        raise refuse(
            "Somebody still has to answer what was written here.",
            who_can="Whoever answers for the record sees to that first; then this can be erased.",
        )


def _told_since(unit: Work, entry: Entry) -> bool:
    later = select(Entry.id).join(Payload, col(Payload.entry_id) == col(Entry.id))
    later = later.where(
        col(Entry.case_id) == entry.case_id,
        col(Entry.kind).in_(TELLING),
        col(Entry.sequence) > entry.sequence,
        col(Payload.body).is_not(None),
    )
    return unit.session.exec(later).first() is not None


def _empty_drafts(unit: Work, case: Case) -> None:
    """A form that has become an entry was kept as it was typed, and would say all of it still."""
    used = (DRAFT.c.case_id == case.id) & DRAFT.c.used_at.is_not(None)
    unit.session.execute(update(DRAFT).where(used).values(body="{}"))


def _called(entry: Entry, case: Case | None) -> str:
    """Which entry it was, in words: what happened, when, and its reference."""
    words = entry.kind.replace("_", " ") if case is None else what_happened(process_of(case), entry.kind)
    return f"{words}, {entry.recorded_at.astimezone(LONDON):%H:%M on %-d %B %Y} (entry {entry.public_id})"
