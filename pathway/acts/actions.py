"""Who has taken what on? Each thing has a clock of its own, until it is done or no longer needed."""

from collections.abc import Iterator

from sqlmodel import col, select

from pathway.access.viewer import live_post
from pathway.acts import clocks
from pathway.acts.accounts import account_of
from pathway.acts.audience import NAMED
from pathway.acts.desk import Work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.patch import Patch
from pathway.acts.record import Telling
from pathway.clock import day_of
from pathway.store.adopted.editions import edition_of
from pathway.tables import Agency, Case, Post, Team
from pathway.tables.columns import public_id
from thresholds import PastTheCalendar
from workflows import Fired, ToBeDone
from workflows.early_help_facts import ActionEnd

LIMIT = "plan_action"
OWN = frozenset({LIMIT})
"""Clocks that are started for each action, and never for the case as a whole."""


def follow(unit: Work, case: Case, fired: Fired, patch: Patch) -> tuple[Telling, ...]:
    """What a move does to what was taken on: adds one, or ends one; whoever takes one on hears."""
    if fired.outcome.ends_action:
        end(unit, case, patch, fired.outcome.ends_action, dropped=fired.outcome.dropped)
    return () if fired.outcome.action is None else tuple(_add(unit, case, fired.outcome.action, patch))


def end(unit: Work, case: Case, patch: Patch, ref: str, *, dropped: bool) -> None:
    how = ActionEnd.not_needed if dropped else ActionEnd.done
    patch.change("plan_action", ref, ended_at=unit.now, ended_by_id=unit.viewer.id, ended_how=how)
    own = [one for one in clocks.running(unit, case) if one.about == ref]
    clocks.stop(patch, own, unit.now, how="no_longer_needed" if dropped else None)


def _add(unit: Work, case: Case, wanted: ToBeDone, patch: Patch) -> Iterator[Telling]:
    ref, owner = public_id(), account_of(unit, wanted.owner)
    patch.add(
        "plan_action",
        ref,
        owner_id=owner,
        due_on=wanted.by,
        added_at=unit.now,
        added_by_id=unit.viewer.id,
        ended_at=None,
        ended_by_id=None,
        ended_how=None,
    )
    edition = edition_of(unit.session, case.authority, case.edition_hash)
    obliged = "us" if _is_ours(unit, owner) else "partner"
    try:
        due_at = clocks.start_for(patch, edition, LIMIT, unit.now, wanted.by, about=ref, obliged=obliged)
    except PastTheCalendar:
        sentence = "The published calendar doesn’t reach that far. Agree a first step that is nearer."
        raise Unacceptable(FieldFault("by", sentence)) from None
    if owner is not None:
        yield Telling("action_given", f"{NAMED}{owner}", ref, due_at)


def _is_ours(unit: Work, owner: int | None) -> bool:
    """Whether it is the council's own people who owe it; a partner's or a family's part is never our lateness."""
    council = (
        select(Post.id)
        .join(Team, col(Team.id) == col(Post.team_id))
        .join(Agency, col(Agency.id) == col(Team.agency_id))
        .where(col(Post.practitioner_id) == owner, live_post(day_of(unit.now)), col(Agency.is_council))
    )
    return owner is not None and unit.session.exec(council).first() is not None
