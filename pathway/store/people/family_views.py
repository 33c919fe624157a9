"""What do the pages and the API show of a person and their family? Frozen views, made once and shared by both."""

from dataclasses import dataclass
from datetime import date, datetime

from pathway.store.parts.views import BoardRow


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody, from every row of theirs that is shown as one; `address` is empty where it is sealed."""

    ref: str
    name: str
    other_names: tuple[str, ...]
    kind: str
    sex: str
    sex_words: str
    age: str
    born_on: date | None
    expected_on: date | None
    school: str
    telephone: str
    address: str
    address_sealed: bool

    @property
    def is_child(self) -> bool:
        return self.kind != "adult"


@dataclass(frozen=True, slots=True)
class LevelView:
    """A child's own level of need, from when to when, as it was decided on a record."""

    name: str
    since: datetime
    until: datetime | None
    case: str
    rank: int


@dataclass(frozen=True, slots=True)
class InvolvedView:
    """One record that somebody is on, and what was decided there for this child."""

    record: BoardRow
    ended: bool
    as_child: bool
    decision_words: str
    level_name: str


@dataclass(frozen=True, slots=True)
class AroundView:
    """Somebody who works with the child, and on which record."""

    who: str
    what: str
    case: str


@dataclass(frozen=True, slots=True)
class RelationView:
    """Who one is to another: `who` is the `relation_words` of `of`. `tie` can be put right on `case`."""

    tie: str
    case: str
    who: str
    who_name: str
    of: str
    of_name: str
    relation: str
    relation_words: str
    lives_with: str
    lives_with_words: str
    since: date | None
    until: date | None

    @property
    def ended(self) -> bool:
        return self.until is not None


@dataclass(frozen=True, slots=True)
class OtherChild:
    """Another child, and what makes them one to look at: a brother or sister, or an adult they share."""

    person: Known
    how: str
    sibling: bool


@dataclass(frozen=True, slots=True)
class SameView:
    """A row that is, or may be, the same person."""

    link: str
    person: str
    name: str
    age: str
    agreed: bool
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything about one person that this viewer may see."""

    person: Known
    levels: tuple[LevelView, ...]
    family_level: str
    """The highest level of the family's children just now, and whose it is; empty where none has been decided."""

    records: tuple[InvolvedView, ...]
    around: tuple[AroundView, ...]
    people: tuple[Known, ...]
    """Everybody of the family that is known of, this person first."""

    household: tuple[str, ...]
    """Those of them who live together, by reference."""

    relations: tuple[RelationView, ...]
    other_children: tuple[OtherChild, ...]
    same: tuple[SameView, ...]

    @property
    def cases(self) -> tuple[str, ...]:
        """Every record that stands behind what is shown."""
        shown = {one.record.ref for one in self.records} | {one.case for one in self.relations}
        return tuple(sorted(shown | {one.case for one in self.levels} | {one.case for one in self.around}))


@dataclass(frozen=True, slots=True)
class AddressView:
    """Where somebody lives; `address` is None where it is sealed and isn't the viewer's to look at.

    `asked_by` has asked that it be unsealed, and why; empty where nobody has.
    """

    ref: str
    name: str
    address: str | None
    sealed: bool
    asked_by: str
    asked_why: str
    own_question: bool
    cases: tuple[str, ...]

    @property
    def looked(self) -> str:
        """How the look is recorded: a sealed address as a page of its own, by whoever saw it."""
        if not self.sealed:
            return "address"
        return "sealed address" if self.address is not None else "sealed address, not shown"
