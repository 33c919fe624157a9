"""Who has it once my shift ends? Each record to a staffed team at once, or to a person who is asked, with its tasks.

One transaction for each record, under one key: what a crash leaves undone is done when the same is sent again, and
what was done isn't done twice. What isn't handed over stays answered for by whoever answered, and is swept for.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pathway.access import Viewer
from pathway.acts import holding
from pathway.acts.assign import given, practitioner_or_team
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, KeyReused, NotFound, Unacceptable
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.record import Done
from pathway.acts.tasks import check_owns, open_task
from pathway.acts.tasks_pass import STAY, owner_becomes
from pathway.acts.worded import LONGEST_REASON, check_length
from pathway.tables import Case
from workflows import Refused, refuse

HANDED_OVER = "handed_over"
ROOM_FOR_REFERENCE = 80


@dataclass(frozen=True, slots=True)
class Passing:
    """One record, or one task of its own, to whom, and what they should know."""

    ref: str
    to: str
    note: str = ""


def hand_over_shift(
    desk: Desk,
    viewer: Viewer,
    *,
    records: tuple[Passing, ...] = (),
    tasks: tuple[Passing, ...] = (),
    note: str = "",
    key: str | None = None,
) -> tuple[str, ...]:
    """Hand on each record and task; returns the references of what was. `note` is for whoever takes any of it.

    Raises `Unacceptable` once all has been tried, with a fault for each that couldn't be (`to-` and its reference);
    the rest stands.
    """
    if not records and not tasks:
        raise Unacceptable(FieldFault("to", "Choose somebody for at least one record or task."))
    check_length("note", note, LONGEST_REASON)
    handed, wrong = list[str](), list[FieldFault]()
    for one, act in [(one, _record) for one in records] + [(one, _task) for one in tasks]:
        try:
            _alone(desk, viewer, one, note, key, act)
            handed.append(one.ref)
        except (Unacceptable, Refused, NotFound, KeyReused) as why:
            wrong.append(FieldFault(f"to-{one.ref}", _sentence(one, why)))
    if wrong:
        raise Unacceptable(*wrong)
    return tuple(handed)


def _alone(
    desk: Desk,
    viewer: Viewer,
    one: Passing,
    note: str,
    key: str | None,
    act: Callable[[Work, Passing, str], Done],
) -> None:
    own_key = f"{key[:ROOM_FOR_REFERENCE]}:{one.ref[:19]}" if key else None
    with work(desk, viewer) as unit:
        once(unit, own_key, ("hand_over_shift", one.ref, one.to, one.note, note), lambda: act(unit, one, note))


def _record(unit: Work, one: Passing, note: str) -> Done:
    case = opened(unit, one.ref, None, whole=True)
    _check_answers(unit, case)
    if one.to == unit.viewer.ref:
        raise Unacceptable(FieldFault("to", "That is you. Choose who takes it on, or leave it with yourself."))
    said = {"note": check_length("note", one.note, LONGEST_REASON), "for_all": note.strip()}
    return given(unit, case, one.to, said, (HANDED_OVER, HANDED_OVER))


def _task(unit: Work, one: Passing, note: str) -> Done:
    """A task that goes by itself. One about a record goes with the record, to whoever then answers for it."""
    task = open_task(unit, one.ref)
    check_owns(unit, task)
    if task.case_id is not None or task.kind in STAY:
        raise refuse("This task goes with its record, or stays with whom it was given to.", who_can="Ask a manager.")
    practitioner, team = practitioner_or_team(unit, None, one.to)
    owner_becomes(unit, task, practitioner_id=practitioner, team_id=team)
    return Done("", 0, "", 0)


def _check_answers(unit: Work, case: Case) -> None:
    held = holding.holder(unit, case)
    if held is None or (held.practitioner_id != unit.viewer.id and held.team_id not in unit.viewer.teams):
        raise refuse(
            "Neither you nor your team answers for this record any more.",
            who_can="Whoever does can hand it over, or a manager from the record itself.",
        )


def _sentence(one: Passing, why: Unacceptable | Refused | NotFound | KeyReused) -> str:
    if isinstance(why, Unacceptable):
        said = " ".join(fault.sentence for fault in why.faults)
    elif isinstance(why, Refused):
        said = " ".join(f"{refusal.sentence} {refusal.who_can}" for refusal in why.refusals)
    elif isinstance(why, KeyReused):
        said = "This was handed on already, as you first sent it. Open the page again to change whom it goes to."
    else:
        said = str(why)
    return f"{one.ref}: {said}"
