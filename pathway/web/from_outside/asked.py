"""What is my agency asked, and how do I answer? Questions with a child's name, and nothing of the record."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import Unacceptable
from pathway.store.records.outside import question_put_to, questions_put_to
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.typed import Fault, faults_in
from pathway.web.from_outside.outside import learned

pages = APIRouter(route_class=PageRoute)


@pages.get("/asks")
def asks(visit: Came, done: str = "") -> Response:
    with visit.desk.database.reading() as session:
        put = questions_put_to(session, visit.viewer, visit.now)
    visit.looked("asks", *(one.case for one in put))
    return visit.page("asks.html", questions=[one.question for one in put], done=bool(done))


@pages.get("/asks/{ask}")
def ask(visit: Came, ask: str) -> Response:
    return _show(visit, ask)


@pages.post("/asks/{ask}")
def answer(visit: Came, ask: str) -> Response:
    try:
        acts.answer_asked(visit.desk, visit.viewer, ask=ask, learned=learned(visit.form), key=visit.key)
    except Unacceptable as wrong:
        return _show(visit, ask, 422, faults_in(wrong.faults))
    return rendering.go_to("/asks?done=1")


def _show(visit: Visit, ask: str, status: int = 200, faults: tuple[Fault, ...] = ()) -> Response:
    with visit.desk.database.reading() as session:
        put = found(question_put_to(session, visit.viewer, ask, visit.now), "question")
    visit.looked("ask", put.case)
    return visit.asking(
        "ask.html",
        status,
        question=put.question,
        faults=faults,
    )
