"""Can an edition run live cases, and which of an authority's own can? Every reason why not, at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pathway.acts.faults import FieldFault, Unacceptable
from pathway.settings import Settings
from pathway.store.adopted.published import held_documents
from thresholds import (
    BrokenDocument,
    Catalogue,
    Document,
    Edition,
    Fault,
    Unpublished,
    check_chain,
)
from workflows import PROCESSES, Refusal, Refused
from workflows.fitness import misfits

MEND = "Put it right in the authority's document."


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """One edition that could be proposed, by its own date, and every reason why it can't run live as it stands."""

    in_force_from: date
    name: str
    status: str
    why_not: tuple[str, ...]


def edition_for(catalogue: Catalogue, authority: str, on: date, edition: date | None = None) -> Edition:
    """The edition to run from a day: the one in force then, or the one dated `edition`.

    Raises `Unacceptable` where there is none for that day, `Refused` with every reason why it can't run live.
    """
    try:
        chain = catalogue.chain(authority, on, edition)
    except Unpublished as wrong:
        raise Unacceptable(FieldFault("edition" if edition else "in_force_from", str(wrong))) from None
    broken = [Refusal(str(fault), "The authority's documents must be put right.") for fault in check_chain(chain)]
    if broken:
        raise Refused(*broken)
    found = catalogue.laid(chain)
    check_can_run_live(found)
    return found


@dataclass(frozen=True, slots=True)
class Choosable:
    """What could be proposed, newest first; or every fault of documents that can't be used as they stand."""

    editions: tuple[EditionChoice, ...] = ()
    broken: tuple[Fault, ...] = ()


def choosable(settings: Settings, authority: str, today: date) -> Choosable:
    """An authority's editions in our folder and its own, as they lie there now: a mended one needs no restart."""
    here = held_documents(settings)
    if here.faults:
        return Choosable(broken=here.faults)
    catalogue = here.catalogue
    written = (catalogue.dated(authority, day) for day in reversed(catalogue.dates(authority)))
    return Choosable(tuple(_choice(catalogue, one.document, today) for one in written if one))


def documents_here(settings: Settings) -> Catalogue:
    """Our documents and the authority's own beside them. Raises `BrokenDocument`."""
    here = held_documents(settings)
    if here.faults:
        raise BrokenDocument(here.faults)
    return here.catalogue


def _choice(catalogue: Catalogue, document: Document, today: date) -> EditionChoice:
    """As it would be if it were in force from today, or from its own date where that is to come."""
    edition, why_not = document.in_force_from, tuple[str, ...]()
    try:
        edition_for(catalogue, document.authority, max(today, edition), edition)
    except Refused as refused:
        why_not = tuple(one.sentence for one in refused.refusals)
    except Unacceptable as wrong:
        why_not = tuple(fault.sentence for fault in wrong.faults)
    return EditionChoice(edition, document.authority_name, document.status, why_not)


def check_can_run_live(edition: Edition) -> None:
    """An edition goes live only once every process can run on it. Raises `Refused` with every reason why not."""
    if found := tuple(_why_not(edition)):
        raise Refused(*found)


def _why_not(edition: Edition) -> Iterator[Refusal]:
    """What `pathway check` finds broken or left open of each process on this edition, each reason once."""
    flaws = {flaw.sentence: flaw for process in PROCESSES for _, flaw in misfits(process, edition)}
    for sentence, flaw in flaws.items():
        yield Refusal(f"{sentence[0].upper()}{sentence[1:]}", flaw.decide or MEND)
