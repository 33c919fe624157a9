"""What does a move bring about? The machine says whether it may; everything that follows is written at once."""

from datetime import date, datetime, time
from typing import Any

from sqlmodel import col, select

from pathway.access import answers_for, depth, every_case, seen_whole_by
from pathway.acts import actions, asks, clocks, meetings, urgency
from pathway.acts.desk import Work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.front_door import front_door
from pathway.acts.holding import answers, check_there, is_there
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, Telling, record
from pathway.acts.tasks import raise_task
from pathway.acts.whoever_answers import ask_whoever_answers
from pathway.store.adopted.editions import edition_of
from pathway.store.adopted.processes import process_of
from pathway.store.parts.situations import situation_of
from pathway.tables import Case, CaseChild, Deadline, Level
from pathway.tables.columns import public_id
from pathway.tables.timing import TaskKind
from thresholds import Edition, PastTheCalendar
from thresholds.timing.calendar import moment
from workflows import PROCESSES, ChildDecided, Facts, Fired, fire

TAKE_UP = frozenset(one.name for one in PROCESSES if one.takes_up)
"""The processes on whose records a worry may be taken on."""


def make(unit: Work, case: Case, name: str, facts: Facts, patch: Patch, tells: tuple[Telling, ...] = ()) -> Done:
    """One move of a locked case, with what the patch holds already, and everything it brings about."""
    open_now = clocks.running(unit, case)
    seen = unit.depths.get(case.public_id) or depth(unit.session, unit.viewer, case, unit.now)
    situation = situation_of(unit.session, case, unit.viewer, unit.now, seen, running=open_now)
    fired = fire(process_of(case), situation, name, facts)
    _state(unit, case, fired, patch)
    _clocks(unit, case, fired, open_now, patch)
    _children(unit, case, fired.outcome.decisions, patch)
    _proposals(unit, case, fired, patch)
    _answering(unit, case, fired, patch)
    _give(unit, case, fired)
    asked = asks.follow(unit, case, fired.outcome, patch, ends=fired.ends)
    taken_on = actions.follow(unit, case, fired, patch)
    met = meetings.follow(unit, case, fired.outcome, patch)
    told = (*(Telling(tell.message, tell.to) for tell in fired.tells), *asked, *taken_on, *met, *tells)
    return record(unit, case, Line(name, patch, said=facts.model_dump(mode="json"), tells=told))


def _answering(unit: Work, case: Case, fired: Fired, patch: Patch) -> None:
    """Whoever takes protection answers, and whoever reopens what nobody answers for any more.

    Protection never waits for an absence that was wrongly recorded: whoever answered before goes on, with a task.
    A record that had ended and is protected, by a referrer too, falls to the front door where nobody answers.
    """
    if fired.move.actor_answers and is_there(unit):
        answers(unit, case, patch, practitioner_id=unit.viewer.id)
    elif fired.move.actor_answers:
        words = f"{unit.viewer.name} took this while marked as away. Put the dates right, then hand it over."
        raise_task(unit, TaskKind.data_to_put_right, case.public_id, words, case_id=case.id)
    elif case.closed_at is not None and not fired.ends and not answers_for(unit.session, [case.id or 0], unit.now):
        _answers_again(unit, case, fired, patch)


def _answers_again(unit: Work, case: Case, fired: Fired, patch: Patch) -> None:
    if fired.move.protective:
        person, team = front_door(unit, edition_of(unit.session, case.authority, case.edition_hash))
        answers(unit, case, patch, practitioner_id=person, team_id=team)
        return
    check_there(unit)
    answers(unit, case, patch, practitioner_id=unit.viewer.id)


def _give(unit: Work, case: Case, fired: Fired) -> None:
    for todo in (one for one in (fired.move.gives, fired.outcome.gives) if one is not None):
        kind = TaskKind(todo.kind)
        if todo.on is None:
            raise_task(unit, kind, case.public_id, todo.words, case_id=case.id, besides=unit.viewer.id)
        else:
            due_at = _closing_on(edition_of(unit.session, case.authority, case.edition_hash), todo.on)
            ask_whoever_answers(unit, case, kind, case.public_id, todo.words, due_at=due_at)


def _closing_on(edition: Edition, day: date) -> datetime:
    """When a day closes, or the next on which anybody works; its end where no calendar reaches it."""
    calendar = edition.calendar()
    try:
        return calendar.closing(calendar.working_day_from(day))
    except PastTheCalendar:
        return moment(day, time(17))


def _state(unit: Work, case: Case, fired: Fired, patch: Patch) -> None:
    changed: dict[str, Any] = {"state": fired.state}
    if fired.ends != (case.closed_at is not None):
        changed["closed_at"] = unit.now if fired.ends else None
    joined_by_danger = patch.changed.get("case", {}).get(case.public_id, {}).get("immediate", False)
    if (fired.urgent or joined_by_danger) != case.immediate:
        changed["immediate"] = fired.urgent or joined_by_danger
    if fired.outcome.target is not None:
        changed["offered_to_id"] = _target(unit, case, fired.outcome.target) if fired.outcome.target else None
    patch.change("case", case.public_id, **changed)


def _target(unit: Work, case: Case, reference: str) -> int:
    """The open record offered to: one that is seen, or known of because help goes on there. One that is itself on
    offer, or being written to this moment, is refused, so offers never run in a circle and never wait for each other.
    """
    seen = seen_whole_by(unit.viewer, unit.now).with_only_columns(col(Case.id))
    helped = (col(Case.process) != case.process) & col(Case.restricted).is_(False)
    query = every_case().where(
        col(Case.authority) == case.authority,
        col(Case.public_id) == reference,
        col(Case.closed_at).is_(None),
        col(Case.offered_to_id).is_(None),
        col(Case.process).in_(TAKE_UP),
        helped | col(Case.id).in_(seen),
    )
    found = unit.session.exec(query.with_for_update(skip_locked=True)).first()
    if found is None or found.id == case.id:
        sentence = "There is no other open record with that reference that you can see, and that isn't on offer itself."
        raise Unacceptable(FieldFault("open_case", f"{sentence} Check it."))
    return found.id or 0


def _clocks(unit: Work, case: Case, fired: Fired, open_now: tuple[Deadline, ...], patch: Patch) -> None:
    stopping = [one for one in open_now if one.limit_id in fired.stops]
    clocks.stop(patch, stopping, unit.now)
    if fired.ends:
        clocks.stop(patch, [one for one in open_now if one not in stopping], unit.now, how="no_longer_needed")
        return
    edition = edition_of(unit.session, case.authority, case.edition_hash)
    still = {one.limit_id for one in open_now} - fired.stops
    starting = fired.starts - still - asks.OWN - actions.OWN
    clocks.start_of(patch, edition, process_of(case), starting, unit.now, fired.outcome.due_on)
    urgency.follow(unit, case, edition, fired, open_now, patch)


def _children(unit: Work, case: Case, decisions: tuple[ChildDecided, ...], patch: Patch) -> None:
    rows = {row.public_id: row for row in _rows(unit, case)} if decisions else {}
    for decided in decisions:
        row = rows.get(decided.ref)
        if row is None:
            raise NotFound("child")
        patch.change("case_child", decided.ref, **_decided(unit, decided))
        if decided.level and decided.level != row.level:
            _level(unit, case, row, decided.level, patch)


def _rows(unit: Work, case: Case) -> list[CaseChild]:
    return list(unit.session.exec(select(CaseChild).where(col(CaseChild.case_id) == case.id)).all())


def _decided(unit: Work, decided: ChildDecided) -> dict[str, Any]:
    """What changes on a child's row: None leaves a column as it stands, an empty word clears it."""
    fields: dict[str, Any] = {}
    if decided.decision is not None:
        made = bool(decided.decision)
        fields |= {
            "decision": decided.decision or None,
            "decided_at": unit.now if made else None,
            "decided_by_id": unit.viewer.id if made else None,
        }
    if decided.level:
        fields["level"] = decided.level
    if decided.destination is not None:
        fields["destination"] = decided.destination or None
    if decided.taken_up is not None:
        fields["taken_up_at"] = unit.now if decided.taken_up else None
    return fields


def _level(unit: Work, case: Case, row: CaseChild, level: str, patch: Patch) -> None:
    standing = unit.session.exec(
        select(Level).where(
            col(Level.person_id) == row.person_id, col(Level.case_id) == case.id, col(Level.until).is_(None)
        )
    )
    for one in standing.all():
        patch.change("level", one.public_id, until=unit.now)
    patch.add(
        "level",
        public_id(),
        person_id=row.person_id,
        level=level,
        edition_hash=case.edition_hash,
        since=unit.now,
        until=None,
    )


def _proposals(unit: Work, case: Case, fired: Fired, patch: Patch) -> None:
    proposals = fired.outcome.proposals
    if proposals is None:
        return
    waiting = {one.ref: one for one in proposals}
    for row in _rows(unit, case):
        one = waiting.get(row.public_id)
        if one is not None or row.proposed_decision is not None:
            patch.change(
                "case_child",
                row.public_id,
                proposed_decision=one.decision if one else None,
                proposed_level=one.level if one else None,
                proposed_destination=(one.destination or None) if one else None,
            )
