"""Does a broken document say what is wrong, where, and how to mend it, all of it at once?"""

# ruff: noqa: E501 - one case a line reads better than one case over six

import shutil
from datetime import date
from pathlib import Path

import pytest

from thresholds import BrokenDocument, Fault, check_documents, read_editions
from thresholds.gathering.documents import PACKAGE

ENGLAND = "england/2026-03-18"
NOTTINGHAM = "nottingham-city/2014-07-02"
EXAMPLETON = "exampleton/2026-04-01"
EXAMPLETON_DAY = date(2026, 12, 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKAGE / "authorities", tmp_path / "authorities"))


def change(folder: Path, edition: str, old: str, new: str) -> int:
    """Change the first `old` in a document; the number of the line it stood on."""
    file = folder / edition / "document.yaml"
    text = file.read_text()
    assert old in text, f"{old!r} isn't in {edition} any more"
    file.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def add(folder: Path, edition: str, section: str, entry: str) -> int:
    """Put an entry first in a section, which is made if need be; the entry's line."""
    if f"\n{section}:\n" not in (folder / edition / "document.yaml").read_text():
        change(folder, edition, "\nlimits:\n", f"\n{section}:\n\nlimits:\n")
    return change(folder, edition, f"\n{section}:\n", f"\n{section}:\n  - {entry}\n") + 2


def new_edition(folder: Path, edition: str, text: str) -> None:
    (folder / edition).mkdir(parents=True)
    (folder / edition / "document.yaml").write_text(text)


CASES = {
    "unknown key": (NOTTINGHAM, "level: protection, immediate: true, cite: fsp-2014 l.1229", "level: protection, immediat: true, cite: fsp-2014 l.1229", "nobody knows: “immediat”", "Did you mean immediate?"),
    "repeated key": (NOTTINGHAM, "\nstatus: draft", "\nstatus: draft\nstatus: published", "“status” is given twice", "Keep one"),
    "uncited": (NOTTINGHAM, ", cite: fsp-2014 l.1229", "", "indicators › injury-unexplained has no cite", "Add cite"),
    "no basis": (NOTTINGHAM, "cite: fsp-2014 l.1229, basis: published", "cite: fsp-2014 l.1229", "has no basis", "published, local decision"),
    "wrong basis": (NOTTINGHAM, "cite: fsp-2014 l.1229, basis: published", "cite: fsp-2014 l.1229, basis: hearsay", "basis can't be read", "Change “hearsay”"),
    "wrong type": (NOTTINGHAM, "under_years: 2", "under_years: two", "under_years can't be read", "Change “two”"),
    "yes for true": (NOTTINGHAM, "level: protection, immediate: true", "level: protection, immediate: yes", "immediate can't be read", "Change “yes”"),
    "dangling source": (NOTTINGHAM, "cite: fsp-2014 l.1229", "cite: fsp-2015 l.1229", "“fsp-2015” is named here, but no source", "Add it to sources"),
    "dangling level": (NOTTINGHAM, "level: additional, dimension: health", "level: aditional, dimension: health", "“aditional”", "correct the name"),
    "dangling dimension": (NOTTINGHAM, "dimension: health", "dimension: helth", "no dimension has that id", "correct the name"),
    "dangling destination": (NOTTINGHAM, "goes_to: family-support", "goes_to: family-suport", "no destination has that id", "correct the name"),
    "dangling ladder": (EXAMPLETON, "ladder: urgent", "ladder: rope", "no ladder has that id", "correct the name"),
    "same id twice": (NOTTINGHAM, "id: reaching-milestones", "id: physically-well", "physically-well stands twice", "another id"),
    "bad date": (NOTTINGHAM, "\nin_force_from: 2014-07-02", "\nin_force_from: 2014-13-02", "in_force_from can't be read", "Change “2014-13-02”"),
    "folder and date differ": (NOTTINGHAM, "\nin_force_from: 2014-07-02", "\nin_force_from: 2014-07-03", "The folder says 2014-07-02", "Make both the day"),
    "circular base": (NOTTINGHAM, "builds_on: england", "builds_on: exampleton", "It builds on itself", "build on something else"),
    "no such base": (NOTTINGHAM, "builds_on: england", "builds_on: atlantis", "no such authority", "Use one of"),
    "two age limits": (NOTTINGHAM, "under_years: 2,", "under_years: 2, up_to_years: 3,", "two age limits", "Change one or the other"),
    "hours backwards": (NOTTINGHAM, "{day: monday, opens: 08:30, closes: 17:00}", "{day: monday, opens: 18:30, closes: 17:00}", "closes before it opens", "Change one"),
    "an alias": (NOTTINGHAM, "\nstatus: draft", "\nstatus: &here draft", "an anchor or alias", "Put that line right"),
    "not YAML": (NOTTINGHAM, "\nstatus: draft", "\nstatus: [draft", "can't be read as YAML", "Put that line right"),
    "no such calendar": (ENGLAND, "bank_holidays: england-and-wales", "bank_holidays: narnia", "no bank holidays for “narnia”", "Use england-and-wales"),
    "gap about nothing": (NOTTINGHAM, "about: limits/closing", "about: limit/closing", "no such section", "Use one of"),
    "two levels on one rung": (NOTTINGHAM, "band: caf-threshold, order: 2", "band: caf-threshold, order: 1", "neither is the higher", "order of its own"),
    "a source given another meaning": (NOTTINGHAM, "id: needs-notes, title", "id: wt-2026, title", "already another document", "an id of its own"),
    "a child sent nowhere": (NOTTINGHAM, "when: {levels: [extensive]}, goes_to: locality-access-point", "when: {levels: [extensive], hours: [in_hours]}, goes_to: locality-access-point", "A child at Extensive would be sent nowhere", "Add a rule with goes_to"),
}  # fmt: skip


@pytest.mark.parametrize(("edition", "old", "new", "sentence", "mend"), CASES.values(), ids=CASES)
def test_one_fault_is_said_with_file_line_and_mend_and_without_echoes(
    folder: Path, edition: str, old: str, new: str, sentence: str, mend: str
):
    line = change(folder, edition, old, new)
    said = check_documents(folder)
    found = [fault for fault in said if sentence in fault.sentence]
    assert found, said
    assert len(said) <= 3, said
    assert f"authorities/{edition}/document.yaml" in {fault.file for fault in found}
    assert mend in found[0].mend
    assert sentence == "It builds on itself" or line - 1 <= found[0].line <= line + 2 or "nowhere" in sentence


LOCAL = "cite: exampleton-decisions 9, basis: local decision"
LOOSER = {
    "a longer limit": ("limits", f"{{id: decision, name: D, words: D., amount: 2, unit: working_days, from_event: received, obliged: us, hard: true, {LOCAL}}}", "can fall due later"),
    "working days for hours": ("limits", f"{{id: feedback, name: F, words: F., amount: 1, unit: working_days, from_event: decided, obliged: us, hard: true, {LOCAL}}}", "can fall due later"),
    "a target for a duty": ("limits", f"{{id: decision, name: D, words: D., amount: 1, unit: working_days, from_event: received, obliged: us, hard: false, {LOCAL}}}", "only a target"),
    "another start": ("limits", f"{{id: decision, name: D, words: D., amount: 1, unit: working_days, from_event: screened, obliged: us, hard: true, {LOCAL}}}", "another event"),
    "a narrower age": ("indicators", f"{{id: sexual-activity-under-13, words: W, immediate: true, floor: true, under_years: 12, {LOCAL}}}", "fewer ages"),
    "an age where there was none": ("indicators", f"{{id: fgm-risk, words: W, immediate: true, floor: true, under_years: 12, {LOCAL}}}", "fewer ages"),
    "off the floor": ("indicators", f"{{id: fgm-risk, words: W, immediate: true, {LOCAL}}}", "taken off the national safety floor"),
    "the floor reworded": (
        "indicators",
        f"{{id: fgm-risk, words: W, immediate: true, floor: true, {LOCAL}}}",
        "in other words",
    ),
    "no longer immediate": ("indicators", f"{{id: risky-adult, words: W, level: protection, {LOCAL}}}", "no longer immediate"),
    "forgetting the floor": ("indicators", f"{{id: own-life-at-risk, words: W, level: protection, {LOCAL}}}", "no longer means all"),
    "withdrawing the floor": ("withdraws", f"{{id: fgm-risk, why: W, {LOCAL}}}", "can't be withdrawn"),
    "withdrawing what is immediate": ("withdraws", f"{{id: risky-adult, why: W, {LOCAL}}}", "can't be withdrawn"),
    "withdrawing what isn't there": ("withdraws", f"{{id: unicorns, why: W, {LOCAL}}}", "no document it builds on has"),
}  # fmt: skip


@pytest.mark.parametrize(("section", "entry", "sentence"), LOOSER.values(), ids=LOOSER)
def test_a_local_document_may_not_loosen(folder: Path, section: str, entry: str, sentence: str):
    line = add(folder, EXAMPLETON, section, entry)
    found = [fault for fault in check_documents(folder) if sentence in fault.sentence]
    assert [abs(fault.line - line) <= 1 for fault in found] == [True]


def test_a_local_document_may_tighten(folder: Path):
    tighter = "amount: 4, unit: hours, from_event: received, obliged: us, hard: true"
    add(folder, EXAMPLETON, "limits", f"{{id: decision, name: D, words: D., {tighter}, {LOCAL}}}")
    assert check_documents(folder) == []


def test_a_local_document_may_withdraw_an_example_after_its_equality_review(folder: Path):
    add(folder, EXAMPLETON, "withdraws", f"{{id: frequent-moves, why: W, {LOCAL}}}")
    edition = read_editions(folder).resolve("exampleton", EXAMPLETON_DAY)
    assert "frequent-moves" not in edition.indicator_ids


def test_several_faults_in_several_files_are_all_said(folder: Path):
    change(folder, ENGLAND, "ladder: weeks", "ladder: rope")
    change(folder, NOTTINGHAM, ", cite: fsp-2014 l.1229", "")
    change(folder, NOTTINGHAM, "goes_to: family-support", "goes_to: nowhere")
    change(folder, EXAMPLETON, "hard: false", "hard: maybe")
    with pytest.raises(BrokenDocument) as broken:
        read_editions(folder)
    said = str(broken.value)
    assert all(word in said for word in ("“rope”", "injury-unexplained has no cite", "“nowhere”", "maybe"))


def test_overlapping_editions_are_said(folder: Path):
    old = (folder / EXAMPLETON / "document.yaml").read_text()
    dated = old.replace("in_force_from: 2026-04-01", "in_force_from: 2026-10-01")
    new_edition(folder, "exampleton/2026-10-01", dated)
    change(folder, EXAMPLETON, "in_force_from: 2026-04-01", "in_force_from: 2026-04-01\nin_force_until: 2026-10-01")
    assert [fault.mend for fault in check_documents(folder)] == ["End it on 2026-09-30 or take in_force_until out."]


def test_an_edition_that_ended_is_no_longer_in_force(folder: Path):
    change(folder, EXAMPLETON, "in_force_from: 2026-04-01", "in_force_from: 2026-04-01\nin_force_until: 2026-10-01")
    catalogue = read_editions(folder)
    assert catalogue.resolve("exampleton", date(2026, 10, 1))
    with pytest.raises(LookupError, match="Nothing by Exampleton"):
        catalogue.resolve("exampleton", date(2026, 10, 2))


def test_a_newer_floor_applies_from_its_own_day_to_every_local_edition(folder: Path):
    text = (folder / ENGLAND / "document.yaml").read_text()
    floor = "{id: newly-known-danger, words: W, immediate: true, floor: true, cite: wt-2026 x, basis: published}"
    newer = text.replace("in_force_from: 2026-03-18", "in_force_from: 2026-11-01")
    new_edition(folder, "england/2026-11-01", newer.replace("\nindicators:\n", f"\nindicators:\n  - {floor}\n"))
    catalogue = read_editions(folder)
    before, after = (catalogue.resolve("exampleton", day) for day in (EXAMPLETON_DAY.replace(month=10), EXAMPLETON_DAY))
    assert "newly-known-danger" not in before.indicator_ids
    assert after.indicator("newly-known-danger").floor


def test_a_base_that_drops_what_a_local_document_names_is_a_fault(folder: Path):
    text = (
        (folder / ENGLAND / "document.yaml")
        .read_text()
        .replace("in_force_from: 2026-03-18", "in_force_from: 2026-11-01")
    )
    new_edition(
        folder,
        "england/2026-11-01",
        text.replace("id: fgm-known", "id: fgm-told-of").replace("id: urgent", "id: pressing"),
    )
    said = [fault.sentence for fault in check_documents(folder)]
    assert said
    assert all("ladder: “urgent” is named here" in sentence for sentence in said)


def test_an_empty_folder_and_an_empty_file_are_said(tmp_path: Path):
    assert "no document" in check_documents(tmp_path)[0].sentence
    new_edition(tmp_path, "nowhere/2026-01-01", "")
    assert "empty" in check_documents(tmp_path)[0].sentence


def test_a_file_that_is_a_list_is_said(tmp_path: Path):
    new_edition(tmp_path, "nowhere/2026-01-01", "- one\n- two\n")
    assert [fault.sentence for fault in check_documents(tmp_path)] == [
        "The file has no sections, so it isn't a document."
    ]


def test_a_fault_reads_as_one_line():
    fault = Fault("a/document.yaml", 3, "It is wrong.", "Mend it.")
    assert str(fault) == "a/document.yaml:3: It is wrong. Mend it."
