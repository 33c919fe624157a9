"""What is done with what a child or parent told us? Taken down, its record found, an advocate asked, answered."""

from sqlalchemy import update
from sqlmodel import col

from pathway.access import Viewer, every_case
from pathway.access.voices import held_by, voices_visible_to
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.note import check_may_write
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.record import Done
from pathway.acts.tasks import finish_about, tell_of_task
from pathway.acts.voice_heard import LONGEST, Spoken, heard, on_record, plain_reference, shown_on
from pathway.acts.voice_owners import Owner, owner_of
from pathway.acts.worded import check_length
from pathway.store.parts.words import WAYS
from pathway.tables import AnswerWay, Case, Task, Voice, VoiceKind
from pathway.tables.columns import table_of
from pathway.tables.timing import TaskKind
from workflows import refuse
from workflows.roles import MANAGERS

TASK = table_of(Task)
NOTHING_ON_RECORD = Done("", 0, "", 0)


def take_voice(desk: Desk, viewer: Viewer, *, case: str, spoken: Spoken, key: str | None = None) -> Done:
    """Write down what somebody told a worker about the help on a record that the worker may see whole."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("take_voice", case, spoken), lambda: _taken(unit, case, spoken))


def find_record(desk: Desk, viewer: Viewer, *, voice: str, case: str, key: str | None = None) -> Done:
    """Say which record it is about; it goes to whoever answers for that one. A mistake is put right the same way."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("find_record", voice, case), lambda: _found(unit, voice, case))


def ask_advocate(desk: Desk, viewer: Viewer, *, voice: str, asked_of: str, key: str | None = None) -> Done:
    """Record who was asked to be their advocate, now."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("ask_advocate", voice, asked_of), lambda: _asked(unit, voice, asked_of))


def answer_voice(desk: Desk, viewer: Viewer, *, voice: str, said: str, way: AnswerWay, key: str | None = None) -> Done:
    """Record what they were answered and by which safe way: the task is done and the clock stops."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("answer_voice", voice, said, way), lambda: _answered(unit, voice, said, way))


def check_may_answer(unit: Work, row: Voice) -> None:
    """A complaint is answered by a manager, and never by anybody who held the record that it is about."""
    check_may_write(unit.viewer)
    if row.kind is not VoiceKind.complaint:
        return
    if not unit.viewer.has(*MANAGERS):
        raise refuse("A complaint is answered by a manager.", who_can="Ask a manager who never held the record.")
    held = unit.session.exec(held_by(unit.viewer.id)).all()
    if (row.case_id or row.claims_id) in held:
        raise refuse(
            "This complaint is about a record that you hold or held, so somebody else answers it.",
            who_can="Ask another manager.",
        )


def _taken(unit: Work, reference: str, spoken: Spoken) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    return heard(unit, spoken, case)


def _found(unit: Work, voice: str, reference: str) -> Done:
    row = _open(unit, voice)
    check_may_write(unit.viewer)
    before = _its_case(unit, row)
    try:
        case = opened(unit, plain_reference(reference), None, whole=True)
    except NotFound:
        sentence = "There is no record with this reference that you can see. Check it."
        raise Unacceptable(FieldFault("case", sentence)) from None
    if row.case_id == case.id:
        return Done(case.public_id, case.version, "", 0)
    row.case_id, row.claims_id = case.id, None
    unit.session.add(row)
    unit.session.flush()
    if before is not None:
        on_record(unit, before, "family_said_elsewhere", row.kind)
    done = on_record(unit, case, "family_said", row.kind)
    _pass_on(unit, row, case)
    return done


def _asked(unit: Work, voice: str, asked_of: str) -> Done:
    row = _open(unit, voice)
    check_may_write(unit.viewer)
    if row.kind is not VoiceKind.advocate:
        raise refuse("They didn't ask for an advocate.", who_can="Answer what they told us.")
    words = check_length("asked_of", asked_of, 200)
    if not words:
        raise Unacceptable(FieldFault("asked_of", "Say who was asked: their name, and where they work."))
    row.asked_of, row.asked_at, row.asked_by_id = words, unit.now, unit.viewer.id
    unit.session.add(row)
    case = _its_case(unit, row)
    return on_record(unit, case, "advocate_asked", row.kind, asked_of=words) if case else NOTHING_ON_RECORD


def _answered(unit: Work, voice: str, said: str, way: AnswerWay) -> Done:
    row = _open(unit, voice)
    check_may_answer(unit, row)
    words = check_length("said", said, LONGEST)
    if not words:
        raise Unacceptable(FieldFault("said", "Write what they were told."))
    if way is AnswerWay.could_not and not unit.viewer.has(*MANAGERS):
        raise refuse(
            "They haven't heard from us yet, so it stays open.",
            who_can="Try another way. A manager can end it when nothing more can be tried.",
        )
    row.answer, row.way = words, way
    row.answered_at, row.answered_by_id = unit.now, unit.viewer.id
    unit.session.add(row)
    finish_about(unit, TaskKind.family_says, row.public_id)
    case = _its_case(unit, row)
    how = WAYS[way].partition(":")[0]
    return on_record(unit, case, "family_answered", row.kind, they_heard=how) if case else NOTHING_ON_RECORD


def _open(unit: Work, ref: str) -> Voice:
    """What was told, locked for this transaction. Raises `NotFound` where it isn't the viewer's to read."""
    query = voices_visible_to(unit.viewer, unit.now).where(col(Voice.public_id) == ref)
    row = unit.session.exec(query.with_for_update()).first()
    if row is None:
        raise NotFound("message")
    if row.answered_at is not None:
        raise refuse("This has been answered already.", who_can="Look at the answer on its page.")
    return row


def _its_case(unit: Work, row: Voice) -> Case | None:
    if row.case_id is None:
        return None
    query = every_case().where(col(Case.id) == row.case_id)
    return unit.session.exec(query.with_for_update().execution_options(populate_existing=True)).one()


def _pass_on(unit: Work, row: Voice, case: Case) -> None:
    """The task goes to whoever answers for the record that was found, with the time it had."""
    owner, shown = owner_of(unit, row.kind, case.id), shown_on(row.kind, case)
    if owner == Owner():
        return
    unit.session.execute(
        update(TASK)
        .where(TASK.c.kind == TaskKind.family_says, TASK.c.about == row.public_id, TASK.c.done_at.is_(None))
        .values(practitioner_id=owner.practitioner_id, team_id=owner.team_id, case_id=shown)
    )
    audience = f"team:{owner.team_id}" if owner.team_id else f"practitioner:{owner.practitioner_id}"
    tell_of_task(unit, "task_given", audience, shown, row.due_at)
