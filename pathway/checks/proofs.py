"""What is proven of every process, and of every process on every edition, one property after another?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pathway.checks import messages
from pathway.settings import Settings
from thresholds import Catalogue, Edition
from workflows import PROCESSES, Process, fitness, soundness
from workflows.properties import Flaw


@dataclass(frozen=True, slots=True)
class Finding:
    verdict: Literal["proven", "broken", "gap"]
    sentence: str

    def __str__(self) -> str:
        return f"{self.verdict}: {self.sentence}"


def findings(editions: tuple[Edition, ...], settings: Settings) -> Iterator[Finding]:
    """Everything that can be proven without a database: processes, their words, and each edition they run on."""
    for process in PROCESSES:
        yield from of_process(process)
        for edition in editions:
            yield from of_edition(process, edition)
    yield from messages_sent(settings)


def live_editions(catalogue: Catalogue) -> tuple[Edition, ...]:
    """Each authority's edition in force once the newest of all has begun, resolved with what it builds on."""
    on = max(day for authority in catalogue.authorities for day in catalogue.dates(authority))
    return tuple(catalogue.resolve(authority, on) for authority in catalogue.authorities)


def of_process(process: Process) -> Iterator[Finding]:
    """What holds of a process whatever is published."""
    for one in soundness.PROPERTIES:
        yield from _said(f"{process.words}: {one.name}", one.flaws(process), one.counts(process))
    for other in messages.PROPERTIES:
        yield from _said(f"{process.words}: {other.name}", other.flaws(process), other.counts(process))


def of_edition(process: Process, edition: Edition, *, live: str = "") -> Iterator[Finding]:
    """What holds of a process on an edition. A gap breaks an edition that is `live`, which says how it is in use."""
    where = f"{process.words} on {edition.authority_name}, {live or f'in force from {edition.in_force_from:%-d %B %Y}'}"
    for one in fitness.PROPERTIES:
        counts = one.counts(process, edition)
        yield from _said(f"{where}: {one.name}", one.flaws(process, edition), counts, live=bool(live))


def messages_sent(settings: Settings) -> Iterator[Finding]:
    """What holds of every kind of message, whichever process or act sends it."""
    for one in messages.OF_EVERY_KIND:
        yield from _said(f"messages: {one.name}", one.flaws(settings), one.counts(settings))


def _said(named: str, flaws: Iterator[Flaw], counts: str, *, live: bool = False) -> Iterator[Finding]:
    found = tuple(flaws)
    yield from (_finding(named, flaw, live) for flaw in found)
    if not found:
        yield Finding("proven", f"{named} ({counts})")


def _finding(named: str, flaw: Flaw, live: bool) -> Finding:
    """A gap says who decides; what is broken says how a record gets there."""
    if not flaw.decide:
        return Finding("broken", f"{named}: {flaw}")
    if live:
        return Finding("broken", f"{named}: {flaw} {flaw.decide}")
    return Finding("gap", f"{named}: {flaw.sentence} {flaw.decide}")
