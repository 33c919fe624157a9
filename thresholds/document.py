"""Is this one file a document, and if not, what exactly is wrong with it?

Turns what Pydantic found into sentences with the file, the line and the mend. Everything wrong is
reported at once.
"""

import difflib
import json
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from thresholds.edition import Document
from thresholds.faults import Fault
from thresholds.page import Page, Place, read_page
from thresholds.source_map import SourceMap, SourceMaps, map_faults, read_source_maps

SCHEMAS = (Document.model_json_schema(), SourceMaps.model_json_schema())
KNOWN_KEYS = sorted(set(re.findall(r'"([a-z_]+)": \{', json.dumps(SCHEMAS))))


@dataclass(frozen=True)
class Written:
    """A document and the page it stands on."""

    page: Page
    document: Document
    # Entries that couldn't be read: (section, id). Set aside, so that everything else is checked too.
    set_aside: frozenset[tuple[str, str]] = frozenset()
    maps: tuple[SourceMap, ...] = ()

    @property
    def key(self) -> tuple[str, date]:
        return self.document.authority, self.document.in_force_from


def read_document(path: Path, name: str) -> tuple[Written | None, tuple[Fault, ...]]:
    """Read one `document.yaml`. What can't be read is set aside and said; None if nothing can be read."""
    page = read_page(path, name)
    if page.content is None:
        return None, page.faults or (page.fault((), "The file is empty.", "Write the document."),)
    if not isinstance(page.content, dict):
        mend = "Write it as docs/how-to/new-authority.md shows."
        return None, (page.fault((), "The file has no sections, so it isn't a document.", mend),)
    try:
        return _placed(path, Written(page, _validated(page.content)), page.faults)
    except ValidationError as wrong:
        return _placed(path, _salvaged(page, wrong), faults_of(page, wrong))


def _placed(path: Path, written: Written | None, faults: tuple[Fault, ...]) -> tuple[Written | None, tuple[Fault, ...]]:
    """What was read, in its folder, with its source maps. A map is held against a document only once that is sound."""
    if written is None:
        return None, faults
    faults = (*faults, *_folder_faults(path, written))
    beside = path.with_name("source-map.yaml")
    if not beside.exists():
        return written, faults
    page, maps, wrong = read_source_maps(beside, written.page.file.replace(path.name, beside.name))
    faults = (*faults, *(faults_of(page, wrong) if wrong else page.faults))
    if maps is None:
        return written, faults
    held = () if written.set_aside or faults else tuple(map_faults(page, maps, written.document))
    return replace(written, maps=maps.maps), (*faults, *held)


def _validated(content: object) -> Document:
    """Through JSON, so that strictness still lets text be a date and a list be a tuple."""
    return Document.model_validate_json(json.dumps(content))


def faults_of(page: Page, wrong: ValidationError) -> tuple[Fault, ...]:
    return (*page.faults, *(_fault(page, error) for error in wrong.errors()))


def _salvaged(page: Page, wrong: ValidationError) -> Written | None:
    """The document without the entries that are wrong; None when its head is."""
    if not isinstance(page.content, dict):
        return None
    content, aside = dict(page.content), set()
    for section, *rest in {tuple(error["loc"][:2]) for error in wrong.errors() if error["loc"]}:
        if not rest:
            content.pop(section, None)
        elif isinstance(entry := content[section][rest[0]], dict):
            aside.add((str(section), str(entry.get("id"))))
    for section in {section for section, _ in aside}:
        content[section] = [e for e in content[section] if (section, str(e.get("id"))) not in aside]
    try:
        return Written(page, _validated(content), frozenset(aside))
    except (ValidationError, AttributeError):
        return None


def _folder_faults(path: Path, written: Written) -> tuple[Fault, ...]:
    page, document = written.page, written.document
    faults = []
    if path.parent.name != document.in_force_from.isoformat():
        sentence = f"The folder says {path.parent.name}, the document {document.in_force_from}."
        faults.append(page.fault(("in_force_from",), sentence, "Make both the day it is in force from."))
    if path.parent.parent.name != document.authority:
        sentence = f"The folder says {path.parent.parent.name}, the document {document.authority}."
        faults.append(page.fault(("authority",), sentence, "Make both the same authority."))
    return tuple(faults)


def _fault(page: Page, error: ErrorDetails) -> Fault:
    place = tuple(error["loc"])
    where, key = entry_named(page, place), str(place[-1]) if place else "document"
    match error["type"]:
        case "missing":
            return page.fault(place, f"{where} has no {key}.", _mend_missing(key))
        case "extra_forbidden":
            return page.fault(place, f"{where} has a key nobody knows: “{key}”.", _mend_unknown(key))
        case "value_error":
            reason = str(error["ctx"]["error"])
            return page.fault(place, f"{where} contradicts itself: {reason}.", "Change one or the other.")
    given = error["input"]
    sentence = f"In {where}, {key} can't be read: {error['msg'][0].lower()}{error['msg'][1:]}."
    shown = isinstance(given, str | int | bool)
    mend = f"Change “{given}”." if shown else "Write it as docs/how-to/new-authority.md shows."
    return page.fault(place, sentence, mend)


def entry_named(page: Page, place: Place) -> str:
    """What people would call the entry around a place: its section and id, or "The document"."""
    content, named = page.content, "The document"
    for depth, step in enumerate(place):
        try:
            content = content[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(content, dict) and "id" in content:
            named = f"{place[depth - 1] if depth else step} › {content['id']}"
    return named


def _mend_missing(key: str) -> str:
    if key == "cite":
        return "Add cite: the id of a source and the place in it, as “fsp-2014 l.1236”."
    if key == "basis":
        return "Add basis: published, local decision, or proposed default."
    return f"Add {key}."


def _mend_unknown(key: str) -> str:
    near = difflib.get_close_matches(key, KNOWN_KEYS, n=1)
    return f"Did you mean {near[0]}? Otherwise take it out." if near else "Take it out."
