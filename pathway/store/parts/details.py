"""What belongs to one case? Its children, clocks, timeline, documents and assignments, as views."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from sqlmodel import Session, col, select

from pathway.access import HOLDS, Viewer
from pathway.clock import day_of
from pathway.store.adopted.processes import process_of
from pathway.store.parts.own_words import for_history
from pathway.store.parts.situations import called
from pathway.store.parts.veil import Veil
from pathway.store.parts.views import (
    AssignmentView,
    ChildView,
    ChoiceView,
    DeadlineView,
    DocumentView,
    EntryView,
    RefusalView,
)
from pathway.store.parts.words import decision_words, what_happened
from pathway.tables import (
    Assignment,
    Case,
    CaseChild,
    Deadline,
    Document,
    Entry,
    Payload,
    Person,
    Practitioner,
    Team,
)
from pathway.tables.cases import AssignmentKind
from thresholds import Edition
from workflows import Choice

NOTHING_ASKED: Mapping[str, str] = MappingProxyType({})


def children_of(session: Session, case: Case, edition: Edition, now: datetime) -> tuple[ChildView, ...]:
    rows = session.exec(
        select(CaseChild, Person)
        .join(Person, col(Person.id) == col(CaseChild.person_id))
        .where(col(CaseChild.case_id) == case.id)
        .order_by(col(CaseChild.id))
    ).all()
    levels = {level.id: level.name for level in edition.levels}
    places = {place.id: place.name for place in edition.destinations}
    return tuple(_child(row, person, levels, places, now) for row, person in rows)


def _child(row: CaseChild, person: Person, levels: dict[str, str], places: dict[str, str], now: datetime) -> ChildView:
    return ChildView(
        ref=row.public_id,
        person=person.public_id,
        name=called(person),
        born_on=person.born_on,
        expected_on=person.expected_on,
        age=age_in_words(person, day_of(now)),
        immediate=row.immediate,
        advised_level=row.advised_level,
        advised_level_name=levels.get(row.advised_level or "", "Not yet known"),
        advised_destination_name=places.get(row.advised_destination or "", ""),
        level=row.level,
        level_name=levels.get(row.level or "", ""),
        decision=row.decision,
        decision_words=decision_words(row.decision),
        destination_name=places.get(row.destination or "", ""),
        proposed_words=decision_words(row.proposed_decision),
        taken_up=row.taken_up_at is not None,
        decided_at=row.decided_at,
    )


def age_in_words(person: Person, today: date) -> str:
    """An age as people say it: weeks and months for a baby, and never a guess."""
    if person.expected_on is not None:
        return f"expected {person.expected_on:%-d %B %Y}"
    if person.born_on is not None:
        return _aged(person.born_on, today)
    if person.age_told is not None:
        return f"{person.age_told}, as told"
    return "age not known"


def _aged(born_on: date, today: date) -> str:
    years = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    if years >= 2:
        return str(years)
    weeks = (today - born_on).days // 7
    if weeks < 13:
        return f"{weeks} week{'' if weeks == 1 else 's'}"
    months = (today.year - born_on.year) * 12 + today.month - born_on.month - (today.day < born_on.day)
    return f"{months} months"


def deadlines_of(
    session: Session, case: Case, now: datetime, asked_of: Mapping[str, str] = NOTHING_ASKED
) -> tuple[DeadlineView, ...]:
    """Every clock of a case, the first due first; one about a question, by its reference, says of whom it was asked."""
    rows = session.exec(select(Deadline).where(col(Deadline.case_id) == case.id).order_by(col(Deadline.due_at))).all()
    return tuple(_deadline(row, asked_of.get(row.about, ""), now) for row in rows)


def _deadline(row: Deadline, asked_of: str, now: datetime) -> DeadlineView:
    return DeadlineView(
        ref=row.public_id,
        limit=row.limit_id,
        name=f"{row.name}: {asked_of}" if asked_of else row.name,
        obliged=row.obliged,
        started_at=row.started_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        closed_how=row.closed_how,
        explanation=tuple(json.loads(row.explanation)),
        predicted=row.predicted,
        left_minutes=minutes_left(row.due_at, now),
        paused_until=row.paused_until,
        waits=stands_still(row, now),
    )


def stands_still(row: Deadline, now: datetime) -> bool:
    return row.closed_at is None and row.paused_until is not None and row.paused_until > now


def minutes_left(due_at: datetime, now: datetime) -> int:
    return int((due_at - now).total_seconds() // 60)


def timeline_of(session: Session, case: Case, veil: Veil) -> tuple[EntryView, ...]:
    """Newest first, with what is sealed left out."""
    rows = session.exec(
        select(Entry, Payload, Practitioner.name)
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(col(Entry.case_id) == case.id)
        .order_by(col(Entry.sequence).desc())
    ).all()
    refs: dict[int | None, str] = {entry.id: entry.public_id for entry, _, _ in rows}
    corrected: dict[int | None, str] = {
        entry.corrects_id: entry.public_id for entry, _, _ in rows if entry.corrects_id is not None
    }
    return tuple(_entry(case, entry, payload, name, refs, corrected, veil) for entry, payload, name in rows)


def _entry(
    case: Case,
    entry: Entry,
    payload: Payload,
    name: str,
    refs: dict[int | None, str],
    corrected: dict[int | None, str],
    veil: Veil,
) -> EntryView:
    return EntryView(
        ref=entry.public_id,
        sequence=entry.sequence,
        kind=entry.kind,
        words=what_happened(process_of(case), entry.kind),
        who=name,
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        said=for_history(veil.on(json.loads(payload.body))) if payload.body else {},
        erased=payload.erased_at is not None,
        corrects=refs.get(entry.corrects_id) if entry.corrects_id else None,
        corrected_by=corrected.get(entry.id),
    )


def documents_of(session: Session, case: Case, veil: Veil) -> tuple[DocumentView, ...]:
    rows = session.exec(
        select(Document, Practitioner.name)
        .join(Practitioner, col(Practitioner.id) == col(Document.added_by_id))
        .where(col(Document.case_id) == case.id)
        .order_by(col(Document.id))
    ).all()
    return tuple(
        DocumentView(row.public_id, veil.on(row.name), row.media_type, row.bytes, row.added_at, name)
        for row, name in rows
    )


def assignments_of(session: Session, case: Case, viewer: Viewer, now: datetime) -> tuple[AssignmentView, ...]:
    """Who holds it, covers it or has been asked to take it, as it stands."""
    rows = session.exec(
        select(Assignment, Practitioner.name, Team.name)
        .join(Practitioner, col(Practitioner.id) == col(Assignment.practitioner_id), isouter=True)
        .join(Team, col(Team.id) == col(Assignment.team_id), isouter=True)
        .where(
            col(Assignment.case_id) == case.id,
            col(Assignment.status).in_(HOLDS),
        )
        .order_by(col(Assignment.id))
    ).all()
    return tuple(
        AssignmentView(
            ref=row.public_id,
            who=person or team or "",
            is_team=row.team_id is not None,
            kind=row.kind,
            status=row.status,
            since=row.starts_at,
            until=row.ends_at,
            is_viewer=row.practitioner_id == viewer.id,
        )
        for row, person, team in rows
        if row.kind is AssignmentKind.answerable or row.ends_at is None or row.ends_at > now
    )


def choice_view(choice: Choice, state: str) -> ChoiceView:
    return ChoiceView(
        move=choice.move.name,
        words=choice.move.words,
        protective=choice.move.protective,
        leads=choice.leads,
        stays=choice.move.paths[state] == state,
        has_facts=choice.move.has_facts,
        refusals=tuple(RefusalView(one.sentence, one.who_can, one.where) for one in choice.refusals),
    )
