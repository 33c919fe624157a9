"""When do people meet next? What was agreed while everybody was there is arranged at once, with everybody invited."""

from collections.abc import Mapping

from sqlmodel import col

from pathway.access import by_reference, every_case
from pathway.acts.begin import begun_on, said_of, say_where_it_began, sets
from pathway.acts.desk import Work
from pathway.acts.meetings import invite_again, meeting_of
from pathway.acts.record import Line, record
from pathway.store.adopted.editions import in_force
from pathway.store.adopted.processes import process_of
from pathway.store.parts.meetings import set_as, who_is_invited
from pathway.store.parts.situations import children_on
from pathway.tables import Case
from workflows import Refusal, Refused
from workflows.meeting_facts import ArrangeMeeting, Held, Why

ERASED = "As before"
"""Where it was erased what the meeting before was for."""


def hold_parent(unit: Work, reference: str) -> None:
    """Lock the record on which this one began before itself, as whoever begins another there does."""
    on = by_reference(unit.viewer, reference).with_only_columns(col(Case.parent_id))
    unit.session.exec(every_case().where(col(Case.id).in_(on)).with_for_update()).all()


def meet_again(unit: Work, before: Case, held: Held) -> Mapping[str, str]:
    """Arrange the next meeting where the one before was, at the place and for the time that stand; its reference as
    `next`, and nothing where they don't meet again. Raises `Refused` where the record it was on has ended.
    """
    if held.next_on is None:
        return {}
    parent = unit.session.exec(every_case().where(col(Case.id) == before.parent_id)).one()
    if parent.closed_at is not None:
        sentence = f"Record {parent.public_id} has ended, so no next meeting can be arranged on it."
        raise Refused(Refusal(sentence, "Leave the next day empty, and say why you don’t meet again."))
    process, meeting = process_of(before), meeting_of(unit, before)
    facts = ArrangeMeeting.model_validate(
        {"where": ERASED, "why": Why.other, "about": ERASED}
        | set_as(unit.session, before)
        | {"on": held.next_on, "at": held.next_at, "minutes": meeting.minutes if meeting else 0}
    )
    edition_hash, edition = in_force(unit.session, unit.viewer.authority, unit.now)
    here = {person.id for _, person in children_on(unit.session, before)}
    chosen = [one for one in children_on(unit.session, parent) if one[1].id in here]
    case, patch = begun_on(unit, parent, process, edition_hash, chosen)
    tells = sets(unit, case, patch, process, edition, facts)
    again, hear = invite_again(unit, patch, before)
    names = who_is_invited(unit.session, before)
    said = said_of(parent, facts) | {"invited": {ref: names.get(old, "") for ref, old in again.items()}}
    record(unit, case, Line("begun", patch, said=said, tells=(*tells, *hear)))
    say_where_it_began(unit, parent, process, chosen, case)
    return {"next": case.public_id}
