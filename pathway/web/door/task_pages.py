"""Where is a task seen to that no button finishes? On the page of the act that does, or by an answer on the spot."""

from typing import NamedTuple

from pathway.access import Viewer
from pathway.acts.tasks import FINISHED_BY
from pathway.store.parts.views import TaskView
from pathway.tables.timing import TaskKind
from pathway.web.door.who_may import ACCESS, SIGNED_IN, Who, may_come


class SeenTo(NamedTuple):
    """A link's words and address; `before` is said first, and alone where the record isn't theirs to open."""

    words: str
    href: str
    before: str = ""
    who: Who = SIGNED_IN


class Asked(NamedTuple):
    """What is asked on the task itself: words, and before them yes or no where there is a `question`.

    `choice` and `words` are the names of the fields. Where `alone`, only whoever the task was given to is asked.
    """

    path: str
    words: str
    title: str
    save: str
    hint: str = ""
    choice: str = ""
    question: str = ""
    unchosen: str = ""
    alone: bool = False


PAGES = {
    TaskKind.link_to_agree: SeenTo("Look at both", "/links", who=ACCESS["GET /links"]),
    TaskKind.edition_waits: SeenTo("Look at what is proposed", "/documents/adoption"),
    TaskKind.address_to_unseal: SeenTo(
        "Their record",
        "/cases/{case}#children",
        "Agree, or leave it sealed, on the page of the child or adult whose address it is.",
    ),
    TaskKind.known_here: SeenTo("Look at the new contact", "/cases/{about}"),
    TaskKind.family_says: SeenTo("Read it and answer", "/voices/{about}"),
    TaskKind.help_declined: SeenTo("Record what was judged", "/cases/{case}/agreements/{about}"),
    TaskKind.contact_half_taken: SeenTo(
        "Go on with it", "/drafts/{about}", "Where it isn’t needed, say so among the drafts."
    ),
}

ASKED = {
    TaskKind.review_break_glass: Asked(
        path="review",
        words="reason",
        title="Why?",
        save="Save the review",
        choice="right",
        question="Was it right to open the record?",
        unchosen="Choose whether it was right to open the record.",
    ),
    TaskKind.known_here: Asked(
        path="known-here",
        words="words",
        title="What should the front door know or do?",
        save="Save the answer",
        hint="For a yes: this stands on the new contact, where its readers don’t know of your record, so leave your "
        "record’s reference out. For a no you may leave it empty: it stands on your record alone.",
        choice="known",
        question="Is it about somebody on this record?",
        unchosen="Choose whether it is about somebody on this record.",
        alone=True,
    ),
    TaskKind.link_to_agree: Asked(
        path="apart",
        words="reason",
        title="Why aren’t they one person?",
        save="They aren’t the same person",
        alone=True,
    ),
}


def seen_to_at(task: TaskView, viewer: Viewer) -> SeenTo | None:
    """None where the task is finished, or answered, on the spot."""
    page = PAGES.get(TaskKind(task.kind))
    if page is None:
        return None
    named = {"about": task.about, "case": task.case or ""}
    known = may_come(viewer, page.who) and all(named[one] for one in named if f"{{{one}}}" in page.href)
    if not known:
        return page._replace(href="") if page.before else None
    return page._replace(href=page.href.format(**named))


def asked_on(task: TaskView) -> Asked | None:
    """A link is the front door's to answer on its own page; off its list, it is whose task it became."""
    asked = ASKED.get(TaskKind(task.kind))
    if asked is None or (asked.alone and not task.own):
        return None
    return asked if task.of_a_record or task.kind != TaskKind.link_to_agree else None


def has_button(task: TaskView) -> bool:
    """Whether its owner may say, by a button alone, that it is done."""
    return task.kind not in FINISHED_BY
