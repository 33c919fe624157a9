"""What is shown of one assessment? Its sections, their questions, what stands and what is offered."""

from dataclasses import dataclass
from datetime import datetime

from thresholds.filling.opened import Value
from thresholds.filling.progress import Stand
from thresholds.published.forms import Kind
from workflows.assessment_facts import Readers


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What stands. `said` is how people read it; `readers` may be asked of whatever is somebody's own words.

    `withheld` where the viewer may not read it: then only who wrote it, and when, is told.
    """

    ref: str
    value: Value
    said: str
    reason: str
    readers: Readers | None
    at: datetime
    by: str
    brought_from: str
    withheld: bool
    erased: bool


@dataclass(frozen=True, slots=True)
class OfferView:
    """What is known already, by its reference, where it was said, when and by whom."""

    ref: str
    value: Value
    said: str
    where: str
    at: datetime
    by: str
    readers: Readers | None
    asks_readers: bool
    """Whether somebody must still say who may read these words."""


@dataclass(frozen=True, slots=True)
class SuggestedView:
    rating: str
    words: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedView:
    """One question about one person, or about the family where `about` is empty; `field` is its name in a form."""

    field: str
    question: str
    about: str
    adult: bool
    who: str
    asks: str
    hint: str
    kind: Kind
    options: tuple[tuple[str, str], ...]
    needed: bool
    own_words: bool
    answer: AnswerView | None
    offer: OfferView | None
    suggested: SuggestedView | None

    @property
    def words(self) -> str:
        """The question, and about whom."""
        return f"{self.who}: {self.asks}" if self.who else self.asks


@dataclass(frozen=True, slots=True)
class SectionView:
    """`left` are the questions without which it isn't complete; `opened` those that an answer opened."""

    id: str
    name: str
    hint: str
    stand: Stand
    asked: tuple[AskedView, ...]
    left: tuple[str, ...]
    opened: tuple[str, ...]
    nobody: bool
    """Whether it asks of people, and there is nobody of that kind on the record."""

    @property
    def unfinished(self) -> bool:
        return bool(self.left)

    @property
    def offers(self) -> int:
        return sum(1 for one in self.asked if one.offer)


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """One assessment; `open_now` says whether anything can still be written in it."""

    case: str
    ref: str
    form: str
    name: str
    words: str
    light: bool
    follows: str
    """The completed one that this one reviews; nothing where it is the first."""

    begun_at: datetime
    begun_by: str
    completed_at: datetime | None
    completed_by: str
    open_now: bool
    sections: tuple[SectionView, ...]
    may_write: bool

    @property
    def complete(self) -> int:
        return sum(1 for one in self.sections if one.stand == "complete")

    @property
    def needed(self) -> int:
        """How many sections there is anything to do in."""
        return sum(1 for one in self.sections if one.stand != "not needed")

    def section(self, id: str) -> SectionView | None:  # noqa: A002
        return next((one for one in self.sections if one.id == id), None)

    def asked(self, field: str) -> AskedView | None:
        return next((one for section in self.sections for one in section.asked if one.field == field), None)
