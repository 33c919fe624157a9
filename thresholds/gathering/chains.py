"""Do the documents hold together: in time, on what they build on, and once laid over it?"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from thresholds.gathering.catalogue import Catalogue
from thresholds.gathering.checking import clashing, dangling, doubles, known_ids
from thresholds.gathering.form_checking import form_faults
from thresholds.gathering.in_force import wrong_dates
from thresholds.gathering.merging import loosened, merged
from thresholds.gathering.proving import lowering, nowhere
from thresholds.published.faults import Fault
from thresholds.reading.document import Written
from thresholds.reading.map_checking import EVERY

Chain = tuple[Written, ...]


def check_catalogue(catalogue: Catalogue, folders: set[str]) -> tuple[Fault, ...]:
    """Every fault between documents. `folders`: all authorities there are, readable or not."""
    days = sorted({day for name in catalogue.authorities for day in catalogue.dates(name)})
    faults = [*wrong_dates(catalogue)]
    for name, editions in catalogue.written.items():
        for written in editions:
            faults += [*doubles(written), *form_faults(written), *_head(catalogue, written, folders)]
        for written, circle in _circles(catalogue, name, days):
            sentence = f"It builds on itself: {' → '.join(circle)}."
            mend = "Let one of them build on something else, or on nothing."
            faults.append(written.page.fault(("builds_on",), sentence, mend))
        # What builds on nothing sound has its cause said already; its echoes would only hide it.
        for chain in _chains(catalogue, name, days):
            faults += check_chain(chain)
    return tuple(faults)


def _head(catalogue: Catalogue, written: Written, folders: set[str]) -> Iterator[Fault]:
    page, document = written.page, written.document
    if document.bank_holidays is not None and document.bank_holidays not in catalogue.bank_holidays:
        sentence = f"There are no bank holidays for “{document.bank_holidays}” (bank_holidays)."
        yield page.fault(("bank_holidays",), sentence, f"Use {', '.join(catalogue.bank_holidays)}.")
    if document.builds_on is not None and document.builds_on not in folders:
        sentence = f"It builds on “{document.builds_on}” (builds_on), and there is no such authority here."
        yield page.fault(("builds_on",), sentence, f"Use one of: {', '.join(sorted(folders))}.")


def _circles(catalogue: Catalogue, name: str, days: list[date]) -> Iterator[tuple[Written, tuple[str, ...]]]:
    """Each edition that, on some day, leads back to its own authority, and the way there."""
    for day in days:
        top = written = catalogue.in_force(name, day)
        seen = [name]
        while written is not None and (base := written.document.builds_on) not in (None, *seen[1:]):
            seen.append(str(base))
            if base == name and top is not None:
                yield top, tuple(seen)
                break
            written = catalogue.in_force(str(base), day)


def _chains(catalogue: Catalogue, name: str, days: list[date]) -> Iterator[Chain]:
    """For each edition, every chain it ends on some day, each once.

    One that never has its base under it on any day it is in force is laid over the first there is.
    """
    seen = set[tuple[object, ...]]()
    for written in catalogue.written[name]:
        own = [day for day in days if catalogue.in_force(name, day) is written]
        found = [chain for day in own if (chain := _chain(catalogue, written, day))]
        later = (chain for day in days if day > written.document.in_force_from
                 if (chain := _chain(catalogue, written, day)))  # fmt: skip
        for chain in found or islice(later, 1):
            key = tuple(link.key for link in chain)
            if key not in seen:
                seen.add(key)
                yield chain


def _chain(catalogue: Catalogue, written: Written, day: date) -> Chain | None:
    """A document over those it builds on that day; None where one is missing or can't be known."""
    found: list[Written] = [written]
    while (base := found[0].document.builds_on) is not None:
        under = catalogue.in_force(base, day)
        if under is None or under in found:
            return None
        found.insert(0, under)
    known = all(("builds_on", EVERY) not in link.set_aside for link in found)
    return tuple(found) if known else None


def check_chain(chain: Chain) -> Iterator[Fault]:
    """Every fault of a document once laid over those it builds on, base first."""
    documents = tuple(written.document for written in chain)
    top, base = chain[-1], documents[:-1]
    wrong = [*dangling(top, known_ids(chain)), *clashing(top, base), *loosened(base, top)]
    yield from wrong
    if not wrong and not any(written.set_aside for written in chain):
        edition = merged(documents, None)
        yield from nowhere(top, edition)
        yield from lowering(top, edition)
