"""Whatever is written in a document, is the answer always a list of faults and never a crash?"""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thresholds import check_documents
from thresholds.gathering.documents import PACKAGE

LINES = (PACKAGE / "authorities" / "exampleton" / "2026-04-01" / "document.yaml").read_text().splitlines()
SCRAPS = ["", "[]", "- ", "{}", "? x", "id: 1", "null", "limits: 3", "sources: {}", "builds_on: exampleton", "\t", "*x"]

slow = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def mangled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(PACKAGE / "authorities", tmp_path_factory.mktemp("mangled") / "authorities"))


def checked(folder: Path, lines: list[str]) -> list[str]:
    (folder / "exampleton" / "2026-04-01" / "document.yaml").write_text("\n".join(lines))
    return [str(fault) for fault in check_documents(folder)]


@slow
@given(at=st.integers(0, len(LINES) - 1), scrap=st.sampled_from(SCRAPS) | st.text(max_size=20))
def test_any_line_replaced_by_anything_is_read_to_the_end(mangled: Path, at: int, scrap: str):
    scrap = scrap.encode("utf-8", "ignore").decode()
    assert all(": " in fault for fault in checked(mangled, [*LINES[:at], scrap, *LINES[at + 1 :]]))


@slow
@given(at=st.integers(0, len(LINES) - 1), cut=st.integers(0, 120))
def test_any_line_cut_short_is_read_to_the_end(mangled: Path, at: int, cut: int):
    assert all(": " in fault for fault in checked(mangled, [*LINES[:at], LINES[at][:cut], *LINES[at + 1 :]]))
