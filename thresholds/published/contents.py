"""Which lists can a document have, and what does one folder say, as written?

A form may stand in a file of its own, `forms/<id>.yaml`, as it would stand in the list.
"""

from typing import Literal

from thresholds.published.allowances import Extension, Pause
from thresholds.published.code_sets import CodeSet
from thresholds.published.disagreements import Disagreement
from thresholds.published.entries import Day, Frozen, Id, Source, Words
from thresholds.published.forms import Form
from thresholds.published.hours import Closure, OfficeHours
from thresholds.published.levels import Band, Domain, Figure, Gap, Indicator, Level, Term, Withdrawal
from thresholds.published.limits import Counting, Ladder, LimitEntry
from thresholds.published.practice import Checklist, Offer
from thresholds.published.routes import Destination, Rule
from thresholds.published.screening import SecondPerson, Urgency

Status = Literal["draft", "published", "superseded", "adopted", "invented"]


class Contents(Frozen):
    """What documents and editions have in common."""

    authority: Id
    authority_name: Words
    status: Status
    in_force_from: Day
    in_force_until: Day | None = None
    note: str = ""
    sources: tuple[Source, ...] = ()
    bands: tuple[Band, ...] = ()
    levels: tuple[Level, ...] = ()
    domains: tuple[Domain, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    destinations: tuple[Destination, ...] = ()
    rules: tuple[Rule, ...] = ()
    figures: tuple[Figure, ...] = ()
    countings: tuple[Counting, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    office_hours: tuple[OfficeHours, ...] = ()
    closures: tuple[Closure, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    offers: tuple[Offer, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    code_sets: tuple[CodeSet, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    second_person: tuple[SecondPerson, ...] = ()
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    forms: tuple[Form, ...] = ()
    gaps: tuple[Gap, ...] = ()
    terms: tuple[Term, ...] = ()
    withdraws: tuple[Withdrawal, ...] = ()


SECTIONS = (*(name for name, field in Contents.model_fields.items() if field.default == ()), "limits")
"""Every list of entries that a document can have, by name."""


class Document(Contents):
    """One folder's `document.yaml`, as written."""

    builds_on: Id | None = None
    bank_holidays: Id | None = None
    limits: tuple[LimitEntry, ...] = ()
