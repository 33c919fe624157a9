"""Who is who, put on the record or put right: a tie told, corrected or ended, from a person's page."""

from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from pathway import acts
from pathway.acts import FieldFault, Unacceptable
from pathway.acts.ties import PutRight, ToldTie
from pathway.store.people import persons
from pathway.store.people.family_views import PersonView, RelationView
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import Form
from pathway.web.forms.typed import Fault, as_typed, day, faults_in, faults_of
from workflows import Refusal, Refused
from workflows.referral_facts import Relation, Sex, YesNo

pages = APIRouter(route_class=PageRoute)

NEW = "new"
TITLES = {
    "since": "Since when?",
    "until": "Until when?",
    "relation": "What are they?",
    "lives_with": "Do they live together?",
    "age_years": "Age in years",
    "born_on": "Date of birth",
    "expected_on": "Due date",
}
KINDS = (("adult", "An adult"), ("child", "A child"), ("expected_child", "A child not born yet"))


@pages.get("/people/{person}/ties")
def ask_who(visit: Came, person: str, case: str = "") -> Response:
    return _ask(visit, person, case)


@pages.post("/people/{person}/ties")
def tie(visit: Came, person: str) -> Response:
    form = visit.form
    try:
        told = ToldTie.model_validate(_told(visit), strict=False)
        acts.tie_people(visit.desk, visit.viewer, case=form.one("case"), told=told, key=visit.key)
    except ValidationError as wrong:
        return _ask(visit, person, form.one("case"), _faults(wrong))
    except (Unacceptable, Refused) as wrong:
        return _ask(visit, person, form.one("case"), *_apart(wrong))
    return rendering.go_to(f"/people/{person}?done=tied#family")


@pages.get("/people/{person}/ties/{tie}")
def ask_what_is_right(visit: Came, person: str, tie: str) -> Response:
    return _put_right(visit, person, tie)


@pages.post("/people/{person}/ties/{tie}")
def put_right(visit: Came, person: str, tie: str) -> Response:
    """Two buttons: what was told was wrong, or it has ended."""
    form, of = visit.form, _tie(_view(visit, person), tie)
    try:
        if form.one("act") == "end":
            until = _day(visit, "ended")
            acts.end_tie(
                visit.desk, visit.viewer, case=of.case, tie=tie, until=until, reason=form.one("what"), key=visit.key
            )
        else:
            right = PutRight.model_validate(_right(visit), strict=False)
            reason = form.one("reason")
            acts.correct_tie(visit.desk, visit.viewer, case=of.case, tie=tie, right=right, reason=reason, key=visit.key)
    except ValidationError as wrong:
        return _put_right(visit, person, tie, _faults(wrong))
    except (Unacceptable, Refused) as wrong:
        return _put_right(visit, person, tie, *_apart(wrong))
    return rendering.go_to(f"/people/{person}?done={'ended' if form.one('act') == 'end' else 'corrected'}#family")


def _told(visit: Visit) -> dict[str, Any]:
    form = visit.form
    new = form.one("who") == NEW
    told: dict[str, Any] = {"of": form.one("of"), "who": "" if new else form.one("who")} | _right(visit)
    if not told["relation"]:
        raise Unacceptable(FieldFault("relation", "Choose what they are to each other; “We don’t know” is an answer."))
    if new:
        names = ("kind", "given_name", "family_name", "sex", "telephone", "age_years")
        typed = {name: form.one(f"new-{name}").strip() for name in names}
        typed |= {name: day(form, f"new-{name}") for name in ("born_on", "expected_on")}
        told["new"] = {name: value for name, value in typed.items() if value}
    return told


def _right(visit: Visit) -> dict[str, Any]:
    dates = {name: day(visit.form, name) or None for name in ("since", "until")}
    return {"relation": visit.form.one("relation"), "lives_with": visit.form.one("lives_with") or "unknown"} | dates


def _day(visit: Visit, name: str) -> date | None:
    typed = day(visit.form, name)
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Unacceptable(
            FieldFault(name, "This isn’t a date. Write day, month and year, such as 4 12 2019.")
        ) from None


def _faults(wrong: ValidationError) -> tuple[Fault, ...]:
    return faults_of(wrong, lambda place: TITLES.get(str(place[-1]), str(place[-1]).replace("_", " ").capitalize()))


def _apart(wrong: Unacceptable | Refused) -> tuple[tuple[Fault, ...], tuple[Refusal, ...]]:
    return (faults_in(wrong.faults), ()) if isinstance(wrong, Unacceptable) else ((), wrong.refusals)


def _view(visit: Visit, person: str) -> PersonView:
    with visit.desk.database.reading() as session:
        view = persons.person(session, visit.viewer, person, visit.now)
    visit.looked("who is who", *(view.cases if view else ()))
    return found(view, "person")


def _tie(view: PersonView, ref: str) -> RelationView:
    return found(next((one for one in view.relations if one.tie == ref), None), "tie")


def _ask(
    visit: Visit, person: str, case: str, faults: tuple[Fault, ...] = (), refusals: tuple[Refusal, ...] = ()
) -> Response:
    view = _view(visit, person)
    records = [one.record.ref for one in view.records]
    case = case if case in records else records[0] if records else ""
    with visit.desk.database.reading() as session:
        here = persons.on_record(session, visit.viewer, case, visit.now)
    return visit.page(
        "who_is_who.html",
        _status(faults, refusals),
        view=view,
        records=records,
        case=case,
        here=here,
        kinds=KINDS,
        sexes=Sex,
        **_asked(visit, faults, refusals),
    )


def _put_right(
    visit: Visit, person: str, tie: str, faults: tuple[Fault, ...] = (), refusals: tuple[Refusal, ...] = ()
) -> Response:
    view = _view(visit, person)
    of = _tie(view, tie)
    asked = _asked(visit, faults, refusals) | ({} if visit.form.fields else {"form": _as_told(of)})
    return visit.page("tie.html", _status(faults, refusals), view=view, tie=of, **asked)


def _as_told(of: RelationView) -> Form:
    """A form that holds what was told, so that putting one thing right leaves the rest."""
    dates = {"since": of.since, "until": of.until}
    parts = {
        f"{name}-{part}": [str(getattr(on, part))]
        for name, on in dates.items()
        if on
        for part in ("day", "month", "year")
    }
    return Form({"relation": [of.relation], "lives_with": [of.lives_with]} | parts)


def _status(faults: tuple[Fault, ...], refusals: tuple[Refusal, ...]) -> int:
    return 422 if faults else 403 if refusals else 200


def _asked(visit: Visit, faults: tuple[Fault, ...], refusals: tuple[Refusal, ...]) -> dict[str, object]:
    return as_typed(visit.form, faults) | {
        "refusals": refusals,
        "relations": Relation,
        "answers": YesNo,
    }
