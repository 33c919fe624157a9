"""Can every document in these folders be used, and what is wrong with those that can't?

A folder `<authority>/<YYYY-MM-DD>/document.yaml` is one edition. Reading is strict and gathers every
fault before it refuses.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from thresholds.catalogue import Catalogue
from thresholds.checking import dangling, doubles, known_ids
from thresholds.document import Written, read_document
from thresholds.faults import BrokenDocument, Fault, Unpublished
from thresholds.hours import BankHolidays
from thresholds.merging import loosened
from thresholds.page import read_page

PACKAGE = Path(str(files("thresholds")))


def read_editions(root: Path | None = None) -> Catalogue:
    """Read every edition under `root` (those of this package if None). Raises `BrokenDocument`."""
    catalogue, faults = _read(root or PACKAGE / "authorities")
    if faults:
        raise BrokenDocument(faults)
    return catalogue


def check_documents(root: Path | None = None) -> list[Fault]:
    """Everything wrong under `root`, in the order of file and line; empty when all can be used."""
    return sorted(set(_read(root or PACKAGE / "authorities")[1]))


def read_calendars() -> dict[str, BankHolidays]:
    """The bank holidays this package carries, by division."""
    return {path.stem: _bank_holidays(path) for path in sorted((PACKAGE / "calendars").glob("*.yaml"))}


def _bank_holidays(path: Path) -> BankHolidays:
    page = read_page(path, path.name)
    try:
        return BankHolidays.model_validate_json(json.dumps(page.content))
    except ValidationError as wrong:
        mend = "Write it again with scripts/bank_holidays.py."
        raise BrokenDocument((page.fault((), f"The calendar can't be read: {wrong}.", mend),)) from None


def _read(root: Path) -> tuple[Catalogue, tuple[Fault, ...]]:
    found: dict[str, list[Written]] = defaultdict(list)
    faults: list[Fault] = []
    for path in sorted(root.glob("*/*/document.yaml")):
        written, wrong = read_document(path, path.relative_to(root.parent).as_posix())
        faults += wrong
        if written is not None:
            found[path.parent.parent.name].append(written)
    if not found and not faults:
        mend = "Give the folder that holds <authority>/<date>/document.yaml."
        faults.append(Fault(str(root), 1, "There is no document in this folder.", mend))
    ordered = {name: tuple(sorted(them, key=lambda w: w.key)) for name, them in found.items()}
    catalogue = Catalogue(ordered, read_calendars())
    # An unreadable base would make its every name dangle: say the first cause, not its echoes.
    faults += _alone(catalogue)
    if not faults:
        faults += _together(catalogue)
    return catalogue, tuple(faults)


def _alone(catalogue: Catalogue) -> Iterator[Fault]:
    """Faults seen without laying one document over another."""
    for editions in catalogue.written.values():
        for earlier, later in pairwise(editions):
            yield from _overlap(earlier, later)
        for written in editions:
            yield from doubles(written)
            yield from _base_faults(catalogue, written)


def _overlap(earlier: Written, later: Written) -> Iterator[Fault]:
    until, begins = earlier.document.in_force_until, later.document.in_force_from
    if until is not None and until >= begins:
        sentence = f"It is in force until {until}, but the next edition starts on {begins}."
        mend = f"End it on {begins - timedelta(days=1)} or take in_force_until out."
        yield earlier.page.fault(("in_force_until",), sentence, mend)


def _base_faults(catalogue: Catalogue, written: Written) -> Iterator[Fault]:
    page, document = written.page, written.document
    place, base, seen = ("builds_on",), document.builds_on, [document.authority]
    if document.in_force_until is not None and document.in_force_until < document.in_force_from:
        yield page.fault(("in_force_until",), "It ends before it begins.", "Correct one of the dates.")
    if document.bank_holidays is not None and document.bank_holidays not in catalogue.bank_holidays:
        sentence = f"There are no bank holidays for “{document.bank_holidays}”."
        yield page.fault(("bank_holidays",), sentence, f"Use {', '.join(catalogue.bank_holidays)}.")
    while base is not None:
        if base in seen:
            sentence = f"It builds on itself: {' → '.join([*seen, base])}."
            yield page.fault(place, sentence, "Let one of them build on something else, or on nothing.")
            return
        if base not in catalogue.written:
            if len(seen) == 1:
                sentence = f"It builds on “{base}”, and there is no such authority here."
                yield page.fault(place, sentence, f"Use one of: {', '.join(catalogue.authorities)}.")
            return
        seen.append(base)
        base = catalogue.written[base][-1].document.builds_on


def _together(catalogue: Catalogue) -> Iterator[Fault]:
    """Faults seen only with the base underneath, on every day on which anything changes."""
    moments = sorted({day for name in catalogue.authorities for day in catalogue.dates(name)})
    for authority in catalogue.authorities:
        for day in moments:
            yield from _on(catalogue, authority, day)


def _on(catalogue: Catalogue, authority: str, day: date) -> Iterator[Fault]:
    try:
        chain = catalogue.chain(authority, day)
    except Unpublished:
        return
    documents = tuple(written.document for written in chain)
    yield from dangling(chain[-1], known_ids(documents))
    yield from loosened(documents[:-1], chain[-1])
