"""An invented document that has every section there is, with its source map, in a folder beside ours."""

import shutil
from datetime import date
from pathlib import Path

from thresholds.reading import PACKAGE

KEY = "everyshire@2026-06-01"
ADDRESS = "/documents/everyshire/2026-06-01"
DAY = date(2026, 12, 4)


def beside_ours(folder: Path) -> Path:
    """A folder of authorities with Everyshire in it."""
    made = Path(shutil.copytree(PACKAGE / "authorities", folder / "authorities"))
    shutil.copytree(Path(__file__).parent / "content" / "everyshire", made / "everyshire")
    return made
