"""How is an assessment begun, widened and completed? It decides nothing: what it comes to, people decide elsewhere.

It may be begun on any open record by whoever may write there; protecting a child never waits for it.
"""

from collections.abc import Iterator

from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.note import check_may_write
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, record
from pathway.store.adopted.editions import edition_of
from pathway.store.parts.assessments import may_begin
from pathway.store.records.assessments import field_of, suggestion
from pathway.store.records.filled import Filling, filling_of
from pathway.tables import Assessment, Case
from pathway.tables.columns import public_id
from thresholds.filling.opened import Spot, asked
from thresholds.filling.progress import progress
from workflows import refuse
from workflows.assessment_facts import AssessmentBegun, Extent


def begin_assessment(desk: Desk, viewer: Viewer, *, case: str, told: AssessmentBegun, key: str | None = None) -> Done:
    """Begin an assessment by one of the document's forms. `named` gives it. Raises `Unacceptable`, `Refused`."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("begin_assessment", case, told), lambda: _begun(unit, case, told))


def widen_assessment(desk: Desk, viewer: Viewer, *, case: str, assessment: str, key: str | None = None) -> Done:
    """Ask every question of the form from now on. What was answered stays as it is."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("widen_assessment", case, assessment), lambda: _widened(unit, case, assessment))


def complete_assessment(desk: Desk, viewer: Viewer, *, case: str, assessment: str, key: str | None = None) -> Done:
    """Say that an assessment is complete. Raises `Unacceptable` with everything that is left, section by section."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("complete_assessment", case, assessment), lambda: _completed(unit, case, assessment))


def written_on(unit: Work, reference: str) -> Case:
    """A record on which assessments are written. Raises `NotFound`, and `Refused` once it has ended."""
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    if case.closed_at is not None:
        raise refuse(
            "This record has ended, so its assessments stay as they are.",
            who_can="Whoever may open it again does that first; or write on the family's open record.",
        )
    return case


def open_on(unit: Work, reference: str, assessment: str) -> tuple[Case, Filling]:
    """An assessment that is still being written. Raises `NotFound`, and `Refused` once it is complete."""
    case = written_on(unit, reference)
    filling = filling_of(unit.session, unit.viewer, case, assessment, unit.now)
    if filling is None:
        raise NotFound("assessment")
    if filling.row.completed_at is not None:
        raise refuse(
            "This assessment is complete, and stays as it is.", who_can="Begin another to say what has changed since."
        )
    return case, filling


def _begun(unit: Work, reference: str, told: AssessmentBegun) -> Done:
    case = written_on(unit, reference)
    forms = {form.id: form for form in may_begin(edition_of(unit.session, case.authority, case.edition_hash))}
    if told.form not in forms:
        raise Unacceptable(FieldFault("form", "Choose a form that your partnership's document has for practitioners."))
    if _is_open(unit, case, told.form):
        raise refuse(
            f"“{forms[told.form].name}” is open on this record already.",
            who_can="Go on with that one, or complete it first.",
        )
    patch, ref = Patch(), public_id()
    patch.add(
        "assessment",
        ref,
        form=told.form,
        edition_hash=case.edition_hash,
        light=told.extent is Extent.light,
        follows=_completed_last(unit, case, told.form),
        begun_at=unit.now,
        begun_by_id=unit.viewer.id,
    )
    said = {"assessment": ref, "form": forms[told.form].name, "extent": told.extent}
    done = record(unit, case, Line("assessment_begun", patch, said=said))
    return Done(done.case, done.version, done.entry, done.sequence, {"assessment": ref})


def _is_open(unit: Work, case: Case, form: str) -> bool:
    running = select(Assessment.id).where(
        col(Assessment.case_id) == case.id, col(Assessment.form) == form, col(Assessment.completed_at).is_(None)
    )
    return unit.session.exec(running).first() is not None


def _completed_last(unit: Work, case: Case, form: str) -> str | None:
    """The one that this one reviews: the last by the same form that was completed on the record."""
    last = (
        select(Assessment.public_id)
        .where(col(Assessment.case_id) == case.id, col(Assessment.form) == form)
        .order_by(col(Assessment.id).desc())
    )
    return unit.session.exec(last).first()


def _widened(unit: Work, reference: str, assessment: str) -> Done:
    case, filling = open_on(unit, reference, assessment)
    if not filling.row.light:
        raise refuse("This assessment is the full one already.", who_can="Go on with it.")
    patch = Patch()
    patch.change("assessment", assessment, light=False)
    return record(unit, case, Line("assessment_widened", patch, said=_named(filling)))


def _completed(unit: Work, reference: str, assessment: str) -> Done:
    case, filling = open_on(unit, reference, assessment)
    if faults := (*_left(filling), *_without_reason(filling)):
        raise Unacceptable(*faults)
    patch = Patch()
    patch.change("assessment", assessment, completed_at=unit.now, completed_by_id=unit.viewer.id)
    return record(unit, case, Line("assessment_completed", patch, said=_named(filling)))


def _named(filling: Filling) -> dict[str, str]:
    return {"assessment": filling.row.public_id, "form": filling.form.name}


def _left(filling: Filling) -> Iterator[FieldFault]:
    """Every question without which it isn't complete, with its section."""
    for part in progress(filling.form, filling.people, filling.values, light=filling.row.light):
        for spot in part.left:
            sentence = f"{part.part.name}: {asked_in_words(filling, spot)} isn't answered yet."
            yield FieldFault(field_of(spot), sentence)


def _without_reason(filling: Filling) -> Iterator[FieldFault]:
    """Ratings that are otherwise than suggested, and don't say why."""
    for spot in asked(filling.form, filling.people, filling.values, light=filling.row.light):
        stands, found = filling.current.get(spot), suggestion(spot, filling)
        if stands and stands.value and found and stands.value != found.rating and not stands.reason:
            why = f"What was answered suggests “{found.words}”. Say why you decide otherwise."
            yield FieldFault(f"{field_of(spot)}.reason", f"{asked_in_words(filling, spot)} {why}")


def asked_in_words(filling: Filling, spot: Spot) -> str:
    """A question and about whom, as a sentence names it."""
    who = filling.called(spot[1])
    return f"“{filling.form.by_id[spot[0]].asks}”{f' about {who}' if who else ''}"
