"""How is a step of a story done? By the act a worker would use, with what the step tells it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from pathway import acts
from pathway.acts import staff
from pathway.acts.ties import ToldTie
from pathway.sample.beside import BESIDE
from pathway.sample.helping import HELPING
from pathway.sample.life import Life
from pathway.sample.papers import page, picture
from pathway.sample.stories import Step, Story, observed
from pathway.store.parts.views import CaseView, ReferrerView
from pathway.store.records.outside import questions_put_to
from pathway.tables import Agency
from workflows import Facts
from workflows.referral_facts import Take


def take_in(life: Life, story: Story) -> None:
    told: dict[str, Any] = dict(story.take)
    told["children"] = [_child(life, story.by, dict(child)) for child in told.get("children", ())]
    done = acts.receive(life.desk, life.viewer(story.by), take=Take.model_validate(told))
    life.records[story.story] = done.case


def _child(life: Life, by: str, told: dict[str, Any]) -> dict[str, Any]:
    """A child as told; `known_from` is the story in which whoever takes this believes to know them from."""
    weeks, known = told.pop("expected_in_weeks", None), told.pop("known_from", None)
    if known:
        told["same_as"] = life.child(by, known, told["given_name"])
    told["observed"] = observed(told.pop("seen", {}))
    return told | ({"expected_on": life.clock().date() + timedelta(weeks=weeks)} if weeks else {})


def do(life: Life, story: Story, step: Step) -> None:
    """One step, by its own act, or by the move of that name."""
    ref = life.records[f"{story.story}, {step.at}" if step.at and step.does != "begin" else story.story]
    ACTS.get(step.does, _moves)(life, ref, step)


def _moves(life: Life, ref: str, step: Step) -> None:
    acts.move(life.desk, life.viewer(step.who), case=ref, name=step.does, facts=_facts(life, ref, step))


def _facts(life: Life, ref: str, step: Step) -> Facts:
    move = life.process(step.who, ref).move(step.does)
    if move is None:
        raise LookupError(f"There is no move or act '{step.does}'.")
    told = dict(step.told)
    if {"child", "children"} & told.keys() or step.does in ("answer", "stop_asking") or step.each or step.by_name:
        told |= _of_the_record(life.record(step.who, ref), step)
    if "agency" in told:
        told["agency"] = _agency(life, told["agency"])
    if step.joins:
        told["open_case"] = life.records[step.joins]
    return move.facts.model_validate(told)


def _of_the_record(record: CaseView | ReferrerView, step: Step) -> dict[str, Any]:
    """What is told by names, as the record's own references."""
    if not isinstance(record, CaseView):
        return {}
    refs = {one.name.split()[0]: one.ref for one in record.children}
    found: dict[str, Any] = {}
    if "child" in step.told:
        found["child"] = refs[step.told["child"]]
    if "children" in step.told:
        found["children"] = [refs[name] for name in step.told["children"]]
    if step.does in ("answer", "stop_asking"):
        found["ask"] = next(one.ref for one in record.asks if one.waits)
    if step.each or step.by_name:
        found["decisions"] = _decisions(record, step, refs)
    return found


def _agency(life: Life, name: str) -> str:
    with life.desk.database.reading() as session:
        return session.exec(select(Agency.public_id).where(col(Agency.name) == name)).one()


def _decisions(record: CaseView, step: Step, refs: Mapping[str, str]) -> list[dict[str, Any]]:
    if step.each:
        return [{"child": child.ref, **step.each} for child in record.children if not child.decision]
    return [{"child": refs[name], **decided} for name, decided in step.by_name.items()]


def _hand_to(life: Life, ref: str, step: Step) -> None:
    to = life.ref_of(step.to or step.who)
    acts.assign(life.desk, life.viewer(step.who), case=ref, to=to, reason=step.reason)


def _accept(life: Life, ref: str, step: Step) -> None:
    acts.accept(life.desk, life.viewer(step.who), case=ref)


def _cover(life: Life, ref: str, step: Step) -> None:
    until = life.clock() + timedelta(days=step.days)
    acts.cover(life.desk, life.viewer(step.who), case=ref, by=life.ref_of(step.to), until=until)


def _go_away(life: Life, ref: str, step: Step) -> None:
    now, who = life.clock(), life.viewer(step.who)
    staff.set_absence(life.desk, who, practitioner=who.ref, starts_at=now, ends_at=now + timedelta(days=step.days))


def _note(life: Life, ref: str, step: Step) -> None:
    acts.note(life.desk, life.viewer(step.who), case=ref, text=step.text)


def _correct(life: Life, ref: str, step: Step) -> None:
    record = life.record(step.who, ref)
    kinds = {"note": "noted"}
    if isinstance(record, CaseView):
        wrong = next(one.ref for one in record.timeline if one.kind == kinds.get(step.of, step.of))
        acts.correct(life.desk, life.viewer(step.who), case=ref, entry=wrong, text=step.text)


def _attach(life: Life, ref: str, step: Step) -> None:
    name = step.picture or step.file["name"]
    content = picture() if step.picture else page(step.file["says"])
    acts.attach(life.desk, life.viewer(step.who), case=ref, name=name, content=content)


def _answer_asked(life: Life, ref: str, step: Step) -> None:
    viewer = life.viewer(step.who)
    with life.desk.database.reading() as session:
        put = next(one for one in questions_put_to(session, viewer, life.clock()) if one.case == ref)
    acts.answer_asked(life.desk, viewer, ask=put.question.ref, learned=step.text)


def _verify_referrer(life: Life, ref: str, step: Step) -> None:
    record = life.record(step.who, ref)
    if isinstance(record, CaseView):
        (referrer,) = record.referrers_outside
        acts.verify_referrer(life.desk, life.viewer(step.who), case=ref, referrer=referrer.ref, how=step.text)


def _restrict(life: Life, ref: str, step: Step) -> None:
    names = tuple(life.ref_of(name) for name in step.names)
    acts.restrict(life.desk, life.viewer(step.who), case=ref, names=names, reason=step.reason)


def _break_glass(life: Life, ref: str, step: Step) -> None:
    acts.break_glass(life.desk, life.viewer(step.who), case=ref, reason=step.reason)


def _tie(life: Life, ref: str, step: Step) -> None:
    record = life.record(step.who, ref)
    if isinstance(record, CaseView):
        refs = {one.name.split()[0]: one.person for one in record.children}
        who = {"who": refs[step.names[0]]} if step.names else {}
        told = ToldTie.model_validate(step.told | {"of": refs[step.of]} | who, strict=False)
        acts.tie_people(life.desk, life.viewer(step.who), case=ref, told=told)


ACTS: Mapping[str, Callable[[Life, str, Step], None]] = {
    "take_it": _hand_to,
    "hand_to": _hand_to,
    "accept": _accept,
    "cover": _cover,
    "go_away": _go_away,
    "note": _note,
    "correct": _correct,
    "attach": _attach,
    "answer_asked": _answer_asked,
    "verify_referrer": _verify_referrer,
    "restrict": _restrict,
    "break_glass": _break_glass,
    "tie": _tie,
    **BESIDE,
    **HELPING,
}
"""What isn't a move of the process."""
