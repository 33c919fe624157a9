"""Is every id given twice, every key given twice and every name that nothing has said, on its line?

Exhaustive, in memory: every key of every mapping, every id and every name in every document and source map
there is.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from editing import Text, edited
from mutating import ID, NAMES, SCHEMAS, Mutation, Place, at, badly_said, changed, fields, model_of
from spoiling import STRIDE, by_copy, by_file, complaints, copies, head_of, lines_by_entry, page_at

from thresholds import Catalogue, read_editions
from thresholds.gathering.checking import dangling, doubles, known_ids
from thresholds.published.contents import SECTIONS
from thresholds.reading.document import Written, document_of
from thresholds.reading.map_checking import map_faults
from thresholds.reading.page import Page, page_of
from thresholds.reading.source_map import source_maps_of


@cache
def catalogue(root: Path) -> Catalogue:
    return read_editions(root)


@by_file("document.yaml", "source-map.yaml")
def test_every_key_given_twice_is_said(root: Path, path: Path):
    """All keys at one depth at once, because one within another would be left out with it."""
    text, asked = Text(path.read_text()), 0
    for depth in sorted({len(place) for place in text.keys}):
        edits = {text.give_twice(place): place for place in text.keys if len(place) == depth}
        new, lines = edited(text.text, edits)
        said = [(fault.line, fault.sentence.split("“")[1].split("”")[0]) for fault in page_of(new, "x").faults]
        assert sorted(said) == sorted((lines[edit], place[-1]) for edit, place in edits.items())
        asked += len(edits)
    assert asked == len(text.keys)


@by_file("document.yaml")
def test_every_id_given_twice_is_said(root: Path, path: Path):
    page, head = page_at(path, root), head_of(page_at(path, root))
    for section, entries in page.content.items():  # type: ignore[union-attr]
        if section in SECTIONS:
            twice, lines = head | {section: [*entries, *entries]}, {}
            for place, line in page.lines.items():
                if place[:1] == (section,) and len(place) > 1:
                    lines[place] = line
                    lines[(section, place[1] + len(entries), *place[2:])] = line + STRIDE
            written, wrong = document_of(Page(page.file, twice, lines, ()))
            assert written
            assert not wrong
            said = {fault.line - STRIDE: fault for fault in doubles(written) if "stands twice" in fault.sentence}
            for index, entry in enumerate(entries):
                fault = said[page.line((section, index))]
                assert f"{section} › {entry['id']}" in fault.sentence
                assert not list(badly_said(fault))


@by_file("document.yaml")
def test_every_name_of_something_else_is_said_when_nothing_has_it(root: Path, path: Path):
    page, asked = page_at(path, root), 0
    known = known_ids(chain_of(root, page))
    for section, entries in page.content.items():  # type: ignore[union-attr]
        for index, entry in enumerate(entries if section in SECTIONS else ()):
            place = (section, index)
            changes = list(misnamed(model_of(section), entry, place))
            made = copies(page, place, head_of(page), changes, lines_by_entry(path, root, 2)[place])
            written, wrong = document_of(made)
            assert not wrong, wrong
            said = by_copy(dangling(written, known)) if written else {}  # type: ignore[arg-type]
            for number, change in enumerate(changes):
                found = [fault for fault in said[number] if f"“zz-{number}”" in fault.sentence]
                assert len(said[number]) == len(found) == 1, (change, said[number])
                assert not list(complaints(page, change, found, f"{section} › {entry['id']}"))
            asked += len(changes)
    assert asked or not set(page.content) & set(SECTIONS) - {"sources"}  # type: ignore[arg-type]


def misnamed(model: str, entry: object, place: Place) -> Iterator[Mutation]:
    """Each name of something else replaced by one that nothing has, each by another."""
    number = 0
    for field in fields(model, entry):
        if field.present and (NAMES.get(field.pair) or field.name == "cite"):
            value = at(entry, field.place)
            for step in [(index,) for index in range(len(value))] if isinstance(value, list) else [()]:
                name = f"zz-{number} l.1" if field.name == "cite" else f"zz-{number}"
                yield Mutation("dangling", field, (*place, *field.place, *step), name, must=True)
                number += 1


def chain_of(root: Path, page: Page) -> tuple[Written, ...]:
    """An edition over its base as it is on the last day on which anything changes."""
    authority, day = page.file.split("/")[-3:-1]
    found = catalogue(root)
    (own,) = [one for one in found.written[authority] if one.document.in_force_from.isoformat() == day]
    last = max(day for name in found.authorities for day in found.dates(name))
    return (*found.chain(own.document.builds_on, last), own) if own.document.builds_on else (own,)


@by_file("source-map.yaml")
def test_every_name_and_place_in_a_map_is_said_when_it_is_wrong(root: Path, path: Path):
    page = page_at(path, root)
    maps = source_maps_of(page)[0]
    document = chain_of(root, page)[-1].document
    assert maps
    content = page.content
    for index, given in enumerate(maps.maps):
        for number, place in enumerate(given.places):
            if place.to:
                name = f"indicators/zz-{index}-{number}"
                content = changed(content, ("maps", index, "places", number, "to", 0), name)
    said = list(map_faults(page, source_maps_of(Page(page.file, content, page.lines, ()))[0], document))  # type: ignore[arg-type]
    for index, given in enumerate(maps.maps):
        for number, place in enumerate(given.places):
            if place.to:
                (fault,) = [one for one in said if f"“indicators/zz-{index}-{number}”" in one.sentence]
                assert fault.line == page.line(("maps", index, "places", number, "to", 0))
                assert not list(badly_said(fault))


def test_every_field_that_could_name_something_is_known_to_do_so_or_not():
    ids = {
        (model, name)
        for model, schema in SCHEMAS.items()
        for name, given in schema["properties"].items()
        if ID in str(given) and name != "id"
    }
    assert ids == set(NAMES)
