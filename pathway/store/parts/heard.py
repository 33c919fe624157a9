"""What does whoever told us hear of what became of it? Whether we have it, by when, and what they were told."""

from collections.abc import Iterable

from pathway.store.parts.views import DeadlineView, EntryView, Heard
from pathway.tables import Case

TOLD = "tell_referrer"


def heard(row: Case, timeline: Iterable[EntryView], clocks: Iterable[DeadlineView]) -> Heard:
    """Nothing that anybody wrote but what was said to the referrer; never where it stands inside."""
    entries = tuple(timeline)
    told = next((entry for entry in entries if entry.kind == TOLD), None)
    return Heard(
        state_words=_status(row, told),
        received_at=row.received_at,
        acknowledged=any(entry.kind == "acknowledge" for entry in entries),
        told=str(told.said.get("said", "")) if told else "",
        told_how=str(told.said.get("how", "")) if told else "",
        told_at=told.recorded_at if told else None,
        expected_by=next((one.due_at for one in clocks if one.limit == "decision" and one.closed_at is None), None),
    )


def _status(row: Case, told: EntryView | None) -> str:
    if told is not None:
        return "A decision has been made and you have been told"
    return "Finished: ring us to hear more" if row.closed_at else "We have it and are looking at it"
