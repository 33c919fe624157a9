"""In what capacity does somebody act? The roles that moves name and posts carry."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    triage_adviser = "triage_adviser"
    social_worker = "social_worker"
    lead_practitioner = "lead_practitioner"
    team_manager = "team_manager"
    service_manager = "service_manager"
    head_of_service = "head_of_service"
    safeguarding_lead = "safeguarding_lead"
    partner_referrer = "partner_referrer"
    administrator = "administrator"
    auditor = "auditor"
    system = "system"

    @property
    def words(self) -> str:
        return "the system" if self is Role.system else self.value.replace("_", " ")


def listed(roles: Iterable[Role]) -> str:
    """Roles in words: one, or several with an "or" before the last."""
    *most, last = sorted(role.words for role in roles)
    return f"{', '.join(most)} or {last}" if most else last


def ask_one_of(roles: Iterable[Role]) -> str:
    """Whom to ask, as a sentence."""
    named = listed(roles)
    return f"Ask {'an' if named[0] in 'aeiou' else 'a'} {named}."


FRONT_DOOR = frozenset({Role.triage_adviser, Role.social_worker, Role.team_manager})
MANAGERS = frozenset({Role.team_manager, Role.service_manager, Role.head_of_service})
SOCIAL_WORK = frozenset({Role.social_worker}) | MANAGERS
LEADS = frozenset({Role.lead_practitioner, Role.social_worker, Role.team_manager})
"""Who may lead the help around a family."""

REFERRERS = frozenset({Role.partner_referrer, Role.safeguarding_lead, Role.lead_practitioner})
LINKERS = FRONT_DOOR | {Role.service_manager}
"""Who may say that two persons are one, two of them together."""

ADOPTERS = frozenset({Role.administrator, Role.head_of_service})
"""Who may adopt a published document, two of them together."""

READ_ONLY = frozenset({Role.auditor, Role.administrator})
"""Who reads records and writes in none."""

KEEPERS = frozenset({Role.administrator, Role.head_of_service})
"""Who may erase what was written, and put rows right from the entries."""

EVERYONE_WHO_WORKS_WITH_CHILDREN = FRONT_DOOR | MANAGERS | REFERRERS
