"""Who says whether two are one, once nobody but a few may see one of them? One of those few, and never the front door.

Somebody who may see both and may link, where there is one; else one of those few, who may say that they aren't one.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlmodel import col, or_, select

from pathway.access import (
    Viewer,
    about,
    every_case,
    everybody_there,
    persons_hidden,
    persons_visible_to,
    posts_held,
    viewer_of,
    viewers_of,
)
from pathway.acts.desk import Work
from pathway.acts.named import who_may_know
from pathway.acts.tasks import tell_of_task
from pathway.store.parts.veil import persons_on
from pathway.tables import Case, PersonLink, Task
from pathway.tables.timing import TaskKind
from workflows.roles import LINKERS, Role

WAITS = "Two records may be about one person. Look at both, then agree, or say that they aren't."
CANT_AGREE = (
    "Somebody on this record was said to be one person with somebody on another. Nobody who is there may see both and "
    "agree: say that they aren't one, or ask a manager to name somebody here who may."
)
UPWARD = (Role.team_manager, Role.service_manager, Role.social_worker, Role.triage_adviser)
"""Those who may link, in the order in which a link falls to them."""


class Falls(NamedTuple):
    """To whom a link falls, and because of which record of theirs."""

    practitioner_id: int
    case_id: int
    words: str


def falls_to(unit: Work, link: PersonLink, now_with: int | None = None) -> Falls | None:
    """None where both stand in sight of the front door, whose it is then.

    Who is there comes first, and of those who may agree; whoever proposed it comes last, though before somebody who is
    away and may not agree either. It stays with `now_with` where that is as good.
    """
    hidden = unit.session.exec(persons_hidden((link.person_id, link.same_as_id))).all()
    few = _who_may_know(unit, [one.id or 0 for one in hidden]) if hidden else {}
    if not few:
        return None
    here, may, by = everybody_there(unit.session, unit.now), _who_may_agree(unit, link, few), link.proposed_by_id
    chosen = min(
        few,
        key=lambda one: (one not in here | may, one == by, one not in here, one not in may, one != now_with),
    )
    return Falls(chosen, few[chosen], WAITS if chosen in may else CANT_AGREE)


def links_pass(unit: Work, case: Case) -> None:
    """Once a record is restricted: the links of those on it leave the lists of whoever may not know of it."""
    on = persons_on(unit.session, [case.id or 0])
    theirs = or_(col(PersonLink.person_id).in_(on), col(PersonLink.same_as_id).in_(on))
    waiting = select(Task).where(
        col(Task.kind) == TaskKind.link_to_agree,
        col(Task.done_at).is_(None),
        col(Task.about).in_(select(PersonLink.public_id).where(theirs)),
    )
    for task in unit.session.exec(waiting.order_by(col(Task.id)).with_for_update()).all():
        link_passes(unit, task)


def link_passes(unit: Work, task: Task) -> bool:
    """Give the task to whom its link falls, who hears of it; False where that is the front door as before."""
    falls = falls_to(unit, _link_of(unit, task), task.practitioner_id)
    if falls is None:
        return False
    if task.practitioner_id != falls.practitioner_id:
        tell_of_task(unit, "task_given", f"practitioner:{falls.practitioner_id}", falls.case_id, task.due_at)
    task.practitioner_id, task.case_id, task.words = falls
    task.team_id = None
    unit.session.add(task)
    return True


def who_may_agree(unit: Work, task: Task) -> int | None:
    """Who may be the second where both stand in sight and whoever had the task isn't there: a manager before others."""
    link, here = _link_of(unit, task), everybody_there(unit.session, unit.now)
    posts = [
        one for one in posts_held(unit.session, unit.now) if one.authority == link.authority and one.role in UPWARD
    ]
    posts.sort(key=lambda one: (one.practitioner_id not in here, UPWARD.index(one.role), one.practitioner_id))
    for one in dict.fromkeys(post.practitioner_id for post in posts):
        viewer = viewer_of(unit.session, one, unit.now)
        if viewer is not None and _may_agree(unit, link, viewer):
            return one
    return None


def _who_may_know(unit: Work, persons: Iterable[int]) -> dict[int, int]:
    """Those who may know of the records about these persons, each with one of them."""
    found: dict[int, int] = {}
    for record in unit.session.exec(every_case().where(about(persons)).order_by(col(Case.id))).all():
        for one in who_may_know(unit, record.id or 0):
            found.setdefault(one, record.id or 0)
    return found


def _who_may_agree(unit: Work, link: PersonLink, among: Iterable[int]) -> frozenset[int]:
    viewers = viewers_of(unit.session, among, unit.now)
    return frozenset(one for one, viewer in viewers.items() if _may_agree(unit, link, viewer))


def _may_agree(unit: Work, link: PersonLink, viewer: Viewer) -> bool:
    """Whoever may link and sees both; whoever proposed it can't be the second."""
    both = (link.person_id, link.same_as_id)
    seen = persons_visible_to(viewer, unit.now, both)
    may = viewer.id != link.proposed_by_id and viewer.has(*LINKERS)
    return may and len(unit.session.exec(seen).all()) == len(both)


def _link_of(unit: Work, task: Task) -> PersonLink:
    return unit.session.exec(select(PersonLink).where(col(PersonLink.public_id) == task.about)).one()
