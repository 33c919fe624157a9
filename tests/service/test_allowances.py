"""Does a time stand still, go on by itself and grow only as the document lets it, with nothing lost or twice?"""

import json
from datetime import timedelta

import kept
import made
import pytest
import told

from pathway.acts import Unacceptable, assign, extend_clock, move, pause_clock, receive, restrict, resume_clock, staff
from pathway.acts.ring import due_rungs
from pathway.jobs.worker import Worker
from pathway.store.adopted.promise import broken_promises
from pathway.tables import Deadline, Entry, Message
from workflows import Refused

WAITS = {"waits_for": "The parents", "reason": "They asked for two days to think"}


def step(house: made.House, case: str, name: str) -> None:
    move(house.desk, house.viewer("ada"), case=case, name=name, facts=told.facts(name, kept.children(house, case)))


def decided(house: made.House) -> str:
    case = receive(house.desk, house.viewer("ada"), take=made.take(safe_tonight="yes")).case
    for name in ("start_screening", "decide"):
        step(house, case, name)
    return case


@pytest.fixture
def case(house: made.House) -> str:
    """A record whose children are decided, so that its being taken up is timed."""
    return decided(house)


def clocks(house: made.House, case: str, limit: str = "take_up") -> list[Deadline]:
    return [one for one in kept.rows(house, Deadline, case=case) if one.limit_id == limit]


def running(house: made.House, case: str, limit: str = "take_up") -> Deadline:
    (one,) = [clock for clock in clocks(house, case, limit) if clock.closed_at is None]
    return one


def pause(house: made.House, case: str, who: str = "ada", **more: str) -> None:
    clock = running(house, case).public_id
    pause_clock(house.desk, house.viewer(who), case=case, clock=clock, **(WAITS | more))


def extend(house: made.House, case: str, by: int, who: str = "may", **more: str) -> None:
    clock = running(house, case).public_id
    more = {"reason": "The service has no place before"} | more
    extend_clock(house.desk, house.viewer(who), case=case, clock=clock, by=by, **more)


def resume(house: made.House, case: str) -> None:
    resume_clock(house.desk, house.viewer("ada"), case=case, clock=running(house, case).public_id)


def whole(house: made.House, case: str) -> None:
    assert kept.faults(house) == []
    with house.desk.database.reading() as session:
        assert [one for one in broken_promises(session, house.clock()) if one.case == case] == []


def test_a_time_that_waits_is_due_later_by_as_long_as_it_may_wait(house: made.House, case: str) -> None:
    before = running(house, case)
    pause(house, case)
    after = running(house, case)
    assert (after.started_at, after.paused_until) == (before.started_at, made.MONDAY + timedelta(days=7))
    assert after.due_at == before.due_at + timedelta(days=7)
    assert [one.closed_how for one in clocks(house, case)] == ["paused", None]
    whole(house, case)


def test_it_goes_on_by_itself_and_whoever_holds_the_record_hears(house: made.House, case: str) -> None:
    pause(house, case)
    due_at = running(house, case).due_at
    house.clock.forward(days=7, minutes=1)
    Worker(house.desk).once()
    (heard,) = [one for one in kept.rows(house, Message, case=case) if one.kind == "time_goes_on"]
    assert heard.due_at == due_at
    Worker(house.desk).once()
    assert len([one for one in kept.rows(house, Message, case=case) if one.kind == "time_goes_on"]) == 1
    assert running(house, case).due_at == due_at
    whole(house, case)


def test_let_go_on_sooner_it_waited_only_so_long(house: made.House, case: str) -> None:
    before = running(house, case).due_at
    pause(house, case)
    house.clock.forward(days=1)
    resume(house, case)
    assert running(house, case).due_at == before + timedelta(days=1)
    assert running(house, case).paused_until is None
    with pytest.raises(Refused, match="doesn’t stand still"):
        resume(house, case)
    whole(house, case)


def test_it_stands_still_once_at_a_time_and_no_oftener_than_the_document_says(house: made.House, case: str) -> None:
    pause(house, case)
    with pytest.raises(Refused, match="stands still already"):
        pause(house, case)
    with pytest.raises(Refused, match="stands still now"):
        extend(house, case, 1)
    resume(house, case)
    pause(house, case)
    resume(house, case)
    with pytest.raises(Refused, match="as often as the document allows"):
        pause(house, case)


def test_more_time_is_never_more_in_all_than_the_document_says(house: made.House, case: str) -> None:
    before = running(house, case).due_at
    extend(house, case, 4)
    extend(house, case, 5)
    with pytest.raises(Unacceptable, match="from 1 to 1: 10 working days is the most"):
        extend(house, case, 2)
    extend(house, case, 1)
    with pytest.raises(Unacceptable, match="all that is allowed"):
        extend(house, case, 1)
    assert running(house, case).due_at == before + timedelta(days=14)
    assert json.loads(running(house, case).changes) == [["made_longer", by, "working_days"] for by in (4, 5, 1)]
    whole(house, case)


@pytest.mark.parametrize("by", [0, -1, 11, 10**6])
def test_a_number_that_cant_be_is_said_beside_its_field(house: made.House, case: str, by: int) -> None:
    with pytest.raises(Unacceptable) as wrong:
        extend(house, case, by)
    assert [one.field for one in wrong.value.faults] == ["by"]


def test_what_is_late_stays_late(house: made.House, case: str) -> None:
    house.clock.moment = running(house, case).due_at
    for change in (pause, lambda house, case: extend(house, case, 1)):
        with pytest.raises(Refused, match="what is late stays late"):
            change(house, case)


def test_a_role_that_the_document_doesnt_name_is_told_whom_to_ask(house: made.House, case: str) -> None:
    with pytest.raises(Refused) as refused:
        extend(house, case, 1, who="ada")
    assert "team manager" in refused.value.refusals[0].who_can


def test_a_time_that_the_document_lets_nobody_stretch_is_refused(house: made.House) -> None:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    (clock,) = [one.public_id for one in clocks(house, case, "decision")]
    with pytest.raises(Refused, match="doesn’t let this time wait"):
        pause_clock(house.desk, house.viewer("ada"), case=case, clock=clock, **WAITS)


@pytest.mark.parametrize("left_out", ["waits_for", "reason"])
def test_nothing_waits_without_saying_for_whom_and_why(house: made.House, case: str, left_out: str) -> None:
    with pytest.raises(Unacceptable) as wrong:
        pause(house, case, **{left_out: " "})
    assert [one.field for one in wrong.value.faults] == [left_out]


def test_a_warning_that_came_before_the_pause_comes_again_only_for_the_new_time(house: made.House, case: str) -> None:
    house.clock.moment = running(house, case).due_at - timedelta(minutes=30)
    Worker(house.desk).once()
    pause(house, case)
    with house.desk.database.reading() as session:
        assert due_rungs(session, house.clock()) == ()
    names = [name for name, *_ in json.loads(running(house, case).rungs)]
    assert names == ["goes_on", "due_soon", "overdue", "long_overdue"]


def test_who_is_waited_for_stands_in_the_history_and_on_no_message(house: made.House, case: str) -> None:
    pause(house, case)
    last = kept.rows(house, Entry, case=case)[-1]
    assert last.kind == "clock_paused"
    assert "parents" not in last.effects


def test_the_same_press_twice_is_one_pause(house: made.House, case: str) -> None:
    clock = running(house, case).public_id
    for _ in range(2):
        pause_clock(house.desk, house.viewer("ada"), case=case, clock=clock, **WAITS, key="once")
    assert len(clocks(house, case)) == 2


def late_to_close(house: made.House) -> str:
    """A record whose referrer was told, which Ben holds and doesn't close."""
    case = decided(house)
    step(house, case, "tell_referrer")
    assign(house.desk, house.viewer("ben"), case=case, to=house.viewer("ben").ref)
    house.clock.moment = running(house, case, "closing").due_at + timedelta(days=3)
    return case


def away(house: made.House, name: str) -> None:
    one, now = house.viewer(name), house.clock()
    staff.set_absence(house.desk, one, practitioner=one.ref, starts_at=now, ends_at=now + timedelta(days=3))


def holder(house: made.House, case: str) -> int | None:
    (row,) = [one for one in kept.assignments(house, case) if one.status == "accepted"]
    return row.practitioner_id


def test_where_the_ladder_says_so_a_manager_answers_once_a_time_is_long_past(house: made.House) -> None:
    case = late_to_close(house)
    Worker(house.desk).once()
    assert holder(house, case) == house.ids["may"]
    told_of = {(one.kind, one.audience) for one in kept.rows(house, Message, case=case)}
    assert ("taken_over", f"practitioner:{house.ids['may']}") in told_of
    assert ("taken_from_you", f"practitioner:{house.ids['ben']}") in told_of
    whole(house, case)


def test_nobody_takes_over_a_restricted_record_by_a_clock(house: made.House) -> None:
    case = late_to_close(house)
    restrict(house.desk, house.viewer("may"), case=case, names=(), reason="A colleague's child")
    Worker(house.desk).once()
    assert holder(house, case) == house.ids["ben"]


def test_where_no_manager_is_there_whoever_answered_goes_on(house: made.House) -> None:
    case = late_to_close(house)
    for manager in ("may", "sid", "hal"):
        away(house, manager)
    Worker(house.desk).once()
    assert holder(house, case) == house.ids["ben"]
