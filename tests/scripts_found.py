"""The browser that scripts/find_browser.py finds, for the journeys."""

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "find_browser.py"


def browser_path() -> str | None:
    """The browser's path, or None where Playwright brings its own."""
    spec = importlib.util.spec_from_file_location("find_browser", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    path: str | None = script.found()
    return path
