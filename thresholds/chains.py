"""Do the documents hold together: in time, on what they build on, and once laid over it?"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from thresholds.catalogue import Catalogue
from thresholds.checking import clashing, dangling, doubles, known_ids
from thresholds.document import Written
from thresholds.faults import Fault, Unpublished
from thresholds.merging import loosened, merged
from thresholds.proving import lowering, nowhere


def check_catalogue(catalogue: Catalogue, folders: set[str]) -> tuple[Fault, ...]:
    """Every fault between documents. `folders`: all authorities there are, readable or not."""
    alone = list(_alone(catalogue))
    bases = {name: list(_base_faults(catalogue, name, folders)) for name in catalogue.authorities}
    together: list[Fault] = []
    for name in catalogue.authorities:
        # What builds on nothing sound has its cause said already; its echoes would only hide it.
        if not bases[name] and _is_readable(catalogue, name):
            together += _together(catalogue, name)
    return (*alone, *(fault for faults in bases.values() for fault in faults), *together)


def _alone(catalogue: Catalogue) -> Iterator[Fault]:
    for editions in catalogue.written.values():
        for earlier, later in pairwise(editions):
            yield from _overlap(earlier, later)
        for written in editions:
            yield from doubles(written)
            yield from _head(catalogue, written)


def _overlap(earlier: Written, later: Written) -> Iterator[Fault]:
    until, begins = earlier.document.in_force_until, later.document.in_force_from
    if until is not None and until >= begins:
        sentence = f"It is in force until {until}, but the next edition starts on {begins}."
        mend = f"End it on {begins - timedelta(days=1)} or take in_force_until out."
        yield earlier.page.fault(("in_force_until",), sentence, mend)


def _head(catalogue: Catalogue, written: Written) -> Iterator[Fault]:
    page, document = written.page, written.document
    if document.in_force_until is not None and document.in_force_until < document.in_force_from:
        yield page.fault(("in_force_until",), "It ends before it begins.", "Correct one of the dates.")
    if document.bank_holidays is not None and document.bank_holidays not in catalogue.bank_holidays:
        sentence = f"There are no bank holidays for “{document.bank_holidays}”."
        yield page.fault(("bank_holidays",), sentence, f"Use {', '.join(catalogue.bank_holidays)}.")


def _base_faults(catalogue: Catalogue, name: str, folders: set[str]) -> Iterator[Fault]:
    for written in catalogue.written[name]:
        page, base, seen = written.page, written.document.builds_on, [name]
        if base is not None and base not in folders:
            sentence = f"It builds on “{base}”, and there is no such authority here."
            yield page.fault(("builds_on",), sentence, f"Use one of: {', '.join(sorted(folders))}.")
        while base is not None and base in catalogue.written:
            if base in seen:
                sentence = f"It builds on itself: {' → '.join([*seen, base])}."
                mend = "Let one of them build on something else, or on nothing."
                yield page.fault(("builds_on",), sentence, mend)
                break
            seen.append(base)
            base = catalogue.written[base][-1].document.builds_on


def _is_readable(catalogue: Catalogue, name: str) -> bool:
    """Whether every document this authority may build on could be read at all."""
    bases = {written.document.builds_on for written in catalogue.written[name]} - {None}
    return all(base in catalogue.written and _is_readable(catalogue, base) for base in bases if base)


def _together(catalogue: Catalogue, name: str) -> Iterator[Fault]:
    """Faults seen only with the base underneath, on every day on which anything changes."""
    for day in sorted({day for other in catalogue.authorities for day in catalogue.dates(other)}):
        try:
            chain = catalogue.chain(name, day)
        except Unpublished:
            continue
        yield from check_chain(chain)


def check_chain(chain: tuple[Written, ...]) -> Iterator[Fault]:
    """Every fault of a document once laid over those it builds on, base first."""
    documents = tuple(written.document for written in chain)
    top, base = chain[-1], documents[:-1]
    wrong = [*dangling(top, known_ids(chain)), *clashing(top, base), *loosened(base, top)]
    yield from wrong
    if not wrong and not any(written.set_aside for written in chain):
        edition = merged(documents, None)
        yield from nowhere(top, edition)
        yield from lowering(top, edition)
