"""When do people meet next? What was agreed while everybody was there is arranged at once, with everybody invited."""

from collections.abc import Mapping

from sqlmodel import col

from pathway.access import answers_for, by_reference, every_case
from pathway.acts.begin import begun_on, said_of, say_where_it_began, sets, why_not
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

LATER = "Leave the next day empty and say why, then arrange it on the record when you can."


def hold_parent(unit: Work, reference: str) -> None:
    """Lock the record on which this one began before itself, as whoever begins another there does."""
    on = by_reference(unit.viewer, reference).with_only_columns(col(Case.parent_id))
    unit.session.exec(every_case().where(col(Case.id).in_(on)).with_for_update()).all()


def meet_again(unit: Work, before: Case, held: Held) -> Mapping[str, str]:
    """Arrange the next meeting on the record where the one before was; its reference as `next`, and nothing where they
    don't meet again. Whoever answers for the one before answers for it.

    Raises `Refused` where it can't be arranged, or where what it is for was erased and isn't said again.
    """
    if held.next_on is None:
        return {}
    parent = unit.session.exec(every_case().where(col(Case.id) == before.parent_id)).one()
    process, facts = process_of(before), _facts(unit, before, held)
    edition_hash, edition = in_force(unit.session, unit.viewer.authority, unit.now)
    here = {person.id for _, person in children_on(unit.session, before)}
    chosen = [one for one in children_on(unit.session, parent) if one[1].id in here]
    if reasons := tuple(why_not(unit, parent, process, edition, facts, chosen, {})):
        raise Refused(*reasons, Refusal("So the next meeting can’t be arranged now.", LATER))
    case, patch = begun_on(unit, parent, process, edition_hash, chosen, answered_by=_who_answers(unit, before))
    tells = sets(unit, case, patch, process, edition, facts)
    again, hear = invite_again(unit, patch, before)
    names = who_is_invited(unit.session, before)
    said = said_of(parent, facts) | {"invited": {ref: names.get(old, "") for ref, old in again.items()}}
    record(unit, case, Line("begun", patch, said=said, tells=(*tells, *hear)))
    say_where_it_began(unit, parent, process, chosen, case)
    return {"next": case.public_id}


def _facts(unit: Work, before: Case, held: Held) -> ArrangeMeeting:
    """What was said of the meeting before, and what is said of the next otherwise."""
    meeting, said = meeting_of(unit, before), set_as(unit.session, before)
    said |= {"where": held.next_where} if held.next_where else {}
    said |= {"about": held.next_about} if held.next_about else {}
    if not {"where", "about"} <= said.keys() or meeting is None:
        sentence = "Where you met before, and what for, was erased."
        raise Refused(Refusal(sentence, "Say where you meet next, and what those who are invited read of it."))
    when = {"on": held.next_on, "at": held.next_at, "minutes": meeting.minutes}
    return ArrangeMeeting.model_validate({"why": Why.other} | said | when)


def _who_answers(unit: Work, before: Case) -> int:
    found = answers_for(unit.session, [before.id or 0], unit.now).get(before.id or 0)
    return unit.viewer.id if found is None or found.is_team else min(found.practitioner_ids)
