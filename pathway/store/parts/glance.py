"""What must whoever opens an undecided record see in the first seconds? Sentences, from what is known and the hour."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pathway.clock import LONDON, day_of
from pathway.store.parts.views import ChildView
from thresholds import Edition, Unpublished

SOON = timedelta(hours=2)
"""So long before the office shuts it is worth saying who takes over then."""

NUMBERS = (
    "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
)  # fmt: skip


def glance(
    edition: Edition, children: Sequence[ChildView], advice: Sequence[Mapping[str, Any]], now: datetime
) -> tuple[str, ...]:
    """Ages that are treated as young because nobody knows them, and who takes over when the office shuts."""
    return (*_young(edition, children, advice), *_takes_over(edition, now))


def _young(edition: Edition, children: Sequence[ChildView], advice: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for child, judged in zip(children, advice, strict=False):
        if child.age != "age not known":
            continue
        ages = [_first_age_outside(edition, reason) for reason in judged.get("because", ())]
        youngest = min((age for age in ages if age), default=None)
        if youngest:
            yield f"{child.name}: age not known, treated as under {NUMBERS[youngest]}."


def _first_age_outside(edition: Edition, reason: Mapping[str, Any]) -> int | None:
    """The youngest age at which an example that was noted wouldn't hold; None where it is about any age."""
    if reason.get("kind") != "indicator":
        return None
    try:
        return edition.indicator(str(reason.get("id"))).first_age_outside
    except Unpublished:
        return None


def _takes_over(edition: Edition, now: datetime) -> Iterator[str]:
    night = next((place.name for place in edition.destinations if place.kind == "emergency"), "")
    if not night:
        return
    calendar = edition.calendar()
    if not calendar.is_open(now):
        opens = calendar.next_opening(now)
        yield f"{night} answers now{f', until {opens.astimezone(LONDON):%H:%M on %A}' if opens else ''}."
        return
    shuts = calendar.closing(day_of(now))
    if shuts - now <= SOON:
        yield f"{night} takes over at {shuts.astimezone(LONDON):%H:%M}."
