"""Is this one file a document, and what is left of it once everything wrong is set aside?

Everything wrong is said at once; what can't be read is set aside, so that the rest is checked too.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError

from thresholds.published.contents import Document
from thresholds.published.faults import Fault
from thresholds.reading.map_checking import EVERY, map_faults
from thresholds.reading.page import Page, read_page
from thresholds.reading.sentences import AS_SHOWN, faults_of
from thresholds.reading.source_map import NESTED, SourceMap, source_maps_of


@dataclass(frozen=True)
class Written:
    """A document and the page it stands on."""

    page: Page
    document: Document
    # What couldn't be read, as (section, id), so that nothing is said of what names it.
    set_aside: frozenset[tuple[str, str]] = frozenset()
    maps: tuple[SourceMap, ...] = ()

    @property
    def key(self) -> tuple[str, date]:
        return self.document.authority, self.document.in_force_from


def read_document(path: Path, name: str) -> tuple[Written | None, tuple[Fault, ...]]:
    """Read one `document.yaml`, with the forms and the source map beside it. None if nothing can be read."""
    forms = [read_page(form, f"{name.rpartition('/')[0]}/forms/{form.name}") for form in forms_beside(path)]
    written, faults = document_of(with_forms(read_page(path, name), forms))
    beside = path.with_name("source-map.yaml")
    if not beside.exists():
        return written, faults
    page = read_page(beside, name.replace(path.name, beside.name))
    if page.content is None:
        return written, (*faults, *(page.faults or (page.fault((), "The file is empty.", "Write the source map."),)))
    maps, left, wrong = source_maps_of(page)
    faults = (*faults, *(faults_of(page, wrong) if wrong else page.faults))
    if maps is None or written is None:
        return written, faults
    held = map_faults(left, maps, written.document, set_aside=written.set_aside, is_whole=wrong is None)
    return replace(written, maps=maps.maps), (*faults, *held)


def forms_beside(document: Path) -> list[Path]:
    return sorted(document.parent.glob("forms/*.yaml"))


def with_forms(page: Page, forms: Sequence[Page]) -> Page:
    """A document's page with each form that stands in a file of its own, and what is wrong with those files."""
    empty = [one.fault((), "The file is empty.", "Write the form.") for one in forms if _is_empty(one)]
    said = [fault for one in forms for fault in one.faults]
    named = [fault for one in forms for fault in _misnamed(one)]
    joined = page.joined("forms", [one for one in forms if one.content is not None])
    return replace(joined, faults=(*page.faults, *said, *empty, *named))


def _is_empty(form: Page) -> bool:
    return form.content is None and not form.faults


def _misnamed(form: Page) -> Iterator[Fault]:
    """A form is found by the name of its file."""
    given = form.content.get("id") if isinstance(form.content, dict) else None
    called = PurePosixPath(form.file).stem
    if isinstance(given, str) and given != called:
        sentence = f"The file is called {called}.yaml, and the form in it {given} (id)."
        yield form.fault(("id",), sentence, "Call both the same.")


def document_of(page: Page) -> tuple[Written | None, tuple[Fault, ...]]:
    """The document on a page, and what is wrong with it alone. What can't be read is set aside."""
    if page.content is None:
        return None, page.faults or (page.fault((), "The file is empty.", "Write the document."),)
    if not isinstance(page.content, dict):
        return None, (page.fault((), "The file has no sections, so it isn't a document.", AS_SHOWN),)
    try:
        written, faults = Written(page, _validated(page.content)), page.faults
    except ValidationError as wrong:
        found, faults = _salvaged(page, wrong), faults_of(page, wrong)
        if found is None:
            return None, faults
        written = found
    return written, (*faults, *_folder_faults(written))


def _validated(content: object) -> Document:
    """Through JSON, so that strictness still lets text be a date and a list be a tuple."""
    return Document.model_validate_json(json.dumps(content))


def _salvaged(page: Page, wrong: ValidationError) -> Written | None:
    """The document without the entries that are wrong, and its head as its folder has it; None if that won't do."""
    places = {tuple(error["loc"]) for error in wrong.errors()}
    entries = {place[:2] for place in places if len(place) > 1 and isinstance(place[1], int)}
    whole = {str(place[0]) for place in places if place[:2] not in entries}
    left = page.without(entries)
    kept = {key: value for key, value in _sections(left).items() if key not in whole}
    aside = {(key, EVERY) for key in whole} | {("dimensions", EVERY) for key in whole if key == "domains"}
    for section, index in entries:
        aside |= _ids(str(section), [_sections(page)[str(section)][int(index)]])
    try:
        return Written(left, _validated(_head(page) | kept), frozenset(aside))
    except ValidationError:
        return None


def _sections(page: Page) -> dict[str, Any]:
    return page.content if isinstance(page.content, dict) else {}


def _head(page: Page) -> dict[str, object]:
    """What stands in for a head that can't be read, so that the entries are checked all the same."""
    folders = PurePosixPath(page.file).parts[-3:-1]
    authority, day = folders if len(folders) == 2 else ("", "")
    return {"authority": authority, "authority_name": authority, "status": "draft", "in_force_from": day}


def _ids(section: str, entries: Iterable[object]) -> set[tuple[str, str]]:
    """The ids in entries that can't be read, as far as they can be made out."""
    found = set[tuple[str, str]]()
    for entry in entries:
        if not isinstance(entry, dict):
            found |= {(section, EVERY), *([("dimensions", EVERY)] if section == "domains" else [])}
            continue
        if isinstance(entry.get("id"), str):
            found.add((section, entry["id"]))
        for field in NESTED:
            within = entry.get(field, [])
            found |= _ids(field, within) if isinstance(within, list) else {(field, EVERY)}
    return found


def _folder_faults(written: Written) -> tuple[Fault, ...]:
    """Where a document says another day or authority than the folder it lies in."""
    page, document = written.page, written.document
    *_, authority, day, _ = ("", "", "", *PurePosixPath(page.file).parts)
    faults = []
    if day != document.in_force_from.isoformat() and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        sentence = f"The folder says {day}, the document {document.in_force_from} (in_force_from)."
        faults.append(page.fault(("in_force_from",), sentence, "Make both the day it is in force from."))
    if authority != document.authority:
        sentence = f"The folder says {authority}, the document {document.authority} (authority)."
        faults.append(page.fault(("authority",), sentence, "Make both the same authority."))
    return tuple(faults)
