"""What have families told us, and who answers them? The list, each with its answer, and what is told by telephone."""

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from pathway import acts
from pathway.acts import FieldFault, Unacceptable
from pathway.acts.voice_heard import Spoken
from pathway.store.parts.views import CaseView
from pathway.store.parts.words import VOICES, WAYS
from pathway.store.records import voices as store
from pathway.tables import AnswerWay
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import Form
from pathway.web.forms.typed import Fault, Place, faults_of, shown
from pathway.web.on_record.record import whole
from workflows import Refused

pages = APIRouter(route_class=PageRoute)
TITLES = {
    "kind": "What is it about?",
    "said": "What did they say?",
    "name": "Who told you?",
    "reach": "How is it safe to reach them?",
}


@pages.get("/voices")
def listed(visit: Came, done: str = "") -> Response:
    with visit.desk.database.reading() as session:
        told = store.voices(session, visit.viewer, visit.now)
    visit.looked("voices", *(one.case for one in told if one.case))
    waiting = [one for one in told if one.waits]
    return visit.page("voices.html", waiting=waiting, answered=[one for one in told if not one.waits], done=bool(done))


@pages.get("/voices/{voice}")
def one(visit: Came, voice: str, done: str = "") -> Response:
    return _show(visit, voice, done=done)


@pages.post("/voices/{voice}/record")
def find_record(visit: Came, voice: str) -> Response:
    case = visit.form.one("case")
    try:
        acts.find_record(visit.desk, visit.viewer, voice=voice, case=case, key=visit.key)
    except (Unacceptable, Refused) as wrong:
        return _show(visit, voice, wrong)
    return _after(visit, voice, "record")


@pages.post("/voices/{voice}/advocate")
def ask_advocate(visit: Came, voice: str) -> Response:
    asked_of = visit.form.one("asked_of")
    try:
        acts.ask_advocate(visit.desk, visit.viewer, voice=voice, asked_of=asked_of, key=visit.key)
    except (Unacceptable, Refused) as wrong:
        return _show(visit, voice, wrong)
    return _after(visit, voice, "advocate")


@pages.post("/voices/{voice}/answer")
def answer(visit: Came, voice: str) -> Response:
    given, way = visit.form.one("said"), visit.form.one("way")
    try:
        if way not in list(AnswerWay):
            raise Unacceptable(FieldFault("way", "Choose how they heard it."))
        acts.answer_voice(visit.desk, visit.viewer, voice=voice, said=given, way=AnswerWay(way), key=visit.key)
    except (Unacceptable, Refused) as wrong:
        return _show(visit, voice, wrong)
    return rendering.go_to("/voices?done=1")


@pages.get("/cases/{reference}/voices")
def write_down(visit: Came, reference: str) -> Response:
    return _write(visit, whole(visit, reference), Form())


@pages.post("/cases/{reference}/voices")
def take(visit: Came, reference: str) -> Response:
    """What a parent or child said to a worker, on a record that both know."""
    view, form = whole(visit, reference), visit.form
    given = {name: form.one(name).strip() for name in TITLES}
    try:
        spoken = Spoken.model_validate(given)
    except ValidationError as wrong:
        return _write(visit, view, form, 422, faults_of(wrong, _title))
    acts.take_voice(visit.desk, visit.viewer, case=reference, spoken=spoken, key=visit.key)
    return rendering.go_to(f"/cases/{reference}?done=family_said#family")


def _title(place: Place) -> str:
    return TITLES.get(str(place[-1]), str(place[-1]))


def _after(visit: Visit, voice: str, done: str) -> Response:
    """Its page again, or the list where it has gone to somebody else."""
    with visit.desk.database.reading() as session:
        still = store.voice(session, visit.viewer, voice, visit.now)
    return rendering.go_to(f"/voices/{still.ref}?done={done}" if still else "/voices?done=1")


def _write(visit: Visit, view: CaseView, form: Form, status: int = 200, faults: tuple[Fault, ...] = ()) -> Response:
    return visit.asking(
        "voice_new.html",
        status,
        view=view,
        kinds=[(kind.value, words) for kind, words in VOICES.items()],
        titles=TITLES,
        form=form,
        faults=faults,
    )


def _show(visit: Visit, ref: str, wrong: Unacceptable | Refused | None = None, done: str = "") -> Response:
    with visit.desk.database.reading() as session:
        told = found(store.voice(session, visit.viewer, ref, visit.now), "message")
    visit.looked("voice", *([told.case] if told.case else []))
    return visit.asking(
        "voice.html",
        **shown(wrong),
        told=told,
        ways=[(way.value, words) for way, words in WAYS.items()],
        done=done,
    )
