"""Which record is being acted on, and has anybody changed it since it was opened?"""

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import Depth, answers_for, by_reference, depth, every_case, reached
from pathway.acts.desk import Work
from pathway.acts.faults import Conflict, NotFound, Since
from pathway.clock import LONDON
from pathway.store.adopted.processes import process_of
from pathway.store.parts.words import what_happened
from pathway.tables import Case, Entry, Practitioner

CHANGES_HANDS = ("accepted", "handed_over", "take_protection")
"""Entries after which somebody else may answer than whoever is shown on a page opened before."""


def opened(work: Work, reference: str, version: int | None, *, whole: bool = False) -> Case:
    """The case, locked for this transaction. Raises `NotFound` where it isn't the viewer's to know, `Conflict` where
    `version` is given and somebody else has acted since.
    """
    found = reached(work.session, work.viewer, reference, work.now, to_write=True)
    if found is None or (whole and found[1] is not Depth.whole):
        raise NotFound
    case, work.depths[reference] = found
    check_version(work, case, version)
    return case


def opened_by(work: Work, holding: SelectOfScalar[int]) -> Case | None:
    """The case of what somebody holds without seeing the case: a select of its id. Locked, and as it stands now, so
    that of two who answer at once the second finds that it is done.
    """
    query = every_case().where(col(Case.id).in_(holding)).with_for_update()
    return work.session.exec(query.execution_options(populate_existing=True)).first()


def opened_unseen(work: Work, reference: str) -> Case:
    """The case whether or not the viewer may see it: for breaking the glass and putting rows right, nothing else."""
    case = work.session.exec(by_reference(work.viewer, reference).with_for_update()).first()
    if case is None:
        raise NotFound
    return case


def check_version(work: Work, case: Case, version: int | None) -> None:
    """Raises `Conflict` where others acted since `version`; a referrer hears that they did, not who nor what."""
    if version is None or version == case.version:
        return
    rows = work.session.exec(
        select(Entry, Practitioner.name)
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(col(Entry.case_id) == case.id, col(Entry.version) > version)
        .order_by(col(Entry.sequence))
    ).all()
    whole = depth(work.session, work.viewer, case, work.now) is Depth.whole
    raise Conflict(
        tuple(_since(case, entry, name, whole) for entry, name in rows),
        case.version,
        _now_with(work, case) if whole and any(entry.kind in CHANGES_HANDS for entry, _ in rows) else "",
    )


def _now_with(work: Work, case: Case) -> str:
    """Who answers by now; nobody's name where it is the viewer, who knows."""
    found = answers_for(work.session, [case.id or 0], work.now).get(case.id or 0)
    own = found is None or found.practitioner_ids == {work.viewer.id}
    return "" if found is None or own else found.name


def _since(case: Case, entry: Entry, name: str, whole: bool) -> Since:
    at = entry.recorded_at.astimezone(LONDON)
    if not whole:
        return Since("The front door", "worked on it", f"{at:%H:%M on %-d %B}")
    return Since(name, what_happened(process_of(case), entry.kind), f"{at:%H:%M on %-d %B}")
