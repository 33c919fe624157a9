"""Does the document shown in the how-to work as it stands?"""

import re
from datetime import date
from pathlib import Path

import pytest

from thresholds import Catalogue, beside_ours, check_documents, judge, read_editions, read_presenting

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "new-authority.md"
DAY = date(2026, 12, 4)


@pytest.fixture
def riverton(tmp_path: Path) -> tuple[Path, ...]:
    """Ours, and beside it a folder of the authority's own that holds nothing else."""
    folder = tmp_path / "authorities"
    shown = re.search(r"```yaml\n(.*?)```", HOW_TO.read_text(), re.DOTALL)
    assert shown
    (folder / "riverton" / "2026-09-01").mkdir(parents=True)
    (folder / "riverton" / "2026-09-01" / "document.yaml").write_text(shown[1])
    return beside_ours(folder)


def judged(catalogue: Catalogue, at: str, **child: object) -> tuple[str | None, bool, str | None]:
    contact = {"authority": "riverton", "at": at, "children": [{"ref": "one"} | child]}
    told = judge(catalogue.resolve("riverton", DAY), read_presenting(contact)).children[0]
    return told.level, told.immediate, told.destination


def test_the_document_in_the_how_to_can_be_used(riverton: tuple[Path, ...]):
    assert check_documents(*riverton) == []


def test_an_authority_may_have_levels_and_doors_of_its_own(riverton: tuple[Path, ...]):
    catalogue = read_editions(*riverton)
    left = [{"indicator": "left-with-strangers"}]
    assert judged(catalogue, "2026-12-04T10:00:00Z", observed=left) == ("level-4", True, "front-door")
    assert judged(catalogue, "2026-12-04T16:45:00Z", observed=left) == ("level-4", True, "night-team")
    assert judged(catalogue, "2026-12-04T10:00:00Z", observed=left, age_years=3) == ("level-2", False, "front-door")


def test_the_national_floor_reaches_levels_that_never_heard_of_it(riverton: tuple[Path, ...]):
    floor = [{"indicator": "fgm-risk"}]
    assert judged(read_editions(*riverton), "2026-12-04T10:00:00Z", observed=floor) == ("level-4", True, "front-door")


def test_its_gap_keeps_it_from_going_live(riverton: tuple[Path, ...]):
    reasons = read_editions(*riverton).resolve("riverton", DAY).why_not_live()
    assert "Not decided yet: How soon a record is closed." in reasons


MISTAKES = {
    "level: level-2, cite": "level: levl-2, cite",
    ", cite: riverton-2026 p.9": "",
    "amount: 8,": "amount: eight,",
}


def test_three_mistakes_are_said_as_the_how_to_shows(riverton: Path):
    page = riverton / "riverton" / "2026-09-01" / "document.yaml"
    for right, mistake in MISTAKES.items():
        assert right in page.read_text()
        page.write_text(page.read_text().replace(right, mistake, 1))
    said = "\n".join(str(fault) for fault in check_documents(riverton))
    assert f"```text\n{said}\n3 faults.\n```" in HOW_TO.read_text(), said
