"""How does help begin and go on in the stories? It begins on the story's record, and the story goes on in its own."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from pathway import acts
from pathway.sample.life import Life
from pathway.sample.stories import Step
from pathway.store.parts.actions import my_actions
from pathway.store.parts.meetings import my_meetings
from pathway.store.parts.views import CaseView
from pathway.store.people.persons import on_record
from workflows import PROCESSES
from workflows.agreement_facts import AskedToAgree
from workflows.assessment_facts import Answered, AssessmentBegun, Extent, Readers
from workflows.early_help_facts import ActionOver, AddAction
from workflows.meeting_facts import Held, Invite, PutOff, Replied

FORM = "early-help-assessment"
OWN_WORDS = frozenset({"family-wants", "child-own-words", "parent-own-words"})


def _begin(life: Life, ref: str, step: Step) -> None:
    process = next(one for one in PROCESSES if one.name == step.to)
    facts = process.opening.facts.model_validate(_in_days(life, step, "on") | step.told)
    done = acts.begin(life.desk, life.viewer(step.who), on=ref, process=process.name, facts=facts)
    story = next(name for name, record in life.records.items() if record == ref)
    life.records[f"{story}, {step.at}" if step.at else story] = done.case


def _in_days(life: Life, step: Step, name: str) -> dict[str, object]:
    return {name: (life.clock() + timedelta(days=step.days)).date()} if step.days else {}


def _agree(life: Life, ref: str, step: Step) -> None:
    """The one of that given name says yes to help."""
    viewer = life.viewer(step.who)
    with life.desk.database.reading() as session:
        people = on_record(session, viewer, ref, life.clock())
    who = next(person for person, name in people if name.startswith(step.of))
    told = AskedToAgree.model_validate({"who": who, "to": "support", "reply": "given", **step.told})
    acts.ask_to_agree(life.desk, viewer, case=ref, told=told)


def _assess(life: Life, ref: str, step: Step) -> None:
    """A light-touch assessment, filled in at once and completed: what is told stands by given name, or `family`."""
    viewer = life.viewer(step.who)
    with life.desk.database.reading() as session:
        people = {name.split()[0]: person for person, name in on_record(session, viewer, ref, life.clock())}
    begun = AssessmentBegun(form=FORM, extent=Extent.light)
    assessment = acts.begin_assessment(life.desk, viewer, case=ref, told=begun).named["assessment"]
    answers = [
        {"question": question, "about": people.get(of, ""), "value": said, "readers": readers_of(question)}
        for of, told in step.told.items()
        for question, said in told.items()
    ]
    told = Answered.model_validate({"answers": answers})
    acts.answer_assessment(life.desk, viewer, case=ref, assessment=assessment, told=told)
    acts.complete_assessment(life.desk, viewer, case=ref, assessment=assessment)


def readers_of(question: str) -> str | None:
    return Readers.everybody_who_helps.value if question in OWN_WORDS else None


def _take_on(life: Life, ref: str, step: Step) -> None:
    """Somebody takes something on: `to` is whose account it is, `days` from now by when."""
    owner = {"owner": life.ref_of(step.to)} if step.to else {}
    by = (life.clock() + timedelta(days=step.days)).date()
    facts = AddAction.model_validate({**step.told, **owner, "by": by})
    acts.move(life.desk, life.viewer(step.who), case=ref, name="add_action", facts=facts)


def _invite(life: Life, ref: str, step: Step) -> None:
    """Somebody is invited: `to` is whose account it is."""
    owner = {"owner": life.ref_of(step.to)} if step.to else {}
    facts = Invite.model_validate({"who": step.text, **owner})
    acts.move(life.desk, life.viewer(step.who), case=ref, name="invite", facts=facts)


def _answer_invitation(life: Life, ref: str, step: Step) -> None:
    viewer = life.viewer(step.who)
    with life.desk.database.reading() as session:
        mine = next(one for one in my_meetings(session, viewer, life.clock()) if one.case == ref)
    acts.reply_to_meeting(life.desk, viewer, invitation=mine.ref, told=Replied.model_validate(step.told))


def _hold(life: Life, ref: str, step: Step) -> None:
    """Who came and who sent apologies, by given name; with `days`, until they meet next, which goes on as the story's
    record of that name.
    """
    record = life.record(step.who, ref)
    invited = record.meeting.invited if isinstance(record, CaseView) and record.meeting else ()
    refs = {one.who.split(",")[0].split()[0]: one.ref for one in invited}
    ticked = {name: [refs[one] for one in step.told.get(name, ())] for name in ("came", "apologies")}
    facts = Held.model_validate(step.told | ticked | _in_days(life, step, "next_on"))
    done = acts.move(life.desk, life.viewer(step.who), case=ref, name="hold", facts=facts)
    if "next" in done.named:
        story = next(name for name, held in life.records.items() if held == ref)
        life.records[f"{story} again"] = done.named["next"]


def _put_off(life: Life, ref: str, step: Step) -> None:
    facts = PutOff.model_validate(step.told | _in_days(life, step, "on"))
    acts.move(life.desk, life.viewer(step.who), case=ref, name="put_off", facts=facts)


def _did_it(life: Life, ref: str, step: Step) -> None:
    """Whoever took something on says how the soonest due of it went."""
    viewer = life.viewer(step.who)
    with life.desk.database.reading() as session:
        action = next(one.action.ref for one in my_actions(session, viewer, life.clock()) if one.case == ref)
    acts.say_action_over(life.desk, viewer, action=action, over=ActionOver.model_validate(step.told))


HELPING: Mapping[str, Callable[[Life, str, Step], None]] = {
    "begin": _begin,
    "agree": _agree,
    "assess": _assess,
    "take_on_action": _take_on,
    "did_it": _did_it,
    "invite": _invite,
    "answer_invitation": _answer_invitation,
    "hold": _hold,
    "put_off": _put_off,
}
