"""What does a list say of each case? Rows for some cases, in a fixed number of queries however many they are."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, select

from pathway.access import Answerable, Viewer, answers_for
from pathway.store.adopted.editions import edition_of
from pathway.store.adopted.processes import process_of
from pathway.store.parts.choosing import leads_of
from pathway.store.parts.details import minutes_left, stands_still
from pathway.store.parts.repeated import contacts_of
from pathway.store.parts.situations import called
from pathway.store.parts.views import AnswerableView, BoardRow, WaitView
from pathway.store.parts.words import kind_words
from pathway.tables import Agency, Ask, Case, CaseChild, Deadline, Payload, Person
from workflows.referral_facts import YesNo

NO_LEVEL = "Not yet known"
Children = list[tuple[CaseChild, Person]]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the cases in other tables, by case; `contacts` by person, `leads` where it was asked for."""

    children: Mapping[int, Children]
    due: Mapping[int, Deadline]
    answering: Mapping[int, Answerable]
    waits: Mapping[int, tuple[WaitView, ...]]
    contacts: Mapping[int, int]
    leads: Mapping[int, str]


def rows_of(
    session: Session,
    viewer: Viewer,
    cases: Sequence[Case],
    now: datetime,
    *,
    weeks: int | None = None,
    leads: bool = False,
) -> tuple[BoardRow, ...]:
    """A row for each case; with `weeks` it says how many contacts there were about its children in so many weeks,
    with `leads` by which move the viewer may take the next step.
    """
    ids = [case.id or 0 for case in cases]
    children = _children(session, ids)
    people = [person.id or 0 for rows in children.values() for _, person in rows]
    beside = Beside(
        children=children,
        due=_due(session, ids),
        answering=answers_for(session, ids, now),
        waits=_waits(session, ids, now),
        contacts=contacts_of(session, viewer, people, weeks, now),
        leads=leads_of(session, viewer, cases, now) if leads else {},
    )
    return tuple(_row(session, case, beside, now) for case in cases)


def _children(session: Session, ids: list[int]) -> dict[int, Children]:
    rows = session.exec(
        select(CaseChild, Person)
        .join(Person, col(Person.id) == col(CaseChild.person_id))
        .where(col(CaseChild.case_id).in_(ids))
        .order_by(col(CaseChild.id))
    ).all()
    found: dict[int, Children] = {}
    for row, person in rows:
        found.setdefault(row.case_id, []).append((row, person))
    return found


def _due(session: Session, ids: list[int]) -> dict[int, Deadline]:
    rows = session.exec(
        select(Deadline)
        .where(col(Deadline.case_id).in_(ids), col(Deadline.closed_at).is_(None), col(Deadline.obliged) == "us")
        .order_by(col(Deadline.due_at).desc())
    ).all()
    return {row.case_id: row for row in rows}


def _waits(session: Session, ids: list[int], now: datetime) -> dict[int, tuple[WaitView, ...]]:
    """The questions to other agencies that wait, by case, the soonest due first."""
    rows = session.exec(
        select(Ask.case_id, Agency.name, Payload.body, Deadline.due_at)
        .join(Payload, col(Payload.entry_id) == col(Ask.entry_id))
        .join(Agency, col(Agency.id) == col(Ask.agency_id), isouter=True)
        .join(
            Deadline,
            and_(col(Deadline.case_id) == col(Ask.case_id), col(Deadline.about) == col(Ask.public_id)),
            isouter=True,
        )
        .where(col(Ask.case_id).in_(ids), col(Ask.ended_at).is_(None))
        .order_by(col(Deadline.due_at), col(Ask.id))
    ).all()
    found: dict[int, tuple[WaitView, ...]] = {}
    for case, agency, body, due_at in rows:
        asked_of = (json.loads(body) if body else {}).get("asked_of", "")
        one = WaitView(agency or asked_of, minutes_left(due_at, now) if due_at else None)
        found[case] = (*found.get(case, ()), one)
    return found


def _row(session: Session, case: Case, beside: Beside, now: datetime) -> BoardRow:
    number = case.id or 0
    state = process_of(case).state(case.state)
    edition = edition_of(session, case.authority, case.edition_hash)
    children, due = beside.children.get(number, []), beside.due.get(number)
    stand = {row.level or row.advised_level for row, _ in children}
    return BoardRow(
        ref=case.public_id,
        kind=case.kind,
        kind_words=kind_words(case.kind),
        state=case.state,
        state_words=state.words,
        next_step=state.next_step,
        lead=beside.leads.get(number, ""),
        children=tuple(called(person) for _, person in children),
        immediate=case.immediate,
        safe_tonight=case.safe_tonight if process_of(case).taken_in or case.safe_tonight != YesNo.unknown else "",
        level_name=next((level.name for level in reversed(edition.levels_upward) if level.id in stand), NO_LEVEL),
        answerable=answerable_view(beside.answering.get(number)),
        received_at=case.received_at,
        due_at=due.due_at if due else None,
        due_name=due.name if due else "",
        left_minutes=minutes_left(due.due_at, now) if due else None,
        stands_still_until=due.paused_until if due and stands_still(due, now) else None,
        restricted=case.restricted,
        urgency=case.urgency,
        urgency_name=next((band.name for band in edition.urgencies if band.id == case.urgency), ""),
        waits=beside.waits.get(number, ()),
        contacts=max((beside.contacts.get(person.id or 0, 0) for _, person in children), default=0),
    )


def answerable_view(found: Answerable | None) -> AnswerableView:
    if found is None:
        return AnswerableView("", is_team=False, covers="")
    return AnswerableView(found.name, is_team=found.is_team, covers=found.covers)
