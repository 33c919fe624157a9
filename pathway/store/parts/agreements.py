"""Who on a record was asked to agree to what, and what did they say? One reading for the page and the API."""

import json
from typing import Any

from sqlmodel import Session, col, select

from pathway.store.parts.situations import called
from pathway.store.parts.veil import Veil
from pathway.store.parts.views import AgreementView
from pathway.tables import Agreement, Case, Payload, Person, Practitioner


def agreements_on(session: Session, case: Case, veil: Veil) -> tuple[AgreementView, ...]:
    """What everybody said, newest first; one whose words were erased keeps only that it was given or not."""
    rows = session.exec(
        select(Agreement, Person, Payload.body, Practitioner.name)
        .join(Person, col(Person.id) == col(Agreement.person_id))
        .join(Payload, col(Payload.entry_id) == col(Agreement.entry_id))
        .join(Practitioner, col(Practitioner.id) == col(Agreement.asked_by_id))
        .where(col(Agreement.case_id) == case.id)
        .order_by(col(Agreement.id).desc())
    ).all()
    return tuple(_view(row, person, veil.on(json.loads(body)) if body else {}, by) for row, person, body, by in rows)


def _view(row: Agreement, person: Person, asked: dict[str, Any], by: str) -> AgreementView:
    return AgreementView(
        ref=row.public_id,
        who=called(person),
        person=person.public_id,
        asked_for=row.asked_for,
        what=asked.get("what", ""),
        whom=asked.get("whom", ""),
        reply=row.reply,
        reason=asked.get("reason", ""),
        offered=asked.get("offered", ""),
        barrier=asked.get("barrier", ""),
        asked_on=row.asked_on,
        asked_by=by,
        ended_at=row.ended_at,
        ended_how=row.ended_how,
        weighed_at=row.weighed_at,
    )
