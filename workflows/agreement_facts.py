"""What is told when somebody is asked to agree, withdraws, or when it is decided what to share?

Agreeing to help is one question and the lawful basis for sharing another: neither answers for the other.
"""

from datetime import date
from enum import StrEnum

from pydantic import Field

from workflows.referral_facts import Said, ShortSaid, ShortWords, Words, YesNo
from workflows.table import Facts


class AskedFor(StrEnum):
    support = "support"
    sharing = "sharing"

    @property
    def words(self) -> str:
        return {"support": "Help for the family", "sharing": "Sharing what is known about them"}[self.value]


class Reply(StrEnum):
    given = "given"
    refused = "refused"
    not_safe_to_ask = "not_safe_to_ask"

    @property
    def words(self) -> str:
        return {
            "given": "Agreed",
            "refused": "Declined, which is their right",
            "not_safe_to_ask": "Not asked: it isn't safe to ask",
        }[self.value]


class AskedToAgree(Facts):
    """One person, one question. Whoever declines keeps their own words; it raises no level by itself."""

    who: ShortSaid = Field(title="Whose agreement is it?", description="Each person is asked for themselves")
    to: AskedFor = Field(title="What for?")
    what: Said = Field(title="What exactly?", description="The help, or what would be shared, as it was put to them")
    whom: ShortWords = Field(default="", title="With whom would it be shared?", description="Agencies or people")
    reply: Reply = Field(title="What did they say?")
    asked_on: date | None = Field(default=None, title="When were they asked?", description="Leave empty for today")
    offered: Words = Field(default="", title="If they declined: what was offered?")
    barrier: Words = Field(
        default="", title="If they declined: what stood in the way?", description="Times, places, trust, language, fear"
    )
    reason: Words = Field(
        default="",
        title="Their reason, in their words",
        description="Or, where it isn't safe to ask, what could happen. Write “none given” where they gave none",
    )


class Withdrawn(Facts):
    how: ShortSaid = Field(title="How did they say so?", description="For example, by telephone to you")
    reason: Words = Field(default="", title="Their reason, if they gave one")


class RefusalWeighed(Facts):
    """The lead practitioner judges with a manager; declining help never raises a level by itself."""

    grows: YesNo = Field(title="Will the need grow without this help?")
    manager: ShortSaid = Field(title="With which manager did you judge it?")
    reason: Said = Field(title="Why do you think so?", description="And what you will do next")


class Shares(StrEnum):
    with_agreement = "with_agreement"
    without_agreement = "without_agreement"
    not_shared = "not_shared"

    @property
    def words(self) -> str:
        return {
            "with_agreement": "Shared, with their agreement",
            "without_agreement": "Shared without their agreement",
            "not_shared": "Not shared",
        }[self.value]


class Basis(StrEnum):
    """The bases of UK GDPR Article 6 on which a partner may share."""

    public_task = "public_task"
    legal_obligation = "legal_obligation"
    vital_interests = "vital_interests"
    legitimate_interests = "legitimate_interests"
    consent = "consent"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()


class SharingDecided(Facts):
    """That something is shared, or that it isn't: either is a decision with a reason."""

    what: Said = Field(title="What is it about?", description="What is shared, or was asked for")
    whom: ShortSaid = Field(title="With whom?", description="The agency, and the person there")
    shares: Shares = Field(title="What was decided?")
    basis: Basis | None = Field(
        default=None,
        title="On which lawful basis?",
        description="It is apart from agreement; public bodies mostly rely on their public task",
    )
    reason: Words = Field(
        default="", title="Why?", description="Needed where it is shared without agreement, or not shared"
    )
