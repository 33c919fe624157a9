"""How often has somebody worried about this child or household before, in the document's window, and what came of it?

What the viewer may not see isn't counted, so that a count never tells of a restricted record.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from pathway.access import Answerable, Viewer, answers_for, person_visible_to, seen_whole_by
from pathway.store.adopted.processes import process_of
from pathway.store.parts.same import same_as
from pathway.store.parts.seen import persons_seen
from pathway.store.parts.views import Earlier, EarlierContact
from pathway.store.parts.words import decision_words
from pathway.store.people.household import households
from pathway.tables import Case, CaseChild
from thresholds import Edition
from workflows import REFERRAL

K = TypeVar("K")
ORDINALS = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
)  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def earlier_contacts(session: Session, viewer: Viewer, edition: Edition, person: str, now: datetime) -> int | None:
    """Contacts about a known person (a public id) that the viewer may see whole; None where no window is published."""
    weeks = edition.amount("repeat_window")
    if weeks is None:
        return None
    child = session.exec(person_visible_to(viewer, now, person)).first()
    own = persons_seen(session, viewer, same_as(session, [child.id or 0]), now) if child else frozenset()
    seen = seen_whole_by(viewer, now).where(col(Case.received_at) > now - timedelta(weeks=weeks)).subquery()
    counted = (
        select(func.count(func.distinct(col(CaseChild.case_id))))
        .join(seen, seen.c.id == col(CaseChild.case_id))
        .where(col(CaseChild.person_id).in_(own))
    )
    return session.exec(counted).one()


def earlier_of(
    session: Session,
    viewer: Viewer,
    edition: Edition,
    children: Mapping[K, frozenset[int]],
    now: datetime,
    *,
    before: Case | None = None,
) -> dict[K, Earlier]:
    """For each child, as all rows that are that child, the contacts before; nothing where no window is published.

    The same number of questions however many children there are, and however many contacts.

    `before` is the contact that stands already: the window counts back from when it came, and leaves it out.
    """
    weeks = edition.amount("repeat_window")
    if weeks is None or not children:
        return {}
    until = before.received_at if before else now
    visible = persons_seen(session, viewer, frozenset[int]().union(*children.values()), now)
    children = {name: rows & visible for name, rows in children.items()}
    home = households(session, viewer, children, now)
    persons = frozenset[int]().union(*children.values(), *home.values())
    about = select(CaseChild.case_id).where(col(CaseChild.person_id).in_(persons))
    cases = session.exec(
        seen_whole_by(viewer, now)
        .where(col(Case.process) == REFERRAL.name, col(Case.id).in_(about))
        .where(col(Case.received_at) > until - timedelta(weeks=weeks), _came_before(before, until))
        .order_by(col(Case.received_at).desc(), col(Case.id).desc())
    ).all()
    if not cases:
        return {name: _earlier(weeks, None, ()) for name in children}
    ids = [case.id or 0 for case in cases]
    rows = session.exec(select(CaseChild).where(col(CaseChild.case_id).in_(ids)).order_by(col(CaseChild.id))).all()
    answering = answers_for(session, ids, now)
    often = edition.amount("repeat_contacts")
    return {
        name: _earlier(weeks, often, tuple(_told(cases, rows, answering, own, home[name])))
        for name, own in children.items()
    }


def _came_before(before: Case | None, until: datetime) -> ColumnElement[bool]:
    """Of two that came at one moment, the one that was written first."""
    if before is None:
        return col(Case.received_at) <= until
    return or_(col(Case.received_at) < until, and_(col(Case.received_at) == until, col(Case.id) < before.id))


def _told(
    cases: Iterable[Case],
    rows: Iterable[CaseChild],
    answering: Mapping[int, Answerable],
    own: frozenset[int],
    home: frozenset[int],
) -> Iterable[EarlierContact]:
    on: dict[int, list[CaseChild]] = {}
    for row in rows:
        if row.person_id in own | home:
            on.setdefault(row.case_id, []).append(row)
    for case in cases:
        children = on.get(case.id or 0, [])
        about_child = [row for row in children if row.person_id in own]
        if children:
            outcome = _outcome(case, about_child or children, answering.get(case.id or 0))
            closed = case.closed_at is not None
            yield EarlierContact(case.public_id, case.received_at, bool(about_child), closed, outcome)


def _outcome(case: Case, children: Iterable[CaseChild], answers: Answerable | None) -> str:
    if case.closed_at is None:
        return f"still open with {answers.name}" if answers else "still open, and nobody answers for it"
    decided = dict.fromkeys(decision_words(row.decision) for row in children if row.decision)
    came_of_it = ", ".join(decided) or process_of(case).state(case.state).words
    return f"closed: {came_of_it[:1].lower()}{came_of_it[1:]}"


def _earlier(weeks: int, often: int | None, contacts: tuple[EarlierContact, ...]) -> Earlier:
    own = [one for one in contacts if one.about_child]
    said = [_of_child(own, weeks)] if own else []
    others = len(contacts) - len(own)
    if others:
        more = " more" if own else ""
        many = f"{_number(others).capitalize()}{more} about the household in {weeks} weeks"
        said.append(f"{many}{_and_open(contacts, own)}.")
    return Earlier(weeks, often is not None and len(own) + 1 >= often, " ".join(said), contacts)


def _of_child(own: list[EarlierContact], weeks: int) -> str:
    """Third contact in 12 weeks; the last two were closed."""
    return f"{_ordinal(len(own) + 1)} contact in {weeks} weeks; {_how_the_last_went(own)}."


def _how_the_last_went(own: list[EarlierContact]) -> str:
    still_open = sum(not one.closed for one in own)
    closed = next((number for number, one in enumerate(own) if not one.closed), len(own))
    if closed == 0:
        first = "the last is still open" if still_open == 1 else f"{_number(still_open)} are still open"
        return first
    first = "the last was closed" if closed == 1 else f"the last {_number(closed)} were closed"
    return first + (f", {_number(still_open)} {'is' if still_open == 1 else 'are'} still open" if still_open else "")


def _and_open(contacts: tuple[EarlierContact, ...], own: list[EarlierContact]) -> str:
    still_open = sum(not one.closed for one in contacts) - sum(not one.closed for one in own)
    return f", {_number(still_open)} still open" if still_open else ""


def _ordinal(number: int) -> str:
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
