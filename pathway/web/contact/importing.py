"""How do many contacts come in from a spreadsheet? Sent, checked row by row, taken in, and the rest given back."""

import json
from dataclasses import asdict

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import importing
from pathway.acts.importing import Checked, Row, Unreadable
from pathway.acts.importing.columns import COLUMNS
from pathway.acts.importing.giving_back import KIND
from pathway.store.lists.drafts import draft as draft_of
from pathway.web.door import rendering
from pathway.web.door.visit import IMPORT, Came, Visit, found
from pathway.web.door.wrong import PageRoute

pages = APIRouter(route_class=PageRoute)


@pages.get(IMPORT)
def ask(visit: Came) -> Response:
    importing.check_may_import(visit.viewer)
    return _ask(visit)


@pages.get(f"{IMPORT}/template")
def template(visit: Came) -> Response:
    return _file("Contacts to fill in.xlsx", importing.template())


@pages.post(IMPORT)
def send(visit: Came) -> Response:
    """Read, and kept as a draft of its own until its rows are in: nothing is taken in yet."""
    importing.check_may_import(visit.viewer)
    name, content = visit.form.files.get("sheet", ("", b""))
    try:
        sheet = importing.read(name, content, largest=visit.desk.settings.largest_import_bytes)
    except Unreadable as wrong:
        return _ask(visit, 422, wrong.sentences)
    body: dict[str, object] = {
        "file": [name[:200]],
        "rows": [json.dumps(asdict(row)) for row in sheet.rows],
        "unread": list(sheet.unread),
    }
    return rendering.go_to(f"{IMPORT}/{acts.keep_draft(visit.desk, visit.viewer, form=IMPORT, body=body)}")


@pages.get(f"{IMPORT}/{{draft}}")
def check(visit: Came, draft: str) -> Response:
    """What would come in and what wouldn't, before anything does; after a crash, what came in already."""
    name, rows, unread = _kept(visit, draft)
    return _show(visit, draft, name, unread, importing.check_contacts(visit.desk, visit.viewer, rows))


@pages.post(f"{IMPORT}/{{draft}}")
def take(visit: Came, draft: str) -> Response:
    """Sent twice, the second time takes nothing in and says the same."""
    name, rows, unread = _kept(visit, draft)
    taken = importing.take_contacts(visit.desk, visit.viewer, rows)
    if all(one.came_in for one in taken):
        acts.set_aside(visit.desk, visit.viewer, draft=draft)
    return _show(visit, draft, name, unread, taken, taken=True)


@pages.get(f"{IMPORT}/{{draft}}/put-right")
def put_right(visit: Came, draft: str) -> Response:
    name, rows, _ = _kept(visit, draft)
    bad = [one for one in importing.check_contacts(visit.desk, visit.viewer, rows) if not one.good]
    return _file(f"To put right, {name.rpartition('.')[0] or 'contacts'}.xlsx", importing.bad_rows(bad))


def _kept(visit: Visit, draft: str) -> tuple[str, tuple[Row, ...], list[str]]:
    with visit.desk.database.reading() as session:
        kept = found(draft_of(session, visit.viewer, draft), "file")
    rows = tuple(Row(**json.loads(one)) for one in kept.fields.get("rows", []))
    return "".join(kept.fields.get("file", [])), rows, kept.fields.get("unread", [])


def _ask(visit: Visit, status: int = 200, wrong: tuple[str, ...] = ()) -> Response:
    faults = [{"id": "sheet", "sentence": one} for one in wrong]
    return visit.page(
        "import.html",
        status,
        columns=COLUMNS,
        faults=faults,
        most=importing.MOST_ROWS,
        largest=visit.desk.settings.largest_import_bytes,
    )


def _show(
    visit: Visit, draft: str, name: str, unread: list[str], rows: tuple[Checked, ...], *, taken: bool = False
) -> Response:
    visit.looked("import", *(one.case for one in rows if one.case))
    return visit.page(
        "import_check.html",
        draft=draft,
        name=name,
        unread=unread,
        taken=taken,
        bad=[one for one in rows if not one.good],
        ready=[one for one in rows if one.good and not one.came_in],
        came_in=[one for one in rows if one.came_in],
    )


def _file(name: str, content: bytes) -> Response:
    return Response(content, media_type=KIND, headers=rendering.to_save(name))
