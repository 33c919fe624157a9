"""How are assessments filled in, in tests? A family of two children and their mother, and answers in few words."""

from typing import Any

import kept
import made

from pathway.acts import answer_assessment, begin_assessment, complete_assessment, receive
from pathway.acts.record import Done
from pathway.store.records.assessment_views import AskedView, AssessmentView
from pathway.store.records.assessments import assessment
from pathway.tables import Person
from workflows.assessment_facts import Answered, AssessmentBegun
from workflows.referral_facts import Relation, TakenAdult

FORM = "early-help-assessment"
MUM = TakenAdult(given_name="Mia", family_name="Example", relation=Relation.mother)
EVERYBODY, FEW = "everybody_who_helps", "writer_and_manager"


def record(house: made.House, *names: str, name: str = "ada", **told: Any) -> str:
    """A record of these children and their mother."""
    children = told.pop("children", None) or tuple(made.child(given_name=one) for one in names or ("Ava",))
    take = made.take(children=children, adults=told.pop("adults", (MUM,)), **({"agreement": "given"} | told))
    return receive(house.desk, house.viewer(name), take=take).case


def begun(house: made.House, case: str, name: str = "ada", extent: str = "full", form: str = FORM, **more: Any) -> str:
    told = AssessmentBegun.model_validate({"form": form, "extent": extent})
    done = begin_assessment(house.desk, house.viewer(name), case=case, told=told, **more)
    return done.named["assessment"]


def person(house: made.House, given_name: str) -> str:
    return [one.public_id for one in kept.rows(house, Person) if one.given_name == given_name][-1]


def look(house: made.House, case: str, ref: str, name: str = "ada") -> AssessmentView:
    with house.desk.database.reading() as session:
        found = assessment(session, house.viewer(name), case, ref, house.clock())
    assert found is not None
    return found


def asked(house: made.House, case: str, ref: str, question: str, about: str = "", name: str = "ada") -> AskedView:
    found = look(house, case, ref, name).asked(f"{question}.{about or 'FAMILY'}")
    assert found is not None, question
    return found


def given(question: str, value: Any, about: str = "", **more: Any) -> dict[str, Any]:
    return {"question": question, "about": about, "value": value} | more


def answers(house: made.House, case: str, ref: str, *told: dict[str, Any], name: str = "ada", **more: Any) -> Done:
    facts = Answered.model_validate({"answers": told, "confirmed": more.pop("confirmed", ())})
    return answer_assessment(house.desk, house.viewer(name), case=case, assessment=ref, told=facts, **more)


def confirm(one: AskedView, **more: Any) -> dict[str, Any]:
    assert one.offer is not None
    return {"question": one.question, "about": one.about, "offered": one.offer.ref} | more


def any_answer(one: AskedView) -> dict[str, Any]:
    """Something that answers a question, in the first way that there is."""
    said = (one.options[0][0] if one.options else "Some words") if one.kind != "date" else "2026-01-02"
    readers = EVERYBODY if one.own_words else None
    return given(one.question, (said,) if one.kind == "choices" else said, one.about, readers=readers)


def filled(house: made.House, case: str, ref: str, name: str = "ada") -> None:
    """Answer whatever is still left, until nothing opens any more."""
    for _ in range(5):
        view = look(house, case, ref, name)
        left = [any_answer(one) for section in view.sections for one in section.asked if one.field in section.left]
        if not left:
            return
        answers(house, case, ref, *left, name=name)


def completed(house: made.House, case: str, name: str = "ada", extent: str = "light") -> str:
    ref = begun(house, case, name, extent)
    filled(house, case, ref, name)
    complete_assessment(house.desk, house.viewer(name), case=case, assessment=ref)
    return ref


def worked_on(house: made.House, case: str) -> str:
    """A review with something answered, and something on offer."""
    completed(house, case)
    ref = begun(house, case)
    answers(house, case, ref, *(any_answer(one) for one in look(house, case, ref).sections[1].asked))
    return ref
