"""Who may come in without an account? Whoever was asked by mail, and whoever told us and may safely be written to."""

from sqlalchemy import insert
from sqlmodel import Session, col, select

from pathway.access import Viewer
from pathway.acts.audience import AGENCY, OUTSIDE
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.record import Done, Line, Telling, record
from pathway.acts.worded import check_email, check_length, is_email
from pathway.store.parts.told_us import MAY_BE_WRITTEN_TO, told_us
from pathway.tables import Ask, Case, Outsider
from pathway.tables.columns import public_id, table_of
from pathway.tables.doors import OutsiderPart
from workflows import Audience, refuse
from workflows.referral_facts import Caller, Take
from workflows.roles import FRONT_DOOR, MANAGERS

LONGEST_HOW = 2_000


def receipts(unit: Work, case: Case, take: Take) -> tuple[Telling, ...]:
    """A receipt at once, to whoever told us: signed in, or by mail where that is safe."""
    return (Telling("receipt", Audience.referrer),) if case.referrer_id is not None else _by_mail(unit, case, take)


def later_receipts(unit: Work, case: Case, take: Take) -> tuple[Telling, ...]:
    """A receipt for whoever told us, once it is told later who they are, or where they may be written to."""
    has_one = select(Outsider.id).where(
        col(Outsider.case_id) == case.id,
        col(Outsider.part) == OutsiderPart.referrer,
        col(Outsider.email) == take.told_by_email,
    )
    if case.referrer_id is not None or unit.session.exec(has_one).first() is not None:
        return ()
    return _by_mail(unit, case, take)


def _by_mail(unit: Work, case: Case, take: Take) -> tuple[Telling, ...]:
    """Danger waits for no address, so that one which is none is left alone here."""
    if not is_email(take.told_by_email) or not may_be_written_to(take):
        return ()
    return (Telling("receipt", _added(unit, case, OutsiderPart.referrer, take.told_by, take.told_by_email)),)


def may_be_written_to(take: Take) -> bool:
    """No link at all to a family member without a recorded safe contact, nor to one who may be of the family."""
    return take.caller in MAY_BE_WRITTEN_TO or bool(take.safe_contact)


def asked_by_mail(unit: Work, case: Case, name: str, email: str, ask: str) -> str:
    """Add somebody who is asked by mail; how a message is addressed to them."""
    check_email("email", email)
    return _added(unit, case, OutsiderPart.asked, name, email, ask)


def everybody_asked(session: Session, ask: str) -> tuple[str, ...]:
    """How messages are addressed to whoever was asked one question: those outside, and the agency's own people."""
    outside = session.exec(select(Outsider.public_id).where(col(Outsider.about) == ask)).all()
    agency = session.exec(select(Ask.agency_id).where(col(Ask.public_id) == ask)).first()
    return (*(f"{OUTSIDE}{one}" for one in outside), *((f"{AGENCY}{ask}",) if agency else ()))


def _added(unit: Work, case: Case, part: OutsiderPart, name: str, email: str, about: str = "") -> str:
    ref = public_id()
    unit.session.execute(
        insert(table_of(Outsider)).values(
            public_id=ref,
            authority=case.authority,
            case_id=case.id,
            about=about,
            part=part,
            name=name,
            email=email,
            added_at=unit.now,
            added_by_id=unit.viewer.id,
            verified_how="",
        )
    )
    return f"{OUTSIDE}{ref}"


def verify_referrer(desk: Desk, viewer: Viewer, *, case: str, referrer: str, how: str, key: str | None = None) -> Done:
    """Record how a professional who told us was verified; from then on they see the status of what they told us."""
    with work(desk, viewer) as unit:
        asked = ("verify_referrer", case, referrer, how)
        return once(unit, key, asked, lambda: _verified(unit, case, referrer, how))


def check_may_verify(viewer: Viewer) -> None:
    if not viewer.roles & (FRONT_DOOR | MANAGERS):
        raise refuse("Verifying a referrer isn't part of your role.", who_can="Ask a triage adviser or social worker.")


def _verified(unit: Work, reference: str, referrer: str, how: str) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_verify(unit.viewer)
    row = _referrer(unit, case, referrer)
    check_is_professional(unit.session, case)
    words = check_length("how", how, LONGEST_HOW)
    if not words:
        raise Unacceptable(FieldFault("how", "Say how you made sure, such as ringing back through their switchboard."))
    if row.verified_at is not None:
        raise refuse("This referrer has been verified already.", who_can="Nothing is left to do.")
    row.verified_at, row.verified_by_id, row.verified_how = unit.now, unit.viewer.id, words
    unit.session.add(row)
    return record(unit, case, Line("referrer_verified", said={"how": words}))


def _referrer(unit: Work, case: Case, ref: str) -> Outsider:
    query = select(Outsider).where(
        col(Outsider.public_id) == ref,
        col(Outsider.case_id) == case.id,
        col(Outsider.part) == OutsiderPart.referrer,
    )
    row = unit.session.exec(query.with_for_update()).first()
    if row is None:
        raise NotFound("referrer")
    return row


def check_is_professional(session: Session, case: Case) -> None:
    if told_us(session, case).get("caller") != Caller.professional:
        raise refuse(
            "Only a professional can be verified, and this wasn't taken from one.",
            who_can="Tell them by voice what they may know.",
        )
