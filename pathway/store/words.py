"""How is a kind, a state or a decision called on the screen?"""

from workflows import Process
from workflows.referral_facts import Decision, Kind

HAPPENED = {
    "received": "Took the worry in",
    "assigned": "Proposed who answers for it",
    "accepted": "Took it on",
    "declined": "Declined to take it on",
    "covered": "Named cover",
    "noted": "Added a note",
    "corrected": "Corrected an entry",
    "attached": "Attached a document",
    "restricted": "Restricted who may see it",
    "glass_broken": "Opened a record that wasn't theirs to see, with a reason",
    "glass_reviewed": "Said whether opening it was right",
    "referrer_verified": "Verified who the referrer is",
    "time_passed": "A time came or passed, and people were told",
}


def what_happened(process: Process, kind: str) -> str:
    """An entry's kind in words: a move's own words, or the act's."""
    move = process.move(kind)
    return move.words if move else HAPPENED.get(kind, kind.replace("_", " ").capitalize())


def decision_words(decision: str | None) -> str:
    return Decision(decision).words if decision else ""


def kind_words(kind: str) -> str:
    return Kind(kind).words
