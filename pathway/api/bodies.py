"""What does a request carry where no process says so? The bodies that aren't a move's own facts."""

from pydantic import Field

from pathway.acts.worded import LONGEST_REASON
from pathway.api.asked import Day, Moment, Reference
from workflows import Facts
from workflows.referral_facts import Said, Words


class SignInBody(Facts):
    email: str = Field(min_length=1, max_length=254)
    password: str = Field(min_length=1, max_length=1_000, json_schema_extra={"format": "password"})


class NoteBody(Facts):
    text: Said


class CorrectionBody(Facts):
    entry: Reference = Field(description="The entry that this puts right; it stays, shown as corrected")
    text: Said


class LearnedBody(Facts):
    learned: Said = Field(description="What your agency knows, or that it knows nothing")


class VerifiedBody(Facts):
    referrer: Reference = Field(description="Whoever told us, as `referrers_outside` lists them")
    how: str = Field(min_length=1, max_length=LONGEST_REASON, description="How you made sure who they are")


class PauseBody(Facts):
    waits_for: str = Field(min_length=1, max_length=LONGEST_REASON, description="Who or what is waited for")
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)


class ExtensionBody(Facts):
    by: int = Field(ge=1, le=1_000, description="How many more of the units that the document's extension counts in")
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)


class AssignBody(Facts):
    to: Reference = Field(description="A practitioner or a team; oneself is accepted at once")
    reason: str = Field(default="", max_length=LONGEST_REASON)


class ReasonGiven(Facts):
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)


class ReviewBody(ReasonGiven):
    right: bool = Field(description="Whether it was right to open the record")


class KnownBody(Facts):
    known: bool = Field(description="Whether the new contact is about somebody on your record")
    words: Words = Field(default="", description="What the front door should know or do: needed with a yes")


class RestrictBody(ReasonGiven):
    names: tuple[Reference, ...] = Field(max_length=100, description="Practitioners who may see it besides oneself")


class GlassBody(Facts):
    reason: str = Field(min_length=10, max_length=LONGEST_REASON, description="A manager will read it")


class CoverBody(Facts):
    by: Reference = Field(description="The practitioner who covers")
    until: Moment = Field(description="When cover ends, with its zone")


class LinkBody(Facts):
    person: Reference
    same_as: Reference
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)


class ProposalBody(ReasonGiven):
    in_force_from: Day = Field(description="It begins at midnight in London")
    edition: Day | None = Field(
        default=None, description="The edition's own date; the one in force on that day if none is named"
    )


class AgreementBody(Facts):
    edition: str = Field(pattern=r"^[0-9a-f]{64}$", description="The hash of what you agree to, as it was proposed")
