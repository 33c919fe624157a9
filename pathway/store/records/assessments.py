"""How far is an assessment, what was answered in it, and what is known already? One reading for pages and API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Depth, Viewer, reached
from pathway.clock import day_of
from pathway.store.adopted.editions import edition_of
from pathway.store.parts.assessments import assessments_on, may_begin
from pathway.store.parts.seen import cases_seen
from pathway.store.parts.views import AssessmentOnRecord
from pathway.store.records.assessment_views import (
    AnswerView,
    AskedView,
    AssessmentView,
    OfferView,
    SectionView,
    SuggestedView,
)
from pathway.store.records.filled import Filling, Said, filling_of
from pathway.store.records.known_already import Source, offered
from pathway.tables import Case, Entry
from thresholds.filling.opened import FAMILY, Spot, Value, asked_in
from thresholds.filling.progress import Progress, progress
from thresholds.filling.suggested import suggested
from thresholds.published.forms import Question
from workflows.roles import READ_ONLY


@dataclass(frozen=True, slots=True)
class AssessmentsView:
    """The assessments of a record, and the forms by which one could be begun on it now."""

    case: str
    version: int
    open_now: bool
    assessments: tuple[AssessmentOnRecord, ...]
    forms: tuple[tuple[str, str, str], ...]
    """Each as its id, its name, and what it is."""


def assessments(session: Session, viewer: Viewer, reference: str, now: datetime) -> AssessmentsView | None:
    """None where the record isn't the viewer's to see whole."""
    case = whole(session, viewer, reference, now)
    if case is None:
        return None
    listed = assessments_on(session, case)
    running = {one.name for one in listed if one.completed_at is None}
    forms = may_begin(edition_of(session, case.authority, case.edition_hash))
    free = tuple((form.id, form.name, form.words) for form in forms if form.name not in running)
    return AssessmentsView(case.public_id, case.version, case.closed_at is None, listed, free)


def assessment(session: Session, viewer: Viewer, reference: str, ref: str, now: datetime) -> AssessmentView | None:
    """One assessment; None where the record isn't the viewer's to see whole, or has no such one."""
    seen = seen_filling(session, viewer, reference, ref, now)
    if seen is None:
        return None
    case, filling = seen
    open_now = case.closed_at is None and filling.row.completed_at is None
    may_write = open_now and not viewer.roles <= READ_ONLY
    offers = offered(session, viewer, case, filling, now) if may_write else {}
    listed = next(one for one in assessments_on(session, case) if one.ref == ref)
    from_where = _from_where(session, viewer, filling, now)
    every = progress(filling.form, filling.people, filling.values, light=filling.row.light)
    parts = (one for one in every if not filling.row.light or any(asks.light for asks in one.part.questions))
    return AssessmentView(
        case=case.public_id,
        ref=ref,
        form=filling.form.id,
        name=filling.form.name,
        words=filling.form.words,
        light=filling.row.light,
        follows=filling.row.follows or "",
        begun_at=filling.row.begun_at,
        begun_by=listed.begun_by,
        completed_at=filling.row.completed_at,
        completed_by=listed.completed_by,
        open_now=open_now,
        sections=tuple(_section(one, filling, offers, from_where) for one in parts),
        may_write=may_write,
    )


def seen_filling(
    session: Session, viewer: Viewer, reference: str, ref: str, now: datetime
) -> tuple[Case, Filling] | None:
    """An assessment with its record; None where the record isn't the viewer's to see whole, or has no such one."""
    case = whole(session, viewer, reference, now)
    filling = filling_of(session, viewer, case, ref, now) if case else None
    return (case, filling) if case and filling else None


def whole(session: Session, viewer: Viewer, reference: str, now: datetime) -> Case | None:
    found = reached(session, viewer, reference, now)
    return found[0] if found and found[1] is Depth.whole else None


def field_of(spot: Spot) -> str:
    """A question about somebody as one name: what a form's field is called, and what a fault is said of."""
    return f"{spot[0]}.{spot[1] or 'FAMILY'}"


def _fields(spots: Iterable[Spot]) -> tuple[str, ...]:
    return tuple(field_of(one) for one in spots)


def _section(
    one: Progress, filling: Filling, offers: Mapping[Spot, Source], from_where: Mapping[int, str]
) -> SectionView:
    spots = asked_in(one.part, filling.form, filling.people, filling.values, light=filling.row.light)
    asked = [_asked(spot, filling, offers.get(spot), from_where) for spot in spots]
    asked.sort(key=lambda view: _place(view.about, filling))
    return SectionView(
        id=one.part.id,
        name=one.part.name,
        hint=one.part.hint,
        stand=one.stand,
        asked=tuple(asked),
        left=_fields(one.left),
        opened=_fields(one.opened),
        nobody=not any(filling.people.asked_of(question) for question in one.part.questions),
    )


def _place(about: str, filling: Filling) -> int:
    """The family first, then each person: all that is asked of one stands together."""
    return (FAMILY, *filling.people.children, *filling.people.adults).index(about)


def _asked(spot: Spot, filling: Filling, offer: Source | None, from_where: Mapping[int, str]) -> AskedView:
    question, said = filling.form.by_id[spot[0]], filling.current.get(spot)
    return AskedView(
        field=field_of(spot),
        question=question.id,
        about=spot[1],
        adult=spot[1] in filling.people.adults,
        who=filling.called(spot[1]),
        asks=question.asks,
        hint=question.hint,
        kind=question.kind,
        options=tuple((option.id, option.words) for option in question.choices),
        needed=not question.may_skip,
        own_words=question.kind == "own_words" or bool(said and said.readers),
        answer=_answer(question, said, from_where) if said else None,
        offer=_offer(question, offer) if offer else None,
        suggested=suggestion(spot, filling),
    )


def suggestion(spot: Spot, filling: Filling) -> SuggestedView | None:
    question = filling.form.by_id[spot[0]]
    found = suggested(question, spot[1], filling.form, filling.people, filling.values)
    return SuggestedView(found.rating, question.said(found.rating), found.because) if found else None


def _answer(question: Question, said: Said, from_where: Mapping[int, str]) -> AnswerView:
    hidden = not said.may_read
    return AnswerView(
        ref=said.ref,
        value="" if hidden else said.value,
        said="" if hidden else in_words(question, said.value),
        reason="" if hidden else said.reason,
        readers=said.readers,
        at=said.at,
        by=said.by,
        brought_from=from_where.get(said.brought_from_id or 0, ""),
        withheld=hidden and bool(said.value),
        erased=said.erased,
    )


def _offer(question: Question, source: Source) -> OfferView:
    known = source.known
    return OfferView(
        ref=known.where,
        value=known.value,
        said=in_words(question, known.value),
        where=source.where,
        at=known.at,
        by=known.by,
        readers=source.readers,
        asks_readers=question.kind == "own_words" and source.readers is None,
    )


def in_words(question: Question, value: Value) -> str:
    """An answer as people read it."""
    if question.kind == "date" and isinstance(value, str) and value:
        return f"{datetime.fromisoformat(value):%-d %B %Y}"
    return ", ".join(question.said(one) for one in (value if isinstance(value, tuple) else (value,)))


def _from_where(session: Session, viewer: Viewer, filling: Filling, now: datetime) -> dict[int, str]:
    """Where what was brought along was said first; which record that is, only whoever may see it is told."""
    wanted = {one.brought_from_id for one in filling.said if one.brought_from_id}
    rows = session.exec(select(Entry.id, Entry.case_id, Entry.occurred_at).where(col(Entry.id).in_(wanted))).all()
    seen = cases_seen(session, viewer, (case_id for _, case_id, _ in rows), now)
    return {
        entry or 0: f"{f'record {seen[case_id]}' if case_id in seen else 'another record'}, {day_of(at):%-d %B %Y}"
        for entry, case_id, at in rows
    }
