"""Is everything that can be wrong with a field of a document said, in people's words, on its line, without echoes?

Exhaustive, in memory: every field of every entry of every document and source map there is (those that ship,
and `everything/`, which uses every field) is spoilt in every way its schema doesn't allow, one change at a
time. Entries are read in batches of copies, each spoilt in one way, which only saves time: what is said of
each copy is looked at alone. Only what stands in a file is spoilt; a field that no shipped document uses is
spoilt in `everything/`.

Keys, ids and names: `test_editions_misnamed.py`. From files on disk to the end: `test_editions_edited.py`.
Between documents, and whole files: `test_editions_in_time.py`.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutating import GONE, SCHEMAS, UNKNOWN, Mutation, changed, model_of
from spoiling import (
    EVERYTHING,
    FILES,
    by_copy,
    by_file,
    complaints,
    copies,
    faults_alone,
    head_of,
    lines_by_entry,
    page_at,
    spoilt,
    title,
)

from thresholds.published.contents import SECTIONS
from thresholds.reading.document import document_of
from thresholds.reading.page import Page

AT_ONCE = 300
"""Places of a map in one test, so that a long map is shared among workers."""


def sections() -> Iterator[object]:
    for root, path in FILES:
        content = page_at(path, root).content
        assert isinstance(content, dict)
        for section in content:
            if section in SECTIONS:
                yield pytest.param(root, path, section, id=f"{path.parts[-3]}-{path.parts[-2]}-{section}")


@pytest.mark.parametrize(("root", "path", "section"), list(sections()))
def test_every_field_of_every_entry_is_said_when_it_is_spoilt(root: Path, path: Path, section: str):
    page, head, wrong = page_at(path, root), head_of(page_at(path, root)), []
    for index, entry in enumerate(page.content[section]):
        place = (section, index)
        changes = list(spoilt(model_of(section), entry, place))
        made = copies(page, place, head, changes, lines_by_entry(path, root, 2)[place])
        said = by_copy(document_of(made)[1])
        for number, change in enumerate(changes):
            wrong += complaints(page, change, said.get(number, []), title(page, place, change))
    assert wrong == [], "\n".join(wrong[:20])


@by_file("document.yaml")
def test_every_field_of_every_head_is_said_when_it_is_spoilt(root: Path, path: Path):
    page, wrong = page_at(path, root), []
    content = {key: [] if key in SECTIONS else value for key, value in page.content.items()}
    for change in spoilt("Document", content, ()):
        wrong += complaints(page, change, faults_alone(with_only(page, change)), "document" if change.must else "")
    assert wrong == [], "\n".join(wrong[:20])


@by_file("source-map.yaml")
def test_every_field_of_every_map_is_said_when_it_is_spoilt(root: Path, path: Path):
    whole, wrong = page_at(path, root), []
    content = {"maps": [given | {"places": given["places"][:1]} for given in whole.content["maps"]]}
    page = Page(whole.file, content, whole.lines, ())
    for change in spoilt("SourceMaps", content, ()):
        if len(change.place) <= 3:
            called = "source map" if len(change.place) == 1 else "maps"
            wrong += complaints(page, change, faults_alone(with_only(page, change)), called if change.must else "")
    assert wrong == [], "\n".join(wrong[:20])


def with_only(page: Page, change: Mutation) -> Page:
    """A page with one change in its head, and of the sections only one that the change is about."""
    spot, content = change.place, page.content
    kept = {key: value for key, value in content.items() if key not in SECTIONS or key == spot[0]}
    lines = {
        place: line
        for place, line in page.lines.items()
        if len(place) <= 3 and (place[: len(spot)] != spot or (place == spot and change.value is not GONE))
    }
    return Page(page.file, changed(kept, spot, change.value), lines, ())


def places() -> Iterator[object]:
    for root, path in FILES:
        if path.name == "source-map.yaml":
            for index, given in enumerate(page_at(path, root).content["maps"]):
                for first in range(0, len(given["places"]), AT_ONCE):
                    name = f"{path.parts[-3]}-{path.parts[-2]}-{given['source']}-{first}"
                    yield pytest.param(root, path, index, first, id=name)


@pytest.mark.parametrize(("root", "path", "index", "first"), list(places()))
def test_every_field_of_every_place_in_a_map_is_said_when_it_is_spoilt(root: Path, path: Path, index: int, first: int):
    page, wrong = page_at(path, root), []
    given = page.content["maps"][index]
    other = {"source": "another", "places": [{"at": "a place", "omitted": "for a reason"}]}
    head = {"maps": [*([other] * index), given | {"places": []}]}
    for number, one in list(enumerate(given["places"]))[first : first + AT_ONCE]:
        place = ("maps", index, "places", number)
        changes = list(spoilt("MapPlace", one, place))
        said = by_copy(faults_alone(copies(page, place, head, changes, lines_by_entry(path, root, 4)[place])))
        for at_, change in enumerate(changes):
            called = "places" if change.field.name in ("lines", "at") else f"places › {one.get('lines') or one['at']}"
            wrong += complaints(page, change, said.get(at_, []), called)
    assert wrong == [], "\n".join(wrong[:20])


def test_every_field_there_is_has_been_spoilt():
    """So that a new field can't be left out: `everything/` uses each at least once, and each can be spoilt."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for path in sorted(EVERYTHING.glob("*/*/*.yaml")):
        model = "SourceMaps" if path.name == "source-map.yaml" else "Document"
        for change in spoilt(model, page_at(path, EVERYTHING).content, ()):
            seen[change.field.pair] += change.must
    every = {(model, name) for model, schema in SCHEMAS.items() for name in schema["properties"]}
    assert every == {pair for pair, count in seen.items() if count >= 3 and pair[1] != UNKNOWN}


def test_nothing_can_be_written_without_saying_where_it_comes_from():
    """What has to be given is read from the schema above; so that it isn't loosened there, it is said once more."""
    of_sections = {model_of(section) for section in SECTIONS} - {"Source"}
    assert {model for model, schema in SCHEMAS.items() if "cite" in schema["properties"]} >= of_sections
    for model, schema in SCHEMAS.items():
        assert schema["additionalProperties"] is False
        assert "cite" not in schema["properties"] or {"id", "cite", "basis"} <= set(schema["required"]), model
    assert {"id", "title", "publisher", "date", "status", "certainty"} == set(SCHEMAS["Source"]["required"])
    assert {"authority", "authority_name", "status", "in_force_from"} == set(SCHEMAS["Document"]["required"])
