"""Which published edition runs here, and who says so? One person proposes it, another agrees, either takes it back.

The proposal keeps the edition's canonical text and hash, so that what is agreed is what was proposed, and no folder
can change it afterwards.
"""

import hashlib
from datetime import date

from pathway.access import Viewer
from pathway.acts.desk import Desk, Work, work
from pathway.acts.going_live import check_can_run_live, edition_for
from pathway.acts.once import once
from pathway.acts.patch import Patch
from pathway.acts.proposals import check_may_adopt, in_turn, no_longer_waits, proposal, stands_from, tell_another
from pathway.acts.record import Done, Line, record_for_authority
from pathway.acts.worded import check_reason
from pathway.tables import AdoptedEdition
from thresholds import Catalogue, Edition, canonical, edition_hash, from_canonical
from workflows import refuse

ANOTHER = "Ask another administrator or head of service."


def propose_edition(
    desk: Desk,
    viewer: Viewer,
    *,
    catalogue: Catalogue,
    on: date,
    reason: str,
    edition: date | None = None,
    key: str | None = None,
) -> Done:
    """Propose that the authority's edition be in force from a date, resolved with all it builds on.

    It is the edition in force on that date, or the one dated `edition`. `reason` says where it was decided. Nothing
    is in force by it until another person agrees. Raises `Refused` with every gap that a live case would fall into.
    What is proposed already, or in force from that date already, changes nothing.
    """
    with work(desk, viewer) as unit:
        asked = ("propose_edition", on, reason, edition)
        return once(unit, key, asked, lambda: _proposed(unit, catalogue, on, reason, edition))


def agree_edition(desk: Desk, viewer: Viewer, *, adoption: str, edition: str, key: str | None = None) -> Done:
    """Agree to what another person proposed; from its date it is in force.

    `edition` is the hash of what one agrees to. Raises `Refused` for whoever proposed it, where the text isn't what
    was proposed, and where it can't run live any more.
    """
    with work(desk, viewer) as unit:
        asked = ("agree_edition", adoption, edition)
        return once(unit, key, asked, lambda: _agreed(unit, adoption, edition))


def withdraw_edition(desk: Desk, viewer: Viewer, *, adoption: str, reason: str, key: str | None = None) -> Done:
    """Take a proposal back, one's own or another's, and say why. It stays to be read."""
    with work(desk, viewer) as unit:
        asked = ("withdraw_edition", adoption, reason)
        return once(unit, key, asked, lambda: _withdrawn(unit, adoption, reason))


def _proposed(unit: Work, catalogue: Catalogue, on: date, reason: str, dated: date | None) -> Done:
    check_may_adopt(unit.viewer)
    words = check_reason(reason, "Say where it was decided, such as the minute.")
    edition = edition_for(catalogue, unit.viewer.authority, on, dated)
    in_turn(unit)
    before = stands_from(unit, on, edition_hash(edition))
    if before is not None:
        return _done(before)
    row = _kept(unit, edition, on, words)
    tell_another(unit, row, edition.authority_name)
    patch = Patch()
    fields = ("edition_hash", "in_force_from", "proposed_at", "proposed_by_id")
    patch.add("adopted_edition", row.public_id, **{name: getattr(row, name) for name in fields})
    return _written(unit, row, Line("edition_proposed", patch, said={"reason": words}))


def _kept(unit: Work, edition: Edition, on: date, reason: str) -> AdoptedEdition:
    """The text itself and its hash, so that what is agreed is what was proposed."""
    row = AdoptedEdition(
        authority=unit.viewer.authority,
        edition_hash=edition_hash(edition),
        in_force_from=on,
        content=canonical(edition),
        reason=reason,
        proposed_at=unit.now,
        proposed_by_id=unit.viewer.id,
    )
    unit.session.add(row)
    unit.session.flush()
    return row


def _agreed(unit: Work, ref: str, digest: str) -> Done:
    row = proposal(unit, ref)
    if row.proposed_by_id == unit.viewer.id:
        raise refuse("You proposed this document, so another person must agree to it.", who_can=ANOTHER)
    check_as_proposed(row, digest)
    check_can_run_live(from_canonical(row.content))
    row.agreed_at, row.agreed_by_id = unit.now, unit.viewer.id
    patch = Patch()
    patch.change("adopted_edition", ref, edition_hash=row.edition_hash, agreed_at=unit.now, agreed_by_id=unit.viewer.id)
    return _written(unit, row, Line("edition_agreed", patch))


def _withdrawn(unit: Work, ref: str, reason: str) -> Done:
    row = proposal(unit, ref)
    words = check_reason(reason)
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = unit.now, unit.viewer.id, words
    patch = Patch()
    patch.change("adopted_edition", ref, withdrawn_at=unit.now, withdrawn_by_id=unit.viewer.id)
    return _written(unit, row, Line("edition_proposal_withdrawn", patch, said={"reason": words}))


def check_as_proposed(row: AdoptedEdition, digest: str) -> None:
    """What is agreed is what was proposed: the text still has its hash, and it is the one that was looked at."""
    held = hashlib.sha256(row.content.encode()).hexdigest()
    if not held == row.edition_hash == digest:
        raise refuse(
            "What is held isn't what was proposed, so nobody can agree to it.",
            who_can="Look at the proposal again; if it stays so, take it back and propose the document afresh.",
        )


def _written(unit: Work, row: AdoptedEdition, line: Line) -> Done:
    unit.session.add(row)
    if row.agreed_at or row.withdrawn_at:
        no_longer_waits(unit, row)
    return _done(row, record_for_authority(unit, line))


def _done(row: AdoptedEdition, done: Done | None = None) -> Done:
    """`stands` says whether it waits, is agreed, or was taken back, once this is done."""
    stands = "withdrawn" if row.withdrawn_at else "agreed" if row.agreed_at else "proposed"
    named = {"adoption": row.public_id, "edition": row.edition_hash, "stands": stands}
    return Done("", 0, done.entry if done else "", done.sequence if done else 0, named)
