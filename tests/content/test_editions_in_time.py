"""Do the documents hold together: one after another, on a base that is there, each where it is read?

A small tree of documents (`everything/`) with one thing wrong between them, checked from its files on disk.
"""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from mutating import badly_said

from thresholds import Fault, check_documents, read_editions

SMALL = Path(__file__).parent / "everything" / "authorities"
GROUND = "groundwork/2026-01-01"
TOP = "everything/2026-04-01"
Change = Callable[[Path], object]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "authorities"))


def put(edition: str, old: str, new: str) -> Change:
    def change(tree: Path) -> None:
        file = tree / edition / "document.yaml"
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new, 1))

    return change


def later(edition: str, day: str, **keys: str | None) -> Change:
    """Another edition of the same, from another day, with some of its keys given another value or none."""

    def change(tree: Path) -> None:
        text = (tree / edition / "document.yaml").read_text()
        for key, value in {"in_force_from": day, **keys}.items():
            text = re.sub(rf"(?m)^{key}: .*\n", "", text)
            text = f"{key}: {value}\n{text}" if value else text
        folder = tree / edition.split("/")[0] / day
        folder.mkdir()
        (folder / "document.yaml").write_text(text)

    return change


def write(path: str, text: str | bytes) -> Change:
    def change(tree: Path) -> None:
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    return change


def until(edition: str, day: str) -> Change:
    return put(edition, "\nin_force_from:", f"\nin_force_until: {day}\nin_force_from:")


SAID: dict[str, tuple[list[Change], str, str, int, str]] = {
    "overlap": (
        [later(GROUND, "2026-06-01"), until(GROUND, "2026-06-01")],
        f"{GROUND}/document.yaml", "in_force_until", 6,
        "It is in force until 2026-06-01, but the next edition starts on 2026-06-01.",
    ),
    "a hole under what builds on it": (
        [later(GROUND, "2026-06-01"), until(GROUND, "2026-05-30")],
        f"{GROUND}/document.yaml", "in_force_until", 6,
        "From 2026-05-31 to 2026-05-31 nothing of groundwork is in force, and everything builds on it.",
    ),
    "a hole under nothing": (
        [later(TOP, "2035-06-01", in_force_until=None)],
        f"{TOP}/document.yaml", "in_force_until", 8,
        "From 2035-04-01 to 2035-05-31 nothing of everything is in force.",
    ),
    "a base that ends": (
        [until(GROUND, "2030-12-31")],
        f"{GROUND}/document.yaml", "in_force_until", 6,
        "From 2031-01-01 nothing of groundwork is in force, and everything builds on it.",
    ),
    "an end before the beginning": (
        [put(TOP, "in_force_until: 2035-03-31", "in_force_until: 2025-03-31")],
        f"{TOP}/document.yaml", "in_force_until", 8,
        "It ends before it begins: in_force_until is 2025-03-31.",
    ),
    "a base that builds on what builds on it": (
        [put(GROUND, "\nstatus:", "\nbuilds_on: everything\nstatus:")],
        f"{GROUND}/document.yaml", "builds_on", 4,
        "It builds on itself: groundwork → everything → groundwork.",
    ),
    "a document that builds on itself": (
        [put(GROUND, "\nstatus:", "\nbuilds_on: groundwork\nstatus:")],
        f"{GROUND}/document.yaml", "builds_on", 4,
        "It builds on itself: groundwork → groundwork.",
    ),
    "an older edition that builds on what builds on it": (
        [put(GROUND, "\nstatus:", "\nbuilds_on: everything\nstatus:"), later(GROUND, "2027-01-01", builds_on=None)],
        f"{GROUND}/document.yaml", "builds_on", 4,
        "It builds on itself: groundwork → everything → groundwork.",
    ),
    "a base there isn't": (
        [put(TOP, "builds_on: groundwork", "builds_on: atlantis")],
        f"{TOP}/document.yaml", "builds_on", 5,
        "It builds on “atlantis” (builds_on), and there is no such authority here.",
    ),
    "no bank holidays": (
        [put(GROUND, "england-and-wales", "narnia")],
        f"{GROUND}/document.yaml", "bank_holidays", 5,
        "There are no bank holidays for “narnia” (bank_holidays).",
    ),
    "another day than the folder": (
        [put(TOP, "in_force_from: 2026-04-01", "in_force_from: 2026-04-02")],
        f"{TOP}/document.yaml", "in_force_from", 7,
        "The folder says 2026-04-01, the document 2026-04-02 (in_force_from).",
    ),
    "another authority than the folder": (
        [put(TOP, "authority: everything", "authority: anything")],
        f"{TOP}/document.yaml", "authority", 2,
        "The folder says everything, the document anything (authority).",
    ),
    "a folder that isn't a day": (
        [lambda tree: (tree / TOP).rename(tree / "everything" / "april-2026")],
        "everything/april-2026", "", 1,
        "This folder is called april-2026, which isn't a day.",
    ),
    "a folder without a document": (
        [lambda tree: (tree / "everything" / "2027-04-01").mkdir()],
        "everything/2027-04-01", "", 1,
        "There is no document.yaml in this folder.",
    ),
    "an authority without an edition": (
        [lambda tree: (tree / "nobody").mkdir()],
        "nobody", "", 1,
        "There is no edition of nobody in this folder.",
    ),
    "another name for a document": (
        [write("everything/2026-04-01/document.yml", "authority: everything\n")],
        f"{TOP}/document.yml", "", 1,
        "Nobody reads this file: it isn't where a document lies.",
    ),
    "a document beside its folder": (
        [write("everything/document.yaml", "authority: everything\n")],
        "everything/document.yaml", "", 1,
        "Nobody reads this file: it isn't where a document lies.",
    ),
    "an empty file": ([write(f"{GROUND}/document.yaml", "")], f"{GROUND}/document.yaml", "", 1, "The file is empty."),
    "only comments": (
        [write(f"{GROUND}/document.yaml", "# a\n")], f"{GROUND}/document.yaml", "", 1, "The file is empty.",
    ),
    "one word": (
        [write(f"{GROUND}/document.yaml", "hello\n")],
        f"{GROUND}/document.yaml", "", 1, "The file has no sections, so it isn't a document.",
    ),
    "not UTF-8": (
        [write(f"{GROUND}/document.yaml", "authority: a\nnote: café\n".encode("latin-1"))],
        f"{GROUND}/document.yaml", "", 2, "This file can't be read as YAML: a character here isn't UTF-8 text.",
    ),
    "an empty map": ([write(f"{TOP}/source-map.yaml", "")], f"{TOP}/source-map.yaml", "", 1, "The file is empty."),
    "a map that is a list": (
        [write(f"{TOP}/source-map.yaml", "- a\n")],
        f"{TOP}/source-map.yaml", "", 1, "The source map: it isn't an entry with keys of its own.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "file", "key", "line", "sentence"), SAID.values(), ids=SAID)
def test_what_is_wrong_between_documents_is_said_once(
    tree: Path, changes: list[Change], file: str, key: str, line: int, sentence: str
):
    for change in changes:
        change(tree)
    said = check_documents(tree)
    found = [fault for fault in said if fault.sentence == sentence]
    assert [(fault.file, fault.line) for fault in found] == [(f"authorities/{file}", line)], said
    assert key in sentence or "nothing of" in sentence or "builds on itself" in sentence or "It is in force" in sentence
    assert len(said) <= 3, said
    assert not [bad for fault in said for bad in badly_said(fault)]


NOT_YAML = {
    "a tab": ("bands:\n\t- {}\n", 2, "a tab stands here"),
    "an anchor": ("note: &here x\n", 1, "an anchor or alias"),
    "an alias": ("note: *here\n", 1, "an anchor or alias"),
    "a merge": ("note: {<<: *here}\n", 1, "an anchor or alias"),
    "a tag": ("note: !!int abc\n", 1, "a tag"),
    "a list left open": ("a: [b, c\nd: e\n", 1, "opens with [ here"),
    "an entry left open": ("a: {b: c\nd: e\n", 1, "opens with { here"),
    "a quotation left open": ('a: "b\nc: d\n', 1, "quotation mark opens here"),
    "a second colon": ("note: see: this\n", 1, "second colon"),
    "a key without a colon": ("a: b\nnote\n", 2, "no colon"),
    "indented otherwise": ("a: b\n  c: d\n", 2, ""),
    "a character of YAML's own": ("note: @home\n", 1, "put the words in quotes"),
    "a control character": ("note: a\x07b\n", 1, "control character"),
    "a second document": ("a: b\n---\nc: d\n", 2, "begins a second document"),
    "deeper than anybody reads": ("a: " + "[" * 5000 + "]" * 5000, 1, "deeper than any document goes"),
    "a list for a key": ("? [a, b]\n: c\n", 1, "in place of a key"),
    "a number nobody can count to": ("note: " + "9" * 5000, 1, ""),
    "half an escape": ('note: "\\ud800"\n', 1, ""),
    "another YAML": ("%YAML 9.9\n---\na: b\n", 1, ""),
}


@pytest.mark.parametrize(("text", "line", "words"), NOT_YAML.values(), ids=NOT_YAML)
@pytest.mark.parametrize("name", ["document.yaml", "source-map.yaml"])
def test_what_isnt_yaml_is_said_in_words_for_people(tree: Path, text: str, line: int, words: str, name: str):
    (tree / TOP / name).write_text(text)
    said = check_documents(tree)
    assert [fault for fault in said if words in fault.sentence and fault.line == line], said
    assert len(said) <= 2 or "key" in words or "9" in text, said
    assert not [bad for fault in said for bad in badly_said(fault)]


def test_a_local_document_older_than_its_base_is_no_hole_and_is_checked_all_the_same(tree: Path):
    old = later(TOP, "2014-07-02", in_force_until="2026-03-31")
    old(tree)
    assert check_documents(tree) == []
    put("everything/2014-07-02", "goes_to: door", "goes_to: dor")(tree)
    assert ["“dor” is named here" in fault.sentence for fault in check_documents(tree)] == [True]


def test_an_end_on_the_last_day_there_is_and_a_start_on_the_first_are_no_crash(tree: Path):
    put(TOP, "in_force_until: 2035-03-31", "in_force_until: 9999-12-31")(tree)
    assert check_documents(tree) == []
    later(TOP, "0001-01-01", in_force_until="0001-01-01")(tree)
    assert [fault.line for fault in check_documents(tree)] == [1]


def test_what_builds_on_a_circle_is_not_itself_said_to_build_on_itself(tree: Path):
    put(GROUND, "\nstatus:", "\nbuilds_on: groundwork\nstatus:")(tree)
    assert {fault.file for fault in check_documents(tree)} == {f"authorities/{GROUND}/document.yaml"}


def test_the_small_tree_is_sound(tree: Path):
    assert check_documents(tree) == []
    assert read_editions(tree).resolve("everything", date(2026, 12, 4)).why_not_live() == ()


def test_a_document_nobody_may_open_is_said(tree: Path):
    file = tree / TOP / "document.yaml"
    file.unlink()
    file.mkdir()
    assert "can't be opened" in check_documents(tree)[0].sentence


def faults_of_map(tree: Path, old: str, new: str) -> list[Fault]:
    file = tree / TOP / "source-map.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))
    return check_documents(tree)


MAPS = {
    "a place twice": ('{lines: "7",', '{lines: "6", omitted: x}\n      - {lines: "7",', 12, "where line 7 comes next"),
    "a place left out": ('      - {lines: 25-26, omitted: "Names of people."}\n', "", 30, "where line 25 comes next"),
    "a hole": ("lines: 25-26", 'lines: "26"', 30, "where line 25 comes next"),
    "lines backwards": ("lines: 25-26", "lines: 26-25", 30, "run backwards"),
    "first without last": ("    last: 32\n", "", 3, "one of first and last"),
    "more lines than there are": ('lines: "32"', "lines: 32-9999999999", 3, "ends before line 10000000000"),
    "a source there isn't": ("source: undated", "source: undatd", 37, "“undatd” is named here"),
    "a source twice": ("source: undated", "source: all-2026", 37, "stands twice"),
    "a place by name twice": ("{at: n", "{at: not mentioned, to: [gaps/no-time-given]}\n      - {at: n", 40, "twice"),
    "said to stand elsewhere": ("to: [bands/early]", "to: [bands/early, levels/little]", 7, "and cites all-2026 l.2"),
    "not named where it stands": ("rules/lifts, rules/goes", "rules/lifts", 3, "rules/goes cites line 10"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "words"), MAPS.values(), ids=MAPS)
def test_what_is_wrong_with_a_map_is_said(tree: Path, old: str, new: str, line: int, words: str):
    said = faults_of_map(tree, old, new)
    assert [fault for fault in said if words in fault.sentence and abs(fault.line - line) <= 1], said
    assert len(said) <= 3, said
    assert not [bad for fault in said for bad in badly_said(fault)]
