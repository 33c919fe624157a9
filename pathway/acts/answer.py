"""What does another agency know? They answer it themselves, signed in or outside, and never see the record."""

from sqlmodel import col, select

from pathway.access import Viewer, asks_put_to
from pathway.acts import asks
from pathway.acts.codes import Visitor
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import NotFound
from pathway.acts.once import once
from pathway.acts.opened import opened_by
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, record
from pathway.acts.whoever_answers import ask_whoever_answers
from pathway.acts.worded import check_text
from pathway.tables import Ask, Case
from pathway.tables.cases import AskEnd
from pathway.tables.timing import TaskKind
from workflows import refuse

SAY = "Write what you know, or say that you know nothing."
CAME = "An answer has come to what was asked about this record. Read it beside the others."


def answer_asked(desk: Desk, viewer: Viewer, *, ask: str, learned: str, key: str | None = None) -> Done:
    """Answer a question that an agency of the viewer's was asked."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("answer_asked", ask, learned), lambda: _by_agency(unit, ask, learned))


def answer_outside(desk: Desk, visitor: Visitor, *, learned: str, key: str) -> Done:
    """Answer the question that a visitor was asked. Raises `Refused` where it waits no longer."""
    ask, own_key = visitor.outsider.about, f"{visitor.ref}:{key}"[:100]
    with work(desk, visitor.system) as unit:
        return once(unit, own_key, ("answer_outside", ask, learned), lambda: _by_visitor(unit, visitor, learned))


def _by_agency(unit: Work, ref: str, learned: str) -> Done:
    case = _locked(unit, ref)
    row = unit.session.exec(asks_put_to(unit.viewer).where(col(Ask.public_id) == ref)).first()
    if case is None or row is None:
        raise NotFound("question")
    agencies = ", ".join(unit.viewer.agency_names)
    return _answered(unit, case, row, learned, f"{unit.viewer.name}, {agencies}, signed in")


def _by_visitor(unit: Work, visitor: Visitor, learned: str) -> Done:
    ref = visitor.outsider.about
    case = _locked(unit, ref)
    row = unit.session.exec(select(Ask).where(col(Ask.public_id) == ref, col(Ask.ended_at).is_(None))).first()
    if case is None or row is None:
        raise refuse(
            "This question isn't waiting for an answer any more, so nothing was saved.",
            who_can=f"If what you know still matters, ring {unit.settings.ring} and give the reference.",
        )
    return _answered(unit, case, row, learned, visitor.called)


def _locked(unit: Work, ask: str) -> Case | None:
    return opened_by(unit, select(Ask.case_id).where(col(Ask.public_id) == ask))


def _answered(unit: Work, case: Case, ask: Ask, learned: str, by: str) -> Done:
    words = check_text(learned, "learned", SAY)
    patch = Patch()
    asks.end(unit, case, patch, [ask.public_id], AskEnd.answered)
    said = {"ask": ask.public_id, "learned": words, "by": by}
    done = record(unit, case, Line("answer", patch, said=said, by_officer=False))
    ask_whoever_answers(unit, case, TaskKind.answer_came, ask.public_id, CAME)
    return done
