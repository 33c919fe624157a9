"""What is proposed to be in force and waits for another person, and who may do something about it?"""

from datetime import date, datetime

from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts.desk import Work
from pathway.acts.faults import NotFound
from pathway.acts.tasks import finish_about, raise_task, someone_who_may_agree
from pathway.clock import LONDON
from pathway.store.adopted.editions import AGREED, NEWEST_FIRST, WAITING
from pathway.tables import AdoptedEdition, Authority, Practitioner, TaskKind
from workflows import refuse
from workflows.roles import ADOPTERS


def check_may_adopt(viewer: Viewer) -> None:
    """Two people by name: the system may neither propose nor agree."""
    if not viewer.has(*ADOPTERS):
        who = "Ask an administrator or head of service."
        raise refuse("Adopting a document isn't part of your role.", who_can=who)


def in_turn(unit: Work) -> None:
    """One at a time for an authority: whoever comes second sees what the first did."""
    unit.session.exec(select(Authority).where(col(Authority.id) == unit.viewer.authority).with_for_update()).one()


def stands_from(unit: Work, on: date, digest: str) -> AdoptedEdition | None:
    """What makes proposing it again needless: the same text in force from that very date, or proposed from it."""
    own = select(AdoptedEdition).where(
        col(AdoptedEdition.authority) == unit.viewer.authority, col(AdoptedEdition.in_force_from) == on
    )
    holds = unit.session.exec(own.where(AGREED).order_by(*NEWEST_FIRST)).first()
    if holds is not None and holds.edition_hash == digest:
        return holds
    return unit.session.exec(own.where(WAITING, col(AdoptedEdition.edition_hash) == digest)).first()


def proposal(unit: Work, ref: str) -> AdoptedEdition:
    """A proposal that waits, for one who may do something about it. Raises `Refused` where its end has come."""
    check_may_adopt(unit.viewer)
    in_turn(unit)
    row = unit.session.exec(
        select(AdoptedEdition)
        .where(col(AdoptedEdition.public_id) == ref, col(AdoptedEdition.authority) == unit.viewer.authority)
        .with_for_update()
    ).first()
    if row is None:
        raise NotFound("proposal")
    if row.agreed_at is not None:
        who_can = "To have another in force instead, propose that from the same date."
        raise refuse(
            f"{_who(unit, row.agreed_by_id)} agreed to this {_said(row.agreed_at)}.",
            who_can=who_can,
        )
    if row.withdrawn_at is not None:
        sentence = f"{_who(unit, row.withdrawn_by_id)} took this back {_said(row.withdrawn_at)}."
        raise refuse(sentence, who_can="If it should be in force after all, propose it afresh.")
    return row


def _said(at: datetime) -> str:
    return f"{at.astimezone(LONDON):at %H:%M on %-d %B %Y}"


def _who(unit: Work, practitioner: int | None) -> str:
    return unit.session.exec(select(Practitioner.name).where(col(Practitioner.id) == practitioner)).one()


def tell_another(unit: Work, row: AdoptedEdition, name: str) -> None:
    """A task for somebody else who may agree; where there is nobody, the page and `pathway check --live` say so."""
    another = someone_who_may_agree(unit, unit.viewer.id)
    if another is not None:
        words = f"{unit.viewer.name} proposed the document of {name} from {row.in_force_from:%-d %B %Y}."
        todo = f"{words} Agree to it, or take it back."
        raise_task(unit, TaskKind.edition_waits, row.public_id, todo, practitioner_id=another)


def no_longer_waits(unit: Work, row: AdoptedEdition) -> None:
    """The task of whoever was asked to agree is finished with what was done."""
    finish_about(unit, TaskKind.edition_waits, row.public_id)
