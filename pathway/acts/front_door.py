"""Who is at the front door at this hour? A staffed team that takes contacts; never nobody."""

from collections.abc import Iterable, Sequence

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
    kind, taking = on_now(unit, edition), teams_taking(unit)
    staffed = staffed_of(unit, taking)
    now_on = taking_at(edition, kind, staffed)
    if not taking:
        raise Refused(*_nobody().refusals)
    if not now_on:
        raise_task(unit, TaskKind.team_unstaffed, about(unit, kind), no_team(kind))
    person = None if staffed else someone_there(unit)
    return (person, None) if person is not None else (None, (now_on or staffed or taking)[0].id)


def on_now(unit: Work, edition: Edition) -> str:
    """The kind of place that is the front door at this hour."""
    return "front_door" if edition.calendar().is_open(unit.now) else "emergency"


def about(unit: Work, part: str) -> str:
    """What a task about an empty post or team is about: each once in an authority."""
    return f"{part} {unit.viewer.authority}"[:80]


def no_team(kind: str) -> str:
    return f"No staffed team is on now for: {kind.replace('_', ' ')}."


def staffed_of(unit: Work, teams: Iterable[Team]) -> list[Team]:
    """Those of the teams in which somebody is there who may hold a record."""
    present = there(unit.session, unit.now)
    return [team for team in teams if present.get(team.id or 0)]


def teams_taking(unit: Work) -> Sequence[Team]:
    """The council's teams that take contacts, staffed or not, at whatever hour."""
    return unit.session.exec(
        select(Team)
        .where(col(Team.authority) == unit.viewer.authority, col(Team.takes_contacts))
        .order_by(col(Team.id))
    ).all()


def taking_at(edition: Edition, kind: str, teams: Iterable[Team]) -> list[Team]:
    """Those of the teams whose place in the document is of this kind: `front_door` by day, `emergency` by night."""
    places = {one.id for one in edition.destinations if one.kind == kind}
    return [team for team in teams if team.destination in places]


def _nobody() -> Refused:
    return refuse(
        "No team here takes contacts yet, so nobody would answer for this child.",
        who_can="If the child is in danger ring 999. An administrator must name a team that takes contacts.",
    )
