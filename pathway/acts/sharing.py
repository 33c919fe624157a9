"""What is shared with whom, on which basis, and why not? Either is a decision, and neither waits for agreement."""

from collections.abc import Iterator

from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.note import check_may_write
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.record import Done, Line, record
from pathway.tables import Agreement, Case
from workflows.agreement_facts import AskedFor, Basis, Reply, Shares, SharingDecided

SHARED = (Shares.with_agreement, Shares.without_agreement)


def decide_sharing(desk: Desk, viewer: Viewer, *, case: str, told: SharingDecided, key: str | None = None) -> Done:
    """Record that something is shared, or that it isn't, and why. Raises `Unacceptable` field by field."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("decide_sharing", case, told), lambda: _decided(unit, case, told))


def _decided(unit: Work, reference: str, told: SharingDecided) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    if faults := tuple(_faults(unit, case, told)):
        raise Unacceptable(*faults)
    return record(unit, case, Line("sharing_decided", said=told.model_dump(mode="json")))


def _faults(unit: Work, case: Case, told: SharingDecided) -> Iterator[FieldFault]:
    if told.shares is not Shares.with_agreement and not told.reason.strip():
        yield FieldFault("reason", "Say why: the record must show the reason, whether you share or not.")
    if told.shares in SHARED and told.basis is None:
        yield FieldFault("basis", "Choose the lawful basis. Agreement to help isn't one by itself.")
    if told.shares is Shares.without_agreement and told.basis is Basis.consent:
        yield FieldFault("basis", "Consent can't be the basis of what is shared without agreement. Choose another.")
    if told.shares is Shares.with_agreement and not _somebody_agreed(unit, case):
        sentence = "Nobody on this record has agreed to sharing. Record their answer first, or share it without."
        yield FieldFault("shares", sentence)


def _somebody_agreed(unit: Work, case: Case) -> bool:
    agreed = select(Agreement.id).where(
        col(Agreement.case_id) == case.id,
        col(Agreement.asked_for) == AskedFor.sharing,
        col(Agreement.reply) == Reply.given,
        col(Agreement.ended_at).is_(None),
    )
    return unit.session.exec(agreed).first() is not None
