"""Who is at the front door at this hour? A staffed team that takes contacts; never nobody."""

from sqlmodel import col, select

from pathway.access import there
from pathway.acts.desk import Work
from pathway.acts.tasks import raise_task, someone_there
from pathway.tables import Team
from pathway.tables.timing import TaskKind
from thresholds import Edition
from workflows import Refused, refuse


def front_door(unit: Work, edition: Edition) -> tuple[int | None, int | None]:
    """The practitioner or staffed team that answers for a new worry at this hour.

    The emergency team's hours are the front door's off hours. A worry is never turned away because a team is
    empty: any staffed team that takes contacts answers instead, else the first manager who is there, and a
    manager is given the task to staff it.
    """
    kind = "front_door" if edition.calendar().is_open(unit.now) else "emergency"
    wanted = {one.id for one in edition.destinations if one.kind == kind}
    taking = unit.session.exec(
        select(Team)
        .where(col(Team.authority) == unit.viewer.authority, col(Team.takes_contacts))
        .order_by(col(Team.id))
    ).all()
    present = there(unit.session, unit.now)
    staffed = [team for team in taking if present.get(team.id or 0)]
    now_on = [team for team in staffed if team.destination in wanted]
    if not taking:
        raise Refused(*_nobody().refusals)
    if not now_on:
        raise_task(unit, TaskKind.team_unstaffed, kind, f"No staffed team is on now for: {kind.replace('_', ' ')}.")
    person = None if staffed else someone_there(unit)
    return (person, None) if person is not None else (None, (now_on or staffed or taking)[0].id)


def _nobody() -> Refused:
    return refuse(
        "No team here takes contacts yet, so nobody would answer for this child.",
        who_can="If the child is in danger ring 999. An administrator must name a team that takes contacts.",
    )
