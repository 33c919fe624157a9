"""Are these two one person? A link is proposed by one practitioner, agreed by a second, and can be undone."""

from sqlmodel import col, select

from pathway.access import Viewer, person_visible_to, persons_visible_to
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.front_door import front_door
from pathway.acts.link_owner import WAITS, falls_to
from pathway.acts.once import once
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, record_for_authority
from pathway.acts.tasks import check_owns, finish_about, open_task, raise_task
from pathway.acts.worded import check_reason
from pathway.store.adopted.editions import in_force
from pathway.tables import Person, PersonLink, Task
from pathway.tables.timing import TaskKind
from workflows import refuse
from workflows.roles import LINKERS

NOBODY = "There is nobody you can see with that reference. Check it."
NO_CHILD = "No child you can see has that reference. Leave it out."


def propose_link(desk: Desk, viewer: Viewer, *, person: str, same_as: str, reason: str, key: str | None = None) -> Done:
    """Propose that two persons, by reference, are one. Nothing joins until a second practitioner agrees."""
    with work(desk, viewer) as unit:
        asked = ("propose_link", person, same_as, reason)
        return once(unit, key, asked, lambda: _proposed(unit, person, same_as, reason))


def agree_link(desk: Desk, viewer: Viewer, *, link: str, reason: str, key: str | None = None) -> Done:
    """Agree a link somebody else proposed."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("agree_link", link, reason), lambda: _agreed(unit, link, reason))


def undo_link(desk: Desk, viewer: Viewer, *, link: str, reason: str, key: str | None = None) -> Done:
    """Undo a link: the two stand apart again, and the history says so."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("undo_link", link, reason), lambda: _undone(unit, link, reason))


def say_apart(desk: Desk, viewer: Viewer, *, task: str, reason: str, key: str | None = None) -> Done:
    """Say that two aren't one, as the one person to whom the task of it was given: they may not be able to see both,
    or to link. Raises `NotFound` for everybody else.
    """
    with work(desk, viewer) as unit:
        return once(unit, key, ("say_apart", task, reason), lambda: _said_apart(unit, task, reason))


def _proposed(unit: Work, person: str, same_as: str, reason: str) -> Done:
    check_may_link(unit.viewer)
    first, second = (_person(unit, *one, NOBODY) for one in ((person, "person"), (same_as, "same_as")))
    if first.id == second.id:
        raise Unacceptable(FieldFault("same_as", "These are the same record already. Choose two."))
    return _linked(unit, first.id or 0, second.id or 0, reason)


def taken_for(unit: Work, person_id: int, same_as: str | None, field: str) -> None:
    """Propose, with a taking, that a new row is somebody known already: the taker's belief, for a second person.

    Raises `Unacceptable` at `field` where the taker can't see such a person, or there is none: the two look the same.
    """
    if same_as:
        known = _person(unit, same_as, field, NO_CHILD if field.startswith("children") else NOBODY)
        _linked(unit, person_id, known.id or 0, "Believed to be the same when it was taken.")


def check_seen(unit: Work, ref: str, field: str) -> None:
    """Raises `Unacceptable` at `field` where the viewer can't see such a person."""
    _person(unit, ref, field, NOBODY)


def _linked(unit: Work, person_id: int, same_as_id: int, reason: str) -> Done:
    link = PersonLink(
        authority=unit.viewer.authority,
        person_id=person_id,
        same_as_id=same_as_id,
        proposed_at=unit.now,
        proposed_by_id=unit.viewer.id,
    )
    unit.session.add(link)
    unit.session.flush()
    done = _written(unit, "link_proposed", link, reason)
    _ask_to_agree(unit, link)
    return done


def _ask_to_agree(unit: Work, link: PersonLink) -> None:
    """It is the front door's, unless that mayn't see both."""
    kind, falls = TaskKind.link_to_agree, falls_to(unit, link)
    if falls is not None:
        to, case_id, words = falls
        raise_task(unit, kind, link.public_id, words, practitioner_id=to, case_id=case_id)
        return
    _, edition = in_force(unit.session, unit.viewer.authority, unit.now)
    person, team = front_door(unit, edition)
    raise_task(unit, kind, link.public_id, WAITS, practitioner_id=person, team_id=team)


def _agreed(unit: Work, ref: str, reason: str) -> Done:
    check_may_link(unit.viewer)
    row = _link(unit, ref)
    if row.proposed_by_id == unit.viewer.id:
        raise refuse(
            "You proposed this link, so someone else must agree it.",
            who_can="Ask another adviser or social worker.",
        )
    if row.agreed_at is not None:
        raise refuse("This link is agreed already.", who_can="Nothing is left to do.")
    row.agreed_at, row.agreed_by_id = unit.now, unit.viewer.id
    finish_about(unit, TaskKind.link_to_agree, row.public_id)
    return _written(unit, "link_agreed", row, reason)


def _undone(unit: Work, ref: str, reason: str) -> Done:
    check_may_link(unit.viewer)
    return _apart(unit, _link(unit, ref), reason)


def _said_apart(unit: Work, ref: str, reason: str) -> Done:
    """The link is locked before its task, as where it is agreed."""
    asked = select(Task.about).where(
        col(Task.public_id) == ref,
        col(Task.kind) == TaskKind.link_to_agree,
        col(Task.practitioner_id) == unit.viewer.id,
        col(Task.case_id).is_not(None),
    )
    about = unit.session.exec(asked).first()
    if about is None:
        raise NotFound("task")
    link = _standing(unit, about, "task")
    check_owns(unit, open_task(unit, ref, TaskKind.link_to_agree))
    return _apart(unit, link, reason)


def _apart(unit: Work, row: PersonLink, reason: str) -> Done:
    row.undone_at, row.undone_by_id = unit.now, unit.viewer.id
    finish_about(unit, TaskKind.link_to_agree, row.public_id)
    return _written(unit, "link_undone", row, reason)


def check_may_link(viewer: Viewer) -> None:
    if not viewer.has(*LINKERS):
        raise refuse("Linking records isn't part of your role.", who_can="Ask a triage adviser or social worker.")


def _person(unit: Work, ref: str, field: str, sentence: str) -> Person:
    found = unit.session.exec(person_visible_to(unit.viewer, unit.now, ref)).first()
    if found is None:
        raise Unacceptable(FieldFault(field, sentence))
    return found


def _link(unit: Work, ref: str) -> PersonLink:
    """A link between two persons that the viewer may see, both of them."""
    row = _standing(unit, ref, "link")
    both = persons_visible_to(unit.viewer, unit.now, (row.person_id, row.same_as_id))
    if len(unit.session.exec(both).all()) < 2:
        raise NotFound("link")
    return row


def _standing(unit: Work, ref: str, what: str) -> PersonLink:
    """A link that isn't undone, locked for this transaction."""
    row = unit.session.exec(
        select(PersonLink)
        .where(
            col(PersonLink.public_id) == ref,
            col(PersonLink.authority) == unit.viewer.authority,
            col(PersonLink.undone_at).is_(None),
        )
        .with_for_update()
    ).first()
    if row is None:
        raise NotFound(what)
    return row


def _written(unit: Work, kind: str, link: PersonLink, reason: str) -> Done:
    unit.session.add(link)
    patch = Patch()
    patch.change("person_link", link.public_id, person_id=link.person_id, same_as_id=link.same_as_id)
    done = record_for_authority(unit, Line(kind, patch, said={"reason": check_reason(reason)}))
    return Done("", 0, done.entry, done.sequence, {"link": link.public_id})
