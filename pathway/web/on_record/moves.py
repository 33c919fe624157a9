"""How is a move made on a page? One form for every move of every process, made from the facts it takes."""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from pathway import acts
from pathway.acts import Conflict, KeyReused, NotFound, Unacceptable
from pathway.store.adopted.editions import edition_of
from pathway.store.lists import drafts
from pathway.store.parts.views import CaseView, EntryView, ReferrerView
from pathway.store.parts.words import decision_words
from pathway.store.records import cases
from pathway.store.staffing.staff import posts
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.fields import Field, choices_of, fields_of
from pathway.web.forms.form import Form, new_key
from pathway.web.forms.typed import Fault, faults_in, faults_of, gathered, spread, titles
from thresholds import Edition
from workflows import Move, Refusal, Refused, Role, process_pinned
from workflows.referral_facts import Decision

pages = APIRouter(route_class=PageRoute)

OWN_TEMPLATES = {"decide": "decide.html", "propose_no_further_action": "decide.html"}
"""Moves whose form has a page of its own; every other move needs none."""

SENT_BACK = "return_to_screening"

ASK_US = Refusal("This can't be added to your referral now.", "Ring us, and we will put it right together.")


@dataclass(frozen=True)
class MovePage:
    """What stands on the page of one move."""

    view: CaseView | ReferrerView
    move: Move
    fields: tuple[Field, ...]
    form: Form
    edition: Edition | None
    """The document the record is pinned to; nothing for a referrer, who sees no advice."""


@pages.get("/cases/{reference}/moves/{name}")
def ask(visit: Came, reference: str, name: str, draft: str = "", about: str = "", open_case: str = "") -> Response:
    """`about` is the question that an answer is for, or what was taken on, and `open_case` the record it is offered to,
    where a link said so.
    """
    said = {"ask": about, "action": about, "open_case": open_case[:20]}
    filled = Form({field: [value] for field, value in said.items() if value})
    asked = _asked(visit, reference, name, _resumed(visit, draft) if draft else filled)
    if not draft and (sent_back := _sent_back(asked)):
        asked = replace(asked, form=Form(spread(sent_back[1].said, asked.fields)))
    visit.looked("move", reference)
    return _show(visit, asked, refusals=_refusals(asked))


@pages.post("/cases/{reference}/moves/{name}")
def make(visit: Came, reference: str, name: str) -> Response:
    asked = _asked(visit, reference, name, visit.form)
    try:
        facts = asked.move.facts.model_validate(gathered(visit.form, asked.fields))
    except ValidationError as wrong:
        return _show(visit, asked, 422, faults=faults_of(wrong, titles(asked.fields)))
    whole = isinstance(asked.view, CaseView)
    try:
        acts.move(
            visit.desk,
            visit.viewer,
            case=reference,
            name=name,
            facts=facts,
            version=visit.version if whole else None,
            key=visit.key,
        )
    except Refused as refused:
        return _show(visit, asked, 409, refusals=refused.refusals if whole else (ASK_US,))
    except Unacceptable as wrong:
        return _show(visit, asked, 422, faults=faults_in(wrong.faults))
    except Conflict as changed:
        return _show(visit, asked, 409, changed=changed, version=changed.version)
    except KeyReused:
        return _show(visit, asked, 409, key=new_key(), saved_already=True)
    if visit.form.one("_draft"):
        acts.set_aside(visit.desk, visit.viewer, draft=visit.form.one("_draft"))
    return rendering.go_to(f"/cases/{reference}?done={name}")


def _asked(visit: Visit, reference: str, name: str, form: Form) -> MovePage:
    with visit.desk.database.reading() as session:
        view = cases.case(session, visit.viewer, reference, visit.now)
        whole = view if isinstance(view, CaseView) else None
        edition = edition_of(session, visit.viewer.authority, whole.edition_hash) if whole else None
        move = process_pinned(view.process, view.process_hash).move(name) if view else None
        asks_owner = move is not None and "owner" in move.facts.model_fields
        people = posts(session, visit.viewer, visit.now) if asks_owner else ()
    if view is None:
        raise NotFound
    move = found(move, "step")
    if isinstance(view, ReferrerView) and Role.partner_referrer not in move.who:
        raise NotFound("step")
    choices = choices_of(view, form.every("_children"))
    owners = {one.ref: f"{one.name}, {one.agency}" for one in people}
    choices = replace(choices, named=choices.named | {"owner": tuple(owners.items())})
    return MovePage(view, move, fields_of(move.facts, choices), form, edition)


def _sent_back(asked: MovePage) -> tuple[EntryView, EntryView] | None:
    """By which entry a second person sent decisions back, and which had proposed them; None once more was said."""
    if asked.move.name not in OWN_TEMPLATES or not isinstance(asked.view, CaseView):
        return None
    said = [entry for entry in asked.view.timeline if entry.kind in (*OWN_TEMPLATES, SENT_BACK)]
    return (said[0], said[1]) if len(said) > 1 and said[0].kind == SENT_BACK else None


def _resumed(visit: Visit, draft: str) -> Form:
    with visit.desk.database.reading() as session:
        kept = found(drafts.draft(session, visit.viewer, draft), "draft")
    return Form({**kept.fields, "_draft": [kept.ref]})


def _refusals(asked: MovePage) -> tuple[Refusal, ...]:
    """Why it can't be made now, said before anything is typed."""
    choice = next((one for one in asked.view.choices if one.move == asked.move.name), None)
    if isinstance(asked.view, ReferrerView):
        return () if choice and choice.may else (ASK_US,)
    if choice is None:
        return (
            Refusal(
                f"'{asked.move.words}' can't be done from here any more: the record has moved on.",
                "Go back to the record to see what can be done now.",
            ),
        )
    return tuple(Refusal(one.sentence, one.who_can, one.where) for one in choice.refusals)


def _show(
    visit: Visit,
    asked: MovePage,
    status: int = 200,
    *,
    refusals: tuple[Refusal, ...] = (),
    faults: tuple[Fault, ...] = (),
    changed: Conflict | None = None,
    version: int | None = None,
    key: str | None = None,
    saved_already: bool = False,
) -> Response:
    if version is None:
        typed = asked.form.number("_version")
        version = asked.view.version if typed is None else typed
    return visit.asking(
        OWN_TEMPLATES.get(asked.move.name, "move.html"),
        status,
        view=asked.view,
        whole=isinstance(asked.view, CaseView),
        edition=asked.edition,
        by_two=_by_two(asked.edition),
        sent_back=_sent_back(asked),
        move=asked.move,
        fields=asked.fields,
        form=asked.form,
        faults=faults,
        refusals=refusals,
        changed=changed,
        saved_already=saved_already,
        version=version,
        key=key or asked.form.key,
    )


def _by_two(edition: Edition | None) -> tuple[str, ...]:
    """What the document lets nobody decide alone, beside no further action, which nobody ever does."""
    named = edition.not_alone if edition else frozenset()
    return tuple(decision_words(one) for one in sorted(named - {Decision.no_further_action.value}))
