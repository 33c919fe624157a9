"""Is a new contact about somebody on a restricted record? Whoever holds it says; only a yes says anything there."""

from sqlmodel import col, select

from pathway.access import Depth, Viewer, depth, every_case
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.named import grant
from pathway.acts.once import once
from pathway.acts.patch import Patch
from pathway.acts.recognise import ANOTHER, ANOTHER_NOW
from pathway.acts.record import Done, Line, record
from pathway.acts.tasks import check_owns, finished, open_task
from pathway.acts.whoever_answers import ask_whoever_answers
from pathway.acts.worded import check_length, check_text
from pathway.tables import Case, Task
from pathway.tables.cases import GrantWhy
from pathway.tables.timing import TaskKind
from workflows.referral_facts import LONGEST_TEXT

SAY = "Say what the front door should know or do."
UNNAMED = "Leave out the reference of your own record: who reads this doesn’t know of it."
HAS_SAID = "{} has said what you should know or do about somebody on this record. Read it in the timeline."


def say_whether_known(
    desk: Desk, viewer: Viewer, *, task: str, known: bool, words: str = "", key: str | None = None
) -> Done:
    """Say whether the new contact that one was asked about is about somebody on one's restricted record.

    A no stands on that record alone. A yes needs words: they stand on the contact as the viewer's, whoever answers for
    it is given a task, and the viewer goes on seeing it. Raises `NotFound` for whoever wasn't asked.
    """
    with work(desk, viewer) as unit:
        asked = ("say_whether_known", task, known, words)
        return once(unit, key, asked, lambda: _said(unit, task, known, words), urgent=known)


def _said(unit: Work, ref: str, known: bool, words: str) -> Done:
    contact, own = _both(unit, ref)
    task = open_task(unit, ref, TaskKind.known_here)
    check_owns(unit, task)
    words = _tell_front_door(unit, contact, own, words) if known else check_length("words", words, LONGEST_TEXT)
    finished(unit, task)
    kind = "recognised" if known else "not_recognised"
    return record(unit, own, Line(kind, said={"contact": contact.public_id, "text": words}))


def _both(unit: Work, ref: str) -> tuple[Case, Case]:
    """The new contact and the restricted record, locked in one order and before the task, as other acts lock them."""
    asked = select(Task.about).where(
        col(Task.public_id) == ref,
        col(Task.authority) == unit.viewer.authority,
        col(Task.kind) == TaskKind.known_here,
        col(Task.practitioner_id) == unit.viewer.id,
    )
    about = unit.session.exec(asked).first()
    if about is None:
        raise NotFound("task")
    contact, own = about.split(":")
    query = every_case().where(col(Case.public_id).in_((contact, own))).order_by(col(Case.id)).with_for_update()
    rows = {one.public_id: one for one in unit.session.exec(query.execution_options(populate_existing=True)).all()}
    return rows[contact], rows[own]


def _tell_front_door(unit: Work, contact: Case, own: Case, words: str) -> str:
    """What is said stands on the contact; who said it goes on seeing it, where they see it now. The words as kept."""
    words = check_text(words, "words", SAY)
    if own.public_id in words.upper():
        raise Unacceptable(FieldFault("words", UNNAMED))
    patch = Patch()
    if depth(unit.session, unit.viewer, contact, unit.now) is Depth.whole:
        grant(unit, patch, unit.viewer.id, GrantWhy.named)
    done = record(unit, contact, Line("said_by_who_knows", patch, said={"text": words}))
    told = ANOTHER_NOW if contact.immediate else ANOTHER
    said = HAS_SAID.format(unit.viewer.name)
    ask_whoever_answers(unit, contact, TaskKind.answer_came, done.entry, said, told=told)
    return words
