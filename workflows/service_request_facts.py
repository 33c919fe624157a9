"""What is told when one service is asked to help, and of what it says and does?"""

from enum import StrEnum

from pydantic import Field

from workflows.begin_facts import Begin
from workflows.referral_facts import Said, ShortSaid, ShortWords, YesNo
from workflows.table import Facts


class AskService(Begin):
    asked_of: ShortSaid = Field(title="Which service?")
    service: ShortWords = Field(default="", title="Its reference in the directory", description="Where it stands there")
    agreed: YesNo = Field(title="Have they agreed that this service is asked, and what it is told?")
    question: Said = Field(
        title="What do you ask of them, and why?",
        description="They read this themselves, once they have signed in or given a code",
    )
    agency: ShortWords = Field(default="", title="Their agency here", description="So that they can answer signed in")
    email: ShortWords = Field(
        default="",
        title="Or their work email address",
        description="They get a link that names nobody, and a code before they read it. "
        "Leave both empty where you ring them yourself",
    )


class ServiceAccepts(Facts):
    who: ShortSaid = Field(title="Who there takes it up?", description="A name, and how the family reaches them")
    begins: ShortSaid = Field(title="When does it begin?", description="The day, or what it waits for")


class ServiceWaits(Facts):
    until: ShortSaid = Field(title="How long do they say it takes?")
    meanwhile: Said = Field(title="What helps meanwhile?", description="So that the family isn’t left with nothing")


class ServiceDeclines(Facts):
    reason: Said = Field(title="Why do they decline?", description="As they say it")
    instead: Said = Field(title="What happens instead?", description="Another service, or whoever leads goes on")


class CameOfIt(StrEnum):
    """What came of a service's help, as the family sees it."""

    helped = "helped"
    partly = "partly"
    did_not_help = "did_not_help"
    never_went = "never_went"

    @property
    def words(self) -> str:
        return {
            "helped": "It helped",
            "partly": "It helped in part",
            "did_not_help": "It didn’t help",
            "never_went": "They never went",
        }[self.value]


class ServiceOver(Facts):
    how: CameOfIt = Field(title="What came of it?")
    they_say: Said = Field(title="What do the child and the family say of it?", description="Or why nobody was asked")
    next: Said = Field(title="What now?")


class TakeBack(Facts):
    reason: Said = Field(title="Why is it taken back?")
    instead: Said = Field(title="What happens instead?")
