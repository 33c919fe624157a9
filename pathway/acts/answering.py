"""What is answered in an assessment, and what of what was known already is confirmed? Partly answered is always taken.

Two people write in different sections without disturbing each other. On one answer, whoever saves second sees both.
"""

from collections.abc import Iterable, Iterator, Mapping

from pathway.access import Viewer
from pathway.acts.assessing import asked_in_words, open_on
from pathway.acts.checking_answers import check_given, check_there
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import AnsweredSince, FieldFault, Meanwhile, Unacceptable
from pathway.acts.once import once
from pathway.acts.record import Done
from pathway.acts.writing_answers import ToWrite, write
from pathway.store.records.assessments import field_of, in_words
from pathway.store.records.filled import Filling, Said
from pathway.store.records.known_already import Source, offered
from thresholds.filling.opened import Answers, Spot, Value, is_open, newly_asked
from workflows.assessment_facts import Answered, Confirmed, Given, Readers


def answer_assessment(
    desk: Desk, viewer: Viewer, *, case: str, assessment: str, told: Answered, key: str | None = None
) -> Done:
    """Save answers, and confirm what was offered. `named.opened` are the fields of the questions that this opened.

    Nothing is saved unless all can be. Raises `Unacceptable` field by field, and `AnsweredSince` where somebody else
    has answered the same meanwhile.
    """
    with work(desk, viewer) as unit:
        asked_for = ("answer_assessment", case, assessment, told)
        return once(unit, key, asked_for, lambda: _answered(unit, case, assessment, told))


def _answered(unit: Work, reference: str, assessment: str, told: Answered) -> Done:
    case, filling = open_on(unit, reference, assessment)
    changed = {spot: one for spot, one in _each(told.answers) if not _as_it_was(filling, spot, one)}
    before = filling.values
    after = _with(before, {spot: one.value for spot, one in changed.items()})
    offers = offered(unit.session, unit.viewer, case, filling, unit.now) if told.confirmed else {}
    confirmed = [one for one in told.confirmed if not _given_now(one, changed)]
    faults = (*_faults(filling, told, changed, after), *_not_confirmed(filling, confirmed, offers))
    if faults:
        raise Unacceptable(*faults)
    if since := tuple(_meanwhile(filling, changed)):
        raise AnsweredSince(since, case.version)
    typed = [ToWrite(spot, *_told(one)) for spot, one in changed.items()]
    brought = [_brought((one.question, one.about), one, offers) for one in confirmed]
    done = write(unit, case, filling, typed, "assessment_answered", Done(reference, case.version, "", case.sequence))
    done = write(unit, case, filling, brought, "assessment_confirmed", done)
    after = _with(after, {one.spot: one.value for one in brought})
    opened = newly_asked(filling.form, filling.people, before, after, light=filling.row.light)
    named = {"assessment": assessment, "opened": ",".join(field_of(one) for one in opened)}
    return Done(done.case, done.version, done.entry, done.sequence, named)


def _each(answers: Iterable[Given]) -> Iterator[tuple[Spot, Given]]:
    return (((one.question, one.about), one) for one in answers)


def _with(answers: Answers, changed: Mapping[Spot, Value]) -> Answers:
    return {spot: value for spot, value in {**answers, **changed}.items() if value}


def _as_it_was(filling: Filling, spot: Spot, given: Given) -> bool:
    """Whether nothing is said that isn't there: neither new, nor other than what it was written upon."""
    stands = filling.current.get(spot)
    upon = next((one for one in filling.said if one.ref == given.based_on and one.spot == spot), None)
    return _told(given) in (_told(stands), _told(upon))


def _told(said: Said | Given | None) -> tuple[Value, str, Readers | None]:
    """What is said; an empty answer says nothing besides, whatever was chosen beside it."""
    return (said.value, said.reason, said.readers) if said and said.value else ("", "", None)


def _given_now(one: Confirmed, changed: Mapping[Spot, Given]) -> bool:
    """Whoever writes an answer of their own doesn't take over what was offered."""
    given = changed.get((one.question, one.about))
    return given is not None and bool(given.value)


def _faults(filling: Filling, told: Answered, changed: Mapping[Spot, Given], after: Answers) -> Iterator[FieldFault]:
    answered = [(one.question, one.about) for one in told.answers]
    for spot in dict.fromkeys((*answered, *((one.question, one.about) for one in told.confirmed))):
        yield from check_there(filling, *spot)
    for spot, given in changed.items():
        if not any(check_there(filling, *spot)):
            yield from _not_to_write(filling, spot, after)
            yield from check_given(filling, spot, given)


def _not_to_write(filling: Filling, spot: Spot, after: Answers) -> Iterator[FieldFault]:
    """What isn't asked now, before or after these answers; and words that the viewer may not read."""
    question, stands = filling.form.by_id[spot[0]], filling.current.get(spot)
    open_now = any(is_open(question, spot[1], filling.form, filling.people, one) for one in (filling.values, after))
    if filling.row.light and not question.light:
        sentence = f"{asked_in_words(filling, spot)} is asked in the full assessment alone. Widen this one first."
        yield FieldFault(field_of(spot), sentence)
    elif not open_now:
        sentence = f"{asked_in_words(filling, spot)} isn't asked now. What it waits for is answered otherwise."
        yield FieldFault(field_of(spot), sentence)
    if stands and stands.value and not stands.may_read:
        sentence = f"Only {stands.by} and their manager may read what stands here, so only they can change it."
        yield FieldFault(field_of(spot), sentence)


def _meanwhile(filling: Filling, changed: Mapping[Spot, Given]) -> Iterator[Meanwhile]:
    """Answers that stand and aren't those that these were written upon."""
    for spot, given in changed.items():
        stands = filling.current.get(spot)
        if stands is not None and stands.ref != given.based_on:
            question = filling.form.by_id[spot[0]]
            theirs, yours = in_words(question, stands.value), in_words(question, given.value)
            words = asked_in_words(filling, spot)
            yield Meanwhile(field_of(spot), words, stands.ref, theirs, yours, stands.by, stands.at)


def _not_confirmed(
    filling: Filling, confirmed: Iterable[Confirmed], offers: Mapping[Spot, Source]
) -> Iterator[FieldFault]:
    for one in confirmed:
        spot = (one.question, one.about)
        if any(check_there(filling, *spot)):
            continue
        source = offers.get(spot)
        if source is None or source.known.where != one.offered:
            stands = "was answered meanwhile, or something newer is known"
            yield FieldFault(field_of(spot), f"{asked_in_words(filling, spot)} {stands}. Look at it again.")
        elif filling.form.by_id[spot[0]].kind == "own_words" and not (source.readers or one.readers):
            yield FieldFault(f"{field_of(spot)}.readers", "Say who may read these words. Ask whoever said them.")


def _brought(spot: Spot, one: Confirmed, offers: Mapping[Spot, Source]) -> ToWrite:
    """As it was shown to whoever confirms it; who may read it stays as they said who said it."""
    source = offers[spot]
    return ToWrite(spot, source.known.value, "", source.readers or one.readers, source.entry_id)
