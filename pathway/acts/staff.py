"""Who works here? Authorities, agencies, teams, practitioners, their posts and absences."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, viewer_of
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.passwords import hashed
from pathway.acts.patch import Patch
from pathway.acts.record import Line, record_for_authority
from pathway.store.staffing.absences import may_say_where
from pathway.tables import Absence, Agency, Authority, Post, Practitioner, Team
from workflows import Role, refuse

SYSTEM_NAME = "Pathway"


def found_authority(desk: Desk, *, authority: str, name: str) -> None:
    """Set up an authority with its system practitioner, once; the first act of any installation."""
    with desk.database.writing() as session:
        if session.get(Authority, authority) is not None:
            return
        session.add(Authority(id=authority, name=name))
        session.flush()
        session.add(
            Practitioner(
                authority=authority, name=SYSTEM_NAME, email=f"system@{authority}.pathway.invalid", is_system=True
            )
        )


def add_agency(desk: Desk, viewer: Viewer, *, name: str, source_code: str, is_council: bool = False) -> int:
    with work(desk, viewer) as unit:
        check_administers(viewer)
        agency = Agency(authority=viewer.authority, name=name, source_code=source_code, is_council=is_council)
        return _added(unit, agency, "agency_added", agency=agency.public_id)


def mark_council(desk: Desk, viewer: Viewer, *, agency_id: int) -> None:
    """Say that an agency is the council, so that its posts carry the council's roles."""
    with work(desk, viewer) as unit:
        check_administers(viewer)
        agency = unit.session.get(Agency, agency_id)
        if agency is None or agency.authority != viewer.authority:
            raise NotFound("agency")
        if not agency.is_council:
            agency.is_council = True
            _added(unit, agency, "agency_is_council", agency=agency.public_id)


def add_team(
    desk: Desk,
    viewer: Viewer,
    *,
    agency_id: int,
    name: str,
    destination: str | None = None,
    takes_contacts: bool = False,
) -> int:
    with work(desk, viewer) as unit:
        check_administers(viewer)
        team = Team(
            authority=viewer.authority,
            agency_id=agency_id,
            name=name,
            destination=destination,
            takes_contacts=takes_contacts,
        )
        return _added(unit, team, "team_added", team=team.public_id)


def add_practitioner(desk: Desk, viewer: Viewer, *, name: str, email: str, password: str | None = None) -> int:
    """Add a worker's account. Raises `Unacceptable` where the address is taken or the password too short."""
    digest = hashed(password) if password is not None else None
    with work(desk, viewer) as unit:
        check_administers(viewer)
        address = email.strip().lower()
        if unit.session.exec(select(Practitioner).where(col(Practitioner.email) == address)).first() is not None:
            raise Unacceptable(FieldFault("email", "Somebody has an account with that address already."))
        person = Practitioner(authority=viewer.authority, name=name, email=address, password_hash=digest)
        return _added(unit, person, "practitioner_added", practitioner=person.public_id)


def add_post(
    desk: Desk,
    viewer: Viewer,
    *,
    practitioner_id: int,
    team_id: int,
    role: Role,
    title: str,
    starts_on: date,
    ends_on: date | None = None,
    manager_post_id: int | None = None,
) -> int:
    with work(desk, viewer) as unit:
        check_administers(viewer)
        post = Post(
            authority=viewer.authority,
            practitioner_id=practitioner_id,
            team_id=team_id,
            role=role,
            title=title,
            starts_on=starts_on,
            ends_on=ends_on,
            manager_post_id=manager_post_id,
        )
        return _added(unit, post, "post_added", role=role.value)


def set_absence(desk: Desk, viewer: Viewer, *, practitioner: str, starts_at: datetime, ends_at: datetime) -> None:
    """Say when a practitioner is away: their own to say, the council's managers', or their own agency's manager's."""
    with work(desk, viewer) as unit:
        person = _practitioner(unit.session, viewer, practitioner)
        check_may_say_where(unit, person)
        if ends_at <= starts_at:
            raise Unacceptable(FieldFault("ends_at", "An absence ends after it starts. Check the dates."))
        absence = Absence(
            authority=viewer.authority, practitioner_id=person.id or 0, starts_at=starts_at, ends_at=ends_at
        )
        _added(unit, absence, "absence_set", practitioner=person.public_id)


def end_absence(desk: Desk, viewer: Viewer, *, practitioner: str, starts_at: datetime) -> None:
    """Say that a practitioner is back, or isn't going away after all."""
    with work(desk, viewer) as unit:
        person = _practitioner(unit.session, viewer, practitioner)
        check_may_say_where(unit, person)
        row = unit.session.exec(
            select(Absence).where(
                col(Absence.practitioner_id) == person.id,
                col(Absence.starts_at) == starts_at,
                col(Absence.ends_at) > unit.now,
            )
        ).first()
        if row is None:
            raise NotFound("absence")
        if row.starts_at < unit.now:
            row.ends_at = unit.now
            unit.session.add(row)
        else:
            unit.session.delete(row)
        patch = Patch()
        patch.change("absence", str(row.id), practitioner=person.public_id, starts_at=starts_at, ends_at=unit.now)
        record_for_authority(unit, Line("absence_ended", patch))


def end_practitioner(desk: Desk, viewer: Viewer, *, practitioner: str) -> None:
    """Say that a practitioner has left: they sign in no more, and what they held needs somebody else."""
    with work(desk, viewer) as unit:
        check_administers(viewer)
        person = _practitioner(unit.session, viewer, practitioner)
        person.ended_at = unit.now
        _added(unit, person, "practitioner_ended", practitioner=person.public_id)


def check_administers(viewer: Viewer) -> None:
    if not viewer.has(Role.administrator, Role.system):
        raise refuse("Setting up staff isn't part of your role.", who_can="Ask an administrator.")


def check_may_say_where(unit: Work, person: Practitioner) -> None:
    """Raises `Refused` where the absence isn't the viewer's to set."""
    theirs = viewer_of(unit.session, person.id or 0, unit.now)
    if not may_say_where(unit.viewer, theirs, person.id or 0):
        raise refuse("Somebody else's absence isn't yours to set.", who_can="Ask them or a team manager.")


def _practitioner(session: Session, viewer: Viewer, ref: str) -> Practitioner:
    found = session.exec(
        select(Practitioner).where(col(Practitioner.public_id) == ref, col(Practitioner.authority) == viewer.authority)
    ).first()
    if found is None:
        raise NotFound("practitioner")
    return found


def _added(unit: Work, row: Agency | Team | Practitioner | Post | Absence, kind: str, **about: str) -> int:
    unit.session.add(row)
    unit.session.flush()
    patch = Patch()
    patch.change(str(type(row).__tablename__), str(row.id), **about)
    record_for_authority(unit, Line(kind, patch))
    return row.id or 0
