"""What is in force for an authority on a day?

An `Edition` is what holds once a `Document` is laid over what it builds on.
"""

import difflib
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from thresholds.published.allowances import Allowance, Extension, Pause
from thresholds.published.code_sets import CodeSet
from thresholds.published.contents import Contents
from thresholds.published.disagreements import Disagreement
from thresholds.published.entries import Certainty, Entry, Source
from thresholds.published.faults import Unpublished
from thresholds.published.forms import Form
from thresholds.published.hours import BankHolidays
from thresholds.published.levels import Figure, Gap, Indicator, Level, Part
from thresholds.published.limits import Counting, Limit
from thresholds.published.practice import Checklist
from thresholds.published.routes import Destination, Rule
from thresholds.published.screening import Urgency
from thresholds.timing.altering import MadeLonger, StoodStill, altered
from thresholds.timing.calendar import Calendar
from thresholds.timing.counting import shift
from thresholds.timing.working_time import Due, due, due_on

FORMAT = 2
"""The shape of a canonical text; `canonical.py` reads older ones forward."""

_NOT_LIVE: dict[str, str] = {"draft": "is a draft", "superseded": "is superseded by a later document"}

E = TypeVar("E", bound=Entry | Source)


class Edition(Contents):
    """What holds: base and local merged, checked, and complete in itself (bank holidays included)."""

    documents: tuple[Part, ...]
    bank_holidays: BankHolidays | None = None
    limits: tuple[Limit, ...] = ()

    def limit(self, id: str) -> Limit:  # noqa: A002
        return self._one("limit", self.limits, id)

    def indicator(self, id: str) -> Indicator:  # noqa: A002
        return self._one("indicator", self.indicators, id)

    def level(self, id: str) -> Level:  # noqa: A002
        return self._one("level", self.levels, id)

    def destination(self, id: str) -> Destination:  # noqa: A002
        return self._one("destination", self.destinations, id)

    def figure(self, id: str) -> Figure:  # noqa: A002
        return self._one("figure", self.figures, id)

    def amount(self, id: str) -> int | None:  # noqa: A002
        """How much a figure is; None where the document doesn't say."""
        return next((one.amount for one in self.figures if one.id == id), None)

    def source(self, id: str) -> Source:  # noqa: A002
        return self._one("source", self.sources, id)

    def counting(self, id: str) -> Counting:  # noqa: A002
        return self._one("counting", self.countings, id)

    def checklist(self, id: str) -> Checklist:  # noqa: A002
        return self._one("checklist", self.checklists, id)

    def disagreement(self, id: str) -> Disagreement:  # noqa: A002
        return self._one("disagreement ladder", self.disagreements, id)

    def code_set(self, id: str) -> CodeSet:  # noqa: A002
        return self._one("code set", self.code_sets, id)

    def urgency(self, id: str) -> Urgency:  # noqa: A002
        return self._one("band of urgency", self.urgencies, id)

    def form(self, id: str) -> Form:  # noqa: A002
        return self._one("form", self.forms, id)

    def calendar(self, office: str = "office") -> Calendar:
        """Working days and hours for a team's `office_hours` id. Raises `Unpublished` where there are none."""
        if self.bank_holidays is None:
            raise Unpublished(f"{self._named} has no bank holidays, so working days can't be counted.")
        if office not in self._calendars:
            hours = self._one("set of office hours", self.office_hours, office)
            made = Calendar(bank_holidays=self.bank_holidays, closures=self.closures, office_hours=hours)
            self._calendars[office] = made
        return self._calendars[office]

    def due(self, limit_id: str, start: datetime) -> Due:
        """When a limit started at `start` falls due, by the office hours that count it.

        Raises `Unpublished` where there is no such limit or no such hours, `PastTheCalendar` past the data.
        """
        limit = self.limit(limit_id)
        return due(limit, start, self.calendar(limit.office))

    def due_on(self, limit_id: str, start: datetime, day: date) -> Due:
        """What was agreed for a day, chased as the limit says. Raises as `due` does."""
        limit = self.limit(limit_id)
        return due_on(limit, start, day, self.calendar(limit.office))

    def allowed_until(self, allowance: Allowance, limit_id: str, since: datetime) -> datetime:
        """Until when an allowance for a limit lasts at most, counted from `since` in the hours that count the limit."""
        return shift(since, allowance.amount, allowance.unit, self.calendar(self.limit(limit_id).office))

    def due_after(self, limit_id: str, start: datetime, changes: Sequence[StoodStill | MadeLonger]) -> Due:
        """When it falls due once it stood still or was made longer. Raises as `due` does."""
        limit = self.limit(limit_id)
        return altered(limit, start, changes, self.calendar(limit.office))

    def citation(self, entry: Entry) -> str:
        """Where an entry comes from, for people: title, publisher, date, place, its footing, how sure it is."""
        source = self.source(entry.source_id)
        dated = f", {source.date.year}" if source.date else ""
        sure = "" if self.certainty(entry) == "read" else f"; {self.certainty(entry)}"
        return f"{source.title} ({source.publisher}{dated}; {source.status}), {entry.where} [{entry.basis}{sure}]"

    def certainty(self, entry: Entry) -> Certainty:
        """How sure an entry is: its own word on it, else its source's."""
        return entry.certainty or self.source(entry.source_id).certainty

    def year_of(self, entry: Entry) -> int | None:
        """The year of the document an entry's words come from; None where the source gives no date."""
        dated = self.source(entry.source_id).date
        return dated.year if dated else None

    def today(self, words: str) -> str:
        """Today's word for a document's own word; the word itself where the term map is silent."""
        return next((term.today for term in self.terms if term.word.lower() == words.lower()), words)

    def open_gaps(self) -> tuple[Gap, ...]:
        """Gaps a live case needs filled and nobody has decided. A proposed default decides nothing."""
        return tuple(gap for gap in self.gaps if gap.needed_live and not self._decided(gap.about))

    def why_not_live(self) -> tuple[str, ...]:
        """Every reason this edition can't run live cases; empty means it can."""
        reasons = [f"{self._named} {_NOT_LIVE[self.status]}."] if self.status in _NOT_LIVE else []
        if not self.levels:
            reasons.append(f"{self._named} publishes no levels of need.")
        return (*reasons, *(f"Not decided yet: {gap.words}" for gap in self.open_gaps()))

    @property
    def use(self) -> str:
        """What this edition is good for, in a few words."""
        if not self.why_not_live():
            return "can be adopted"
        if not self.destinations:
            return "for others to build on"
        old = self.status in ("draft", "superseded")
        return "history and teaching only" if old else "for reading, until its gaps are decided"

    @cached_property
    def levels_upward(self) -> tuple[Level, ...]:
        return tuple(sorted(self.levels, key=lambda level: level.order))

    @cached_property
    def rules_in_order(self) -> tuple[Rule, ...]:
        return tuple(sorted(self.rules, key=lambda rule: (rule.order, rule.id)))

    @cached_property
    def rules_by_answer(self) -> Mapping[str, Mapping[object, tuple[tuple[int, Rule], ...]]]:
        """The rules, each with its place in the order, by what it asks first and the answers that let it on."""
        found: dict[str, dict[object, tuple[tuple[int, Rule], ...]]] = {}
        for place, rule in enumerate(self.rules_in_order):
            name, wanted = rule.when.first
            for answer in wanted:
                by_answer = found.setdefault(name, {})
                by_answer[answer] = (*by_answer.get(answer, ()), (place, rule))
        return found

    @cached_property
    def rules_that_raise(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules_in_order if rule.raises_to or rule.makes_immediate)

    @cached_property
    def indicator_ids(self) -> dict[str, int]:
        """Each indicator's id and its place in the document."""
        return {indicator.id: index for index, indicator in enumerate(self.indicators)}

    @cached_property
    def told_by_examples(self) -> frozenset[str]:
        """The questions that some example answers by itself."""
        return frozenset(question for one in self.indicators for question, _ in one.answers)

    @cached_property
    def not_alone(self) -> frozenset[str]:
        """The decisions that a second person agrees, by id."""
        return frozenset(decision for entry in self.second_person for decision in entry.decisions)

    def pause_for(self, limit_id: str) -> Pause | None:
        """How a time may stand still; None where the document lets it go on whatever happens."""
        return next((one for one in self.pauses if limit_id in one.for_limits), None)

    def extension_for(self, limit_id: str) -> Extension | None:
        """How a time may be made longer; None where the document doesn't let it be."""
        return next((one for one in self.extensions if limit_id in one.for_limits), None)

    @cached_property
    def canonical_text(self) -> str:
        """The edition as one line of JSON with sorted keys. Order within lists is part of the content.

        What stands at its default is left out, so that a release that knows of more doesn't change the text.
        """
        content = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps({"format": FORMAT, **content}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical text, in hex."""
        return hashlib.sha256(self.canonical_text.encode()).hexdigest()

    @cached_property
    def _calendars(self) -> dict[str, Calendar]:
        return {}

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Entry | Source]]:
        return {}

    @property
    def _named(self) -> str:
        return f"The {self.authority_name} edition in force from {self.in_force_from}"

    def _decided(self, about: str) -> bool:
        section, _, wanted = about.partition("/")
        entries: tuple[Entry, ...] = getattr(self, section)
        return any(entry.id == wanted and entry.basis != "proposed default" for entry in entries)

    def _one(self, noun: str, entries: Sequence[E], wanted: str) -> E:
        found = self._by_id.setdefault(noun, {})
        if not found:
            found.update({entry.id: entry for entry in reversed(entries)})
        if wanted in found:
            return found[wanted]  # type: ignore[return-value]
        raise Unpublished(f"{self._named} has no {noun} “{wanted}”.{did_you_mean(wanted, entries)}")


def did_you_mean(wanted: str, entries: Sequence[Entry | Source]) -> str:
    """A closing sentence that suggests the nearest ids, or nothing."""
    near = difflib.get_close_matches(wanted, [entry.id for entry in entries], n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(near)}?" if near else ""
