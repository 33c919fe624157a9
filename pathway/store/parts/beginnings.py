"""What may begin on a record, and what has begun there? Other records of the same children, seen by whoever may."""

from datetime import datetime

from sqlalchemy import literal, select, union
from sqlmodel import Session, col

from pathway.access import Answerable, Viewer, answers_for, every_case, visible_to
from pathway.store.adopted.processes import process_of
from pathway.store.parts.views import BeginView, RefusalView, RelatedView
from pathway.store.staffing.nights import edition_now
from pathway.tables import Case
from thresholds import Edition
from workflows import PROCESSES, Process, Refusal
from workflows.fitness import undecided
from workflows.roles import ask_one_of


def begins_on(process: str) -> tuple[Process, ...]:
    """The processes that begin on a record of this one."""
    return tuple(one for one in PROCESSES if process in one.opening.begins_on)


def why_not_begin(viewer: Viewer, process: Process, edition: Edition) -> tuple[Refusal, ...]:
    """What keeps a viewer from beginning one, before anything is typed."""
    found = []
    if not viewer.roles & process.opening.who:
        found.append(Refusal(f"“{process.begins}” isn’t part of your role.", ask_one_of(process.opening.who)))
    if undecided(process, edition):
        sentence = f"The published document doesn’t say every time that {process.words} goes by."
        found.append(Refusal(sentence, "The partnership decides them in its own document; an administrator adopts it."))
    return tuple(found)


def beginnings(session: Session, viewer: Viewer, case: Case, now: datetime) -> tuple[BeginView, ...]:
    """Everything that may begin on a record, each with every reason why the viewer may not begin it now."""
    edition = edition_now(session, viewer.authority, now)
    return tuple(
        BeginView(one.name, one.begins, _said(why_not_begin(viewer, one, edition)))
        for one in begins_on(case.process)
        if edition is not None
    )


def _said(refusals: tuple[Refusal, ...]) -> tuple[RefusalView, ...]:
    return tuple(RefusalView(one.sentence, one.who_can, one.where) for one in refusals)


def related(session: Session, viewer: Viewer, case: Case, now: datetime) -> tuple[RelatedView, ...]:
    """The record on which this one began, and those that began on it.

    Of one that the viewer may not open they hear that it is there and who answers, so that nobody works past each
    other; of a restricted one nothing.
    """
    after = every_case().with_only_columns(col(Case.id)).where(col(Case.parent_id) == case.id)
    linked = col(Case.id).in_(union(after, select(literal(case.parent_id))) if case.parent_id else after)
    rows = session.exec(every_case().where(linked).order_by(col(Case.id))).all()
    if not rows:
        return ()
    opens = set(session.execute(visible_to(viewer, now).with_only_columns(col(Case.id)).where(linked)).scalars())
    told = [one for one in rows if one.id in opens or not one.restricted]
    answering = answers_for(session, [one.id or 0 for one in told], now)
    return tuple(_related(one, case, answering.get(one.id or 0), opens=one.id in opens) for one in told)


def _related(one: Case, case: Case, answers: Answerable | None, *, opens: bool) -> RelatedView:
    process = process_of(one)
    return RelatedView(
        ref=one.public_id,
        words=process.words,
        state_words=process.state(one.state).words,
        answers=answers.name if answers and one.closed_at is None else "",
        before=one.id == case.parent_id,
        opens=opens,
        plans=opens and one.closed_at is None and process.plans,
    )
