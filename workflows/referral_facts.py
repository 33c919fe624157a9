"""What is told when a worry is taken in, and at each move after? The forms and the API bodies of the front door."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from workflows.table import Facts

LONGEST_TEXT = 50_000

Words = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]
ShortWords = Annotated[str, StringConstraints(max_length=200)]
SourceCode = Annotated[str, StringConstraints(min_length=1, max_length=4)]
"""A referral source as the children in need census codes it, such as "1A" or "10"."""
ShortSaid = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Sex(StrEnum):
    """As the person, or whoever told us, says it."""

    unknown = "unknown"
    female = "female"
    male = "male"
    another = "another"

    @property
    def words(self) -> str:
        return {"unknown": "Not known", "female": "Female", "male": "Male", "another": "Another word"}[self.value]


class Relation(StrEnum):
    """Who somebody is to a child."""

    mother = "mother"
    father = "father"
    parent = "parent"
    step_parent = "step_parent"
    carer = "carer"
    foster_carer = "foster_carer"
    partner_of_parent = "partner_of_parent"
    grandparent = "grandparent"
    sibling = "sibling"
    half_sibling = "half_sibling"
    step_sibling = "step_sibling"
    other_relative = "other_relative"
    other = "other"
    unknown = "unknown"

    @property
    def words(self) -> str:
        special = {"step_parent": "Step-parent", "half_sibling": "Half-sibling", "step_sibling": "Step-sibling",
                   "sibling": "Brother or sister", "other": "Somebody else", "unknown": "We don't know"}  # fmt: skip
        return special.get(self.value, self.value.replace("_", " ").capitalize())


PARENTS = frozenset({Relation.mother, Relation.father, Relation.parent})
BRINGS_UP = PARENTS | {
    Relation.step_parent,
    Relation.carer,
    Relation.foster_carer,
    Relation.partner_of_parent,
    Relation.grandparent,
}
"""Those who bring a child up: they agree to help, and their other children are asked about too."""


class Kind(StrEnum):
    """The kinds of taking."""

    contact = "contact"
    self_referral = "self_referral"
    advice = "advice"

    @property
    def words(self) -> str:
        return {
            "contact": "A worry about a child",
            "self_referral": "A child, parent or carer asks for help themselves",
            "advice": "Advice, without a name",
        }[self.value]


class YesNo(StrEnum):
    """An answer that may not be known; unknown is an answer."""

    yes = "yes"
    no = "no"
    unknown = "unknown"

    @property
    def words(self) -> str:
        return {"yes": "Yes", "no": "No", "unknown": "We don't know"}[self.value]


class Caller(StrEnum):
    professional = "professional"
    public = "public"
    family = "family"
    child = "child"

    @property
    def words(self) -> str:
        return {
            "professional": "A professional",
            "public": "A neighbour, friend or member of the public",
            "family": "A parent, carer or relative",
            "child": "The child or young person",
        }[self.value]


class How(StrEnum):
    telephone = "telephone"
    online = "online"
    written = "written"
    in_person = "in_person"

    @property
    def words(self) -> str:
        return {
            "telephone": "By telephone",
            "online": "Online",
            "written": "By letter or email",
            "in_person": "In person",
        }[self.value]


class Agreement(StrEnum):
    """Has the family been asked to agree? It is apart from the lawful basis for sharing, and never a gate."""

    not_asked = "not_asked"
    given = "given"
    refused = "refused"
    not_safe_to_ask = "not_safe_to_ask"

    @property
    def words(self) -> str:
        return {
            "not_asked": "Not asked yet",
            "given": "Given",
            "refused": "Declined, which is their right",
            "not_safe_to_ask": "Not safe to ask: don't ask the family",
        }[self.value]


class Disability(StrEnum):
    unknown = "unknown"
    none = "none"
    mild_to_moderate = "mild_to_moderate"
    substantial_and_lifelong = "substantial_and_lifelong"
    uncertain = "uncertain"

    @property
    def words(self) -> str:
        return {
            "unknown": "Not known",
            "none": "None",
            "mild_to_moderate": "Mild to moderate",
            "substantial_and_lifelong": "Substantial and lifelong",
            "uncertain": "Its nature is uncertain",
        }[self.value]


class Missing(StrEnum):
    unknown = "unknown"
    no = "no"
    missing_now = "missing_now"
    found = "found"

    @property
    def words(self) -> str:
        return {
            "unknown": "Not known",
            "no": "No",
            "missing_now": "Yes, missing now",
            "found": "Was missing, and has been found",
        }[self.value]


class Involvement(StrEnum):
    """Who works with the child already, as far as anybody has said."""

    unknown = "unknown"
    none = "none"
    early_help = "early_help"
    child_in_need = "child_in_need"
    protection_plan = "protection_plan"
    in_our_care = "in_our_care"

    @property
    def words(self) -> str:
        return {
            "unknown": "Not known",
            "none": "Nobody",
            "early_help": "Early help, with a lead practitioner",
            "child_in_need": "Social care: a child in need plan",
            "protection_plan": "Social care: a child protection plan",
            "in_our_care": "Social care: a child in our care",
        }[self.value]


class Services(StrEnum):
    """How many services it would take to meet the need."""

    unknown = "unknown"
    one = "one"
    several = "several"
    unclear = "unclear"

    @property
    def words(self) -> str:
        return {
            "unknown": "Not known",
            "one": "One service can meet it",
            "several": "It takes several services",
            "unclear": "The need is unclear",
        }[self.value]


class Observed(Facts):
    """One of the document's examples, and what was seen that brought it to mind."""

    indicator: ShortSaid
    seen: Words = ""


class TakenChild(Facts):
    """A child as told; nothing about them need be known yet."""

    ref: ShortWords = ""
    """Which child of the record this is, where more is told of one who is on it already."""

    given_name: ShortWords = ""
    family_name: ShortWords = ""
    other_names: ShortWords = ""
    sex: Sex = Sex.unknown
    school: ShortWords = ""
    born_on: date | None = None
    expected_on: date | None = None
    age_years: int | None = None
    disability: Disability = Disability.unknown
    missing: Missing = Missing.unknown
    exploitation: YesNo = YesNo.unknown
    involvement: Involvement = Involvement.unknown
    services: Services = Services.unknown
    observed: tuple[Observed, ...] = ()
    same_as: str | None = Field(default=None, max_length=20)
    """The public id of a person already known, whom the taker believes to be this child: a link to be agreed."""


class TakenAdult(Facts):
    """Somebody older in the child's life, as told."""

    ref: ShortWords = ""
    """Which person of the record this is, where more is told of one who is on it already."""

    given_name: ShortWords = ""
    family_name: ShortWords = ""
    other_names: ShortWords = ""
    born_on: date | None = None
    sex: Sex = Sex.unknown
    relation: Relation = Relation.unknown
    lives_with: YesNo = YesNo.unknown
    telephone: ShortWords = ""
    same_as: str | None = Field(default=None, max_length=20)


class Take(Facts):
    """A worry taken in. Four facts save it: who told us, the worry, safe tonight, how to ring back."""

    told_by: ShortSaid = Field(title="Who is telling us?", description="A name, or 'wouldn't say'")
    worry: Said = Field(title="What is the worry?", description="In their own words where you can")
    safe_tonight: YesNo = Field(title="Is the child safe tonight?")
    ring_back: ShortSaid = Field(title="How do we ring back?", description="A number, or why there is none")

    kind: Kind = Kind.contact
    caller: Caller | None = None
    """None until somebody says: nobody is taken for a professional because nothing was noted."""

    how: How | None = None
    source_code: SourceCode = "10"
    caller_role: ShortWords = ""
    immediate_danger: bool = False
    occurred_at: datetime | None = None
    told_by_email: ShortWords = ""
    """Where a receipt may be sent; a professional's alone ever opens more than that."""

    children: tuple[TakenChild, ...] = Field(default=(), max_length=30)
    adults: tuple[TakenAdult, ...] = Field(default=(), max_length=30)
    address: ShortWords = ""
    address_sealed: bool = False
    siblings: int | None = Field(default=None, ge=0, le=30)
    other_children: Words = ""
    others_at_risk: YesNo = YesNo.unknown
    domestic_abuse: YesNo = YesNo.unknown
    childs_words: Words = ""
    agreement: Agreement = Agreement.not_asked
    agreement_reason: Words = ""
    safe_contact: Words = ""
    interpreter: ShortWords = ""
    household: Words = ""
    strengths: Words = ""


class Decision(StrEnum):
    """What a person decides for one child at the front door."""

    immediate_protection = "immediate_protection"
    social_care_assessment = "social_care_assessment"
    disabled_childrens_team = "disabled_childrens_team"
    targeted_family_support = "targeted_family_support"
    early_help_assessment = "early_help_assessment"
    direct_to_one_service = "direct_to_one_service"
    information_and_advice = "information_and_advice"
    no_further_action = "no_further_action"

    @property
    def words(self) -> str:
        return {
            "immediate_protection": "Immediate protection",
            "social_care_assessment": "Social care assessment",
            "disabled_childrens_team": "Disabled children's team",
            "targeted_family_support": "Targeted family support",
            "early_help_assessment": "Early help assessment",
            "direct_to_one_service": "Direct to one service",
            "information_and_advice": "Information and advice",
            "no_further_action": "No further action",
        }[self.value]

    @property
    def hands_on(self) -> bool:
        """True where somebody else must take the child's need up before this record may close."""
        return self not in (Decision.information_and_advice, Decision.no_further_action)


class ForChild(Facts):
    """One child's own decision, level and reason; a decision that differs from the advice says why."""

    child: ShortSaid
    decision: Decision = Field(title="What happens for this child?")
    level: ShortSaid = Field(title="Level of need")
    reason: Said = Field(title="Why?", description="Why this fits this child; say so if you differ from the advice")
    destination: ShortWords = ""


class Decide(Facts):
    decisions: tuple[ForChild, ...] = Field(default=(), max_length=30)


class Acknowledge(Facts):
    how: How = Field(title="How did you acknowledge it?")


class Ask(Facts):
    """Several agencies are asked one by one, so that each has a clock of its own."""

    asked_of: ShortSaid = Field(title="Who are you asking?", description="For example, the school nurse")
    agency: ShortWords = Field(default="", title="Their agency", description="So that they can answer signed in")
    email: ShortWords = Field(
        default="",
        title="Their work email address",
        description="They get a link that names nobody, and a code before they see the question",
    )
    question: Said = Field(title="What do we need to know?")


class Answer(Facts):
    ask: ShortSaid = Field(title="Which question?")
    learned: Said = Field(title="What did they say?", description="In their words, with who said it")


class StopAsking(Facts):
    ask: ShortSaid = Field(title="Which question?")
    reason: Said = Field(title="Why is an answer no longer awaited?")


class Band(Facts):
    urgency: ShortSaid = Field(title="How urgent is it?")
    reason: Said = Field(title="Why?", description="What has changed, where it was given another band before")


class Huddle(Facts):
    present: ShortSaid = Field(title="Who was there?", description="Names and agencies")
    shared: Said = Field(title="What was shared?", description="What each agency knows that bears on these children")
    agreed: Said = Field(title="What was agreed?", description="Who does what, by when")


class GiveReason(Facts):
    reason: Said = Field(title="Why?")


class SecondView(Facts):
    reason: Said = Field(title="Why do you agree?", description="What you looked at, and what the referrer should hear")


class Told(StrEnum):
    voice = "voice"
    behind_sign_in = "behind_sign_in"
    letter = "letter"
    could_not = "could_not"

    @property
    def words(self) -> str:
        return {
            "voice": "By voice",
            "behind_sign_in": "Behind sign-in",
            "letter": "By letter to a safe address",
            "could_not": "We couldn't reach them: say what was tried",
        }[self.value]


class TellReferrer(Facts):
    how: Told = Field(title="How were they told?")
    said: Said = Field(
        title="What were they told?",
        description="The decision and its reasons; to a member of the public, nothing that identifies the child",
    )


class TakenUp(Facts):
    child: ShortSaid = Field(title="Which child?")
    by: ShortSaid = Field(title="Who has taken it up?", description="The person's name and team")


class Protect(Facts):
    """Needs nothing: an empty form protects every child on the record."""

    children: tuple[ShortSaid, ...] = Field(default=(), title="Which children?", description="None ticked means all")
    danger: Words = Field(default="", title="What is happening now?", description="You can leave this until later")


class OfferToWorker(Facts):
    open_case: Annotated[str, StringConstraints(min_length=1, max_length=20)] = Field(
        title="Reference of the open record", description="Ten letters and digits, as shown on its page"
    )
    reason: Said = Field(title="Why does it belong there?")


class OfferToAuthority(Facts):
    their_authority: ShortSaid = Field(title="Which authority?")
    spoke_to: ShortSaid = Field(title="Who did you speak to there?")
    reason: Said = Field(title="Why is it theirs?")


class PassedOn(Facts):
    accepted_by: ShortSaid = Field(title="Who accepted it there?")


class ConfirmInWriting(Facts):
    written: Said = Field(title="Your written confirmation", description="An early help assessment will do")


class Chase(Facts):
    words: Words = Field(default="", title="Anything to add?")


class GiveAdvice(Facts):
    advice: Said = Field(title="What did you advise?")
    level: ShortWords = Field(default="", title="Level of need", description="Leave empty if it isn't known")
