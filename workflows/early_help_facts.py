"""What is told when early help begins, and at each step of it? The forms and the API bodies of early help."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from workflows.begin_facts import Begin
from workflows.referral_facts import Said, ShortSaid, ShortWords, YesNo
from workflows.table import Facts


class BeginEarlyHelp(Begin):
    safe_tonight: YesNo = Field(title="Is each of them safe tonight?")
    why: Said = Field(title="Why early help, and why now?", description="In the family’s words where you can")


class AssessmentDone(Facts):
    comes_to: Said = Field(
        title="What does the assessment come to?",
        description="What goes well, what worries, and what the family wants to be different",
    )


class PlanAgreed(Facts):
    agreed_with: ShortSaid = Field(title="Who agreed it?", description="The child, parents or carers, and each agency")
    hopes: Said = Field(title="What does the family hope will be different?", description="In their words")
    actions: Said = Field(title="Who does what, and by when?", description="One line for each, as it was spoken")


class AddAction(Facts):
    """As it is spoken: who, what, by when. Several are added one by one, so that each has a time of its own."""

    what: Said = Field(title="What will be done?")
    who: ShortSaid = Field(title="Who does it?", description="Name and agency; the family’s own part too")
    owner: ShortWords = Field(
        default="", title="Their account here", description="So that they hear, and can say themselves how it went"
    )
    by: date = Field(title="By when?", description="The day that was agreed, in figures: day, month and year")


class ActionEnd(StrEnum):
    done = "done"
    not_needed = "not_needed"

    @property
    def words(self) -> str:
        return {"done": "It is done", "not_needed": "It is no longer needed"}[self.value]


class ActionOver(Facts):
    """How something that was taken on went, in the words of whoever had it."""

    how: ActionEnd = Field(title="How did it go?")
    came_of: Said = Field(title="What came of it?")


class EndAction(ActionOver):
    action: ShortSaid = Field(title="Which of them?")


class PlanShared(Facts):
    with_whom: ShortSaid = Field(
        title="Who has their own copy now?", description="Parents who live apart never share one without being asked"
    )


class ChildsPage(Facts):
    """What one child is told of the plan, in words of their own age. Nothing on it comes from the record by itself."""

    child: ShortSaid = Field(title="Whose page is it?")
    why: Said = Field(title="Why are people helping?", description="As you would say it to them. Short sentences")
    happens: Said = Field(title="What will happen, and when?", description="Only what they may know and wish to keep")
    ask: ShortSaid = Field(title="Whom can they always ask?", description="A name, and how they reach them")
    meets: ShortWords = Field(default="", title="When does everybody meet next?")


class Result(StrEnum):
    better = "better"
    same = "same"
    worse = "worse"

    @property
    def words(self) -> str:
        return {"better": "Better", "same": "Much the same", "worse": "Worse"}[self.value]


class Reviewed(Facts):
    there: ShortSaid = Field(title="Who was there?", description="The family, and each agency; say who was missing")
    result: Result = Field(title="How are things, compared with last time?")
    changed: Said = Field(title="What has changed?", description="What the child and the family say first")
    next: Said = Field(title="Who does what now, and by when?")


class Ending(StrEnum):
    """Why early help ends. A family that no longer wishes for it has a right not to."""

    needs_met = "needs_met"
    one_agency = "one_agency"
    stepped_up = "stepped_up"
    moved = "moved"
    not_wished = "not_wished"
    not_reached = "not_reached"

    @property
    def words(self) -> str:
        return {
            "needs_met": "The needs are met",
            "one_agency": "One agency goes on alone",
            "stepped_up": "Stepped up: another record goes on",
            "moved": "The family has moved",
            "not_wished": "The family no longer wishes for it, which is their right",
            "not_reached": "We haven’t reached them",
        }[self.value]


class EndEarlyHelp(Facts):
    how: Ending = Field(title="Why does it end?")
    why: Said = Field(title="What is different now, or what was tried?", description="And what was tried to reach them")
    they_say: Said = Field(
        title="What do the child and the parents say of it?", description="Or why nobody could be asked"
    )
    who_goes_on: ShortWords = Field(
        default="",
        title="Who goes on, or where to?",
        description="The agency and person who go on alone; the record that goes on; or the authority they moved to, "
        "and who knows there",
    )
    check_back: date | None = Field(
        default=None,
        title="When will you ask how they are?",
        description="If they wish it: it becomes your task for that day. Empty where they don’t",
    )
