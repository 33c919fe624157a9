"""How do people reach the service? Pages: complete without scripts, escaped always, each with its access declared."""

from fastapi import APIRouter, FastAPI
from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from pathway.acts import NotFound
from pathway.web.contact import contacts, importing, known, told_more
from pathway.web.directory import services
from pathway.web.door import sign_in
from pathway.web.door.places import STATIC, VENDOR
from pathway.web.door.rendering import templates
from pathway.web.door.visit import Came
from pathway.web.door.wrong import PageRoute
from pathway.web.family import links, people, sealed, who_is_who
from pathway.web.from_outside import asked, outside, public, voices
from pathway.web.on_record import (
    agreements,
    assessment_reading,
    assessment_sections,
    assessments,
    beginning,
    childs_page,
    clocks,
    handing_over,
    judgement,
    moves,
    record,
    verifying,
)
from pathway.web.overview import (
    absences,
    answered,
    around,
    board,
    half_typed,
    invited,
    managing,
    overseeing,
    shifts,
    taken_on,
)
from pathway.web.published import adoption, documents

__all__ = ["mount"]

elsewhere = APIRouter(route_class=PageRoute)
ROUTERS = (
    sign_in.pages,
    board.pages,
    answered.pages,
    importing.pages,
    contacts.pages,
    known.pages,
    links.pages,
    half_typed.pages,
    moves.pages,
    beginning.pages,
    clocks.pages,
    agreements.pages,
    childs_page.pages,
    assessments.pages,
    assessment_reading.pages,
    assessment_sections.pages,
    handing_over.pages,
    shifts.pages,
    absences.pages,
    managing.pages,
    overseeing.pages,
    record.pages,
    told_more.pages,
    judgement.pages,
    people.pages,
    who_is_who.pages,
    sealed.pages,
    documents.pages,
    services.pages,
    around.pages,
    asked.pages,
    taken_on.pages,
    invited.pages,
    outside.pages,
    verifying.pages,
    adoption.pages,
    public.pages,
    voices.pages,
    elsewhere,
)
"""Every page of the service; a new one is a route in one of these and a line in `who_may.ACCESS`."""


class _Page(Convertor[str]):
    """An address that isn't the API's: the API answers for its own."""

    regex = r"(?!api(?:/|$)|assets/).*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("page", _Page())


@elsewhere.get("/{elsewhere:page}")
def nowhere(visit: Came, elsewhere: str) -> Response:
    raise NotFound("page")


class Assets(StaticFiles):
    """Our own styles and scripts, and the published ones beside them."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC, check_dir=True)
        self.all_directories = [STATIC, VENDOR]

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response


def mount(app: FastAPI) -> None:
    """Put the pages on an app whose `state.desk` is set. Templates are compiled now, not at the first look."""
    templates()
    app.mount("/assets", Assets(), name="assets")
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
