"""What do those see who see no record? The question they were asked, or what became of what they told us."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, asks_put_to, case_of
from pathway.store.parts import details
from pathway.store.parts.details import minutes_left
from pathway.store.parts.heard import heard
from pathway.store.parts.situations import called
from pathway.store.parts.told_us import verified_outside
from pathway.store.parts.veil import veil_of, veil_over
from pathway.store.parts.views import Heard, QuestionView, ReferrerOutside
from pathway.tables import Ask, Case, CaseChild, Deadline, Outsider, Payload, Person, Practitioner
from pathway.tables.doors import OutsiderPart


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody outside may see, and of which record, for the log of looks; `reference` is what they call it."""

    case: str
    reference: str
    question: QuestionView | None = None
    heard: Heard | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """A question put to an agency, and of which record, for the log of looks alone."""

    case: str
    question: QuestionView


def seen_by(session: Session, outsider: Outsider, now: datetime) -> Seen:
    """One who was asked sees the question while it waits; one who told us its status, once they are verified."""
    case = session.exec(case_of(outsider)).one()
    if outsider.part is OutsiderPart.asked:
        waits = select(Ask).where(col(Ask.public_id) == outsider.about, col(Ask.ended_at).is_(None))
        ask = session.exec(waits).first()
        question = _questions(session, [ask], now)[ask.public_id] if ask else None
        return Seen(case.public_id, outsider.about, question=question)
    if outsider.id not in verified_outside(session, case):
        return Seen(case.public_id, case.public_id)
    told = heard(
        case, details.timeline_of(session, case, veil_of(session, case)), details.deadlines_of(session, case, now)
    )
    return Seen(case.public_id, case.public_id, heard=told)


def questions_put_to(session: Session, viewer: Viewer, now: datetime) -> tuple[Put, ...]:
    """What the viewer's agency is asked and hasn't answered, soonest due first."""
    rows = session.execute(
        asks_put_to(viewer).add_columns(col(Case.public_id)).join(Case, col(Case.id) == col(Ask.case_id))
    ).all()
    views = _questions(session, [ask for ask, _ in rows], now)
    found = (Put(case, views[ask.public_id]) for ask, case in rows)
    return tuple(sorted(found, key=lambda one: one.question.due_at or one.question.asked_at))


def question_put_to(session: Session, viewer: Viewer, ref: str, now: datetime) -> Put | None:
    """One of them; None where it isn't asked of the viewer's agency, or waits no longer."""
    return next((one for one in questions_put_to(session, viewer, now) if one.question.ref == ref), None)


def referrers_outside(session: Session, case: Case) -> tuple[ReferrerOutside, ...]:
    """Those without an account who told us of a case, for the people who work on it."""
    rows = session.exec(
        select(Outsider, Practitioner.name)
        .join(Practitioner, col(Practitioner.id) == col(Outsider.verified_by_id), isouter=True)
        .where(col(Outsider.case_id) == case.id, col(Outsider.part) == OutsiderPart.referrer)
        .order_by(col(Outsider.id))
    ).all()
    sees = verified_outside(session, case) if rows else ()
    return tuple(
        ReferrerOutside(
            ref=row.public_id,
            name=row.name,
            email=row.email,
            added_at=row.added_at,
            verified_at=row.verified_at,
            verified_by=name or "",
            verified_how=row.verified_how,
            sees_status=row.id in sees,
        )
        for row, name in rows
    )


def _questions(session: Session, asks: list[Ask], now: datetime) -> Mapping[str, QuestionView]:
    """Several questions in three queries, by reference."""
    bodies = dict(
        session.exec(
            select(Payload.entry_id, Payload.body).where(col(Payload.entry_id).in_([ask.entry_id for ask in asks]))
        ).all()
    )
    about = [ask.public_id for ask in asks]
    due = dict(session.exec(select(Deadline.about, Deadline.due_at).where(col(Deadline.about).in_(about))).all())
    children = _children(session, {ask.case_id for ask in asks})
    veil = veil_over(session, {ask.case_id for ask in asks})
    return {
        ask.public_id: QuestionView(
            ref=ask.public_id,
            question=veil.on(json.loads(bodies.get(ask.entry_id) or "{}")).get("question", ""),
            children=tuple(children.get(ask.case_id, ())),
            asked_at=ask.asked_at,
            due_at=due.get(ask.public_id),
            left_minutes=minutes_left(due[ask.public_id], now) if ask.public_id in due else None,
        )
        for ask in asks
    }


def _children(session: Session, cases: set[int]) -> dict[int, list[tuple[str, str]]]:
    """A name and a day of birth, without which nobody finds a child in their own records; never where they live."""
    rows = session.exec(
        select(CaseChild.case_id, Person)
        .join(Person, col(Person.id) == col(CaseChild.person_id))
        .where(col(CaseChild.case_id).in_(cases), col(CaseChild.until).is_(None))
        .order_by(col(CaseChild.id))
    ).all()
    found: dict[int, list[tuple[str, str]]] = {}
    for case_id, person in rows:
        found.setdefault(case_id, []).append((called(person), _born(person)))
    return found


def _born(person: Person) -> str:
    if person.born_on is not None:
        return f"born {person.born_on:%-d %B %Y}"
    if person.expected_on is not None:
        return f"expected {person.expected_on:%-d %B %Y}"
    if person.age_told is not None and person.age_told_on is not None:
        return f"aged {person.age_told}, as told on {person.age_told_on:%-d %B %Y}"
    return "date of birth not known"
