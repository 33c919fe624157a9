"""Is what somebody took on theirs to say, and chased by its day: with them, then the lead, then the manager?"""

from datetime import date, datetime, timedelta
from typing import Any

import agreeing
import families
import helping
import kept
import made
import pytest

from pathway.acts import NotFound, Unacceptable, erase, move, say_action_over
from pathway.acts.desk import work
from pathway.acts.readers import reader_of
from pathway.acts.ring import due_rungs, ring
from pathway.store.parts.actions import my_actions
from pathway.store.parts.views import ActionView, CaseView
from pathway.store.records.cases import case as read
from pathway.tables import Deadline, Delivery, Entry, Message, PlanAction
from workflows import Refused
from workflows.early_help_facts import ActionEnd, ActionOver, AddAction, EndAction

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
OVER = ActionOver(how=ActionEnd.done, came_of="They come each day, and there are pancakes")


@pytest.fixture
def case(house: made.House) -> str:
    return helping.supported(house)


def add(house: made.House, case: str, owner: str = "pat", **more: Any) -> str:
    """Something that somebody takes on, by Friday; its reference."""
    ref = house.viewer(owner).ref if owner else ""
    told = {"what": "A place at breakfast club", "who": "Pat Teacher, school", "owner": ref, "by": FRIDAY} | more
    move(house.desk, house.viewer("sol"), case=case, name="add_action", facts=AddAction.model_validate(told))
    return str(kept.rows(house, PlanAction, case=case)[-1].public_id)


def clock(house: made.House, ref: str) -> Deadline:
    return next(one for one in kept.rows(house, Deadline) if one.about == ref)


def shown(house: made.House, case: str, by: str = "sol") -> tuple[ActionView, ...]:
    with house.desk.database.reading() as session:
        view = read(session, house.viewer(by), case, house.clock())
    assert isinstance(view, CaseView)
    return view.actions


def mine(house: made.House, name: str) -> list[ActionView]:
    with house.desk.database.reading() as session:
        return [one.action for one in my_actions(session, house.viewer(name), house.clock())]


def heard(house: made.House, ref: str, at: datetime) -> list[tuple[str, str]]:
    """Which messages about it the worker writes as the clock goes on to a moment, and to whom."""
    before = len(kept.rows(house, Message))
    house.clock.moment = at
    with house.desk.database.reading() as session:
        due = due_rungs(session, house.clock(), limit=100)
    for _, deadline in due:
        if deadline == clock(house, ref).id:
            ring(house.desk, house.system, deadline_id=deadline)
    return [(one.kind, one.audience) for one in kept.rows(house, Message)[before:]]


@pytest.mark.parametrize(("by", "due"), [(FRIDAY, date(2026, 11, 20)), (SATURDAY, date(2026, 11, 23))])
def test_it_is_due_as_its_day_closes_or_the_next_that_anybody_works(
    house: made.House, case: str, by: date, due: date
) -> None:
    running = clock(house, add(house, case, by=by))
    assert running.due_at.date() == due
    assert f"{running.due_at:%H:%M}" == "17:00"
    assert running.closed_at is None


def test_it_is_chased_with_whoever_has_it_then_the_lead_then_the_manager(house: made.House, case: str) -> None:
    ref, pat = add(house, case), f"practitioner:{house.ids['pat']}"
    friday = clock(house, ref).due_at
    assert heard(house, ref, friday - timedelta(days=1)) == [("due_soon", pat)]
    assert heard(house, ref, friday) == [("overdue", pat)]
    assert heard(house, ref, friday + timedelta(days=3)) == [("overdue", pat), ("overdue", "holder")]
    assert heard(house, ref, friday + timedelta(days=5)) == [("overdue", "holder"), ("overdue", "manager")]
    assert kept.faults(house) == []


def test_where_nobody_can_be_reminded_the_lead_hears_instead(house: made.House, case: str) -> None:
    ref = add(house, case, owner="", who="Una, his mother")
    due = clock(house, ref).due_at
    assert heard(house, ref, due) == [("overdue", "holder")]
    assert heard(house, ref, due + timedelta(days=9)) == [("overdue", "holder")]


@pytest.mark.parametrize(("owner", "obliged"), [("", "partner"), ("pat", "partner"), ("ben", "us")])
def test_only_what_our_own_people_took_on_makes_us_late(house: made.House, case: str, owner: str, obliged: str) -> None:
    assert clock(house, add(house, case, owner=owner)).obliged == obliged


def test_whoever_takes_it_on_hears_at_once_and_is_led_to_it_alone(house: made.House, case: str) -> None:
    ref, pat = add(house, case), f"practitioner:{house.ids['pat']}"
    given = next(one for one in kept.rows(house, Message) if one.kind == "action_given")
    assert (given.audience, given.about) == (pat, ref)
    with work(house.desk, house.system) as unit:
        reader = reader_of(unit, Delivery(practitioner_id=house.ids["pat"]), given)
    assert reader is not None
    assert (reader.reference, reader.page, reader.sees) == (ref, f"/actions/{ref}", True)


def test_a_sealed_address_is_left_out_of_what_was_taken_on(house: made.House) -> None:
    on = families.fled(house, by="ada").case
    case = helping.begun(house, on).case
    agreeing.agreed(house, case, "sol")
    helping.moved(house, case, "start_assessing", "finish_assessment")
    add(house, case, what=f"Brings the bags to {families.REFUGE}")
    (action,) = mine(house, "pat")
    assert families.REFUGE not in action.what


def test_whoever_has_it_says_how_it_went_and_sees_nothing_else(house: made.House, case: str) -> None:
    ref = add(house, case)
    assert [one.what for one in mine(house, "pat")] == ["A place at breakfast club"]
    done = say_action_over(house.desk, house.viewer("pat"), action=ref, over=OVER)
    assert done.case == case
    (action,) = shown(house, case)
    assert (action.ended_how, action.came_of, action.said_by) == (ActionEnd.done, OVER.came_of, "Pat Teacher")
    assert mine(house, "pat") == []
    assert clock(house, ref).closed_how == "met"
    assert ("action_over", "holder") in {(one.kind, one.audience) for one in kept.rows(house, Message)}
    with house.desk.database.reading() as session:
        assert not isinstance(read(session, house.viewer("pat"), case, house.clock()), CaseView)
    assert kept.faults(house) == []


def test_what_is_someone_elses_or_over_isnt_there(house: made.House, case: str) -> None:
    ref = add(house, case)
    for name in ("lee", "gil", "sol"):
        with pytest.raises(NotFound):
            say_action_over(house.desk, house.viewer(name), action=ref, over=OVER)
    say_action_over(house.desk, house.viewer("pat"), action=ref, over=OVER)
    with pytest.raises(NotFound):
        say_action_over(house.desk, house.viewer("pat"), action=ref, over=OVER)


def test_it_needs_a_word_of_how_it_went(house: made.House, case: str) -> None:
    ref = add(house, case)
    with pytest.raises(Unacceptable) as wrong:
        say_action_over(
            house.desk,
            house.viewer("pat"),
            action=ref,
            over=OVER.model_copy(update={"came_of": "  "}),
        )
    assert [one.field for one in wrong.value.faults] == ["came_of"]


def test_the_lead_may_say_it_for_them_and_that_it_isnt_needed(house: made.House, case: str) -> None:
    ref = add(house, case, owner="")
    facts = EndAction(action=ref, how=ActionEnd.not_needed, came_of="She has found a club herself")
    move(house.desk, house.viewer("sol"), case=case, name="end_action", facts=facts)
    (action,) = shown(house, case)
    assert (action.ended_how, action.said_by) == (ActionEnd.not_needed, "Sol Worker")
    assert clock(house, ref).closed_how == "no_longer_needed"
    with pytest.raises(Refused, match="Nothing that was taken on is open"):
        move(house.desk, house.viewer("sol"), case=case, name="end_action", facts=facts)


@pytest.mark.parametrize(
    ("by", "said"), [(date(2026, 11, 13), "has passed"), (date(2028, 1, 4), "more than a year away")]
)
def test_a_day_that_cant_be_meant_is_asked_about(house: made.House, case: str, by: date, said: str) -> None:
    with pytest.raises(Refused, match=said):
        add(house, case, by=by)


def test_an_account_that_isnt_there_is_named(house: made.House, case: str) -> None:
    told = {"what": "A call", "who": "Somebody", "owner": "NOBODY", "by": FRIDAY}
    with pytest.raises(Unacceptable) as wrong:
        move(house.desk, house.viewer("sol"), case=case, name="add_action", facts=AddAction.model_validate(told))
    assert [one.field for one in wrong.value.faults] == ["owner"]
    assert kept.rows(house, PlanAction) == []


def test_help_doesnt_end_while_somebody_is_still_counted_on(house: made.House, case: str) -> None:
    ref = add(house, case)
    with pytest.raises(Refused, match="1 thing is still to be done"):
        helping.moved(house, case, "end_early_help")
    say_action_over(house.desk, house.viewer("pat"), action=ref, over=OVER)
    helping.moved(house, case, "end_early_help")
    assert kept.case(house, case).state == "ended"


def test_what_is_open_stands_before_what_is_over_and_the_soonest_due_first(house: made.House, case: str) -> None:
    later, sooner, over = (add(house, case, by=FRIDAY + timedelta(days=days)) for days in (7, 0, 3))
    say_action_over(house.desk, house.viewer("pat"), action=over, over=OVER)
    assert [one.ref for one in shown(house, case)] == [sooner, later, over]
    assert [one.ref for one in mine(house, "pat")] == [sooner, later]


def test_an_erased_text_leaves_that_there_was_something(house: made.House, case: str) -> None:
    add(house, case)
    entry = next(one for one in kept.rows(house, Entry, case=case) if one.kind == "add_action")
    erase(house.desk, house.viewer("hal"), entry=entry.public_id, reason="Written on the wrong record")
    (action,) = shown(house, case)
    assert (action.what, action.who, action.due_on) == ("", "", FRIDAY)
