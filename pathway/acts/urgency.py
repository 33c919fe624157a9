"""How soon must it be screened? A band's clock counts from when the record's own began."""

from collections.abc import Sequence
from datetime import datetime

from pathway.acts import clocks
from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.tables import Case, Deadline
from thresholds import Edition
from workflows import Fired

SCREENING = "decision"
"""The limit that a band tightens or eases: once it stops, the band's clock stops with it."""

REBANDED = "rebanded"


def follow(unit: Work, case: Case, edition: Edition, fired: Fired, open_now: Sequence[Deadline], patch: Patch) -> None:
    """What a move does to the band: gives one, ends its clock with the decision, or clears it for a new screening."""
    banded = [one for one in open_now if one.limit_id in {band.limit for band in edition.urgencies}]
    chosen = fired.outcome.urgency
    if chosen is not None:
        clocks.stop(patch, banded, unit.now, how=REBANDED)
        clocks.start(patch, edition, {edition.urgency(chosen).limit}, _since(case, open_now))
        patch.change("case", case.public_id, urgency=chosen)
    elif SCREENING in fired.stops:
        clocks.stop(patch, banded, unit.now)
    elif SCREENING in fired.starts and case.urgency and not any(one.limit_id == SCREENING for one in open_now):
        patch.change("case", case.public_id, urgency=None)


def _since(case: Case, open_now: Sequence[Deadline]) -> datetime:
    """When screening began: re-banding never gives back the time that has gone."""
    return min((one.started_at for one in open_now if one.limit_id == SCREENING), default=case.received_at)
