"""How is a document that stands as it was committed read once, and not in every test that reads its folder?

Hundreds of tests spoil one file in a folder of many: only that one, and what holds between them all, has to be looked
at again. What a document says hangs on its name and on the words of its two files, and on nothing else.
"""

from functools import cache
from pathlib import Path

from thresholds.gathering import documents
from thresholds.published.faults import Fault
from thresholds.reading.document import Written, read_document

Read = tuple[Written | None, tuple[Fault, ...]]
Words = tuple[bytes, bytes | None]

READ: dict[tuple[str, Words], Read] = {}


def read_once(path: Path, name: str) -> Read:
    """What `read_document` answers; from memory where both files are as they were committed."""
    if (words := _words(path)) not in _committed():
        return read_document(path, name)
    if (name, words) not in READ:
        READ[name, words] = read_document(path, name)
    return READ[name, words]


def remember() -> None:
    """From now on, let whoever reads folders read no committed document twice."""
    documents.read_document = read_once


@cache
def _committed() -> frozenset[Words | None]:
    roots = documents.SHIPPED, Path(__file__).parent / "content"
    return frozenset(_words(path) for root in roots for path in root.rglob("document.yaml"))


def _words(path: Path) -> Words | None:
    beside = path.with_name("source-map.yaml")
    try:
        return path.read_bytes(), beside.read_bytes() if beside.exists() else None
    except OSError:
        return None
