"""Can this installation keep the promise? What is proven, what is broken, and what is a gap, as sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from typing import Literal

from notifications import SAFE_FIELDS, Unwritable, check_words, kinds
from pathway.settings import Settings
from thresholds import Catalogue, Edition
from workflows import PROCESSES, Process
from workflows.referral_facts import Decision
from workflows.soundness import faults

OURS = ("pathway", "workflows", "thresholds", "notifications")
DISTRIBUTION = "family-support-pathway"


@dataclass(frozen=True, slots=True)
class Finding:
    verdict: Literal["proven", "broken", "gap"]
    sentence: str


class PackagesTaken(Exception):
    """Another distribution has put files where ours belong."""


def check_own_packages() -> None:
    """Refuse to start where another distribution provides a package of ours: its files may have replaced them."""
    provided = packages_distributions()
    for package in OURS:
        others = {name for name in provided.get(package, []) if name.replace("_", "-") != DISTRIBUTION}
        if others:
            raise PackagesTaken(
                f"The package '{package}' is also provided by {', '.join(sorted(others))}, which may have replaced "
                "our files. Install Pathway in an environment of its own."
            )


def unworkable(settings: Settings) -> tuple[str, ...]:
    """What is set so that the first message would fail, a sentence each: said at start-up, not at first sending."""
    from pathway.jobs.worker import channel_of

    found = []
    try:
        channel_of(settings)
    except ValueError as wrong:
        found.append(f"PATHWAY_CHANNEL or PATHWAY_SMTP_…: {wrong}")
    for name, value, said in (
        ("PATHWAY_ADDRESS", settings.address, SAFE_FIELDS["link"].say),
        ("PATHWAY_RING", settings.ring, SAFE_FIELDS["ring"].say),
    ):
        try:
            said(value)
        except Unwritable as wrong:
            found.append(f"{name} is {value!r}: {wrong}")
    return tuple(found)


def findings(editions: tuple[Edition, ...]) -> Iterator[Finding]:
    """Everything that can be proven without a database: processes, their words, and each edition they run on."""
    for process in PROCESSES:
        yield from _process(process)
        for edition in editions:
            yield from _limits(process, edition)
    for edition in editions:
        yield from _second_person(edition)
    yield from _words()


def live_findings(settings: Settings) -> Iterator[Finding]:
    """What only the database can tell: whether every table that records run on is still here, and what waits."""
    from pathway.database import Database
    from pathway.store.adopted.adoptions import waiting_sentences
    from pathway.store.adopted.processes import lost_tables

    database = Database(settings.database)
    with database.reading() as session:
        lost, waiting = tuple(lost_tables(session)), waiting_sentences(session)
    database.dispose()
    yield from (Finding("broken", sentence) for sentence in lost)
    if not lost:
        yield Finding("proven", "open records: each runs on a table that this release holds")
    yield from (Finding("gap", sentence) for sentence in waiting)


def live_editions(catalogue: Catalogue) -> tuple[Edition, ...]:
    """Each authority's edition in force once the newest of all has begun, resolved with what it builds on."""
    on = max(day for authority in catalogue.authorities for day in catalogue.dates(authority))
    return tuple(catalogue.resolve(authority, on) for authority in catalogue.authorities)


def _process(process: Process) -> Iterator[Finding]:
    broken = tuple(faults(process))
    if broken:
        yield from (Finding("broken", sentence) for sentence in broken)
        return
    yield Finding(
        "proven",
        f"{process.words}: every open state has somebody answerable, a clock, a way on and protection one act away "
        f"({len(process.states)} states, {len(process.moves)} moves)",
    )
    told = {tell.message for move in process.moves for tell in move.tells}
    unknown = sorted(told - set(kinds()))
    if unknown:
        yield Finding("broken", f"{process.words}: no words are written for {', '.join(unknown)}")
    else:
        yield Finding("proven", f"{process.words}: every message it sends has words and a channel")


def _limits(process: Process, edition: Edition) -> Iterator[Finding]:
    named = f"{edition.authority_name}, in force from {edition.in_force_from:%-d %B %Y}"
    published = {limit.id: limit for limit in edition.limits}
    missing = sorted(process.limits - set(published))
    silent = sorted(limit for limit in process.limits & set(published) if not published[limit].rungs)
    reasons = (*edition.why_not_live(), *(f"No limit '{limit}' is published." for limit in missing))
    if reasons:
        yield from (Finding("gap", f"{process.words} on {named}: {reason}") for reason in reasons)
    elif silent:
        yield Finding("broken", f"{process.words} on {named}: nobody hears when {', '.join(silent)} passes")
    else:
        yield Finding("proven", f"{process.words} on {named}: every clock has a limit, and people hear")


def _second_person(edition: Edition) -> Iterator[Finding]:
    unknown = sorted(edition.not_alone - {decision.value for decision in Decision})
    if unknown:
        yield Finding(
            "broken", f"{edition.authority_name}: second_person names no decision of ours: {', '.join(unknown)}"
        )


def _words() -> Iterator[Finding]:
    wrong = check_words()
    if wrong:
        yield from (Finding("broken", sentence) for sentence in wrong)
    else:
        yield Finding("proven", f"messages: all {len(kinds())} kinds render, and none can carry personal text")
