"""Do those who were asked answer for themselves, are they asked again in time, and does the holder hear?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import kept
import made
import outsiders
import pytest
from outsiders import QUESTION

from notifications import Outcome
from pathway.acts import KeyReused, NotFound, answer_asked, answer_outside, assign, move, receive, restrict, staff
from pathway.acts.audience import recipients
from pathway.acts.desk import work
from pathway.jobs.worker import Worker
from pathway.store.parts.views import AskView
from pathway.store.records.cases import case as case_of
from pathway.store.records.outside import questions_put_to, seen_by
from pathway.tables import Ask, Deadline, Entry, Message, Task
from pathway.tables.timing import TaskKind
from workflows import Refused
from workflows import referral_facts as told

SAID = "Seen on Monday, well and cheerful."


class Quiet:
    """A way out that takes everything."""

    name = "post"
    carries = frozenset({"email"})

    def __init__(self) -> None:
        self.sent: list = []

    def send(self, outgoing):
        self.sent.append(outgoing)
        return Outcome.sent()

    def look_up(self, reference):
        return None


@pytest.fixture
def case(house: made.House) -> str:
    child = made.child(given_name="Ava", family_name="Example", born_on="2019-03-04")
    return receive(house.desk, house.viewer("ada"), take=made.take(children=(child,), address="1 Mill Lane")).case


@pytest.fixture
def put(house: made.House, case: str) -> str:
    """A question put to the school."""
    return outsiders.ask(house, case, agency=outsiders.agency(house, "Primary"))


def asks(house: made.House, case: str) -> tuple[AskView, ...]:
    with house.desk.database.reading() as session:
        return case_of(session, house.viewer("ada"), case, house.clock()).asks  # type: ignore[union-attr]


def to_do(house: made.House) -> list[tuple[int | None, int | None]]:
    return [(one.team_id, one.practitioner_id) for one in kept.rows(house, Task) if one.kind is TaskKind.answer_came]


def listed(house: made.House, name: str) -> list[str]:
    with house.desk.database.reading() as session:
        return [one.question.ref for one in questions_put_to(session, house.viewer(name), house.clock())]


def test_an_answer_from_outside_ends_its_question_and_whoever_answers_hears(house: made.House, case: str) -> None:
    nurse = outsiders.asked_nurse(house, case)
    answer_outside(house.desk, outsiders.visitor(house, nurse), learned=SAID, key="once")
    (one,) = asks(house, case)
    assert (one.ended_how, one.answer) == ("answered", SAID)
    assert one.answered_by == f"The school nurse, {outsiders.NURSE}, by a link and a code"
    (clock,) = [row for row in kept.rows(house, Deadline, case=case) if row.about]
    assert clock.closed_how == "met"
    assert to_do(house) == [(house.team_ids["front door"], None)]
    assert kept.faults(house) == []


def test_one_holder_has_the_task_alone(house: made.House, case: str) -> None:
    assign(house.desk, house.viewer("ben"), case=case, to=house.viewer("ben").ref)
    nurse = outsiders.asked_nurse(house, case)
    answer_outside(house.desk, outsiders.visitor(house, nurse), learned=SAID, key="once")
    assert to_do(house) == [(None, house.ids["ben"])]


def test_about_a_restricted_record_that_nobody_is_there_for_only_somebody_named_on_it_has_the_task(
    house: made.House, case: str
) -> None:
    """Sid, who is there and above, isn't named: the record isn't his to know."""
    ben, dot, now = house.viewer("ben"), house.viewer("dot"), house.clock()
    nurse = outsiders.asked_nurse(house, case)
    assign(house.desk, ben, case=case, to=ben.ref)
    restrict(house.desk, house.viewer("may"), case=case, names=(dot.ref,), reason="A colleague's child")
    for name in ("ben", "may"):
        ref, until = house.viewer(name).ref, now + timedelta(days=2)
        staff.set_absence(house.desk, house.viewer("ann"), practitioner=ref, starts_at=now, ends_at=until)
    answer_outside(house.desk, outsiders.visitor(house, nurse), learned=SAID, key="once")
    assert to_do(house) == [(None, house.ids["dot"])]


def test_the_answer_is_the_systems_entry_and_disturbs_no_officer(house: made.House, case: str) -> None:
    nurse = outsiders.asked_nurse(house, case)
    before = kept.case(house, case).version
    answer_outside(house.desk, outsiders.visitor(house, nurse), learned=SAID, key="once")
    entry = kept.rows(house, Entry, case=case)[-1]
    assert (entry.kind, entry.actor_id, kept.case(house, case).version) == ("answer", house.system.id, before)
    assert SAID not in entry.effects


def test_pressed_twice_it_is_saved_once_and_changed_since_it_is_refused(house: made.House, case: str) -> None:
    come = outsiders.visitor(house, outsiders.asked_nurse(house, case))
    first = answer_outside(house.desk, come, learned=SAID, key="once")
    assert answer_outside(house.desk, come, learned=SAID, key="once") == first
    with pytest.raises(KeyReused):
        answer_outside(house.desk, come, learned="More", key="once")
    with pytest.raises(Refused, match="isn't waiting for an answer any more"):
        answer_outside(house.desk, come, learned="More", key="twice")
    assert [one.kind for one in kept.rows(house, Entry, case=case)].count("answer") == 1


def test_an_adviser_and_the_nurse_at_once_leave_one_answer(house: made.House, case: str) -> None:
    nurse = outsiders.asked_nurse(house, case)
    come = outsiders.visitor(house, nurse)
    rung = told.Answer(ask=nurse.about, learned="She rang: well on Monday")

    def saved(do: Callable[[], object]) -> bool:
        try:
            do()
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        both = pool.map(
            saved,
            (
                lambda: answer_outside(house.desk, come, learned=SAID, key="once"),
                lambda: move(house.desk, house.viewer("ada"), case=case, name="answer", facts=rung),
            ),
        )
        assert sorted(both) == [False, True]
    assert [one.kind for one in kept.rows(house, Entry, case=case)].count("answer") == 1
    assert kept.faults(house) == []


def test_two_visitors_with_one_key_are_two(house: made.House, case: str) -> None:
    first = outsiders.visitor(house, outsiders.asked_nurse(house, case))
    second = outsiders.visitor(house, outsiders.asked_nurse(house, case))
    answer_outside(house.desk, first, learned=SAID, key="once")
    answer_outside(house.desk, second, learned=SAID, key="once")
    assert [one.ended_how for one in asks(house, case)] == ["answered", "answered"]


def test_a_question_given_up_shows_nothing_any_more(house: made.House, case: str) -> None:
    nurse = outsiders.asked_nurse(house, case)
    facts = told.StopAsking(ask=nurse.about, reason="Wrong address")
    move(house.desk, house.viewer("ada"), case=case, name="stop_asking", facts=facts)
    with house.desk.database.reading() as session:
        assert seen_by(session, nurse, house.clock()).question is None


def test_who_was_asked_sees_question_name_and_birthday_and_nothing_of_the_worry(house: made.House, case: str) -> None:
    nurse = outsiders.asked_nurse(house, case)
    with house.desk.database.reading() as session:
        question = seen_by(session, nurse, house.clock()).question
    assert question is not None
    assert (question.question, question.children) == (QUESTION, (("Ava Example", "born 4 March 2019"),))
    assert "Mill Lane" not in str(question)
    assert "hungry" not in str(question)


@pytest.mark.parametrize("name", [one[0] for one in made.STAFF])
def test_an_agencys_own_people_see_what_it_is_asked_and_nobody_else(sqlite_house: made.House, name: str) -> None:
    case = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take()).case
    ref = outsiders.ask(sqlite_house, case, agency=outsiders.agency(sqlite_house, "Primary"))
    of_the_school = name in ("pat", "zoe", "lee")
    assert listed(sqlite_house, name) == ([ref] if of_the_school else [])
    if of_the_school:
        answer_asked(sqlite_house.desk, sqlite_house.viewer(name), ask=ref, learned=SAID)
    else:
        with pytest.raises(NotFound):
            answer_asked(sqlite_house.desk, sqlite_house.viewer(name), ask=ref, learned=SAID)


def test_an_agencys_answer_ends_it_and_says_who_answered(house: made.House, case: str, put: str) -> None:
    answer_asked(house.desk, house.viewer("pat"), ask=put, learned=SAID, key="once")
    answer_asked(house.desk, house.viewer("pat"), ask=put, learned=SAID, key="once")
    assert [one.answered_by for one in asks(house, case)] == ["Pat Teacher, Exampleton Primary, signed in"]
    assert listed(house, "pat") == []
    assert kept.faults(house) == []


def hears(house: made.House, kind: str) -> set[str]:
    names = {number: name for name, number in house.ids.items()}
    with work(house.desk, house.system) as unit:
        message = next(one for one in reversed(kept.rows(house, Message)) if one.kind == kind)
        return {names.get(one.practitioner_id or 0, "outside") for one in recipients(unit, message)}


def test_an_agencys_safeguarding_lead_hears_or_those_who_refer_where_there_is_none(
    house: made.House, case: str, put: str
) -> None:
    assert hears(house, "information_wanted") == {"zoe"}
    outsiders.ask(house, case, agency=outsiders.agency(house, "Surgery"))
    assert hears(house, "information_wanted") == {"gil"}


def test_of_a_restricted_record_the_safeguarding_lead_alone_is_asked(house: made.House, case: str, put: str) -> None:
    outsiders.restricted(house, case)
    assert (listed(house, "zoe"), listed(house, "pat"), listed(house, "lee")) == ([put], [], [])
    assert hears(house, "information_wanted") == {"zoe"}
    with pytest.raises(NotFound):
        answer_asked(house.desk, house.viewer("pat"), ask=put, learned=SAID)
    outsiders.ask(house, case, agency=outsiders.agency(house, "Surgery"))
    assert hears(house, "information_wanted") == set()


def test_when_its_time_passes_whoever_was_asked_hears_again_and_so_does_the_holder(
    house: made.House, case: str
) -> None:
    ref = outsiders.ask(house, case, email=outsiders.NURSE, agency=outsiders.agency(house, "Primary"))
    house.clock.moment += timedelta(hours=31, minutes=1)
    Worker(house.desk, Quiet()).once()
    about = [(one.kind, one.audience.split(":")[0]) for one in kept.rows(house, Message) if one.about == ref]
    assert about.count(("question_again", "outsider")) == about.count(("question_again", "agency")) == 1
    assert ("overdue", "holder") in [
        (one.kind, one.audience) for one in kept.rows(house, Message) if one.about == "information"
    ]
    assert [one.chases for one in asks(house, case)] == [1]
    house.clock.moment += timedelta(days=1)
    Worker(house.desk, Quiet()).once()
    assert [one.chases for one in asks(house, case)] == [2]
    assert kept.faults(house) == []


def test_once_answered_nobody_is_asked_again(house: made.House, case: str, put: str) -> None:
    answer_asked(house.desk, house.viewer("zoe"), ask=put, learned=SAID)
    house.clock.moment += timedelta(days=3)
    Worker(house.desk, Quiet()).once()
    assert "question_again" not in {one.kind for one in kept.rows(house, Message)}


def test_an_agencys_person_is_sent_to_the_question_and_never_to_the_record(
    house: made.House, case: str, put: str
) -> None:
    post = Quiet()
    while Worker(house.desk, post).once():
        pass
    (mail,) = [one for one in post.sent if one.to == made.email("zoe")]
    assert mail.subject == f"Information is wanted: {put}"
    assert f"/asks/{put}" in mail.body
    assert case not in mail.subject + mail.body


def test_the_record_knows_that_it_was_asked_of_several_and_lays_what_they_said_side_by_side(
    house: made.House, case: str, put: str
) -> None:
    outsiders.asked_nurse(house, case)
    answer_asked(house.desk, house.viewer("zoe"), ask=put, learned=SAID)
    assert [(one.waits, one.email, one.answer) for one in asks(house, case)] == [
        (True, outsiders.NURSE, ""),
        (False, "", SAID),
    ]
    assert len(kept.rows(house, Ask, case=case)) == 2
