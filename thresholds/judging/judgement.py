"""What does a first judgement say, and why?

It advises; a person decides. Every line carries where it comes from, and what isn't known stands beside
what is.
"""

from datetime import datetime
from typing import Literal

from thresholds.published.entries import Basis, Frozen

ADVISES = "This is advice from the published document. You decide; if you decide otherwise, say why, and both are kept."
NOT_YET_KNOWN = "Not yet known"


class Reason(Frozen):
    """One thing the advice rests on: an indicator, a rule or a fact, with its own words and source.

    `words` are the document's example, never a tag on the child; `document_year` is its year.
    """

    kind: Literal["indicator", "rule", "fact"]
    id: str
    words: str
    level: str | None
    immediate: bool
    seen: str
    cite: str
    basis: Basis
    document_year: int | None
    equality_flag: str | None
    caution: bool = False


class MustHappen(Frozen):
    """A limit that starts with this contact: its id, what has to be done by when, and where that stands."""

    limit: str
    words: str
    cite: str = ""


class ChildJudgement(Frozen):
    """The advice for one child. `level` None means not yet known, never that nothing is wrong.

    `cautions` are to be heeded before anything else. `destination_note` says when a destination opens that is
    shut at the time of the contact.
    """

    ref: str
    level: str | None
    level_name: str
    immediate: bool
    destination: str | None
    destination_name: str
    destination_note: str = ""
    also: tuple[str, ...]
    must_happen: tuple[MustHappen, ...]
    cautions: tuple[Reason, ...] = ()
    because: tuple[Reason, ...]
    unknown: tuple[str, ...]
    would_change: tuple[str, ...]


class Judgement(Frozen):
    """The advice for one contact. The family's level is the highest of its children's."""

    authority: str
    edition_in_force_from: str
    edition_hash: str
    at: datetime
    level: str | None
    level_name: str
    immediate: bool
    children: tuple[ChildJudgement, ...]
    advises: str = ADVISES
