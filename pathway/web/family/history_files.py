"""How does a person's history leave as a file? For a purpose that stands on it, as a spreadsheet or for paper."""

import csv
import io
from collections.abc import Callable, Mapping

from starlette.responses import Response

from pathway.acts.importing import safe
from pathway.store.records.chronology import Chronology, Happened
from pathway.web.door.paper import paper
from pathway.web.door.rendering import to_save
from pathway.web.door.words import london
from pathway.web.on_record.telling import Told, said_of, told

OF_A_CONTACT = ("told_by", "caller_role", "worry", "childs_words", "safe_tonight", "agreement", "agreement_reason")


def _as_spreadsheet(view: Chronology, foot: str) -> Response:
    """A line for each thing that happened; no cell that a spreadsheet would take for a formula."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(("When", "Written down", "Record", "What happened", "Who", "What was said"))
    for one in view.happened:
        entry = one.entry
        cells = (london(entry.occurred_at), london(entry.recorded_at), one.case, entry.words, entry.who, _told(one))
        lines.writerow([safe(cell) for cell in cells])
    lines.writerow([safe(foot)])
    return _file("chronology.csv", "text/csv; charset=utf-8", written.getvalue().encode("utf-8-sig"))


def _as_paper(view: Chronology, foot: str) -> Response:
    parts = [
        (f"{london(one.entry.occurred_at)} · {one.entry.words} · {one.entry.who} · {one.case}", _told(one))
        for one in view.happened
    ]
    return _file("chronology.pdf", "application/pdf", paper(f"Chronology of {view.name}", parts, foot))


FILES: Mapping[str, Callable[[Chronology, str], Response]] = {"csv": _as_spreadsheet, "pdf": _as_paper}


def _told(one: Happened) -> str:
    """What was said, each fact on a line; what is erased or was corrected says so."""
    entry = one.entry
    marks = ["Erased."] if entry.erased else []
    marks += ["Corrected since."] if entry.corrected_by else []
    return "\n".join((*marks, *(f"{title}: {words}" for title, words in told_of(one))))


def told_of(one: Happened) -> Told:
    """What one thing that happened holds; of a contact, who told what, and not how to ring them back."""
    take = one.entry.said.get("take")
    if one.kind == "contact" and isinstance(take, dict):
        return told({name: take.get(name) for name in OF_A_CONTACT})
    return said_of(one.entry, one.facts, one.names)


def _file(name: str, media_type: str, content: bytes) -> Response:
    return Response(content, media_type=media_type, headers=to_save(name))
