"""Every row that Pathway keeps. Table classes are rows only: nothing is validated or decided here."""

from pathway.tables.cases import (
    Assignment,
    AssignmentKind,
    AssignmentStatus,
    Case,
    CaseChild,
    Grant,
    GrantWhy,
    Level,
)
from pathway.tables.doors import Draft, IdempotentResult, SignIn, SignInAttempt, Viewing
from pathway.tables.history import Anchor, Document, Entry, Payload
from pathway.tables.outbox import Delivery, DeliveryStatus, Message
from pathway.tables.people import Family, FamilyMember, Person, PersonKind, PersonLink
from pathway.tables.published import AdoptedEdition, Authority
from pathway.tables.staff import Absence, Agency, Post, Practitioner, Team
from pathway.tables.timing import Deadline, DeadlineEvent, Task, TaskKind

__all__ = [
    "Absence",
    "AdoptedEdition",
    "Agency",
    "Anchor",
    "Assignment",
    "AssignmentKind",
    "AssignmentStatus",
    "Authority",
    "Case",
    "CaseChild",
    "Deadline",
    "DeadlineEvent",
    "Delivery",
    "DeliveryStatus",
    "Document",
    "Draft",
    "Entry",
    "Family",
    "FamilyMember",
    "Grant",
    "GrantWhy",
    "IdempotentResult",
    "Level",
    "Message",
    "Payload",
    "Person",
    "PersonKind",
    "PersonLink",
    "Post",
    "Practitioner",
    "SignIn",
    "SignInAttempt",
    "Task",
    "TaskKind",
    "Team",
    "Viewing",
]
