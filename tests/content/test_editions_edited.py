"""Is a mistake in a file on disk said from end to end, on its own line, also among several at once?

Every field there is, in `everything/`, and every kind of mistake, through `check_documents`; in the documents
that ship, one mistake of each kind for each field of each section. Every field of *every* entry is spoilt in
memory, in `test_editions_mutated.py`.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from editing import Edit, Text, edited
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutating import NAMES, Field, Place, allowed, at, badly_said, fields, model_of, spoilt
from spoiling import EVERYTHING, OURS

from thresholds import Fault, check_documents
from thresholds.published.contents import SECTIONS
from thresholds.reading.document import read_document
from thresholds.reading.page import page_of

MOST = 3
"""The most faults that one mistake may have said of it: itself, and what names the entry it is in."""


@cache
def text_of(path: Path) -> Text:
    return Text(path.read_text())


@cache
def content_of(path: Path) -> object:
    return page_of(path.read_text(), path.name).content


KINDS = ("nothing", "a list", "a number", "a word nobody knows", "a day there isn't", "a negative number")


def mistakes(text: Text, field: Field, value: object, number: int = 0) -> Iterator[tuple[str, Edit, str]]:
    """Each kind of mistake with one field: what it is, the edit, and words by which it is known."""
    place, name = field.place, f"zz-{number}"
    yield "given twice", text.give_twice(place), f"“{field.name}” is given twice"
    if field.required:
        yield "missing", text.take_out(place), f"has no {field.name}."
    for kind, other in spoilt(field.schema):
        if kind in KINDS and not allowed(field.schema, other):
            yield kind, text.put(place, other), field.name
    if field.name == "cite":
        yield "dangling", text.put(place, f"{name} l.1"), f"“{name}” is named here"
    elif NAMES.get(field.pair) and value:
        first = (0,) if isinstance(value, list) else ()
        yield "dangling", text.put((*place, *first), name), f"“{name}” is named here"
    elif field.pair == ("MapPlace", "to"):
        yield "dangling", text.put((*place, 0), f"indicators/{name}"), f"“indicators/{name}” is named here"


def once_each(path: Path) -> Iterator[Field]:
    """One place of each field, each in the first entry that has it."""
    seen = set()
    model = "SourceMaps" if path.name == "source-map.yaml" else "Document"
    for field in fields(model, content_of(path)):
        if field.present and field.pair not in seen:
            seen.add(field.pair)
            yield field


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(EVERYTHING, tmp_path_factory.mktemp("edited") / "authorities"))


def said_with(tree: Path, path: Path, text: str) -> list[Fault]:
    """Everything said of a folder while one file in it has other text."""
    file = tree / path.relative_to(EVERYTHING)
    before = file.read_text()
    file.write_text(text)
    try:
        return check_documents(tree)
    finally:
        file.write_text(before)


FIELDS = [
    pytest.param(path, model, id=f"{path.stem}-{model}")
    for path in (EVERYTHING / "everything/2026-04-01").glob("*.yaml")
    for model in sorted({field.model for field in once_each(path)})
]


@pytest.mark.parametrize(("path", "model"), FIELDS)
def test_every_mistake_with_every_field_is_said_from_end_to_end(tree: Path, path: Path, model: str):
    text, wrong = text_of(path), []
    for field in (field for field in once_each(path) if field.model == model):
        for kind, edit, word in mistakes(text, field, at(content_of(path), field.place)):
            new, lines = edited(text.text, [edit])
            said = said_with(tree, path, new)
            own = [fault for fault in said if word in fault.sentence and fault.line == lines[edit]]
            if not own or len(said) > MOST or not own[0].file.endswith(path.name):
                wrong.append(f"{kind}, {field.place}, line {lines[edit]}: {[str(fault) for fault in said]}")
            wrong += [f"{bad}: {fault}" for fault in said for bad in badly_said(fault)]
    assert wrong == [], "\n".join(wrong[:20])


@pytest.mark.parametrize("path", sorted(EVERYTHING.glob("everything/*/*.yaml")), ids=lambda path: path.stem)
def test_a_key_nobody_knows_is_said_wherever_it_stands(tree: Path, path: Path):
    text, model = text_of(path), "SourceMaps" if path.name == "source-map.yaml" else "Document"
    for holder in sorted({field.place[:-1] for field in fields(model, content_of(path)) if field.present}, key=str):
        edit = text.add(holder, "zzyzx")
        new, lines = edited(text.text, [edit])
        (fault,) = said_with(tree, path, new)
        assert "has a key nobody knows: “zzyzx”" in fault.sentence
        assert fault.line == lines[edit], (holder, fault)


@pytest.mark.parametrize("path", sorted(EVERYTHING.glob("everything/*/*.yaml")), ids=lambda path: path.stem)
def test_what_stands_after_something_unreadable_is_said_on_its_own_line(tree: Path, path: Path):
    """In every list that names something: the first entry has a key nobody knows, the last a name nobody has."""
    text, named = text_of(path), "to" if path.name == "source-map.yaml" else "cite"
    depth = 4 if named == "to" else 2
    entries = sorted(place[:depth] for place in text.keys if len(place) == depth + 1 and place[-1] == named)
    last_of = {place[:-1]: place for place in entries}
    edits: dict[Edit, str] = {}
    for number, (holder, last) in enumerate(last_of.items()):
        if last[-1]:
            name = f"indicators/zz-{number}" if named == "to" else f"zz-{number}"
            edits[text.add((*holder, 0), "zzyzx")] = "“zzyzx”"
            edits[text.put((*last, named), [name] if named == "to" else f"{name} l.1")] = f"“{name}” is named here"
    new, lines = edited(text.text, edits)
    said = said_with(tree, path, new)
    assert edits
    for edit, words in edits.items():
        assert any(words in fault.sentence and fault.line == lines[edit] for fault in said), (words, lines[edit], said)


SHIPPED = sorted(OURS.glob("*/*/*.yaml"))


def rounds(path: Path) -> list[list[tuple[Edit, str]]]:
    """One mistake of each kind for each field of each section, put together so that no entry has two at once."""
    text, taken = text_of(path), defaultdict[tuple[object, ...], int](int)
    found: list[list[tuple[Edit, str]]] = []
    seen = set()
    model = "SourceMaps" if path.name == "source-map.yaml" else "Document"
    for field in fields(model, content_of(path)):
        entry = field.place[: 4 if path.name == "source-map.yaml" else 2]
        if not field.present or len(entry) < 2 or len(field.place) == len(entry):
            continue
        for kind, edit, word in mistakes(text, field, at(content_of(path), field.place)):
            mistake = (entry[0], field.pair, kind)
            if mistake not in seen and kind != "dangling":
                seen.add(mistake)
                at_ = taken[entry]
                taken[entry] += 1
                found += [[] for _ in range(at_ + 1 - len(found))]
                found[at_].append((edit, word))
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_kind_of_mistake_with_every_field_of_a_section_is_said(tmp_path: Path, path: Path):
    text, folder = text_of(path), tmp_path / path.parts[-3] / path.parts[-2]
    folder.mkdir(parents=True)
    shutil.copy(path.parent / "document.yaml", folder)
    for mistaken in rounds(path):
        new, lines = edited(text.text, [edit for edit, _ in mistaken] + blanks(text, [edit for edit, _ in mistaken]))
        (folder / path.name).write_text(new)
        _, faults = read_document(folder / "document.yaml", "/".join((folder / "document.yaml").parts[-4:]))
        said = [fault for fault in faults if fault.file.endswith(path.name)]
        for edit, word in mistaken:
            assert any(word in f.sentence and f.line == lines[edit] for f in said), (edit, word, lines[edit], said)
        assert len(said) <= MOST * len(mistaken)


def blanks(text: Text, edits: list[Edit]) -> list[Edit]:
    """Empty lines instead of each section, and each entry, that no edit touches, so that the rest is read sooner."""
    if not {place[0] for place in text.keys} & set(SECTIONS):
        return []
    sections = [place for place in text.keys if len(place) == 1 and place[0] in SECTIONS]
    touched = [place for place in sections if touches(text, place, edits)]
    entries = [place for place in text.values if len(place) == 2 and place[:1] in touched]
    made = []
    for place in [place for place in (*sections, *entries) if not touches(text, place, edits)]:
        start, end = text.text.rindex("\n", 0, text.start(place)) + 1, text.end(place)
        made.append(Edit(start, end, "\n" * text.text.count("\n", start, end), start))
    return made


def touches(text: Text, place: Place, edits: list[Edit]) -> bool:
    return any(text.start(place) <= edit.start <= text.end(place) for edit in edits)


FILES = {"/".join(path.parts[-3:]): path for path in (*SHIPPED, *sorted(EVERYTHING.glob("*/*/*.yaml")))}


def entries(path: Path) -> set[Place]:
    model, depth = ("SourceMaps", 4) if path.name == "source-map.yaml" else ("Document", 2)
    return {field.place[:depth] for field in fields(model, content_of(path)) if len(field.place) > depth}


ENTRIES = [(file, place) for file, path in FILES.items() for place in sorted(entries(path))]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("several") / "authorities"
    for root in (OURS, EVERYTHING):
        shutil.copytree(root, folder, dirs_exist_ok=True)
    return folder


def drawn(data: st.DataObject, file: str, place: Place, number: int) -> tuple[Edit, str]:
    """A mistake somewhere in one entry, and words by which it is known."""
    content = content_of(FILES[file])
    model = "MapPlace" if place[0] == "maps" else model_of(str(place[0]))
    inside = [field for field in fields(model, at(content, place), place) if field.present]
    field = data.draw(st.sampled_from(inside))
    every = list(mistakes(text_of(FILES[file]), field, at(content, field.place), number))
    return data.draw(st.sampled_from(every))[1:]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), chosen=st.lists(st.sampled_from(ENTRIES), min_size=2, max_size=6, unique=True))
def test_several_mistakes_in_several_files_are_all_said(
    ours: Path, data: st.DataObject, chosen: list[tuple[str, Place]]
):
    made: dict[str, list[tuple[Edit, str]]] = defaultdict(list)
    for number, (file, place) in enumerate(chosen):
        made[file].append(drawn(data, file, place, number))
    expected = []
    for file, mistaken in made.items():
        new, lines = edited(text_of(FILES[file]).text, [edit for edit, _ in mistaken])
        (ours / file).write_text(new)
        expected += [(file, lines[edit], word) for edit, word in mistaken]
    said = check_documents(ours)
    for file in made:
        (ours / file).write_text(text_of(FILES[file]).text)
    for file, line, word in expected:
        found = [one for one in said if one.file.endswith(file) and one.line == line and word in one.sentence]
        assert found, (file, line, word, [str(fault) for fault in said])
