"""What is told when an assessment is begun, answered and completed?

Of somebody's own words it is asked who may read them, and nothing is chosen for them.
"""

from enum import StrEnum

from pydantic import Field

from workflows.referral_facts import ShortSaid, ShortWords
from workflows.table import Facts

MOST_AT_ONCE = 500


class Extent(StrEnum):
    """How much of a form is asked."""

    light = "light"
    full = "full"

    @property
    def words(self) -> str:
        return {
            "light": "Light-touch: the few questions to begin with. You can widen it later and keep everything",
            "full": "Full: every question of the form",
        }[self.value]


class Readers(StrEnum):
    """Who may read what somebody said in their own words."""

    everybody_who_helps = "everybody_who_helps"
    not_parents = "not_parents"
    writer_and_manager = "writer_and_manager"

    def of(self, *, adult: bool = False) -> str:
        """As whoever said it would say it: a child speaks of their parents, a parent of the other."""
        others = "the other parent or carer" if adult else "my parents or carers"
        return {
            "everybody_who_helps": "Everybody who helps us",
            "not_parents": f"Everybody who helps us, but not {others}",
            "writer_and_manager": "Only who wrote it down and their manager",
        }[self.value]


class AssessmentBegun(Facts):
    form: ShortSaid = Field(title="Which form?")
    extent: Extent = Field(title="How much of it?")


class Given(Facts):
    """One answer, to a question about one person; `about` is empty for the family.

    `based_on` is the answer that stood when this one was written, so that two people don't overwrite each other.
    """

    question: ShortSaid
    about: ShortWords = ""
    value: str | tuple[str, ...] = ""
    reason: str = ""
    """Of a rating that isn't the one suggested: why."""

    readers: Readers | None = None
    based_on: ShortWords = ""


class Confirmed(Facts):
    """What is known already and was offered: somebody says that it still holds. `offered` is its reference."""

    question: ShortSaid
    about: ShortWords = ""
    offered: ShortSaid
    readers: Readers | None = None
    """Needed where the words are somebody's own and nobody has said yet who may read them."""


class Answered(Facts):
    """A section or a few answers, never necessarily all; and what is confirmed of what was offered."""

    answers: tuple[Given, ...] = Field(default=(), max_length=MOST_AT_ONCE)
    confirmed: tuple[Confirmed, ...] = Field(default=(), max_length=MOST_AT_ONCE)
