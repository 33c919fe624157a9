"""What do pages and API show? Frozen views, made once and shared by both."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows import Attendance
from workflows.agreement_facts import AskedFor, Reply
from workflows.early_help_facts import ActionEnd
from workflows.meeting_facts import Coming


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """`left_minutes` is negative once the time has passed; `explanation` is sentences."""

    ref: str
    limit: str
    name: str
    obliged: str
    started_at: datetime
    due_at: datetime
    closed_at: datetime | None
    closed_how: str | None
    explanation: tuple[str, ...]
    predicted: bool
    left_minutes: int
    paused_until: datetime | None
    waits: bool
    """Whether it stands still now."""

    @property
    def overdue(self) -> bool:
        return self.closed_at is None and self.left_minutes < 0


@dataclass(frozen=True, slots=True)
class RefusalView:
    sentence: str
    who_can: str
    where: str


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A move that starts from here; `refusals` empty means it may be made now."""

    move: str
    words: str
    protective: bool
    leads: bool
    stays: bool
    """True where the record stays in the state it is in: something is added, and nothing moves on."""

    has_facts: bool
    refusals: tuple[RefusalView, ...]

    @property
    def may(self) -> bool:
        return not self.refusals


@dataclass(frozen=True, slots=True)
class ChildView:
    ref: str
    person: str
    name: str
    born_on: date | None
    expected_on: date | None
    age: str
    immediate: bool
    advised_level: str | None
    advised_level_name: str
    advised_destination_name: str
    level: str | None
    level_name: str
    decision: str | None
    decision_words: str
    destination_name: str
    proposed_words: str
    taken_up: bool
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class TieView:
    """Who `name` is to `of`, as the record has it."""

    ref: str
    person: str
    name: str
    relation: str
    relation_words: str
    of: str
    of_name: str
    lives_with: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class AskView:
    """A question to another agency; `answer` also says why none was awaited any more.

    `email` is where it was sent to somebody outside; `chases` how often whoever was asked has been asked again.
    """

    ref: str
    asked_of: str
    agency: str
    email: str
    question: str
    asked_by: str
    asked_at: datetime
    due_at: datetime | None
    left_minutes: int | None
    ended_at: datetime | None
    ended_how: str | None
    answer: str
    answered_by: str
    chases: int

    @property
    def waits(self) -> bool:
        return self.ended_at is None

    @property
    def overdue(self) -> bool:
        return self.waits and self.left_minutes is not None and self.left_minutes < 0


@dataclass(frozen=True, slots=True)
class ReferrerOutside:
    """Who told us by an address we may write to; until they are verified they see a receipt and nothing else."""

    ref: str
    name: str
    email: str
    added_at: datetime
    verified_at: datetime | None
    verified_by: str
    verified_how: str
    sees_status: bool
    """False until they are verified, and again once it is known that they are no professional."""


@dataclass(frozen=True, slots=True)
class AssessmentOnRecord:
    """One assessment, as the record lists it."""

    ref: str
    name: str
    light: bool
    begun_at: datetime
    begun_by: str
    completed_at: datetime | None
    completed_by: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """What one person on a record said when asked to agree, in their words where they declined."""

    ref: str
    who: str
    person: str
    asked_for: AskedFor
    what: str
    whom: str
    reply: Reply
    reason: str
    offered: str
    barrier: str
    asked_on: date
    asked_by: str
    ended_at: datetime | None
    ended_how: str | None
    weighed_at: datetime | None

    @property
    def stands(self) -> bool:
        return self.ended_at is None

    @property
    def to_weigh(self) -> bool:
        """Help was declined, and nobody has judged yet with a manager whether the need will grow."""
        declined = self.reply is Reply.refused and self.asked_for is AskedFor.support
        return self.stands and declined and self.weighed_at is None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What an agency is asked, for whoever is to answer: of whom, and nothing else that the record holds."""

    ref: str
    question: str
    children: tuple[tuple[str, str], ...]
    """Each child's name, and when they were born or are expected."""

    asked_at: datetime
    due_at: datetime | None
    left_minutes: int | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What whoever told us may hear of what became of it."""

    state_words: str
    received_at: datetime
    acknowledged: bool
    told: str
    told_how: str
    told_at: datetime | None
    expected_by: datetime | None


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the timeline; `said` is the payload, empty once erased."""

    ref: str
    sequence: int
    kind: str
    words: str
    who: str
    occurred_at: datetime
    recorded_at: datetime
    said: dict[str, object]
    erased: bool
    corrects: str | None
    corrected_by: str | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    ref: str
    name: str
    media_type: str
    bytes: int
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """Who holds, covers, or has been asked."""

    ref: str
    who: str
    is_team: bool
    kind: str
    status: str
    since: datetime
    until: datetime | None
    is_viewer: bool


@dataclass(frozen=True, slots=True)
class AnswerableView:
    """Who answers now; `name` empty means nobody, which is an alarm."""

    name: str
    is_team: bool
    covers: str


@dataclass(frozen=True, slots=True)
class EarlierContact:
    """One contact before this one; `about_child` is False where it was about others of the household alone."""

    ref: str
    received_at: datetime
    about_child: bool
    closed: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """Contacts before this one, newest first. `sentence` counts this one too; `often` is the document's own measure."""

    weeks: int
    often: bool
    sentence: str
    contacts: tuple[EarlierContact, ...]


@dataclass(frozen=True, slots=True)
class TaskView:
    """`about` is the reference of what the task is about, where it has a page of its own."""

    ref: str
    kind: str
    kind_words: str
    about: str
    words: str
    case: str | None
    owner: str
    raised_at: datetime
    due_at: datetime
    overdue: bool
    mine: bool
    own: bool
    """Given to the viewer themselves, not to a team of theirs."""

    of_a_record: bool


@dataclass(frozen=True, slots=True)
class WaitView:
    """Another agency that hasn't answered yet, and how long it has."""

    asked_of: str
    left_minutes: int | None

    @property
    def overdue(self) -> bool:
        return self.left_minutes is not None and self.left_minutes < 0


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One open case on the board, ready to be put in order."""

    ref: str
    kind: str
    kind_words: str
    state: str
    state_words: str
    next_step: str
    lead: str
    """The move by which the viewer may take that step now, by name; "" where they may not, or it wasn't asked for."""

    children: tuple[str, ...]
    immediate: bool
    safe_tonight: str
    level_name: str
    answerable: AnswerableView
    received_at: datetime
    due_at: datetime | None
    due_name: str
    left_minutes: int | None
    stands_still_until: datetime | None
    """Until when at most the time that is due next stands still; None where it runs."""

    restricted: bool
    urgency: str | None
    urgency_name: str
    waits: tuple[WaitView, ...]
    contacts: int
    """Contacts about one of its children in the document's window, this one among them; 0 where none were counted."""

    @property
    def overdue(self) -> bool:
        return self.left_minutes is not None and self.left_minutes < 0


@dataclass(frozen=True, slots=True)
class BeginView:
    """A process that may begin on a record; `refusals` empty means that the viewer may begin it now."""

    process: str
    words: str
    refusals: tuple[RefusalView, ...]

    @property
    def may(self) -> bool:
        return not self.refusals


@dataclass(frozen=True, slots=True)
class RelatedView:
    """Another record of the same children; `before` is the one on which this one began.

    `opens` where the viewer may open it; else they hear that it goes on, and whom to ring.
    """

    ref: str
    words: str
    state_words: str
    answers: str
    before: bool
    opens: bool
    plans: bool
    """Whether it is open, the viewer may open it, and somebody takes things on there."""


@dataclass(frozen=True, slots=True)
class ActionView:
    """Something that somebody takes on by a day; `owner` is whose account it is, "" where they have none here."""

    ref: str
    what: str
    who: str
    owner: str
    due_on: date
    left_minutes: int | None
    ended_at: datetime | None
    ended_how: ActionEnd | None
    came_of: str
    said_by: str

    @property
    def overdue(self) -> bool:
        return self.left_minutes is not None and self.left_minutes < 0


@dataclass(frozen=True, slots=True)
class InvitedView:
    """Somebody who is invited to a meeting; `account` is whose account it is, "" where they have none here."""

    ref: str
    who: str
    account: str
    reply: Coming | None
    word: str
    """What they wished to have read out."""

    attended: Attendance | None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """When people meet, and for how many minutes; `ref` names it in calendars."""

    ref: str
    starts_at: datetime
    minutes: int
    where: str
    why: str
    about: str
    invited: tuple[InvitedView, ...]
    called: dict[str, str]
    """By invitation, who it is for: also those who are invited no more."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """The whole record, for one who may see it whole."""

    ref: str
    version: int
    process: str
    process_hash: str
    taken_in: bool
    """Whether it began with a worry from outside, so that something was told and each child is decided on it."""

    plans: bool
    """Whether help is planned on it: who agrees, what is assessed, and what somebody takes on."""

    kind: str
    kind_words: str
    state: str
    state_words: str
    next_step: str
    ended: bool
    immediate: bool
    restricted: bool
    safe_tonight: str
    occurred_at: datetime
    received_at: datetime
    received_by: str
    referrer: str
    edition: str
    edition_hash: str
    told_at: datetime
    """When it was last told of, or more was told."""

    glance: tuple[str, ...]
    """What stands first while a child is undecided; nothing once all are."""

    take: dict[str, object]
    judgement: dict[str, object]
    children: tuple[ChildView, ...]
    earlier: Earlier | None
    """Contacts before this one, while a child on it is undecided; None where the document counts none."""

    answerable: AnswerableView
    assignments: tuple[AssignmentView, ...]
    deadlines: tuple[DeadlineView, ...]
    choices: tuple[ChoiceView, ...]
    timeline: tuple[EntryView, ...]
    documents: tuple[DocumentView, ...]
    tasks: tuple[TaskView, ...]
    joins: str | None
    related: tuple[RelatedView, ...]
    beginnings: tuple[BeginView, ...]
    ties: tuple[TieView, ...]
    agreements: tuple[AgreementView, ...]
    actions: tuple[ActionView, ...]
    meeting: MeetingView | None
    asks: tuple[AskView, ...]
    referrers_outside: tuple[ReferrerOutside, ...]
    closed_ways: dict[str, str]
    """The ways by which whoever told us must not be told the decision, each with the reason."""

    urgency: str | None
    urgency_name: str
    urgencies: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    destinations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReferrerView:
    """What a referrer hears of their own referral, and no more."""

    ref: str
    version: int
    process: str
    process_hash: str
    state: str
    state_words: str
    received_at: datetime
    acknowledged: bool
    told: str
    told_at: datetime | None
    expected_by: datetime | None
    take: dict[str, object]
    deadlines: tuple[DeadlineView, ...]
    choices: tuple[ChoiceView, ...]
