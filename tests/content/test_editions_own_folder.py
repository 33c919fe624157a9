"""Is an authority's own folder read beside ours, and is it said which of the two is wrong?"""

import shutil
from pathlib import Path

import pytest

from thresholds import BrokenDocument, beside_ours, check_documents, read_editions
from thresholds.gathering.documents import SHIPPED

OURS = "exampleton/2026-04-01"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "authorities"


def written(folder: Path, edition: str, text: str) -> None:
    (folder / edition).mkdir(parents=True)
    (folder / edition / "document.yaml").write_text(text)


def ours(dated: str = "2026-04-01", authority: str = "exampleton") -> str:
    text = (SHIPPED / OURS / "document.yaml").read_text()
    text = text.replace("\nin_force_from: 2026-04-01", f"\nin_force_from: {dated}")
    return text.replace("\nauthority: exampleton", f"\nauthority: {authority}")


def test_an_authority_of_ones_own_stands_beside_ours(own: Path):
    written(own, "riverton/2026-04-01", ours(authority="riverton"))
    catalogue = read_editions(*beside_ours(own))
    assert set(catalogue.authorities) == {*read_editions().authorities, "riverton"}


def test_a_later_edition_of_ones_own_follows_ours(own: Path):
    written(own, "exampleton/2026-11-01", ours("2026-11-01"))
    dates = read_editions(*beside_ours(own)).dates("exampleton")
    assert [str(day) for day in dates] == ["2026-04-01", "2026-11-01"]


def test_what_we_bring_along_cannot_be_replaced_and_the_fault_is_in_ones_own(own: Path):
    written(own, OURS, ours())
    (fault,) = check_documents(*beside_ours(own))
    assert fault.file == f"authorities/{OURS}/document.yaml"
    assert "in_force_from:" in (own / OURS / "document.yaml").read_text().splitlines()[fault.line - 1]
    assert f"in force from 2026-04-01 already: thresholds/authorities/{OURS}/document.yaml." in fault.sentence
    assert "date of its own" in fault.mend


def test_a_fault_of_ones_own_is_told_from_one_of_ours(own: Path):
    written(own, "exampleton/2026-11-01", ours("2026-11-01").replace("ladder: urgent", "ladder: rope", 1))
    with pytest.raises(BrokenDocument) as broken:
        read_editions(*beside_ours(own))
    assert {fault.file for fault in broken.value.faults} == {"authorities/exampleton/2026-11-01/document.yaml"}


def test_our_own_folder_named_as_ones_own_is_read_once():
    assert check_documents(*beside_ours(SHIPPED)) == []


@pytest.mark.parametrize(("there", "said"), [(False, "There is no such folder."), (True, "There is no document in")])
def test_a_folder_that_is_not_there_or_empty_is_said_clearly(own: Path, there: bool, said: str):
    if there:
        own.mkdir()
    (fault,) = check_documents(*beside_ours(own))
    assert (fault.file, said in fault.sentence, "<authority>/<date>" in fault.mend) == (str(own), True, True)


def test_a_root_given_alone_is_read_alone(own: Path):
    shutil.copytree(SHIPPED / "england", own / "england")
    assert read_editions(own).authorities == ("england",)


def test_a_document_that_cannot_be_opened_is_a_fault(own: Path):
    (own / "riverton/2026-04-01/document.yaml").mkdir(parents=True)
    (fault,) = check_documents(*beside_ours(own))
    assert "can't be opened" in fault.sentence
