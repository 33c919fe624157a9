"""Who works in the invented partnership? Nobody real: every name says so."""

from dataclasses import dataclass
from datetime import date

from pathway.access import Viewer
from pathway.acts import Desk, staff
from workflows import Role

PASSWORD = "three invented words"


@dataclass(frozen=True, slots=True)
class Worker:
    key: str
    name: str
    role: Role
    team: str
    title: str
    shown: str = ""
    """What to look at when signed in as this person, for the list of sign-ins."""


AGENCIES: tuple[tuple[str, str, str, bool], ...] = (
    ("council", "Exampleton Council", "5B", True),
    ("school", "Exampleton Primary School", "2A", False),
    ("surgery", "Exampleton Surgery", "3A", False),
    ("police", "Exampleshire Police", "6", False),
    ("health", "Exampleton Health Visiting", "3B", False),
)

TEAMS: tuple[tuple[str, str, str, str | None, bool], ...] = (
    ("front-door", "council", "Children and Families Direct", "children-and-families-direct", True),
    ("emergency", "council", "Emergency Duty Team", "emergency-duty-team", True),
    ("duty", "council", "Screening and Duty", "screening-and-duty", False),
    ("family-support", "council", "Targeted Family Support", "locality-access-point", False),
    ("office", "council", "Children's Systems Office", None, False),
    ("school", "school", "Pastoral team", None, False),
    ("surgery", "surgery", "Practice team", None, False),
    ("police", "police", "Protecting Vulnerable People", None, False),
    ("health", "health", "Health visitors", None, False),
)

WORKERS: tuple[Worker, ...] = (
    Worker("robin", "Robin Sample", Role.triage_adviser, "front-door", "Triage adviser", "the front-door board"),
    Worker("asha", "Asha Sample", Role.triage_adviser, "front-door", "Triage adviser"),
    Worker("tomasz", "Tomasz Sample", Role.social_worker, "front-door", "Social worker", "deciding, and second views"),
    Worker("grace", "Grace Sample", Role.team_manager, "front-door", "Front door manager", "hand-over, restricting"),
    Worker("noor", "Noor Sample", Role.social_worker, "emergency", "Emergency duty worker", "the night"),
    Worker("priya", "Priya Sample", Role.social_worker, "duty", "Duty social worker", "taking protection"),
    Worker("owen", "Owen Sample", Role.team_manager, "duty", "Duty team manager"),
    Worker("fern", "Fern Sample", Role.service_manager, "duty", "Service manager", "tasks and overdue work"),
    Worker("idris", "Idris Sample", Role.head_of_service, "duty", "Head of service", "agreeing to a document"),
    Worker("sam", "Sam Sample", Role.lead_practitioner, "family-support", "Family support worker", "one's own records"),
    Worker("teacher", "Wren Teacher", Role.partner_referrer, "school", "Class teacher", "a referrer's own referrals"),
    Worker("dsl", "Marlow Lead", Role.safeguarding_lead, "school", "Designated safeguarding lead"),
    Worker("doctor", "Juno Doctor", Role.partner_referrer, "surgery", "General practitioner"),
    Worker("officer", "Kit Officer", Role.partner_referrer, "police", "Police constable", "what we ask"),
    Worker("visitor", "Bryn Visitor", Role.partner_referrer, "health", "Health visitor", "meetings one is invited to"),
    Worker("admin", "Ellis Sample", Role.administrator, "office", "Systems administrator", "published documents"),
    Worker("auditor", "Vale Sample", Role.auditor, "office", "Practice auditor", "reading without writing"),
)


def email(key: str) -> str:
    return f"{key}@exampleton.invalid"


def add_staff(desk: Desk, system: Viewer, since: date) -> dict[str, int]:
    """Add agencies, teams, workers and posts; returns practitioner ids by key."""
    agencies = {
        key: staff.add_agency(desk, system, name=name, source_code=code, is_council=council)
        for key, name, code, council in AGENCIES
    }
    teams = {
        key: staff.add_team(
            desk, system, agency_id=agencies[agency], name=name, destination=destination, takes_contacts=takes
        )
        for key, agency, name, destination, takes in TEAMS
    }
    return {worker.key: _add(desk, system, worker, teams[worker.team], since) for worker in WORKERS}


def _add(desk: Desk, system: Viewer, worker: Worker, team_id: int, since: date) -> int:
    password = PASSWORD if worker.shown else None  # the others are there for the stories alone
    person = staff.add_practitioner(desk, system, name=worker.name, email=email(worker.key), password=password)
    staff.add_post(
        desk,
        system,
        practitioner_id=person,
        team_id=team_id,
        role=worker.role,
        title=worker.title,
        starts_on=since,
    )
    return person
