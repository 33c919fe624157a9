"""Can every document in these folders be used, and what is wrong with those that can't?

A folder `<authority>/<YYYY-MM-DD>/document.yaml` is one edition. Reading is strict and gathers every
fault before it refuses.
"""

import json
from collections import defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from thresholds.catalogue import Catalogue
from thresholds.chains import check_catalogue
from thresholds.document import Written, read_document
from thresholds.faults import BrokenDocument, Fault
from thresholds.folders import misplaced
from thresholds.hours import BankHolidays
from thresholds.page import read_page
from thresholds.sentences import faults_of

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


@cache
def _bank_holidays(path: Path) -> BankHolidays:
    page = read_page(path, path.name)
    try:
        return BankHolidays.model_validate_json(json.dumps(page.content))
    except ValidationError as wrong:
        raise BrokenDocument(faults_of(page, wrong)) from None


def _read(root: Path) -> tuple[Catalogue, tuple[Fault, ...]]:
    found: dict[str, list[Written]] = defaultdict(list)
    faults: list[Fault] = [*misplaced(root)]
    paths = sorted(root.glob("*/*/document.yaml"))
    for path in paths:
        written, wrong = read_document(path, path.relative_to(root.parent).as_posix())
        faults += wrong
        if written is not None:
            found[path.parent.parent.name].append(written)
    if not paths:
        mend = "Give the folder that holds <authority>/<date>/document.yaml."
        faults.append(Fault(str(root), 1, "There is no document in this folder.", mend))
    ordered = {name: tuple(sorted(them, key=lambda w: w.key)) for name, them in found.items()}
    catalogue = Catalogue(ordered, read_calendars())
    return catalogue, (*faults, *check_catalogue(catalogue, {path.parent.parent.name for path in paths}))
