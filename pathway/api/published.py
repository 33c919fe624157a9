"""What does the published document advise, and by when? Questions about the edition in force; nothing is kept."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query

from pathway.access import Viewer
from pathway.acts import Desk, FieldFault, Unacceptable
from pathway.api.answers import DueBody, RungBody
from pathway.api.asked import ID, Moment, check_in_reach
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told
from pathway.store.adopted.editions import in_force
from thresholds import Edition, Judgement, PastTheCalendar, Presenting, Unjudgeable, judge

router = APIRouter(tags=["What is published"])
CLOCK_SKEW = timedelta(minutes=5)
LimitId = Annotated[str, Path(pattern=ID, max_length=80, description="A limit of the edition, such as `decision`")]
From = Annotated[Moment, Query(alias="from", description="When the clock starts, with its zone")]


@router.post("/judgements", summary="Ask what the document advises", operation_id="judge")
def ask(desk: AtDesk, viewer: SignedIn, presenting: Told[Presenting]) -> Judgement:
    """Advice for one contact, by the edition in force when it came. Nothing is recorded, and a person decides."""
    check_may_ask(desk, viewer, presenting)
    try:
        return judge(_edition(desk, viewer, presenting.at), presenting)
    except Unjudgeable as wrong:
        raise Unacceptable(*(FieldFault(fit.field, fit.sentence) for fit in wrong.misfits)) from None
    except PastTheCalendar as wrong:
        raise Unacceptable(FieldFault("at", str(wrong))) from None


@router.get("/limits/{limit}/due", summary="Ask when a limit falls due", operation_id="due")
def fall_due(desk: AtDesk, viewer: SignedIn, limit: LimitId, start: From) -> DueBody:
    """When it would fall due had its clock started then, and how that is counted."""
    published = _edition(desk, viewer, desk.clock())
    found = published.limit(limit)
    try:
        answer = published.due(limit, start)
    except PastTheCalendar as wrong:
        raise Unacceptable(FieldFault("from", str(wrong))) from None
    rungs = tuple(RungBody(id=rung, at=at, hears=hears) for rung, at, hears in answer.rungs)
    return DueBody(
        limit=found.id,
        name=found.name,
        due_at=answer.due_at,
        explanation=answer.explanation,
        predicted=answer.predicted,
        rungs=rungs,
    )


def check_may_ask(desk: Desk, viewer: Viewer, presenting: Presenting) -> None:
    if presenting.authority != viewer.authority:
        raise Unacceptable(FieldFault("authority", f"You are signed in for '{viewer.authority}'; ask about that."))
    try:
        check_in_reach(presenting.at)
    except ValueError as wrong:
        raise Unacceptable(FieldFault("at", str(wrong))) from None
    if presenting.at > desk.clock() + CLOCK_SKEW:
        raise Unacceptable(FieldFault("at", "This time hasn't come yet. Check the date and the hour."))


def _edition(desk: Desk, viewer: Viewer, at: datetime) -> Edition:
    with desk.database.reading() as session:
        return in_force(session, viewer.authority, at)[1]
