"""What is told when people arrange to meet about a family, and of what came of it?"""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from thresholds.timing.calendar import moment
from workflows.begin_facts import Begin
from workflows.referral_facts import Said, ShortSaid, ShortWords, Words
from workflows.table import Facts


def _time_of_day(said: str) -> str:
    """As people write it, 9.30 or 15:30; kept as hours and minutes with a colon."""
    hours, _, minutes = said.replace(".", ":").partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2 and int(hours) < 24 and int(minutes) < 60):
        raise ValueError("Write a time of day in hours and minutes, such as 15:30.")
    return f"{int(hours):02}:{int(minutes):02}"


def _time_if_any(said: str) -> str:
    return _time_of_day(said) if said else ""


TimeOfDay = Annotated[ShortSaid, AfterValidator(_time_of_day), Field(examples=["15:30"])]
TimeIfAny = Annotated[ShortWords, AfterValidator(_time_if_any)]
Minutes = Annotated[int, Field(ge=10, le=600, examples=[60])]


class Why(StrEnum):
    """What a meeting is for."""

    plan = "plan"
    review = "review"
    step = "step"
    other = "other"

    @property
    def words(self) -> str:
        return {
            "plan": "To make the plan together",
            "review": "To review how things are",
            "step": "To agree a step up or down",
            "other": "Something else",
        }[self.value]


class When(Facts):
    """When and where people meet."""

    on: date = Field(title="On which day?", description="In figures: day, month and year")
    at: TimeOfDay = Field(title="At what time?", description="Such as 15:30")
    minutes: Minutes = Field(title="How long, in minutes?", description="Such as 60")
    where: ShortSaid = Field(
        title="Where?", description="Those invited read it here, once signed in. It isn’t sent by e-mail"
    )

    @property
    def starts_at(self) -> datetime:
        return in_london(self.on, self.at)


class ArrangeMeeting(When, Begin):
    why: Why = Field(title="What is it for?")
    about: Said = Field(
        title="What do those who are invited read of it?",
        description="Everybody invited reads this, once signed in: whom it is about, and what to bring",
    )


class Invite(Facts):
    """One after another, so that each is told for themselves."""

    who: ShortSaid = Field(title="Who is invited?", description="Name and agency; the child and the parents too")
    owner: ShortWords = Field(
        default="", title="Their account here", description="So that they hear, and can say whether they come"
    )


class Uninvite(Facts):
    """Somebody who isn't to know of it, or was chosen by mistake."""

    invited: ShortSaid = Field(title="Who is invited no more?")
    reason: Said = Field(title="Why?", description="It stays on the record; they don’t read it")


class PutOff(When):
    reason: Said = Field(title="Why is it moved?")


class CallOff(Facts):
    reason: Said = Field(title="Why is it called off?")
    instead: Said = Field(title="What happens instead?", description="Everybody who was invited reads this")


class Coming(StrEnum):
    coming = "coming"
    apologies = "apologies"

    @property
    def words(self) -> str:
        return {"coming": "Is coming", "apologies": "Can’t come"}[self.value]


class Replied(Facts):
    """What somebody who is invited says to it."""

    reply: Coming = Field(title="Can you come?")
    word: ShortWords = Field(
        default="", title="What should those who meet know from you?", description="It is read out for you"
    )


class Held(Facts):
    came: tuple[ShortSaid, ...] = Field(default=(), title="Who came?")
    apologies: tuple[ShortSaid, ...] = Field(
        default=(),
        title="Who sent apologies?",
        description="Whoever said here that they can’t come counts too; whoever else is ticked nowhere was missed, and "
        "hears so",
    )
    others: ShortWords = Field(default="", title="Who else was there?")
    they_said: Said = Field(
        title="What did the child and the family say?", description="First, and in their words; or why nobody was asked"
    )
    decided: Said = Field(
        title="What was decided?", description="What somebody will do is added to the plan, so that it is chased"
    )
    next_on: date | None = Field(
        default=None, title="When do you meet next?", description="It is arranged, and everybody invited again"
    )
    next_at: TimeIfAny = Field(default="", title="At what time?", description="Such as 15:30")
    next_where: ShortWords = Field(default="", title="Where?", description="Leave empty for the same place")
    next_about: Words = Field(
        default="",
        title="What do those who are invited read of it?",
        description="Leave empty for what they read before",
    )
    no_next: ShortWords = Field(default="", title="Or why do you not meet again?")


class SendMinutes(Facts):
    minutes: Said = Field(
        title="What should everybody who was invited read of it?",
        description="They read it once signed in; nothing of it goes by e-mail",
    )
    by_hand: ShortWords = Field(
        default="", title="Who gets it otherwise, and how?", description="The family, and whoever has no account here"
    )


def in_london(day: date, at: str) -> datetime:
    """The moment of a time of day, such as "15:30", on a day, as clocks in England show it."""
    return moment(day, time.fromisoformat(at))
