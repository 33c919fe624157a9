"""Which rows come in, and have they come in already? Each row is an act of its own, so a crash repeats nothing."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func
from sqlmodel import Session, col, select

from pathway.access import Viewer, visible_to
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import KeyReused, Unacceptable
from pathway.acts.importing.reading import Row
from pathway.acts.importing.rows import Fault, Read, faults_of, read_row, without
from pathway.acts.judging import judged
from pathway.acts.once import fingerprint_of, once
from pathway.acts.receive import occurred, received
from pathway.acts.record import Done
from pathway.store.adopted.editions import in_force
from pathway.tables import Case, IdempotentResult
from thresholds import Edition
from workflows import Refused, refuse
from workflows.referral_facts import Take
from workflows.roles import FRONT_DOOR

OTHER_WORDS = (
    "A row with this reference of yours came in before, with other words. Give this row a reference of its own, "
    "or write what is new on the record that there is."
)


@dataclass(frozen=True, slots=True)
class Checked:
    """One row, ready or not. `case` is the record it became; `again` where that was before this time.

    A record that isn't the viewer's to see any more came in all the same, and stands without its reference.
    """

    read: Read
    immediate: bool = False
    came_in: bool = False
    case: str = ""
    again: bool = False
    repeats: bool = False
    """True where an earlier row of the same file says the very same."""

    @property
    def number(self) -> int:
        return self.read.row.number

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(f"{one.column}: {one.sentence}" if one.column else one.sentence for one in self.read.faults)

    @property
    def good(self) -> bool:
        return self.read.take is not None

    @property
    def first(self) -> bool:
        """True where it comes before all others: danger is told of, or the advice is to act now."""
        return not self.repeats and (self.immediate or self.read.danger)


def check_may_import(viewer: Viewer) -> None:
    if not (viewer.contact_teams and viewer.has(*FRONT_DOOR)):
        raise refuse(
            "Only a team that takes contacts takes in many at once.", who_can="Send the file to the front door."
        )


def check_contacts(desk: Desk, viewer: Viewer, rows: Sequence[Row]) -> tuple[Checked, ...]:
    """Every row as it would come in, danger first; writes nothing."""
    check_may_import(viewer)
    with desk.database.reading() as session:
        unit = Work(session, desk.clock(), viewer, desk.settings)
        _, edition = in_force(session, viewer.authority, unit.now)
        checked = [_checked(unit, edition, read_row(row)) for row in rows]
    return tuple(sorted(_apart(checked), key=lambda one: (not one.first, one.number)))


def take_contacts(desk: Desk, viewer: Viewer, rows: Sequence[Row]) -> tuple[Checked, ...]:
    """Take the good rows in, danger first, each in a transaction of its own; what came in before doesn't again."""
    return tuple(_taken(desk, viewer, one) for one in check_contacts(desk, viewer, rows))


def _checked(unit: Work, edition: Edition, read: Read, besides: tuple[Fault, ...] = ()) -> Checked:
    """A row that says danger is tried again without what can't be judged: it waits for no form."""
    if read.take is None:
        return Checked(read)
    before = _before(unit.session, unit.viewer, read.key)
    if before is not None:
        same = before.fingerprint == fingerprint_of(_asked(read.take))
        return _again(unit, read, before) if same else Checked(without(read, (Fault("Your reference", OTHER_WORDS),)))
    try:
        occurred(unit, read.take)
        judgement = judged(unit, edition, read.take)
    except Unacceptable as wrong:
        faults = faults_of(wrong.faults)
        if read.danger and {one.column for one in faults} - {"", *(one.column for one in besides)}:
            faults = (*besides, *faults)
            return _checked(unit, edition, read_row(read.row, faults), faults)
        return Checked(without(read, faults))
    return Checked(read, immediate=judgement.immediate)


def _apart(checked: Iterable[Checked]) -> Iterable[Checked]:
    """Two rows under one reference are told apart from one row sent twice."""
    seen: dict[str, Read] = {}
    for one in checked:
        first = seen.setdefault(one.read.key, one.read)
        if first is one.read or not one.good or first.take is None:
            yield one
        elif first.take == one.read.take:
            yield Checked(without(one.read, (Fault("", f"This is row {first.row.number} once more."),)), repeats=True)
        else:
            sentence = f"Row {first.row.number} has this reference too, with other words. Give each row its own."
            yield Checked(without(one.read, (Fault("Your reference", sentence),)))


def _taken(desk: Desk, viewer: Viewer, one: Checked) -> Checked:
    take = one.read.take
    if take is None or one.came_in:
        return one
    try:
        done, again = _received(desk, viewer, one.read.key, take)
    except Unacceptable as wrong:
        return replace(one, read=without(one.read, faults_of(wrong.faults)))
    except KeyReused:
        return replace(one, read=without(one.read, (Fault("Your reference", OTHER_WORDS),)))
    except Refused as wrong:
        return replace(one, read=without(one.read, tuple(Fault("", why.sentence) for why in wrong.refusals)))
    return replace(one, came_in=True, case=done.case, again=again)


def _received(desk: Desk, viewer: Viewer, key: str, take: Take) -> tuple[Done, bool]:
    """One row, taken in once whoever sends it: two colleagues with one file wait for each other row by row."""
    with work(desk, viewer) as unit:
        _queue(unit, key)
        before = _before(unit.session, viewer, key)
        if before is not None:
            if before.fingerprint != fingerprint_of(_asked(take)):
                raise KeyReused
            return Done(**json.loads(before.result)), True
        return once(unit, key, _asked(take), lambda: received(unit, take)), False


def _asked(take: Take) -> tuple[object, ...]:
    return ("import", take)


def _queue(unit: Work, key: str) -> None:
    if unit.session.get_bind().dialect.name == "postgresql":
        unit.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{unit.viewer.authority}:{key}"))))


def _before(session: Session, viewer: Viewer, key: str) -> IdempotentResult | None:
    """When this row came in before, whoever sent it then."""
    return session.exec(
        select(IdempotentResult).where(
            col(IdempotentResult.authority) == viewer.authority, col(IdempotentResult.key) == key
        )
    ).first()


def _again(unit: Work, read: Read, before: IdempotentResult) -> Checked:
    case = Done(**json.loads(before.result)).case
    seen = unit.session.exec(visible_to(unit.viewer, unit.now).where(col(Case.public_id) == case)).first()
    return Checked(read, came_in=True, case=case if seen else "", again=True)
