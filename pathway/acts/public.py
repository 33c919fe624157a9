"""What may somebody do who hasn't signed in? Ask for help, and tell us about the help they have: nothing else.

The one way in without an account. The system itself is the actor, and nobody is told whether anything is known here.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from pydantic import BaseModel
from sqlmodel import col, select

from pathway.access import by_reference
from pathway.acts.desk import Desk, Work, system_viewer, work
from pathway.acts.knocks import knock
from pathway.acts.once import once
from pathway.acts.receive import received
from pathway.acts.record import Done
from pathway.acts.voice_heard import Spoken, heard
from pathway.tables import Case, Deadline
from workflows import Role
from workflows.referral_facts import How, Kind, Take, YesNo

NO_NAME = "Gave no name"
NO_WAY = "Gave no safe way to reach them"
AS_CALLER = frozenset({Role.partner_referrer})
"""What the system may do for somebody at this door: what a referrer may. By itself it moves nothing."""

PROMISED = ("acknowledgement", "decision")
"""The times that somebody who asks for help is told, where the document publishes them."""


def ask_for_help(desk: Desk, *, take: Take, address: str, key: str) -> Done:
    """A child, parent or carer asks for help themselves; `named` says by when, and nothing of any record.

    Raises `TooOften`, `Unacceptable`.
    """
    own = take.model_copy(update={"kind": Kind.self_referral, "how": How.online})
    return _let_in(desk, address, key, own, own.immediate_danger, lambda unit: _asked(unit, own))


def tell_us(desk: Desk, *, spoken: Spoken, address: str, key: str) -> Done:
    """Somebody tells us about the help they have. Who isn't safe now is protected in the same act."""
    return _let_in(desk, address, key, spoken, spoken.unsafe, lambda unit: _said(unit, spoken))


def _let_in(desk: Desk, address: str, key: str, told: BaseModel, danger: bool, do: Callable[[Work], Done]) -> Done:
    """One act by the system. The same words pressed twice act once; other words under the same key are new words."""
    with desk.database.reading() as session:
        system = system_viewer(session, desk.settings.authority, desk.clock())
    caller = replace(system, roles=AS_CALLER)
    own = "public:" + hashlib.sha256(f"{key} {told.model_dump_json()}".encode()).hexdigest() if key else None

    def counted(unit: Work) -> Done:
        knock(unit, address, danger=danger)
        return do(unit)

    with work(desk, caller) as unit:
        return once(unit, own, (told,), lambda: counted(unit))


def _asked(unit: Work, take: Take) -> Done:
    done = received(unit, take)
    return replace(done, named={"reference": done.case} | _times(unit, done.case))


def _said(unit: Work, spoken: Spoken) -> Done:
    done = heard(unit, spoken)
    if spoken.unsafe:
        received(unit, _in_danger(spoken))
    return done


def _in_danger(spoken: Spoken) -> Take:
    return Take(
        told_by=spoken.name or NO_NAME,
        worry=spoken.said,
        safe_tonight=YesNo.no,
        ring_back=spoken.reach[:200] or NO_WAY,
        safe_contact=spoken.reach,
        kind=Kind.self_referral,
        how=How.online,
        immediate_danger=True,
    )


def _times(unit: Work, reference: str) -> dict[str, str]:
    """By when they hear, of the clocks that have really started."""
    case = by_reference(unit.viewer, reference).with_only_columns(col(Case.id))
    rows = unit.session.exec(
        select(Deadline.limit_id, Deadline.due_at).where(
            col(Deadline.case_id).in_(case), col(Deadline.limit_id).in_(PROMISED), col(Deadline.closed_at).is_(None)
        )
    ).all()
    return {limit: due_at.isoformat() for limit, due_at in rows}
