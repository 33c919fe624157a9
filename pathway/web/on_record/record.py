"""What is on one record, and what can I do about it? The record's page, notes, corrections and documents."""

from collections.abc import Callable, Sequence

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.responses import Response

from pathway import acts
from pathway.access import Viewer
from pathway.acts import NotFound, Unacceptable
from pathway.acts.allowances import open_to
from pathway.acts.assign import check_may_hand_over
from pathway.acts.note import check_may_write
from pathway.store.adopted.editions import edition_of
from pathway.store.history import files
from pathway.store.parts.views import CaseView, ChoiceView, ReferrerView, RefusalView
from pathway.store.parts.words import FACTS_OF, OPENING, what_happened
from pathway.store.people.recognised import recognised
from pathway.store.records import cases
from pathway.store.records.assessments import assessments
from pathway.store.records.voices import voices_of
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.who_may import may_come
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import new_key
from pathway.web.forms.typed import Fault, faults_in
from pathway.web.on_record.picture import picture
from pathway.web.on_record.telling import Told, said, told, told_of_children
from pathway.web.on_record.way import way_of
from workflows import Refusal, Refused, process_pinned
from workflows.roles import LINKERS, MANAGERS

pages = APIRouter(route_class=PageRoute)

PAIRED = {"propose_no_further_action": "decide"}
"""Moves made from another's page, so that they need no button of their own."""


@pages.get("/cases/{reference}")
def record(visit: Came, reference: str, done: str = "") -> Response:
    with visit.desk.database.reading() as session:
        view = cases.case(session, visit.viewer, reference, visit.now)
        full = view if isinstance(view, CaseView) else None
        edition = edition_of(session, visit.viewer.authority, full.edition_hash) if full else None
        voices = voices_of(session, visit.viewer, reference, visit.now)
        assessed = assessments(session, visit.viewer, reference, visit.now)
        undecided = full is not None and not full.ended and any(not child.decision for child in full.children)
        look = undecided and bool(visit.viewer.contact_teams) and may_come(visit.viewer, LINKERS)
        who = recognised(session, visit.viewer, edition, reference, visit.now, look=look) if edition else {}
    if view is None:
        raise NotFound
    visit.looked("record", reference)
    words = said_done(view, done)
    if isinstance(view, ReferrerView):
        may = [one for one in view.choices if one.may]
        return visit.page(
            "referral.html",
            view=view,
            may=may,
            done=words,
            ring=visit.desk.settings.ring,
            told=told(view.take),
            key=new_key(),
        )
    may = [one for one in view.choices if one.may and not one.protective and not _made_elsewhere(one, view)]
    process = process_pinned(view.process, view.process_hash)
    way = way_of(process, view)
    may.sort(key=lambda one: not one.leads)
    return visit.page(
        "record.html",
        view=view,
        edition=edition,
        may=may,
        may_not=[one for one in view.choices if not one.may],
        barred={one: why for one, why in _barred(visit.viewer, view).items() if why},
        protect=any(one.protective and one.may for one in view.choices),
        asked=any(one.is_viewer and one.status == "proposed" for one in view.assignments),
        holds=any(one.is_viewer and one.status == "accepted" and one.kind == "answerable" for one in view.assignments),
        running=[one for one in view.deadlines if one.closed_at is None],
        changeable={one.limit for one in view.deadlines if any(open_to(visit.viewer, edition, one.limit))}
        if edition
        else set(),
        stopped=[one for one in view.deadlines if one.closed_at is not None],
        advice=view.judgement.get("children", []),
        told=_why_here(view),
        told_of=told_of_children(view.take),
        said={entry.ref: said(entry, view) for entry in view.timeline},
        voices=voices,
        assessed=assessed.assessments if assessed else (),
        done=words,
        may_restrict=may_come(visit.viewer, MANAGERS),
        may_link=may_come(visit.viewer, LINKERS),
        may_offer=any(one.move == "offer_to_worker" for one in may),
        who=who,
        way=way,
        picture=picture(process, way),
        key=new_key(),
    )


def _barred(viewer: Viewer, view: CaseView) -> dict[str, Sequence[Refusal | RefusalView]]:
    """Why this viewer may not do what stands beside the moves, asked of the acts' own checks; empty where they may."""
    return {
        **{one.words: one.refusals for one in view.beginnings},
        "Write on it": why_not(check_may_write, viewer),
        "Take it or hand it over": why_not(check_may_hand_over, viewer),
    }


def why_not(check: Callable[[Viewer], None], viewer: Viewer) -> tuple[Refusal, ...]:
    try:
        check(viewer)
    except Refused as refused:
        return refused.refusals
    return ()


def _made_elsewhere(choice: ChoiceView, view: CaseView) -> bool:
    other = PAIRED.get(choice.move)
    return any(one.move == other and one.may for one in view.choices)


def _why_here(view: CaseView) -> Told:
    """What was told, or why it began on another record."""
    return told(view.take) if view.taken_in else said(view.timeline[-1], view)


def said_done(view: CaseView | ReferrerView, done: str) -> str:
    """What has just been done, in the words of the act; anything unknown says nothing."""
    own = {
        "task": "Finished the task",
        "handed": "Asked them to take it on",
        "taken": "You answer for it now",
        "link_proposed": "Proposed that they are one child. A second person has been asked to agree",
        "link_undone": "Undid the link",
        "clock_pause": "It stands still",
        "clock_resume": "It goes on",
        "clock_extend": "There is more time",
    }
    if done in own:
        return own[done]
    process = process_pinned(view.process, view.process_hash)
    known = process.move(done) is not None or done in (
        *OPENING, "told_more", "accepted", "declined", "covered", "noted", "corrected", "attached", "restricted",
        "glass_broken", "referrer_verified", "family_said", *FACTS_OF,
    )  # fmt: skip
    return what_happened(process, done) if known else ""


@pages.get("/cases/{reference}/notes")
def ask_for_note(visit: Came, reference: str) -> Response:
    return _note_page(visit, whole(visit, reference))


@pages.post("/cases/{reference}/notes")
def note(visit: Came, reference: str) -> Response:
    try:
        acts.note(visit.desk, visit.viewer, case=reference, text=visit.form.one("text"), key=visit.key)
    except Unacceptable as wrong:
        return _note_page(visit, whole(visit, reference), 422, faults_in(wrong.faults))
    return rendering.go_to(f"/cases/{reference}?done=noted")


@pages.get("/cases/{reference}/entries/{entry}")
def ask_for_correction(visit: Came, reference: str, entry: str) -> Response:
    return _correction_page(visit, whole(visit, reference), entry)


@pages.post("/cases/{reference}/entries/{entry}")
def correct(visit: Came, reference: str, entry: str) -> Response:
    text = visit.form.one("text")
    try:
        acts.correct(visit.desk, visit.viewer, case=reference, entry=entry, text=text, key=visit.key)
    except Unacceptable as wrong:
        return _correction_page(visit, whole(visit, reference), entry, 422, faults_in(wrong.faults))
    return rendering.go_to(f"/cases/{reference}?done=corrected")


@pages.post("/cases/{reference}/documents")
def attach(visit: Came, reference: str) -> Response:
    name, content = visit.form.files.get("document", ("", b""))
    try:
        acts.attach(visit.desk, visit.viewer, case=reference, name=name, content=content, key=visit.key)
    except Unacceptable as wrong:
        whole(visit, reference)
        return visit.asking("attach.html", 422, reference=reference, faults=faults_in(wrong.faults))
    return rendering.go_to(f"/cases/{reference}?done=attached")


@pages.get("/cases/{reference}/documents/{document}")
def download(visit: Came, reference: str, document: str) -> Response:
    """The file itself, always as something to save: nothing that was sent in is shown by our own page."""
    with visit.desk.database.reading() as session:
        file = found(
            files.file_of(session, visit.viewer, visit.desk.settings.files, reference, document, visit.now), "document"
        )
    visit.looked("document", reference)
    return FileResponse(file.path, media_type=file.media_type, headers=rendering.to_save(file.name))


def whole(visit: Visit, reference: str, looked: str = "record") -> CaseView:
    """The record of one who may see all of it, once the look is written down. Raises `NotFound`."""
    with visit.desk.database.reading() as session:
        view = cases.case(session, visit.viewer, reference, visit.now)
    visit.looked(looked, *([reference] if isinstance(view, CaseView) else []))
    return found(view if isinstance(view, CaseView) else None)


def _note_page(visit: Visit, view: CaseView, status: int = 200, faults: tuple[Fault, ...] = ()) -> Response:
    return visit.asking("note.html", status, view=view, entry=None, faults=faults)


def _correction_page(
    visit: Visit, view: CaseView, entry: str, status: int = 200, faults: tuple[Fault, ...] = ()
) -> Response:
    corrected = found(next((one for one in view.timeline if one.ref == entry), None), "entry")
    return visit.asking("note.html", status, view=view, entry=corrected, faults=faults)
