"""Has each question to another agency a clock and an end of its own, while the record goes on?"""

from collections.abc import Sequence
from datetime import timedelta

import kept
import made
import pytest

from pathway.acts import Unacceptable, move, receive
from pathway.store.parts.views import AskView, CaseView
from pathway.store.records.cases import case as case_of
from pathway.tables import Agency, Ask, Deadline
from workflows import Refused
from workflows import referral_facts as told


def ask(house: made.House, case: str, of: str, **more: str) -> str:
    facts = told.Ask(asked_of=of, question=f"What does {of} know?", **more)
    move(house.desk, house.viewer("ada"), case=case, name="ask", facts=facts)
    return kept.rows(house, Ask, case=case)[-1].public_id


def clocks(house: made.House, case: str) -> dict[str, Deadline]:
    return {one.about: one for one in kept.rows(house, Deadline, case=case) if one.limit_id == "information"}


def seen(house: made.House, case: str) -> Sequence[AskView]:
    with house.desk.database.reading() as session:
        view = case_of(session, house.viewer("ada"), case, house.clock())
    assert isinstance(view, CaseView)
    return view.asks


@pytest.fixture
def case(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take()).case


def test_several_agencies_are_asked_at_once_each_with_its_own_clock(house: made.House, case: str) -> None:
    first = ask(house, case, "the school")
    house.clock.moment += timedelta(hours=1)
    second = ask(house, case, "the police")
    assert clocks(house, case)[first].started_at < clocks(house, case)[second].started_at
    assert kept.case(house, case).state == "taken"


def test_an_answer_ends_its_own_question_and_no_other(house: made.House, case: str) -> None:
    first, second = ask(house, case, "the school"), ask(house, case, "the police")
    facts = told.Answer(ask=first, learned="Here every day")
    move(house.desk, house.viewer("ben"), case=case, name="answer", facts=facts)
    assert (clocks(house, case)[first].closed_how, clocks(house, case)[second].closed_how) == ("met", None)
    waiting, answered = seen(house, case)
    assert (waiting.ref, waiting.waits, answered.answer, answered.answered_by) == (
        second,
        True,
        "Here every day",
        "Ben Adviser",
    )


def test_what_is_no_longer_awaited_says_why(house: made.House, case: str) -> None:
    ref = ask(house, case, "the surgery")
    facts = told.StopAsking(ask=ref, reason="The nurse has told us")
    move(house.desk, house.viewer("ada"), case=case, name="stop_asking", facts=facts)
    assert [(one.ended_how, one.answer) for one in seen(house, case)] == [("given_up", "The nurse has told us")]
    assert clocks(house, case)[ref].closed_how == "no_longer_needed"


def test_a_question_answered_already_is_refused_in_words(house: made.House, case: str) -> None:
    ref = ask(house, case, "the school")
    ask(house, case, "the police")
    facts = told.Answer(ask=ref, learned="Here every day")
    move(house.desk, house.viewer("ada"), case=case, name="answer", facts=facts)
    with pytest.raises(Refused, match="isn't waiting for an answer"):
        move(house.desk, house.viewer("ada"), case=case, name="answer", facts=facts)


def test_a_record_that_ends_waits_for_nobody(house: made.House, case: str) -> None:
    ask(house, case, "the school")
    move(house.desk, house.viewer("may"), case=case, name="withdraw", facts=made.REASON)
    assert [one.ended_how for one in seen(house, case)] == ["given_up"]
    assert all(one.closed_at for one in clocks(house, case).values())


def test_an_agency_that_nobody_knows_is_a_fault_beside_its_field(house: made.House, case: str) -> None:
    with pytest.raises(Unacceptable, match="No agency here"):
        ask(house, case, "them", agency="NOSUCHONE")


def test_an_agency_is_kept_with_the_question(house: made.House, case: str) -> None:
    school = next(one for one in kept.rows(house, Agency) if "Primary" in one.name)
    ask(house, case, "the head", agency=school.public_id)
    assert seen(house, case)[0].agency == school.name


def test_questions_rebuild_from_the_history(house: made.House, case: str) -> None:
    first = ask(house, case, "the school")
    ask(house, case, "the police")
    facts = told.Answer(ask=first, learned="Here every day")
    move(house.desk, house.viewer("ada"), case=case, name="answer", facts=facts)
    assert kept.faults(house) == []
