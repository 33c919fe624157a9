"""What may be chosen on the contact form, and in which words?"""

from enum import StrEnum

from thresholds import Edition
from workflows.referral_facts import (
    Agreement,
    Caller,
    Disability,
    How,
    Involvement,
    Kind,
    Missing,
    Relation,
    Services,
    Sex,
    YesNo,
)

CHOICES: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "caller": Caller,
    "how": How,
    "agreement": Agreement,
    "disability": Disability,
    "missing": Missing,
    "involvement": Involvement,
    "services": Services,
    "sex": Sex,
    "relation": Relation,
    "safe_tonight": YesNo,
    "exploitation": YesNo,
    "others_at_risk": YesNo,
    "domestic_abuse": YesNo,
    "lives_with": YesNo,
}
SOURCES, UNKNOWN_SOURCE = "referral-source", "10"


def sources(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Where a contact comes from, by the return's codes; nobody chooses unknown, it's what stands until they do."""
    codes = (one for held in edition.code_sets if held.id == SOURCES for one in held.codes)
    return tuple((one.code, one.words) for one in codes if not one.retired and one.code != UNKNOWN_SOURCE)


def chosen(name: str, value: str) -> str:
    """The words of what was chosen; what was typed stays as it is."""
    kind = CHOICES.get(name)
    known = kind is not None and value in {one.value for one in kind}
    return str(getattr(kind(value), "words", value)) if kind and known else value
