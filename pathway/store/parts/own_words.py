"""Who may read what somebody said in their own words? They said so themselves; a history shows no more than that."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pathway.access import Viewer, members_of
from workflows.assessment_facts import Readers

KEPT = "Only whoever wrote it down and their manager may read this. They find it in the assessment."


def managed_by(session: Session, viewer: Viewer, now: datetime) -> frozenset[int]:
    """Whose words the viewer reads with them: the viewer's own, and those written down by people they manage."""
    managed = session.exec(members_of(viewer.managed_teams, now)).all() if viewer.managed_teams else ()
    return frozenset((viewer.id, *managed))


def may_read(readers: Readers | None, written_by: int, read_with: frozenset[int]) -> bool:
    """`read_with` are those whose words the viewer reads. Parents and carers have no account: paper must heed them."""
    return readers is not Readers.writer_and_manager or written_by in read_with


def for_history(said: dict[str, Any]) -> dict[str, Any]:
    """What an entry holds, as everybody who sees the record may read it in its history."""
    answers = said.get("answers")
    if not isinstance(answers, list):
        return said
    return said | {"answers": [_shown(one) if isinstance(one, Mapping) else one for one in answers]}


def _shown(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    if answer.get("readers") != Readers.writer_and_manager:
        return answer
    return {name: value for name, value in answer.items() if name != "value"} | {"said": KEPT, "reason": ""}
