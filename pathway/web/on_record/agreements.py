"""Who agreed to what, and what is shared? Each answer, withdrawal and decision on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from pathway import acts
from pathway.acts import Conflict, NotFound, Unacceptable
from pathway.acts.record import Done
from pathway.store.parts.views import AgreementView, CaseView
from pathway.store.parts.words import FACTS_OF
from pathway.store.people.persons import on_record
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.fields import Choices, Field, fields_of
from pathway.web.forms.typed import Wrong, faults_of, gathered, shown, titles
from pathway.web.on_record.record import whole
from workflows import Facts, Refused
from workflows.agreement_facts import AskedToAgree, RefusalWeighed, SharingDecided, Withdrawn

pages = APIRouter(route_class=PageRoute)


@dataclass(frozen=True)
class Asked:
    """What a page asks for: its title, its button, the facts it takes, and where it is sent."""

    view: CaseView
    title: str
    button: str
    facts: type[Facts]
    address: str
    choices: Choices
    about: AgreementView | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.facts, self.choices)


@pages.get("/cases/{reference}/agreements")
def ask(visit: Came, reference: str) -> Response:
    return _show(visit, _agreement(visit, reference))


@pages.post("/cases/{reference}/agreements")
def agree(visit: Came, reference: str) -> Response:
    def act(told: AskedToAgree) -> Done:
        return acts.ask_to_agree(visit.desk, visit.viewer, case=reference, told=told, key=visit.key)

    return _taken(visit, _agreement(visit, reference), act)


@pages.get("/cases/{reference}/agreements/{agreement}")
def look(visit: Came, reference: str, agreement: str) -> Response:
    return _show(visit, _standing(visit, reference, agreement))


@pages.post("/cases/{reference}/agreements/{agreement}")
def answer(visit: Came, reference: str, agreement: str) -> Response:
    """A refusal is weighed; what was agreed is withdrawn."""

    def act(told: Facts) -> Done:
        desk, viewer, key = visit.desk, visit.viewer, visit.key
        if isinstance(told, RefusalWeighed):
            return acts.weigh_refusal(desk, viewer, case=reference, agreement=agreement, told=told, key=key)
        withdrawn = Withdrawn.model_validate(told)
        return acts.withdraw_agreement(desk, viewer, case=reference, agreement=agreement, told=withdrawn, key=key)

    return _taken(visit, _standing(visit, reference, agreement), act)


@pages.get("/cases/{reference}/sharing")
def ask_sharing(visit: Came, reference: str) -> Response:
    return _show(visit, _sharing(visit, reference))


@pages.post("/cases/{reference}/sharing")
def share(visit: Came, reference: str) -> Response:
    def act(told: SharingDecided) -> Done:
        return acts.decide_sharing(visit.desk, visit.viewer, case=reference, told=told, key=visit.key)

    return _taken(visit, _sharing(visit, reference), act)


def _agreement(visit: Visit, reference: str) -> Asked:
    view = whole(visit, reference, "agreements")
    with visit.desk.database.reading() as session:
        choices = Choices(named={"who": on_record(session, visit.viewer, reference, visit.now)})
    title = "Record what somebody agreed to, or declined"
    return Asked(view, title, "Save their answer", AskedToAgree, f"/cases/{reference}/agreements", choices)


def _standing(visit: Visit, reference: str, agreement: str) -> Asked:
    view = whole(visit, reference, "agreements")
    about = found(next((one for one in view.agreements if one.ref == agreement), None), "agreement")
    address = f"/cases/{reference}/agreements/{agreement}"
    if about.to_weigh:
        title = "Judge what declining means for the need"
        return Asked(view, title, "Save what you judged", RefusalWeighed, address, Choices(), about)
    if not about.stands or about.reply != "given":
        raise NotFound("agreement")
    title = "Record that they withdraw their agreement"
    return Asked(view, title, "They withdraw it", Withdrawn, address, Choices(), about)


def _sharing(visit: Visit, reference: str) -> Asked:
    view, title = whole(visit, reference, "agreements"), "Decide what to share"
    return Asked(view, title, "Save the decision", SharingDecided, f"/cases/{reference}/sharing", Choices())


def _taken(visit: Visit, asked: Asked, act: Callable[..., Done]) -> Response:
    try:
        told = asked.facts.model_validate(gathered(visit.form, asked.fields))
    except ValidationError as wrong:
        return _show(visit, asked, status=422, faults=faults_of(wrong, titles(asked.fields)))
    try:
        act(told)
    except (Unacceptable, Refused, Conflict) as wrong:
        return _show(visit, asked, wrong)
    done = next(kind for kind, facts in FACTS_OF.items() if facts is asked.facts)
    return rendering.go_to(f"/cases/{asked.view.ref}?done={done}#agreements")


def _show(visit: Visit, asked: Asked, wrong: Wrong | None = None, **more: object) -> Response:
    return visit.asking("agreement.html", **(shown(wrong) | more), view=asked.view, asked=asked, fields=asked.fields)
