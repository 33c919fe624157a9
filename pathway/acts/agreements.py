"""Who was asked to agree, what did they say, and what follows? Declining is a right, and raises no level by itself.

A refusal is weighed, by whoever answers and a manager together; a withdrawal ends what rested on it, and nothing else.
"""

from collections.abc import Iterator
from datetime import date

from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.note import check_may_write
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, Telling, record
from pathway.acts.tasks import finish_about
from pathway.acts.whoever_answers import ask_whoever_answers
from pathway.clock import day_of
from pathway.store.parts.seen import people_on
from pathway.store.parts.situations import called
from pathway.tables import Agreement, AgreementEnd, Case, CaseChild, Person, TaskKind
from pathway.tables.columns import public_id
from pathway.tables.people import PersonKind
from workflows import Audience, refuse
from workflows.agreement_facts import AskedFor, AskedToAgree, RefusalWeighed, Reply, Withdrawn

DECLINED = (
    "Help was declined, which is a right. Judge with a manager whether the need will grow without it, and record what "
    "you find. It raises no level by itself."
)
WITHDRAWN = (
    "Somebody has withdrawn their agreement. End what rests on it, and tell those who take part. Nothing else ends."
)


def ask_to_agree(desk: Desk, viewer: Viewer, *, case: str, told: AskedToAgree, key: str | None = None) -> Done:
    """Record what one person said to one question. `named` gives the agreement.

    Raises `Unacceptable` field by field. Asked for help again, their earlier answer ends.
    """
    with work(desk, viewer) as unit:
        return once(unit, key, ("ask_to_agree", case, told), lambda: _asked(unit, case, told))


def withdraw_agreement(
    desk: Desk, viewer: Viewer, *, case: str, agreement: str, told: Withdrawn, key: str | None = None
) -> Done:
    """Record that somebody withdraws what they agreed to. Whoever answers and a manager hear."""
    with work(desk, viewer) as unit:
        asked = ("withdraw_agreement", case, agreement, told)
        return once(unit, key, asked, lambda: _withdrawn(unit, case, agreement, told))


def weigh_refusal(
    desk: Desk, viewer: Viewer, *, case: str, agreement: str, told: RefusalWeighed, key: str | None = None
) -> Done:
    """Record what was judged, with a manager, of help that was declined: will the need grow without it?"""
    with work(desk, viewer) as unit:
        asked = ("weigh_refusal", case, agreement, told)
        return once(unit, key, asked, lambda: _weighed(unit, case, agreement, told))


def _asked(unit: Work, reference: str, told: AskedToAgree) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    here = {person.public_id: person for person in people_on(unit.session, unit.viewer, case, unit.now)}
    asked_on = told.asked_on or day_of(unit.now)
    if faults := tuple(_faults(unit, told, here.get(told.who), asked_on)):
        raise Unacceptable(*faults)
    person, patch, ref = here[told.who], Patch(), public_id()
    _end_earlier(unit, case, person, told, patch)
    patch.add(
        "agreement",
        ref,
        person_id=person.id,
        asked_for=told.to,
        reply=told.reply,
        asked_on=asked_on,
        asked_by_id=unit.viewer.id,
    )
    said = told.model_dump(mode="json", exclude={"who"}) | _whose(unit, case, person)
    done = record(unit, case, Line("asked_to_agree", patch, said=said))
    if told.to is AskedFor.support and told.reply is Reply.refused:
        ask_whoever_answers(unit, case, TaskKind.help_declined, ref, DECLINED)
    return Done(done.case, done.version, done.entry, done.sequence, {"agreement": ref})


def _whose(unit: Work, case: Case, person: Person) -> dict[str, str]:
    """Whose answer an entry holds: a child's stands by its reference, so that it is no part of another's history."""
    child = select(CaseChild.public_id).where(col(CaseChild.case_id) == case.id, col(CaseChild.person_id) == person.id)
    ref = unit.session.exec(child).first()
    return {"child": ref} if ref else {"who": called(person)}


def _faults(unit: Work, told: AskedToAgree, person: Person | None, asked_on: date) -> Iterator[FieldFault]:
    if person is None:
        yield FieldFault("who", "Choose somebody who is on this record.")
    elif (born := _not_yet(person, asked_on)) and told.reply is not Reply.not_safe_to_ask:
        yield FieldFault("asked_on" if person.born_on else "who", born)
    if asked_on > day_of(unit.now):
        yield FieldFault("asked_on", "This day hasn't come yet. Check the year.")
    if told.to is AskedFor.sharing and not told.whom.strip():
        yield FieldFault("whom", "Say with whom it would be shared.")
    if told.reply is Reply.refused and told.to is AskedFor.support:
        yield from _declined_faults(told)
    if told.reply is not Reply.given and not told.reason.strip():
        ask = "Say what could happen if they were asked." if told.reply is Reply.not_safe_to_ask else OWN_WORDS
        yield FieldFault("reason", ask)


OWN_WORDS = "Write their reason in their own words, or “none given”."


def _declined_faults(told: AskedToAgree) -> Iterator[FieldFault]:
    if not told.offered.strip():
        yield FieldFault("offered", "Say what was offered, so that it can be offered again in another way.")
    if not told.barrier.strip():
        yield FieldFault("barrier", "Say what stood in the way, or “not known”.")


def _not_yet(person: Person, asked_on: date) -> str:
    """Why a person can't have been asked on a day; nothing where they can."""
    if person.kind is PersonKind.expected_child and person.born_on is None:
        return f"{called(person)} isn't born yet. Ask whoever will be their parent."
    if person.born_on is not None and asked_on < person.born_on:
        return f"{called(person)} was born on {person.born_on:%-d %B %Y}, after this day. Check the date."
    return ""


def _end_earlier(unit: Work, case: Case, person: Person, told: AskedToAgree, patch: Patch) -> None:
    """Their earlier answer about help ends, and what was to be weighed of it with it."""
    if told.to is not AskedFor.support:
        return
    earlier = unit.session.exec(
        select(Agreement).where(
            col(Agreement.case_id) == case.id,
            col(Agreement.person_id) == person.id,
            col(Agreement.asked_for) == AskedFor.support,
            col(Agreement.ended_at).is_(None),
        )
    ).first()
    if earlier is not None:
        _end(unit, earlier, AgreementEnd.asked_again, patch)


def _end(unit: Work, row: Agreement, how: AgreementEnd, patch: Patch) -> None:
    patch.change("agreement", row.public_id, ended_at=unit.now, ended_by_id=unit.viewer.id, ended_how=how)
    finish_about(unit, TaskKind.help_declined, row.public_id)


def _withdrawn(unit: Work, reference: str, agreement: str, told: Withdrawn) -> Done:
    case, row, person = _standing(unit, reference, agreement)
    if row.reply is not Reply.given:
        raise refuse(
            "They hadn't agreed, so there is nothing to withdraw.", who_can="Record what they say now instead."
        )
    patch = Patch()
    _end(unit, row, AgreementEnd.withdrawn, patch)
    said = told.model_dump(mode="json") | _whose(unit, case, person) | {"to": row.asked_for}
    tells = (Telling("agreement_withdrawn", Audience.manager),)
    done = record(unit, case, Line("agreement_withdrawn", patch, said=said, tells=tells))
    ask_whoever_answers(unit, case, TaskKind.agreement_withdrawn, row.public_id, WITHDRAWN)
    return done


def _weighed(unit: Work, reference: str, agreement: str, told: RefusalWeighed) -> Done:
    case, row, person = _standing(unit, reference, agreement)
    if row.reply is not Reply.refused:
        raise refuse("They didn't decline, so there is nothing to weigh.", who_can="Nothing is left to do.")
    if row.weighed_at is not None:
        raise refuse("This has been weighed already.", who_can="Add a note where you see it otherwise now.")
    patch = Patch()
    patch.change("agreement", row.public_id, weighed_at=unit.now, weighed_by_id=unit.viewer.id)
    said = told.model_dump(mode="json") | _whose(unit, case, person)
    done = record(unit, case, Line("refusal_weighed", patch, said=said))
    finish_about(unit, TaskKind.help_declined, row.public_id)
    return done


def _standing(unit: Work, reference: str, agreement: str) -> tuple[Case, Agreement, Person]:
    """What somebody said on this record and still stands. Raises `NotFound`, and `Refused` once it has ended."""
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    found = unit.session.exec(
        select(Agreement).where(col(Agreement.public_id) == agreement, col(Agreement.case_id) == case.id)
    ).first()
    people = {person.id: person for person in people_on(unit.session, unit.viewer, case, unit.now)}
    if found is None or found.person_id not in people:
        raise NotFound("agreement")
    if found.ended_at is not None:
        raise refuse("This doesn't stand any more.", who_can="Look at the record again to see what they said since.")
    return case, found, people[found.person_id]
