"""What is new in what is told later? A worse danger, and whatever somebody here may know a child by."""

from collections.abc import Iterator

from sqlmodel import Session

from pathway.acts.desk import Work
from pathway.acts.faults import Unacceptable
from pathway.acts.judging import judged
from pathway.store.parts.told import children_of
from pathway.tables import Case
from thresholds import ChildJudgement, Edition, Judgement
from workflows.referral_facts import Take, TakenChild

KNOWN_BY = ("given_name", "family_name", "other_names", "born_on", "expected_on")


def newly_immediate(unit: Work, edition: Edition, before: Take, take: Take, judgement: Judgement) -> bool:
    """Whether something immediate is told now that wasn't before, of a child who was in danger already."""
    try:
        earlier = judged(unit, edition, before).children
    except Unacceptable:
        return judgement.immediate
    known = {told.ref: _immediate(one) for told, one in zip(before.children, earlier, strict=False)}
    told = zip(take.children, judgement.children, strict=False)
    return any(one.ref in known and not _immediate(found) <= known[one.ref] for one, found in told)


def _immediate(child: ChildJudgement) -> set[str]:
    return {one.id for one in child.because if one.immediate}


def told_anew(session: Session, case: Case, before: Take, take: Take) -> Iterator[tuple[TakenChild, int]]:
    """The children who are new on the record, or of whom something is told by which they may be known."""
    rows = {row.public_id: row.person_id for row in children_of(session, case)}
    told = {one.ref: one for one in before.children}
    for one in take.children:
        was = told.get(one.ref)
        if one.ref in rows and (was is None or any(getattr(was, name) != getattr(one, name) for name in KNOWN_BY)):
            yield (one if was is None else one.model_copy(update={"same_as": None})), rows[one.ref]
