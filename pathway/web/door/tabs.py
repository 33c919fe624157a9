"""Which pages stand side by side? The tabs of the board, of what is looked for, and of overseeing others' work."""

from collections.abc import Mapping

from pathway.access import Viewer
from pathway.web.door.who_may import may_open

BOARD = (
    ("/board", "Open records"),
    ("/tasks", "Tasks"),
    ("/actions", "What I took on"),
    ("/meetings", "My meetings"),
    ("/drafts", "Half-taken contacts"),
)
FINDING = (("/people", "A child"), ("/services", "A service"), ("/services/sources", "Sources of the directory"))
OVERSEEING = (
    ("/team", "Team"),
    ("/four-eyes", "Second person"),
    ("/glass", "Broken glass"),
    ("/looks", "Look log"),
)

NONE_COUNTED: Mapping[str, int | None] = {}


def tabs(
    viewer: Viewer, pages: tuple[tuple[str, str], ...], here: str, counts: Mapping[str, int | None] = NONE_COUNTED
) -> list[dict[str, object]]:
    """Those of the pages that are the viewer's to open, with how much waits in each where it is counted."""
    return [
        {"text": text, "href": path, "count": counts.get(path), "active": path == here}
        for path, text in pages
        if may_open(viewer, path)
    ]
