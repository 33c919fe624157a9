"""What has been answered in one assessment, of whom does it ask, and what may this viewer read of it?

What acts check and what pages show are read here, the same way.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, select

from pathway.access import Viewer
from pathway.clock import day_of
from pathway.store.adopted.editions import edition_of
from pathway.store.parts.details import age_in_words
from pathway.store.parts.own_words import managed_by, may_read
from pathway.store.parts.seen import people_on
from pathway.store.parts.situations import called
from pathway.store.parts.veil import Veil, veil_of
from pathway.tables import Answer, Assessment, Case, CaseChild, Payload, Person, Practitioner, Tie
from pathway.tables.people import PersonKind
from thresholds.filling.opened import FAMILY, Answers, People, Spot, Value
from thresholds.published.forms import Form
from workflows.assessment_facts import Readers
from workflows.referral_facts import BRINGS_UP, Relation

ASKED = BRINGS_UP | {Relation.unknown}
"""Who is asked as a parent or carer: whoever brings the child up, or may."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it was given. An erased one, or one emptied, has no value; `by_id` wrote or confirmed it."""

    ref: str
    spot: Spot
    value: Value
    reason: str
    readers: Readers | None
    at: datetime
    by: str
    by_id: int
    entry_id: int
    brought_from_id: int | None
    erased: bool
    may_read: bool = True


@dataclass(frozen=True)
class Filling:
    """One assessment, and everything said in it, oldest first."""

    row: Assessment
    form: Form
    people: People
    persons: Mapping[str, Person]
    """Those asked, by reference."""

    said: Sequence[Said]
    today: date
    veil: Veil
    read_with: frozenset[int]

    @cached_property
    def current(self) -> dict[Spot, Said]:
        """The newest answer to each question about each."""
        return {one.spot: one for one in self.said}

    @cached_property
    def values(self) -> Answers:
        return {spot: one.value for spot, one in self.current.items() if one.value}

    def called(self, about: str) -> str:
        """Their name; of two with one name also their age and reference, so that nobody is taken for another."""
        if about not in self.persons:
            return ""
        asked = [self.persons[one] for one in (*self.people.children, *self.people.adults)]
        person, name = self.persons[about], called(self.persons[about])
        alone = sum(1 for one in asked if called(one) == name) < 2
        return name if alone else f"{name}, {age_in_words(person, self.today)}, {about}"


def filling_of(session: Session, viewer: Viewer, case: Case, ref: str, now: datetime) -> Filling | None:
    """An assessment of a record that the viewer sees whole; some ten queries, however much was answered."""
    own = select(Assessment).where(col(Assessment.public_id) == ref, col(Assessment.case_id) == case.id)
    row = session.exec(own).first()
    if row is None:
        return None
    form = edition_of(session, case.authority, row.edition_hash).form(row.form)
    seen = {person.id: person for person in people_on(session, viewer, case, now)}
    read_with, veil = managed_by(session, viewer, now), veil_of(session, case)
    given = [one for one in answers_in(session, [ref], veil, read_with) if one[1] is None or one[1] in seen]
    said = [_about(one, seen[person].public_id if person else FAMILY) for one, person, _ in given]
    people = _who_answered(seen.values(), said) if row.completed_at else _asked(session, case, seen)
    persons = {person.public_id: person for person in seen.values()}
    return Filling(row, form, people, persons, said, day_of(now), veil, read_with)


def _about(said: Said, about: str) -> Said:
    return replace(said, spot=(said.spot[0], about))


def _asked(session: Session, case: Case, seen: Mapping[int | None, Person]) -> People:
    """The children of the record as it stands, and whoever brings them up."""
    children = session.exec(
        select(CaseChild.person_id)
        .where(col(CaseChild.case_id) == case.id, col(CaseChild.until).is_(None))
        .order_by(col(CaseChild.id))
    ).all()
    adults = session.exec(
        select(Tie.person_id)
        .where(col(Tie.case_id) == case.id, col(Tie.until).is_(None), col(Tie.relation).in_(ASKED))
        .order_by(col(Tie.id))
    ).all()
    grown = (one for one in dict.fromkeys(adults) if one in seen and seen[one].kind is PersonKind.adult)
    return People(_refs(children, seen), _refs(grown, seen))


def _refs(ids: Iterable[int], seen: Mapping[int | None, Person]) -> tuple[str, ...]:
    return tuple(seen[one].public_id for one in ids if one in seen)


def _who_answered(seen: Iterable[Person], said: Iterable[Said]) -> People:
    """Of a completed one: whom it was about then, wherever they are now."""
    named = {one.spot[1] for one in said}
    asked = [person for person in seen if person.public_id in named]
    adults = tuple(one.public_id for one in asked if one.kind is PersonKind.adult)
    return People(tuple(one.public_id for one in asked if one.kind is not PersonKind.adult), adults)


def answers_in(
    session: Session, assessments: Iterable[str], veil: Veil, read_with: frozenset[int]
) -> list[tuple[Said, int | None, str]]:
    """Everything said in these assessments, oldest first, each with its person's row and its assessment."""
    rows = session.exec(
        select(Answer, Payload.body, Practitioner.name)
        .join(Payload, col(Payload.entry_id) == col(Answer.entry_id))
        .join(Practitioner, col(Practitioner.id) == col(Answer.answered_by_id))
        .where(col(Answer.assessment).in_(tuple(assessments)))
        .order_by(col(Answer.id))
    ).all()
    bodies: dict[int, list[dict[str, Any]]] = {}
    for row, body, _ in rows:
        if body and row.entry_id not in bodies:
            bodies[row.entry_id] = veil.on(json.loads(body)).get("answers", [])
    return [
        (_said(row, bodies.get(row.entry_id), name, read_with), row.person_id, row.assessment) for row, _, name in rows
    ]


def _said(row: Answer, held: list[dict[str, Any]] | None, name: str, read_with: frozenset[int]) -> Said:
    told = next((one for one in held or () if one.get("question") == row.question), {})
    value = told.get("value", told.get("said", ""))
    return Said(
        ref=row.public_id,
        spot=(row.question, FAMILY),
        value=tuple(value) if isinstance(value, list) else value,
        reason=told.get("reason", ""),
        readers=row.readers,
        at=row.answered_at,
        by=name,
        by_id=row.answered_by_id,
        entry_id=row.entry_id,
        brought_from_id=row.brought_from_id,
        erased=held is None,
        may_read=may_read(row.readers, row.answered_by_id, read_with),
    )
