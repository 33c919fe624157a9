"""Can every document in these folders be used, and what is wrong with those that can't?

A folder `<authority>/<YYYY-MM-DD>/document.yaml` is one edition. Reading is strict and gathers every
fault before it refuses. Several folders are read side by side: ours, and an authority's own.
"""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from thresholds.gathering.catalogue import Catalogue
from thresholds.gathering.chains import check_catalogue
from thresholds.gathering.folders import misplaced
from thresholds.published.faults import BrokenDocument, Fault
from thresholds.published.hours import BankHolidays
from thresholds.reading.document import Written, read_document
from thresholds.reading.page import read_page
from thresholds.reading.sentences import faults_of

PACKAGE = Path(str(files("thresholds")))
SHIPPED = PACKAGE / "authorities"


def read_editions(*roots: Path) -> Catalogue:
    """Read every edition under `roots`, side by side (those of this package if none). Raises `BrokenDocument`."""
    catalogue, faults = _read(roots or (SHIPPED,))
    if faults:
        raise BrokenDocument(faults)
    return catalogue


def check_documents(*roots: Path) -> list[Fault]:
    """Everything wrong under `roots`, in the order of file and line; empty when all can be used."""
    return sorted(set(_read(roots or (SHIPPED,))[1]))


def beside_ours(own: Path | None) -> tuple[Path, ...]:
    """The folders that an installation reads: this package's, and the authority's own where it has one."""
    return (SHIPPED, own) if own else (SHIPPED,)


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


def _read(roots: Iterable[Path]) -> tuple[Catalogue, tuple[Fault, ...]]:
    found: list[Written] = []
    faults: list[Fault] = []
    folders: set[str] = set()
    for root in {root.resolve(): root for root in roots}.values():
        paths = sorted(root.glob("*/*/document.yaml"))
        written, wrong = _read_one_by_one(root, paths)
        taken = {_place(one): one for one in found}
        faults += [*wrong, *(_stands_already(one, taken[_place(one)]) for one in written if _place(one) in taken)]
        found += [one for one in written if _place(one) not in taken]
        folders |= {path.parent.parent.name for path in paths}
    catalogue = Catalogue(_by_authority(found), read_calendars())
    return catalogue, (*faults, *check_catalogue(catalogue, folders))


def _read_one_by_one(root: Path, paths: Iterable[Path]) -> tuple[list[Written], list[Fault]]:
    read = [read_document(path, _named(root, path)) for path in paths]
    faults = [fault for _, wrong in read for fault in wrong]
    faults += [Fault(_named(root, path), 1, sentence, mend) for path, sentence, mend in misplaced(root)]
    return [written for written, _ in read if written], faults if read else [*faults, _nothing_in(root)]


def _named(root: Path, path: Path) -> str:
    """Ours begin with the name of this package, an authority's own with the name of its folder."""
    above = root.parent if root.resolve() != SHIPPED.resolve() else PACKAGE.parent
    return path.relative_to(above).as_posix()


def _nothing_in(root: Path) -> Fault:
    sentence = "There is no document in this folder." if root.is_dir() else "There is no such folder."
    return Fault(str(root), 1, sentence, "Give the folder that holds <authority>/<date>/document.yaml.")


def _place(written: Written) -> tuple[str, date]:
    """The authority's folder and the document's date. Where the document names another, it has its fault already."""
    return Path(written.page.file).parts[-3], written.document.in_force_from


def _stands_already(written: Written, first: Written) -> Fault:
    authority, begins = _place(written)
    sentence = f"There is a document of {authority} in force from {begins} already: {first.page.file}."
    mend = "Give this one a date of its own, or take it out: what Pathway brings along can't be replaced."
    return written.page.fault(("in_force_from",), sentence, mend)


def _by_authority(found: Iterable[Written]) -> dict[str, tuple[Written, ...]]:
    ordered: dict[str, list[Written]] = {}
    for written in sorted(found, key=_place):
        ordered.setdefault(_place(written)[0], []).append(written)
    return {name: tuple(them) for name, them in ordered.items()}
