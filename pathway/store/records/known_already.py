"""What is known already of these people, so that nobody is asked twice? Offered, and never taken over by itself.

From assessments on records that the viewer may see whole, and from the words in which a worry was told.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, about, seen_whole_by
from pathway.clock import day_of
from pathway.store.adopted.editions import edition_of
from pathway.store.parts.same import shown_as_one
from pathway.store.parts.told import TELLING
from pathway.store.parts.veil import veil_over
from pathway.store.records.filled import Filling, Said, answers_in
from pathway.tables import Assessment, Case, CaseChild, Entry, Payload
from thresholds.filling.opened import FAMILY, Spot, asked
from thresholds.filling.pulled import Known, pulled, takes
from thresholds.published.forms import Form
from workflows.assessment_facts import Readers
from workflows.referral_facts import Agreement, Caller

WORRY = "worry"
"""The concept of what was told first of all: a contact's own words answer it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something known was said first: the entry, in words, and who may read it."""

    known: Known
    entry_id: int
    where: str
    readers: Readers | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An answer in another assessment, by its reference: whom it is about here, by which form, and where and when."""

    ref: str
    said: Said
    about: str
    form: Form
    on: str


@dataclass(frozen=True, slots=True)
class Near:
    """The records that these people are on, as the viewer may see them; `family` are those of the same family."""

    cases: Mapping[int, Case]
    family: frozenset[int]
    stands_for: Mapping[int, str]
    """Whom a row is here: a person's own row, and every row that two people agreed is the same person."""


def offered(session: Session, viewer: Viewer, case: Case, filling: Filling, now: datetime) -> dict[Spot, Source]:
    """For each question asked now and not answered, what is known of the same person; a fixed number of queries.

    A review is offered what was said to the same question in the one it follows, whatever else is known.
    """
    near = _near(session, viewer, case, filling, now)
    elsewhere = tuple(_elsewhere(session, near, filling))
    sources = {one.known.where: one for one in (*_worries(session, near, filling), *map(_source, elsewhere))}
    known = (one.known for one in reversed(sources.values()))  # of two at one moment, the later
    found = pulled(filling.form, filling.people, filling.values, known, light=filling.row.light)
    return {spot: sources[one.where] for spot, one in found.items()} | dict(_followed(filling, elsewhere))


def _near(session: Session, viewer: Viewer, case: Case, filling: Filling, now: datetime) -> Near:
    asked = {*filling.people.children, *filling.people.adults}
    own = {person.id or 0: ref for ref, person in filling.persons.items() if ref in asked}
    same = shown_as_one(session, own)
    stands_for = {row: own[one] for one in own for row in same[one]}
    on_them = seen_whole_by(viewer, now).where(about([*stands_for, *own]) | (col(Case.id) == case.id))
    cases = {one.id or 0: one for one in session.exec(on_them).all()}
    return Near(cases, _of_the_family(session, case, cases, stands_for), stands_for)


def _of_the_family(session: Session, case: Case, cases: Iterable[int], stands_for: Mapping[int, str]) -> frozenset[int]:
    """Records with these children, or some of them, and no others beside: what was said there of the family is of
    this one. A half-brother's other family isn't.
    """
    children: dict[int, set[str]] = {}
    rows = select(CaseChild.case_id, CaseChild.person_id).where(col(CaseChild.case_id).in_(tuple(cases)))
    for case_id, person_id in session.exec(rows).all():
        children.setdefault(case_id, set()).add(stands_for.get(person_id, str(person_id)))
    here = children.get(case.id or 0, set())
    same = {one for one, there in children.items() if there & here and there <= here}
    return frozenset(same | {case.id or 0})


def _elsewhere(session: Session, near: Near, filling: Filling) -> Iterator[Elsewhere]:
    """The newest answers in other assessments; of words that the viewer may not read nothing is offered."""
    other = select(Assessment).where(
        col(Assessment.case_id).in_(tuple(near.cases)), col(Assessment.public_id) != filling.row.public_id
    )
    rows = {row.public_id: row for row in session.exec(other).all()}
    newest: dict[tuple[str, str, int | None], Said] = {}
    veil = veil_over(session, near.cases)
    for said, person_id, ref in answers_in(session, rows, veil, filling.read_with):
        newest[ref, said.spot[0], person_id] = said
    for (ref, _, person_id), said in newest.items():
        row = rows[ref]
        whom = near.stands_for.get(person_id) if person_id else FAMILY if row.case_id in near.family else None
        if whom is not None and said.value and said.may_read:
            form = edition_of(session, row.authority, row.edition_hash).form(row.form)
            yield Elsewhere(ref, said, whom, form, _on(near.cases[row.case_id], said.at))


def _source(one: Elsewhere) -> Source:
    said, concept = one.said, one.form.by_id[one.said.spot[0]].concept or ""
    known = Known(concept, one.about, said.value, said.at, said.ref, said.by)
    return Source(known, said.entry_id, f"{one.form.name}, {one.on}", said.readers)


def _followed(filling: Filling, elsewhere: Iterable[Elsewhere]) -> Iterator[tuple[Spot, Source]]:
    """What was said in the assessment that this one reviews, to the same question about the same person."""
    asks = set(asked(filling.form, filling.people, filling.values, light=filling.row.light))
    for one in elsewhere:
        spot = (one.said.spot[0], one.about)
        fits = one.ref == filling.row.follows and spot in asks and not filling.values.get(spot)
        if fits and takes(filling.form.by_id[spot[0]], one.said.value):
            yield spot, _source(one)


def _worries(session: Session, near: Near, filling: Filling) -> Iterator[Source]:
    """What a worry was called where a professional told it and the family had agreed that it be told: what a
    neighbour, a relative or the child said in confidence is never read out to the family. Who told it isn't said.
    """
    told = session.exec(
        select(Entry, Payload.body)
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .where(col(Entry.case_id).in_(near.family), col(Entry.kind).in_(TELLING), col(Payload.body).is_not(None))
    ).all()
    veil = veil_over(session, near.family)
    for entry, body in told:
        take = veil.on(json.loads(body or "{}")).get("take", {})
        worry = take.get("worry")
        if worry and take.get("caller") == Caller.professional and take.get("agreement") == Agreement.given:
            known = Known(WORRY, FAMILY, worry, entry.occurred_at, entry.public_id, by="")
            yield Source(known, entry.id or 0, f"What was told us, {_on(near.cases[entry.case_id or 0], known.at)}")


def _on(case: Case, at: datetime) -> str:
    return f"record {case.public_id}, {day_of(at):%-d %B %Y}"
