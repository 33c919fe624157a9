"""In what capacity does somebody act? The roles that moves name and posts carry."""

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


FRONT_DOOR = frozenset({Role.triage_adviser, Role.social_worker, Role.team_manager})
MANAGERS = frozenset({Role.team_manager, Role.service_manager, Role.head_of_service})
SOCIAL_WORK = frozenset({Role.social_worker}) | MANAGERS
REFERRERS = frozenset({Role.partner_referrer, Role.safeguarding_lead, Role.lead_practitioner})
LINKERS = FRONT_DOOR | {Role.service_manager}
"""Who may say that two persons are one, two of them together."""

ADOPTERS = frozenset({Role.administrator, Role.head_of_service})
"""Who may adopt a published document, two of them together."""

EVERYONE_WHO_WORKS_WITH_CHILDREN = FRONT_DOOR | MANAGERS | REFERRERS
