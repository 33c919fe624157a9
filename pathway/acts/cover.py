"""Who stands in? Cover for one record, from now until a moment; it ends by itself, or with whom it covers."""

from datetime import datetime

from pathway.access import Viewer
from pathway.acts import holding
from pathway.acts.assign import check_may_hand_over, check_open, practitioner_or_team
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, Telling, record


def cover(
    desk: Desk,
    viewer: Viewer,
    *,
    case: str,
    by: str,
    until: datetime,
    version: int | None = None,
    key: str | None = None,
) -> Done:
    """Name who covers for the holder from now until a moment. Cover is for this one record and ends by itself."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("cover", case, by, until), lambda: covered(unit, case, by, until, version))


def covered(unit: Work, reference: str, by: str, until: datetime, version: int | None) -> Done:
    case = opened(unit, reference, version, whole=True)
    check_may_hand_over(unit.viewer)
    check_open(case)
    if until <= unit.now:
        raise Unacceptable(FieldFault("until", "Cover must end after now. Check the date and the hour."))
    practitioner, _ = practitioner_or_team(unit, case, by, field="by")
    if practitioner is None:
        raise Unacceptable(FieldFault("by", "Name one practitioner as cover; a team answers without it."))
    patch = Patch()
    holding.covers(unit, patch, practitioner, until)
    tells = (Telling("cover_named", f"practitioner:{practitioner}", due_at=until),)
    return record(unit, case, Line("covered", patch, tells=tells))
