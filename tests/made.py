"""Plain functions that make what tests need: a small founded partnership, and things to do in it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pathway.access import Viewer, viewer_of
from pathway.acts import Desk, Done, agree_edition, propose_edition, staff
from pathway.acts.desk import system_viewer
from pathway.clock import SetClock
from pathway.database import Database
from pathway.settings import Settings
from thresholds import read_editions
from workflows import NoFacts, Role
from workflows.referral_facts import (
    Decide,
    Decision,
    ForChild,
    GiveReason,
    How,
    Observed,
    Take,
    TakenChild,
    TellReferrer,
    Told,
)

AUTHORITY = "exampleton"
MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
"""A Monday in office hours, when the made partnership begins."""

PASSWORD = "three invented words"
MINUTE = "Decided by the partnership, minute 4"

STAFF: tuple[tuple[str, str, Role, str], ...] = (
    ("ada", "Ada Adviser", Role.triage_adviser, "front door"),
    ("ben", "Ben Adviser", Role.triage_adviser, "front door"),
    ("sol", "Sol Worker", Role.social_worker, "front door"),
    ("may", "May Manager", Role.team_manager, "front door"),
    ("eve", "Eve Night", Role.social_worker, "emergency"),
    ("dot", "Dot Duty", Role.social_worker, "duty"),
    ("sid", "Sid Service", Role.service_manager, "duty"),
    ("hal", "Hal Head", Role.head_of_service, "duty"),
    ("lee", "Lee Lead", Role.lead_practitioner, "school"),
    ("pat", "Pat Teacher", Role.partner_referrer, "school"),
    ("zoe", "Zoe Lead", Role.safeguarding_lead, "school"),
    ("gil", "Gil Surgery", Role.partner_referrer, "surgery"),
    ("ann", "Ann Admin", Role.administrator, "office"),
    ("aud", "Aud Auditor", Role.auditor, "office"),
)

TEAMS: dict[str, tuple[str, str | None, bool]] = {
    "front door": ("council", "children-and-families-direct", True),
    "emergency": ("council", "emergency-duty-team", True),
    "duty": ("council", "screening-and-duty", False),
    "office": ("council", None, False),
    "school": ("school", None, False),
    "surgery": ("surgery", None, False),
}


@dataclass
class House:
    """A founded partnership: the desk, its clock, and everybody in it by short name."""

    desk: Desk
    clock: SetClock
    ids: dict[str, int]
    team_ids: dict[str, int]

    def viewer(self, name: str) -> Viewer:
        return _viewer(self.desk, self.ids[name])

    @property
    def system(self) -> Viewer:
        with self.desk.database.reading() as session:
            return system_viewer(session, AUTHORITY, self.clock())


def found(database: Database, files: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Found the made partnership in an empty, migrated database; every account has the same password."""
    desk = Desk(database, Settings(files=files), SetClock(MONDAY))
    staff.found_authority(desk, authority=AUTHORITY, name="Exampleton (invented)")
    with database.reading() as session:
        system = system_viewer(session, AUTHORITY, MONDAY)
    agencies = {
        "council": staff.add_agency(desk, system, name="Exampleton Council", source_code="5B", is_council=True),
        "school": staff.add_agency(desk, system, name="Exampleton Primary", source_code="2A"),
        "surgery": staff.add_agency(desk, system, name="Exampleton Surgery", source_code="3A"),
    }
    teams = {
        name: staff.add_team(
            desk, system, agency_id=agencies[agency], name=name.title(), destination=destination, takes_contacts=takes
        )
        for name, (agency, destination, takes) in TEAMS.items()
    }
    ids = {}
    for name, called, role, team in STAFF:
        if role is Role.administrator:  # before there is another who may agree, so that nobody has a task of it
            waits = proposes(desk, _viewer(desk, ids["hal"]))
        ids[name] = person(desk, system, name, called, role, teams[team])
    agrees(desk, _viewer(desk, ids["ann"]), waits)
    return ids, teams


def adopts(house: House, *, by: tuple[str, str] = ("hal", "ann"), **what: Any) -> str:
    """Both acts of adopting a document, by two people; the reference of the adoption."""
    first, second = map(house.viewer, by)
    return agrees(house.desk, second, proposes(house.desk, first, **what))


def proposes(desk: Desk, viewer: Viewer, **what: Any) -> Done:
    how = {"catalogue": what.pop("catalogue", None) or read_editions(), "on": date(2026, 4, 1), "reason": MINUTE} | what
    return propose_edition(desk, viewer, **how)


def agrees(desk: Desk, viewer: Viewer, proposed: Done) -> str:
    adoption = proposed.named["adoption"]
    agree_edition(desk, viewer, adoption=adoption, edition=proposed.named["edition"])
    return adoption


def _viewer(desk: Desk, practitioner_id: int) -> Viewer:
    with desk.database.reading() as session:
        found = viewer_of(session, practitioner_id, desk.clock())
    assert found is not None
    return found


def person(desk: Desk, system: Viewer, name: str, called: str, role: Role, team_id: int) -> int:
    """Somebody in one post; only the first of all can sign in."""
    first = name == STAFF[0][0]
    password = PASSWORD if first else None
    one = staff.add_practitioner(desk, system, name=called, email=email(name), password=password)
    staff.add_post(
        desk,
        system,
        practitioner_id=one,
        team_id=team_id,
        role=role,
        title=role.words,
        starts_on=date(2026, 1, 1),
    )
    return one


def email(name: str) -> str:
    return f"{name}@exampleton.invalid"


def at(desk: Desk, moment: datetime) -> Desk:
    """The same desk at another, fixed moment."""
    return replace(desk, clock=SetClock(moment))


def take(**told: Any) -> Take:
    """A plain worry by telephone from a professional about one named child, unless told otherwise."""
    plain: dict[str, Any] = {
        "told_by": "A. Teacher",
        "caller": "professional",
        "how": "telephone",
        "worry": "Often hungry and tired.",
        "safe_tonight": "yes",
        "ring_back": "school office",
        "other_children": "none known",
        "children": (TakenChild(given_name="Ava", family_name="Example", age_years=7),),
    }
    return Take.model_validate(plain | told)


def child(**told: Any) -> TakenChild:
    observed = tuple(Observed(indicator=name) for name in told.pop("observed", ()))
    return TakenChild.model_validate({"observed": observed, **told})


def decide(refs: list[str], decision: Decision = Decision.early_help_assessment, level: str = "additional") -> Decide:
    return Decide(
        decisions=tuple(ForChild(child=ref, decision=decision, level=level, reason="As discussed") for ref in refs)
    )


REASON = GiveReason(reason="Because it fits better")
TOLD = TellReferrer(how=Told.voice, said="What was decided and why")
NOTHING = NoFacts()
HOW = How.telephone
