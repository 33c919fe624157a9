"""How are answers written? One entry for each person concerned: no child's answers stand in another's history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, record
from pathway.store.records.assessments import in_words
from pathway.store.records.filled import Filling
from pathway.tables import Case, CaseChild
from pathway.tables.columns import public_id
from thresholds.filling.opened import FAMILY, Spot, Value
from workflows.assessment_facts import Readers


@dataclass(frozen=True, slots=True)
class ToWrite:
    """One new answer; `brought_from` is the entry where it was said first, where it is confirmed and not written."""

    spot: Spot
    value: Value
    reason: str = ""
    readers: Readers | None = None
    brought_from: int | None = None


def write(unit: Work, case: Case, filling: Filling, written: Iterable[ToWrite], kind: str, done: Done) -> Done:
    """Write these answers, in the act's own transaction; the last entry, or `done` where there is nothing to write."""
    by_person: dict[str, list[ToWrite]] = {}
    for one in written:
        by_person.setdefault(one.spot[1], []).append(one)
    children = _children(unit, case)
    for about, answers in by_person.items():
        said = {"assessment": filling.row.public_id, "form": filling.form.name} | _whose(filling, about, children)
        said["answers"] = [_payload(filling, one) for one in answers]
        done = record(unit, case, Line(kind, _patch(unit, filling, answers), said=said))
    return done


def _children(unit: Work, case: Case) -> dict[int, str]:
    rows = select(CaseChild.person_id, CaseChild.public_id).where(col(CaseChild.case_id) == case.id)
    return dict(unit.session.exec(rows).all())


def _whose(filling: Filling, about: str, children: Mapping[int, str]) -> dict[str, object]:
    """Whose answers an entry holds: a child's by its reference on the record; the family's are everybody's."""
    if about == FAMILY:
        return {}
    child = children.get(filling.persons[about].id or 0)
    return {"child": child} if child else {"who": filling.called(about)}


def _payload(filling: Filling, one: ToWrite) -> dict[str, object]:
    question = filling.form.by_id[one.spot[0]]
    told = {"question": question.id, "asks": question.asks, "value": one.value, "said": in_words(question, one.value)}
    return told | {"reason": one.reason, "readers": one.readers}


def _patch(unit: Work, filling: Filling, answers: Iterable[ToWrite]) -> Patch:
    patch = Patch()
    for one in answers:
        patch.add(
            "answer",
            public_id(),
            assessment=filling.row.public_id,
            question=one.spot[0],
            person_id=filling.persons[one.spot[1]].id if one.spot[1] else None,
            readers=one.readers,
            answered_at=unit.now,
            answered_by_id=unit.viewer.id,
            brought_from_id=one.brought_from,
        )
    return patch
