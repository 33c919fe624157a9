"""What comes back? The store's own views, in envelopes that can grow."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from pathway.acts.going_live import EditionChoice
from pathway.store.adopted.adoptions import Adoptions
from pathway.store.parts.meetings import Mine as MyMeeting
from pathway.store.parts.views import (
    ActionView,
    AssessmentOnRecord,
    BoardRow,
    CaseView,
    ChoiceView,
    QuestionView,
    ReferrerView,
    TaskView,
)
from pathway.store.people.family_views import PersonView
from pathway.store.people.links import LinkView
from pathway.store.records.assessment_views import AssessmentView


class Token(BaseModel):
    """Send it as `Authorization: Bearer …`. It is shown once."""

    token: str
    name: str
    ref: str


class DoneBody(BaseModel):
    """What an act did: `version` is the record's after it, `entry` the line of history, `named` what else it made."""

    case: str
    version: int
    entry: str
    sequence: int
    named: dict[str, str]


class Linked(BaseModel):
    link: str
    entry: str


class Links(BaseModel):
    """Links that nobody has agreed yet, oldest first; `own` says which the caller proposed."""

    links: tuple[LinkView, ...]


class Adopted(BaseModel):
    """What became of a proposal; `entry` is empty where it stood so already and nothing was written."""

    adoption: str
    edition: str = Field(description="The hash of the text")
    stands: Literal["proposed", "agreed", "withdrawn"]
    entry: str


class AdoptionsBody(BaseModel):
    """`editions` are those that could be proposed; one with a `why_not` can't run live yet.

    `broken` are the faults of documents that can't be used as they stand; then nothing can be proposed.
    """

    adoptions: Adoptions
    editions: tuple[EditionChoice, ...]
    broken: tuple[str, ...]


class WholeRecord(BaseModel):
    """The whole record, for one who may see it whole."""

    seen: Literal["whole"] = "whole"
    record: CaseView


class ReferrersRecord(BaseModel):
    """What a referrer hears of their own referral, and no more."""

    seen: Literal["as_referrer"] = "as_referrer"
    record: ReferrerView


Record = Annotated[WholeRecord | ReferrersRecord, Field(discriminator="seen")]


class PersonBody(BaseModel):
    """One person, with their family, as far as the viewer may see. A sealed address is in no answer."""

    person: PersonView


class AssessmentsBody(BaseModel):
    """A record's assessments, newest first; `forms` are those by which one could be begun, by id and name."""

    assessments: tuple[AssessmentOnRecord, ...]
    forms: dict[str, str]
    open_now: bool = Field(description="False once the record has ended: nothing is assessed on it any more")


class AssessmentBody(BaseModel):
    """One assessment, section by section. What the viewer may not read is withheld."""

    assessment: AssessmentView


class Choices(BaseModel):
    """Every move that starts from here; one without refusals may be made now."""

    version: int
    choices: tuple[ChoiceView, ...]


class Cases(BaseModel):
    """One page of open cases, worst first. `next` is the cursor of the page after, null on the last."""

    cases: tuple[BoardRow, ...]
    next: str | None


class Actions(BaseModel):
    """What the caller has taken on and hasn't done yet."""

    actions: tuple[ActionView, ...]


class Meetings(BaseModel):
    """The meetings that the caller is invited to."""

    meetings: tuple[MyMeeting, ...]


class Questions(BaseModel):
    """What the caller's agency is asked and hasn't answered."""

    asks: tuple[QuestionView, ...]


class Tasks(BaseModel):
    tasks: tuple[TaskView, ...]


class RungBody(BaseModel):
    """One warning on the way, and who hears it."""

    id: str
    at: datetime
    hears: tuple[str, ...]


class DueBody(BaseModel):
    """When a limit falls due, how that came about, and whether predicted bank holidays were counted."""

    limit: str
    name: str
    due_at: datetime
    explanation: tuple[str, ...]
    predicted: bool
    rungs: tuple[RungBody, ...]
