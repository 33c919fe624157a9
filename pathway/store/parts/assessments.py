"""Which assessments stand on a record, and which may be begun there?"""

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from pathway.store.adopted.editions import edition_of
from pathway.store.parts.views import AssessmentOnRecord
from pathway.tables import Assessment, Case, Practitioner
from thresholds import Edition
from thresholds.published.forms import Form


def may_begin(edition: Edition) -> tuple[Form, ...]:
    """The forms that a practitioner fills in; a family's own goes another way."""
    return tuple(
        form
        for form in edition.forms
        if form.purpose == "assessment" and form.filled_by == "practitioner" and not form.not_in_care
    )


def assessments_on(session: Session, case: Case) -> tuple[AssessmentOnRecord, ...]:
    """Newest first."""
    began, completed = aliased(Practitioner), aliased(Practitioner)
    rows = session.exec(
        select(Assessment, began.name, completed.name)
        .join(began, col(began.id) == col(Assessment.begun_by_id))
        .join(completed, col(completed.id) == col(Assessment.completed_by_id), isouter=True)
        .where(col(Assessment.case_id) == case.id)
        .order_by(col(Assessment.id).desc())
    ).all()
    return tuple(
        AssessmentOnRecord(
            ref=row.public_id,
            name=edition_of(session, row.authority, row.edition_hash).form(row.form).name,
            light=row.light,
            begun_at=row.begun_at,
            begun_by=by,
            completed_at=row.completed_at,
            completed_by=ended_by or "",
        )
        for row, by, ended_by in rows
    )
