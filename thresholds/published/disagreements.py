"""When agencies disagree about a child, who talks to whom, in which order, and by when?"""

from typing import Literal, Self

from pydantic import Field, model_validator

from thresholds.published.entries import Entry, Id, Words


class Stage(Entry):
    """One stage: who raises it with whom, in the document's ranks.

    Either a `limit` says by when it is settled, or a `gap` says that nothing is published on it.
    """

    raised_by: Words
    raised_with: Words
    words: Words
    limit: Id | None = None
    gap: Id | None = None

    @model_validator(mode="after")
    def check_time_or_gap(self) -> Self:
        if (self.limit is None) == (self.gap is None):
            raise ValueError("a stage has either a limit or a gap that says nothing is published on its time")
        return self


class Disagreement(Entry):
    """A ladder of stages for one kind of disagreement. It runs beside protection, never before it.

    `high_risk_limit` replaces the first stage's where somebody sees a high risk; `unreachable` says where
    to turn when the person of a stage can't be reached.
    """

    name: Words
    about: Literal["referral not accepted", "open case", "conference", "plan", "any"]
    stages: tuple[Stage, ...] = Field(min_length=1)
    overall_limit: Id | None = None
    high_risk_limit: Id | None = None
    unreachable: str = ""
