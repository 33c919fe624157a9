"""Does an edition that was stored by an earlier release still hold, under the hash it was pinned by?"""

import hashlib
from pathlib import Path

import pytest

from thresholds import canonical, edition_hash, from_canonical

STORED = sorted((Path(__file__).parent / "stored").glob("*.json"))


@pytest.mark.parametrize("file", STORED, ids=lambda file: file.stem)
def test_a_stored_text_is_read_forward_and_keeps_its_hash(file: Path):
    text = file.read_text()
    edition = from_canonical(text)
    assert canonical(edition) == text
    assert edition_hash(edition) == hashlib.sha256(text.encode()).hexdigest()
    assert edition.limit("decision").named_when is not None
    assert edition.limit("feedback").named_when is None
    assert edition.source("wt-2026").certainty == "read in part"
