"""What is asked in one section, of whom, and what is known already? Saved in one press, and on to what is left."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import AnsweredSince, Unacceptable
from pathway.store.records.assessment_views import AssessmentView, SectionView
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.assessed import as_it_stands, confirmed, given, groups, id_of, no_longer_asked, titles_of
from pathway.web.forms.typed import Fault, shown
from pathway.web.on_record.assessments import address_of, one
from workflows import Refused
from workflows.assessment_facts import Answered

pages = APIRouter(route_class=PageRoute)

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@pages.get("/cases/{reference}/assessments/{assessment}/{section}")
def ask(visit: Came, reference: str, assessment: str, section: str, opened: str = "", saved: str = "") -> Response:
    view = one(visit, reference, assessment)
    here = found(view.section(section), "section of this assessment")
    return _show(
        visit, view, here, form=as_it_stands(here), opened=titles_of(view, opened.split(",")), saved=bool(saved)
    )


@pages.post("/cases/{reference}/assessments/{assessment}/{section}")
def save(visit: Came, reference: str, assessment: str, section: str) -> Response:
    """What was typed is saved; what was offered too, where that was pressed."""
    view = one(visit, reference, assessment)
    found(view.section(section), "section of this assessment")
    confirms = visit.form.one("act") == "confirm"
    told = Answered.model_validate(
        {"answers": list(given(visit.form, view)), "confirmed": list(confirmed(visit.form)) if confirms else []}
    )
    try:
        done = acts.answer_assessment(
            visit.desk, visit.viewer, case=reference, assessment=assessment, told=told, key=visit.key
        )
    except AnsweredSince as wrong:
        return _again(visit, view, section, status=409, both=wrong.both, faults=tuple(_choose(wrong)))
    except (Unacceptable, Refused) as wrong:
        return _again(visit, view, section, **shown(wrong))
    return _on(one(visit, reference, assessment), section, done.named["opened"], stays=confirms)


def _on(view: AssessmentView, part: str, opened: str, *, stays: bool) -> Response:
    """On to the next section that isn't finished, saying what was opened; back to the list after the last."""
    said = f"?saved=1{f'&opened={quote(opened)}' if opened else ''}"
    return rendering.go_to(f"{address_of(view, next_part(view, part, opened, stays=stays))}{said}")


def next_part(view: AssessmentView, part: str, opened: str, *, stays: bool = False) -> str:
    """Where to go on: here where more was opened or is still to be written; else the next unfinished; else nowhere."""
    at = next(index for index, one in enumerate(view.sections) if one.id == part)
    here = view.sections[at]
    if here.unfinished and (stays or any(one.field in opened.split(",") for one in here.asked)):
        return part
    around = (*view.sections[at + 1 :], *view.sections[:at])
    return next((one.id for one in around if one.unfinished), "")


def opened_words(opened: tuple[str, ...]) -> str:
    """How many questions an answer opened, in words."""
    many = NUMBERS[len(opened)] if len(opened) < len(NUMBERS) else str(len(opened))
    return f"{many} more question{'' if len(opened) == 1 else 's'} opened"


def _choose(wrong: AnsweredSince) -> Iterator[Fault]:
    for both in wrong.both:
        sentence = f"{both.by} has answered {both.question} meanwhile. Choose which answer stands."
        yield Fault(f"choose-{id_of(both.field)}", sentence)


def _again(visit: Visit, before: AssessmentView, part: str, **more: Any) -> Response:
    """The page as it was sent, over what stands by now: everything typed is still there."""
    view = one(visit, before.case, before.ref)
    section = found(view.section(part), "section of this assessment")
    return _show(visit, view, section, form=visit.form, unasked=no_longer_asked(visit.form, section), **more)


def _show(visit: Visit, view: AssessmentView, section: SectionView, **more: Any) -> Response:
    about: dict[str, Any] = {"opened": (), "saved": False, "unasked": (), "both": ()} | more
    about["both"] = {id_of(one.field): one for one in about["both"]}
    return visit.asking(
        "assessment_section.html",
        **about,
        view=view,
        section=section,
        at=view.sections.index(section) + 1,
        groups=groups(section),
        opened_words=opened_words(about["opened"]),
        address=address_of(view, section.id),
        up=address_of(view),
    )
