"""Is an authority's next edition in force when the last one ends, and what builds on it never left over nothing?

Days before an authority's first edition are no hole: an old local document is for history and teaching, and
is judged with a day that the national one covers.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from thresholds.gathering.catalogue import Catalogue
from thresholds.published.faults import Fault
from thresholds.reading.document import Written

DAY = timedelta(days=1)
Names = tuple[str, ...]


def wrong_dates(catalogue: Catalogue) -> Iterator[Fault]:
    """Editions that end before they begin, overlap, leave a hole, or end under something that goes on."""
    for name, editions in catalogue.written.items():
        for written in editions:
            yield from _backwards(written)
        for earlier, later in pairwise(editions):
            yield from _between(catalogue, name, earlier, later)
        yield from _after_the_last(catalogue, name, editions[-1])


def _backwards(written: Written) -> Iterator[Fault]:
    document = written.document
    if _ends(written) < document.in_force_from:
        sentence = f"It ends before it begins: in_force_until is {document.in_force_until}."
        yield written.page.fault(("in_force_until",), sentence, "Correct one of the dates.")


def _between(catalogue: Catalogue, name: str, earlier: Written, later: Written) -> Iterator[Fault]:
    until, begins = earlier.document.in_force_until, later.document.in_force_from
    if until is None or until < earlier.document.in_force_from:
        return
    right = f"End it on {begins - DAY} or take in_force_until out." if begins > date.min else "Correct the dates."
    if until >= begins:
        sentence = f"It is in force until {until}, but the next edition starts on {begins}."
        yield earlier.page.fault(("in_force_until",), sentence, right)
    elif until + DAY < begins:
        over = _said(_building(catalogue, name, until + DAY, begins - DAY))
        sentence = f"From {until + DAY} to {begins - DAY} nothing of {name} is in force{over}."
        yield earlier.page.fault(("in_force_until",), sentence, right)


def _after_the_last(catalogue: Catalogue, name: str, last: Written) -> Iterator[Fault]:
    until = _ends(last)
    if until == date.max or until < last.document.in_force_from:
        return
    building = _building(catalogue, name, until + DAY, date.max)
    if building:
        sentence = f"From {until + DAY} nothing of {name} is in force{_said(building)}."
        mend = f"Take in_force_until out, or add an edition from {until + DAY}, or end what builds on it too."
        yield last.page.fault(("in_force_until",), sentence, mend)


def _building(catalogue: Catalogue, name: str, first: date, last: date) -> Names:
    """The authorities with an edition in force between two days that builds on this one."""
    return tuple(
        other
        for other, editions in catalogue.written.items()
        for written, following in zip(editions, (*editions[1:], None), strict=True)
        if written.document.builds_on == name
        if written.document.in_force_from <= last
        if _ends(written) >= first and (following is None or following.document.in_force_from > first)
    )


def _said(building: Names) -> str:
    if not building:
        return ""
    *others, final = dict.fromkeys(building)
    return f", and {', '.join(others)} and {final} build on it" if others else f", and {final} builds on it"


def _ends(written: Written) -> date:
    return written.document.in_force_until or date.max
