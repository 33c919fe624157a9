"""How are many spoilt copies of one entry read at once, and is what is said of each said well?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from mutating import GONE, SCHEMAS, UNKNOWN, Field, Mutation, Place, at, badly_said, changed, fields, mutations

from thresholds.gathering.documents import PACKAGE
from thresholds.published.faults import Fault
from thresholds.reading.document import document_of
from thresholds.reading.page import Page, read_page
from thresholds.reading.sentences import faults_of
from thresholds.reading.source_map import source_maps_of

OURS = PACKAGE / "authorities"
EVERYTHING = Path(__file__).parent / "content" / "everything" / "authorities"
FILES = [(root, path) for root in (OURS, EVERYTHING) for path in sorted(root.glob("*/*/*.yaml"))]
STRIDE = 100_000
"""The lines apart at which the copies of an entry stand."""


def by_file(*names: str) -> pytest.MarkDecorator:
    """A test for each file of these names."""
    found = [pytest.param(*file, id="/".join(file[1].parts[-3:])) for file in FILES if file[1].name in names]
    return pytest.mark.parametrize(("root", "path"), found)


@cache
def page_at(path: Path, root: Path) -> Page:
    return read_page(path, path.relative_to(root.parent).as_posix())


def spoilt(model: str, content: object, place: Place) -> Iterator[Mutation]:
    """Every mutation of what stands at a place."""
    for field in fields(model, content, ()):
        here = Field(field.model, field.name, (*place, *field.place), field.schema, field.required, field.present)
        if field.present:
            yield from mutations(here, at(content, field.place))
        if field.name == next(iter(SCHEMAS[field.model]["properties"])):
            extra = (*here.place[:-1], UNKNOWN)
            yield Mutation("extra", Field(field.model, UNKNOWN, extra, {}, True, False), extra, 1, must=True)


@cache
def lines_by_entry(path: Path, root: Path, depth: int) -> dict[Place, dict[Place, int]]:
    """The lines of everything in a file, by the entry it stands in."""
    found: dict[Place, dict[Place, int]] = defaultdict(dict)
    for place, line in page_at(path, root).lines.items():
        if len(place) >= depth:
            found[place[:depth]][place[depth:]] = line
    return found


def copies(
    page: Page, place: Place, head: dict[str, object], changes: list[Mutation], within: dict[Place, int]
) -> Page:
    """A page with nothing but copies of one entry, each with one change, on lines of its own."""
    depth, entry = len(place), at(page.content, place)
    lines, made = {}, []
    for number, change in enumerate(changes):
        spot = change.place[depth:]
        made.append(changed(entry, spot, change.value))
        for rest, line in within.items():
            if rest[: len(spot)] != spot or (rest == spot and change.value is not GONE):
                lines[(*place[:-1], number, *rest)] = line + number * STRIDE
    return Page(page.file, changed(head, place[:-1], made), lines, ())


def by_copy(faults: Iterable[Fault]) -> dict[int, list[Fault]]:
    found: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        number, line = divmod(fault.line, STRIDE)
        found[number].append(Fault(fault.file, line, fault.sentence, fault.mend))
    return found


def complaints(page: Page, change: Mutation, faults: list[Fault], entry: str) -> Iterator[str]:
    """What is wrong with what is said of one change."""
    said = [str(fault) for fault in faults]
    where = f"{change.kind} at {change.place} of {page.file}: {said}"
    if change.must and not faults:
        yield f"nothing is said: {where}"
    if len(faults) > 2:
        yield f"too much is said: {where}"
    expected = page.line(change.place[:-1] if change.value is GONE else change.place)
    own = [fault for fault in faults if change.field.name in fault.sentence and entry in fault.sentence]
    if change.must and faults and not [fault for fault in own if fault.line == expected]:
        yield f"it isn't said of {entry}, {change.field.name}, on line {expected}: {where}"
    for fault in faults:
        yield from (f"{wrong}: {where}" for wrong in badly_said(fault))


def head_of(page: Page) -> dict[str, object]:
    authority, day = page.file.split("/")[-3:-1]
    return {"authority": authority, "authority_name": "A", "status": "draft", "in_force_from": day}


def title(page: Page, place: Place, change: Mutation) -> str:
    """What the entry is called, unless it is its name that was spoilt."""
    entry = at(page.content, place)
    return str(place[0]) if change.place[: len(place) + 1] == (*place, "id") else f"{place[0]} › {entry['id']}"


def faults_alone(page: Page) -> list[Fault]:
    if page.file.endswith("source-map.yaml"):
        found = source_maps_of(page)[2]
        return list(faults_of(page, found)) if found else []
    return list(document_of(page)[1])
