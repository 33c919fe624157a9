"""Is a part left that nobody is there to play? Each is somebody's task, once, and over once somebody is there again."""

from sqlmodel import col, select

from pathway.acts.desk import Work
from pathway.acts.front_door import about, no_team, on_now, staffed_of, taking_at, teams_taking
from pathway.acts.tasks import finished, raise_task
from pathway.store.adopted.editions import NothingAdopted, in_force
from pathway.store.staffing.unplayed import unplayed
from pathway.tables import Task
from pathway.tables.timing import TaskKind
from thresholds import Edition

MEND = "Name somebody to stand in, or put the dates of posts and absences right."
DOORS = ("front_door", "emergency")


def raise_unstaffed(unit: Work) -> None:
    """A task for every role that should hear, answer or agree, and for the front door at this hour, if it is empty."""
    try:
        _, edition = in_force(unit.session, unit.viewer.authority, unit.now)
    except NothingAdopted:
        return
    empty = {one.part: one.sentence for one in unplayed(unit.session, unit.viewer.authority, edition, unit.now)}
    doors = _empty_doors(unit, edition)
    if (now := on_now(unit, edition)) in doors:
        empty[now] = no_team(now)
    for part, sentence in empty.items():
        raise_task(unit, TaskKind.team_unstaffed, about(unit, part), f"{sentence} {MEND}")
    _finish_all_but(unit, {about(unit, part) for part in (*empty, *doors)})


def _empty_doors(unit: Work, edition: Edition) -> tuple[str, ...]:
    """By day and by night: what was empty last night stays a task until somebody is there for the next."""
    staffed = staffed_of(unit, teams_taking(unit))
    return tuple(kind for kind in DOORS if not taking_at(edition, kind, staffed))


def _finish_all_but(unit: Work, empty: set[str]) -> None:
    """By the system's own word."""
    tasks = select(Task).where(
        col(Task.authority) == unit.viewer.authority,
        col(Task.kind) == TaskKind.team_unstaffed,
        col(Task.done_at).is_(None),
        col(Task.about).not_in(empty),
    )
    for task in unit.session.exec(tasks.order_by(col(Task.id)).with_for_update()).all():
        finished(unit, task)
