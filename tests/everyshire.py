"""An invented document that has every section there is, with its source map, in a folder beside ours."""

import shutil
from datetime import date
from pathlib import Path

from thresholds import Catalogue, beside_ours, read_editions

KEY = "everyshire@2026-06-01"
ADDRESS = "/documents/everyshire/2026-06-01"
DAY = date(2026, 12, 4)


def folder(within: Path) -> Path:
    """An authority's own folder, to be read beside ours, with Everyshire in it."""
    return Path(shutil.copytree(Path(__file__).parent / "content" / "everyshire", within / "own" / "everyshire")).parent


def catalogue(own: Path) -> Catalogue:
    return read_editions(*beside_ours(own))
