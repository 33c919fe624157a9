"""Who is who to whom? A tie is told, put right or ended on a record; a new adult or child is a person, not a case."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field
from sqlmodel import Session, col, select

from pathway.access import Viewer, persons_visible_to
from pathway.acts import people
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.link import taken_for
from pathway.acts.note import check_may_write
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, record
from pathway.acts.worded import check_reason
from pathway.clock import day_of
from pathway.store.parts.seen import people_on
from pathway.store.parts.situations import called
from pathway.tables import Case, Person, Tie
from pathway.tables.people import PersonKind
from workflows import Facts
from workflows.referral_facts import Relation, Sex, ShortWords, YesNo

OLDEST = 120


class Somebody(Facts):
    """Somebody who isn't on the record yet, as far as they are known."""

    kind: PersonKind = PersonKind.adult
    given_name: ShortWords = ""
    family_name: ShortWords = ""
    sex: Sex = Sex.unknown
    born_on: date | None = None
    expected_on: date | None = None
    age_years: int | None = Field(default=None, ge=0, le=OLDEST)
    telephone: ShortWords = ""
    same_as: str | None = Field(default=None, max_length=20)


class ToldTie(Facts):
    """`who` is the `relation` of `of`; each by the reference of a person on the record, or `new` for `who`."""

    who: ShortWords = ""
    new: Somebody | None = None
    of: ShortWords = ""
    relation: Relation = Relation.unknown
    lives_with: YesNo = YesNo.unknown
    since: date | None = None
    until: date | None = None


class PutRight(Facts):
    """What is right about a tie that was told otherwise."""

    relation: Relation
    lives_with: YesNo
    since: date | None = None
    until: date | None = None


def tie_people(desk: Desk, viewer: Viewer, *, case: str, told: ToldTie, key: str | None = None) -> Done:
    """Say who somebody is to somebody on a record. `named` gives the tie, and the person where they are new."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("tie_people", case, told), lambda: _tied(unit, case, told))


def correct_tie(
    desk: Desk, viewer: Viewer, *, case: str, tie: str, right: PutRight, reason: str, key: str | None = None
) -> Done:
    """Put a tie right that was told wrongly: the entry keeps what was believed before."""
    with work(desk, viewer) as unit:
        asked = ("correct_tie", case, tie, right, reason)
        return once(unit, key, asked, lambda: _corrected(unit, case, tie, right, reason))


def end_tie(
    desk: Desk, viewer: Viewer, *, case: str, tie: str, until: date | None, reason: str, key: str | None = None
) -> Done:
    """Say that a tie ended: they parted, or somebody moved out. It stays in the history."""
    with work(desk, viewer) as unit:
        asked = ("end_tie", case, tie, str(until), reason)
        return once(unit, key, asked, lambda: _ended(unit, case, tie, until, reason))


def _tied(unit: Work, reference: str, told: ToldTie) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    here = _here(unit, case)
    _check(unit, told, here)
    of = here[told.of]
    who_id = _new(unit, told.new) if told.new else here[told.who].id or 0
    who = called_of(told.new) if told.new else called(here[told.who])
    words = _sentence(who, told.relation, called(of), told.lives_with, told.since, told.until)
    patch = Patch()
    ref = people.tie(patch, who_id, of.id or 0, told.relation, told.lives_with, told.since, told.until)
    done = record(unit, case, Line("tied", patch, said={"tie": words}))
    taken_for(unit, who_id, told.new.same_as if told.new else None, "same_as")
    return Done(done.case, done.version, done.entry, done.sequence, {"tie": ref, "person": _ref(unit, who_id)})


def _corrected(unit: Work, reference: str, tie: str, right: PutRight, reason: str) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    row = tie_on(unit.session, case, tie)
    _check_dates(unit, right.since, right.until)
    why = check_reason(reason, "Say how you know what is right.")
    patch = Patch()
    patch.change("tie", row.public_id, **right.model_dump())
    who, of = _names(unit, case, row)
    before = _sentence(who, row.relation, of, row.lives_with, row.since, row.until)
    words = _sentence(who, right.relation, of, right.lives_with, right.since, right.until)
    return record(unit, case, Line("tie_corrected", patch, said={"tie": words, "before": before, "reason": why}))


def _ended(unit: Work, reference: str, tie: str, until: date | None, reason: str) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    row = tie_on(unit.session, case, tie)
    if until is None:
        raise Unacceptable(FieldFault("until", "Say when it ended: day, month and year, as near as you know."))
    _check_dates(unit, row.since, until)
    patch = Patch()
    patch.change("tie", row.public_id, until=until)
    why = check_reason(reason, "Say what happened.")
    who, of = _names(unit, case, row)
    words = _sentence(who, row.relation, of, row.lives_with, row.since, until)
    return record(unit, case, Line("tie_ended", patch, said={"tie": words, "reason": why}))


def tie_on(session: Session, case: Case, ref: str) -> Tie:
    """A tie of this record. Raises `NotFound`."""
    row = session.exec(select(Tie).where(col(Tie.public_id) == ref, col(Tie.case_id) == case.id)).first()
    if row is None:
        raise NotFound("tie")
    return row


def called_of(new: Somebody) -> str:
    return f"{new.given_name} {new.family_name}".strip() or "Somebody, name not known"


def _here(unit: Work, case: Case) -> dict[str, Person]:
    """Everybody on the record by reference: nobody from elsewhere is tied here, so that no other record shows."""
    return {row.public_id: row for row in people_on(unit.session, unit.viewer, case, unit.now)}


def _check(unit: Work, told: ToldTie, here: dict[str, Person]) -> None:
    faults = list(_faults(told, here)) + list(_date_faults(unit, told.since, told.until))
    if told.new and told.new.born_on and told.new.born_on > _today(unit):
        faults.append(FieldFault("new.born_on", "This day hasn't come yet. A child not born has a due date."))
    if faults:
        raise Unacceptable(*faults)


def _faults(told: ToldTie, here: dict[str, Person]) -> Iterable[FieldFault]:
    if told.of not in here:
        yield FieldFault("of", "Choose somebody who is on this record.")
    if told.new is None and told.who not in here:
        yield FieldFault("who", "Choose who it is, or say that they aren't on the record yet.")
    if told.new is None and told.who and told.who == told.of:
        yield FieldFault("who", "Choose two different people.")
    if told.new is not None:
        yield from _faults_of_new(told.new)


def _faults_of_new(new: Somebody) -> Iterable[FieldFault]:
    if not (new.given_name or new.family_name or new.born_on or new.expected_on or new.age_years is not None):
        yield FieldFault("new.given_name", "Say a name, an age or a due date: whatever is known of them.")
    if new.born_on and new.expected_on:
        yield FieldFault("new.expected_on", "A child is born or expected. Leave one of the dates empty.")
    if new.expected_on and new.kind is not PersonKind.expected_child:
        yield FieldFault("new.kind", "A due date is for a child not born yet. Choose that, or leave the date empty.")


def _check_dates(unit: Work, since: date | None, until: date | None) -> None:
    faults = list(_date_faults(unit, since, until))
    if faults:
        raise Unacceptable(*faults)


def _date_faults(unit: Work, since: date | None, until: date | None) -> Iterable[FieldFault]:
    if since and since > _today(unit):
        yield FieldFault("since", "This day hasn't come yet. Check the year.")
    if until and until > _today(unit):
        yield FieldFault("until", "This day hasn't come yet. Say that it ended once it has.")
    if since and until and until < since:
        yield FieldFault("until", "This is before it began. Check both dates.")


def _today(unit: Work) -> date:
    return day_of(unit.now)


def _sentence(who: str, relation: Relation, of: str, lives_with: YesNo, since: date | None, until: date | None) -> str:
    """A tie in words, as it stands in the timeline."""
    together = {YesNo.yes: ", living together", YesNo.no: ", not living together"}.get(lives_with, "")
    dates = "".join(f", {word} {on:%-d %B %Y}" for word, on in (("since", since), ("until", until)) if on)
    return f"{who}: {relation.words.lower()} of {of}{together}{dates}."


def _names(unit: Work, case: Case, row: Tie) -> tuple[str, str]:
    by_id = {one.id: called(one) for one in _here(unit, case).values()}
    return by_id.get(row.person_id, ""), by_id.get(row.of_id, "")


def _new(unit: Work, new: Somebody) -> int:
    return people.somebody(
        unit,
        kind=new.kind,
        given_name=new.given_name,
        family_name=new.family_name,
        sex=new.sex,
        born_on=new.born_on,
        expected_on=new.expected_on,
        age_told=new.age_years,
        age_told_on=_today(unit) if new.age_years is not None else None,
        telephone=new.telephone,
    )


def _ref(unit: Work, person_id: int) -> str:
    return unit.session.exec(persons_visible_to(unit.viewer, unit.now, (person_id,))).one().public_id
