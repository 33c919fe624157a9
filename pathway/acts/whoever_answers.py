"""Who reads what has come in about a record? Whoever answers for it; of a restricted one, nobody who mayn't know."""

from datetime import datetime

from pathway.access import answers_for
from pathway.acts.desk import Work
from pathway.acts.named import whom_to_ask
from pathway.acts.tasks import raise_task
from pathway.tables import Case
from pathway.tables.timing import TaskKind


def ask_whoever_answers(
    unit: Work,
    case: Case,
    kind: TaskKind,
    about: str,
    words: str,
    *,
    told: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Raise a task for the one practitioner or the staffed team; where there is neither, it falls as others do."""
    holder = answers_for(unit.session, [case.id or 0], unit.now).get(case.id or 0)
    team = holder.team_id if holder and holder.is_team else None
    person = min(holder.practitioner_ids) if holder and not holder.is_team else None
    if holder is None and case.restricted:
        person = whom_to_ask(unit, case.id or 0)
    owner = {"team_id": team, "practitioner_id": person}
    raise_task(unit, kind, about, words, case_id=case.id, **owner, told=told, due_at=due_at)
