"""Where is a task seen to that no button finishes? The page on which the act stands that finishes it."""

from typing import NamedTuple

from pathway.store.parts.views import TaskView
from pathway.tables.timing import TaskKind


class SeenTo(NamedTuple):
    """A link's words and address; `before` is said first, and alone where the record isn't theirs to open."""

    words: str
    href: str
    before: str = ""


PAGES = {
    TaskKind.link_to_agree: SeenTo("Look at both", "/links"),
    TaskKind.edition_waits: SeenTo("Look at what is proposed", "/documents/adoption"),
    TaskKind.address_to_unseal: SeenTo(
        "Their record",
        "/cases/{case}#children",
        "Agree, or leave it sealed, on the page of the child or adult whose address it is.",
    ),
    TaskKind.family_says: SeenTo("Read it and answer", "/voices/{about}"),
    TaskKind.contact_half_taken: SeenTo(
        "Go on with it", "/drafts/{about}", "Where it isn’t needed, say so among the drafts."
    ),
}


def seen_to_at(task: TaskView) -> SeenTo | None:
    """None where the task is finished, or reviewed, on the spot."""
    page = PAGES.get(TaskKind(task.kind))
    if page is None:
        return None
    known = task.case is not None or "{case}" not in page.href
    return page._replace(href=page.href.format(about=task.about, case=task.case) if known else "")
