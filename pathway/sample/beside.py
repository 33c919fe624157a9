"""What is done beside a record? A family is heard and answered, a link agreed, a shift handed over, a contact begun."""

from collections.abc import Callable, Mapping

from pathway import acts
from pathway.acts.voice_heard import Spoken
from pathway.sample.life import Life
from pathway.sample.stories import Step
from pathway.store.lists.four_eyes import four_eyes
from pathway.store.parts.views import CaseView
from pathway.store.records.voices import voices
from pathway.tables import AnswerWay


def _tell_us(life: Life, ref: str, step: Step) -> None:
    """Somebody without an account, with the record's reference where they know it."""
    spoken = Spoken.model_validate(step.told | ({"about": ref} if step.of else {}))
    acts.tell_us(life.desk, spoken=spoken, address="192.0.2.7", key=f"{ref}-{step.told['said'][:20]}")


def _write_down(life: Life, ref: str, step: Step) -> None:
    acts.take_voice(life.desk, life.viewer(step.who), case=ref, spoken=Spoken.model_validate(step.told))


def _answer_family(life: Life, ref: str, step: Step) -> None:
    viewer = life.viewer(step.who)
    with life.desk.database.reading() as session:
        waiting = next(one for one in voices(session, viewer, life.clock()) if one.case == ref)
    acts.answer_voice(life.desk, viewer, voice=waiting.ref, said=step.text, way=AnswerWay(step.told["way"]))


def _agree_link(life: Life, ref: str, step: Step) -> None:
    viewer = life.viewer(step.who)
    with life.desk.database.reading() as session:
        link = next(one for one in four_eyes(session, viewer, life.clock()).links)
    acts.agree_link(life.desk, viewer, link=link.ref, reason=step.reason)


def _hand_over_shift(life: Life, ref: str, step: Step) -> None:
    """To the team that takes over; where it came in so late that they have it already, nothing is left to hand on."""
    held = life.record(step.who, ref)
    if isinstance(held, CaseView) and held.answerable.name == step.to:
        return
    record = acts.Passing(ref, life.team(step.to), step.text)
    acts.hand_over_shift(life.desk, life.viewer(step.who), records=(record,), note=step.reason)


def _half_take(life: Life, ref: str, step: Step) -> None:
    """What somebody has typed so far, by the fields of the page."""
    body = {name: [words] for name, words in step.told.items()}
    acts.keep_contact(life.desk, life.viewer(step.who), body=body)


BESIDE: Mapping[str, Callable[[Life, str, Step], None]] = {
    "tell_us": _tell_us,
    "write_down": _write_down,
    "answer_family": _answer_family,
    "agree_link": _agree_link,
    "hand_over_shift": _hand_over_shift,
    "half_take": _half_take,
}
