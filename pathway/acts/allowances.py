"""May a time stand still, or be made longer? As the document lets it, with a reason, and never without an end."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeVar

from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts import clocks
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, record
from pathway.acts.worded import check_reason, check_text
from pathway.store.adopted.editions import edition_of
from pathway.store.parts.details import stands_still
from pathway.tables import Case, Deadline
from thresholds import Allowance, Edition, Extension, MadeLonger, Pause, StoodStill, said
from thresholds.published.limits import span
from workflows import Role, refuse
from workflows.roles import MANAGERS, ask_one_of

NO_LONGER = "The time has come and gone; what is late stays late, and shows."
A = TypeVar("A", bound=Allowance)
Act = Callable[[Work, Case, Deadline, Edition], Done]
PAUSED, RESUMED, EXTENDED = "paused", "resumed", "extended"


def pause_clock(
    desk: Desk,
    viewer: Viewer,
    *,
    case: str,
    clock: str,
    waits_for: str,
    reason: str,
    version: int | None = None,
    key: str | None = None,
) -> Done:
    """Let a time stand still while somebody is waited on. It goes on by itself after the pause's own limit.

    Raises `Refused` with every reason, `Unacceptable`, `NotFound`, `Conflict`.
    """
    act = partial(_paused, waits_for=waits_for, reason=reason)
    return _on_a_clock(desk, viewer, ("pause_clock", case, clock, waits_for, reason), version, key, act)


def resume_clock(
    desk: Desk, viewer: Viewer, *, case: str, clock: str, version: int | None = None, key: str | None = None
) -> Done:
    """Let a time that stands still go on before its pause is over. Raises as `pause_clock` does."""
    return _on_a_clock(desk, viewer, ("resume_clock", case, clock), version, key, _resumed)


def extend_clock(
    desk: Desk,
    viewer: Viewer,
    *,
    case: str,
    clock: str,
    by: int,
    reason: str,
    version: int | None = None,
    key: str | None = None,
) -> Done:
    """Make a time longer by so many of the units its extension is counted in. Raises as `pause_clock` does."""
    act = partial(_extended, by=by, reason=reason)
    return _on_a_clock(desk, viewer, ("extend_clock", case, clock, str(by), reason), version, key, act)


def check_may_use(viewer: Viewer, allowance: A | None) -> A:
    """Raises `Refused` where the document allows nothing of the kind, or doesn't allow it to the viewer."""
    if allowance is None:
        raise refuse(
            "The document doesn’t let this time wait or be made longer.", who_can="Act within it, or ask a manager."
        )
    if not _has_part(viewer, allowance):
        named = [role for role in Role if role in allowance.who] or MANAGERS
        raise refuse("That isn’t part of your role.", who_can=ask_one_of(named))
    return allowance


class OpenTo(NamedTuple):
    """What a viewer may do to a time: nothing where the document, or their role, doesn't let them."""

    pause: Pause | None
    extension: Extension | None


def open_to(viewer: Viewer, edition: Edition, limit_id: str) -> OpenTo:
    pause, extension = edition.pause_for(limit_id), edition.extension_for(limit_id)
    return OpenTo(
        pause if pause and _has_part(viewer, pause) else None,
        extension if extension and _has_part(viewer, extension) else None,
    )


def _has_part(viewer: Viewer, allowance: Allowance) -> bool:
    return not viewer.roles.isdisjoint(allowance.who)


def _on_a_clock(
    desk: Desk, viewer: Viewer, asked: tuple[str, ...], version: int | None, key: str | None, act: Act
) -> Done:
    """`asked` names the act, the case and the clock, and whatever more was said."""
    _, reference, clock, *_ = asked

    def found(unit: Work) -> Done:
        case = opened(unit, reference, version, whole=True)
        return act(unit, case, _clock(unit, case, clock), edition_of(unit.session, case.authority, case.edition_hash))

    with work(desk, viewer) as unit:
        return once(unit, key, asked, lambda: found(unit))


def _clock(unit: Work, case: Case, ref: str) -> Deadline:
    query = select(Deadline).where(
        col(Deadline.case_id) == case.id, col(Deadline.public_id) == ref, col(Deadline.closed_at).is_(None)
    )
    row = unit.session.exec(query).first()
    if row is None:
        raise NotFound("time")
    return row


def _check_in_time(unit: Work, row: Deadline) -> None:
    if row.due_at <= unit.now:
        raise refuse(NO_LONGER, who_can="Do what is due, or step it up to a manager.")


def _paused(unit: Work, case: Case, row: Deadline, edition: Edition, waits_for: str, reason: str) -> Done:
    pause = check_may_use(unit.viewer, edition.pause_for(row.limit_id))
    before = clocks.changes_of(row)
    _check_in_time(unit, row)
    if stands_still(row, unit.now):
        raise refuse("It stands still already.", who_can="Let it go on first, to wait for somebody else.")
    if sum(isinstance(one, StoodStill) for one in before) >= pause.times:
        raise refuse(
            f"It has stood still as often as the document allows ({pause.times}).",
            who_can="A manager may be able to allow more time.",
        )
    told = {
        "waits_for": check_text(waits_for, "waits_for", "Say who or what is waited for."),
        "reason": check_reason(reason, "Say why it must wait."),
    }
    until = edition.allowed_until(pause, row.limit_id, unit.now)
    patch = Patch()
    after = (*before, StoodStill(unit.now, until))
    due_at = clocks.change(patch, edition, row, after, unit.now, PAUSED, paused_until=until)
    return _recorded(unit, case, "clock_paused", row, patch, told | {"until": said(until), "due": said(due_at)})


def _resumed(unit: Work, case: Case, row: Deadline, edition: Edition) -> Done:
    check_may_use(unit.viewer, edition.pause_for(row.limit_id))
    if not stands_still(row, unit.now):
        raise refuse("It doesn’t stand still now.", who_can="Nothing is left to do.")
    *before, last = clocks.changes_of(row)
    since = last.since if isinstance(last, StoodStill) else unit.now
    patch = Patch()
    due_at = clocks.change(patch, edition, row, (*before, StoodStill(since, unit.now)), unit.now, RESUMED)
    return _recorded(unit, case, "clock_resumed", row, patch, {"due": said(due_at)})


def _extended(unit: Work, case: Case, row: Deadline, edition: Edition, by: int, reason: str) -> Done:
    allowance = check_may_use(unit.viewer, edition.extension_for(row.limit_id))
    before = clocks.changes_of(row)
    _check_in_time(unit, row)
    if stands_still(row, unit.now):
        raise refuse("It stands still now.", who_can="Let it go on first; then it can be made longer.")
    left = allowance.amount - sum(one.amount for one in before if isinstance(one, MadeLonger))
    if not 0 < by <= left:
        raise Unacceptable(FieldFault("by", _too_much(allowance, left)))
    told = {"reason": check_reason(reason, "Say why it needs longer.")}
    patch = Patch()
    after = (*before, MadeLonger(by, allowance.unit))
    due_at = clocks.change(patch, edition, row, after, unit.now, EXTENDED)
    told |= {"by": span(by, allowance.unit), "due": said(due_at)}
    return _recorded(unit, case, "clock_extended", row, patch, told)


def _too_much(allowance: Allowance, left: int) -> str:
    if left <= 0:
        return f"It has been made longer by all that is allowed, {allowance.span}."
    return f"Write a number from 1 to {left}: {allowance.span} is the most in all."


def _recorded(unit: Work, case: Case, kind: str, row: Deadline, patch: Patch, told: dict[str, str]) -> Done:
    return record(unit, case, Line(kind, patch, said={"time": row.name, **told}))
