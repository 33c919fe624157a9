"""What if the clock jumps? Each rung comes once and says how late it is, and nobody holds a delivery for ever."""

import io
import json
from datetime import UTC, datetime, time, timedelta

import kept
import made
import pytest
from tallying import rung_wrongly

from notifications import ConsoleChannel, Outcome
from pathway.acts import receive
from pathway.acts.clocks import rungs_on
from pathway.acts.deliver import lease, resolve, settle
from pathway.clock import LONDON
from pathway.jobs.worker import Worker
from pathway.tables import Anchor, Deadline, DeadlineEvent, Entry, Payload
from pathway.tables.outbox import DeliveryStatus

SUMMER_ENDS = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
SUMMER_BEGINS = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
A_WHILE = timedelta(days=4)


def worker(house: made.House, name: str = "one") -> Worker:
    return Worker(house.desk, ConsoleChannel(io.StringIO()), name)


def all_done(house: made.House, by: Worker) -> None:
    while by.once():
        pass


def said(house: made.House) -> list[dict[str, object]]:
    """What each entry of a passed time says, in order."""
    passed = {one.id for one in kept.rows(house, Entry) if one.kind == "time_passed"}
    return [json.loads(one.body) for one in kept.rows(house, Payload) if one.entry_id in passed]


def taken(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take()).case


def test_a_week_that_is_jumped_rings_each_rung_once_and_says_how_late(house: made.House) -> None:
    taken(house)
    house.clock.forward(days=7)
    all_done(house, worker(house))
    assert rung_wrongly(house) == []
    for one in said(house):
        (clock,) = (row for row in kept.rows(house, Deadline) if row.name == one["time"])
        come = {name: at for name, at, _ in rungs_on(clock)}
        assert one["minutes_late"] == (house.clock() - come[one["rungs"][0]]) // timedelta(minutes=1) > 0
    assert said(house)
    assert kept.faults(house) == []


def test_an_hour_that_comes_twice_rings_nothing_twice(house: made.House) -> None:
    taken(house)
    house.clock.forward(hours=24)
    all_done(house, worker(house))
    before = kept.rows(house, DeadlineEvent)
    house.clock.forward(hours=-1)
    all_done(house, worker(house))
    assert kept.rows(house, DeadlineEvent) == before != []
    assert kept.faults(house) == kept.audited(house) == []
    house.clock.forward(days=9)
    all_done(house, worker(house))
    assert rung_wrongly(house) == []
    assert kept.faults(house) == kept.audited(house) == []


@pytest.mark.parametrize("change", [SUMMER_ENDS, SUMMER_BEGINS])
def test_the_hour_that_london_loses_or_has_twice_changes_no_rung(house: made.House, change: datetime) -> None:
    house.clock.moment = change - timedelta(hours=2)
    taken(house)
    one = worker(house)
    rung_at = []
    while house.clock() < change + A_WHILE:
        before = len(kept.rows(house, DeadlineEvent))
        all_done(house, one)
        rung_at += [house.clock()] if len(kept.rows(house, DeadlineEvent)) > before else []
        house.clock.forward(minutes=60 if abs(house.clock() - change) < timedelta(hours=2) else 720)
    assert rung_wrongly(house) == []
    assert rung_at == sorted(rung_at) != []
    for clock in kept.rows(house, Deadline):
        real_hours = clock.due_at - clock.started_at == timedelta(hours=24)
        assert real_hours or clock.due_at.astimezone(LONDON).time() == time(17), clock.explanation


def test_what_a_worker_held_as_the_clock_went_back_is_free_again_and_was_never_shared(house: made.House) -> None:
    taken(house)
    resolve(house.desk, house.system, channel="console")
    began, held = house.clock(), lease(house.desk, house.system, worker="killed")
    house.clock.forward(hours=-1)
    assert lease(house.desk, house.system, worker="another") == ()
    house.clock.moment = began + timedelta(seconds=house.desk.settings.lease_seconds + 1)
    again = lease(house.desk, house.system, worker="another")
    assert {one.outgoing.id for one in again} == {one.outgoing.id for one in held}
    assert {one.again for one in again} == {True}


def test_a_week_jumped_while_one_is_sent_lets_only_one_worker_say_what_came_of_it(house: made.House) -> None:
    taken(house)
    resolve(house.desk, house.system, channel="console")
    first, *_ = lease(house.desk, house.system, worker="one")
    house.clock.forward(days=7)
    second, *_ = (one for one in lease(house.desk, house.system, worker="two") if one.id == first.id)
    outcome = Outcome.sent()
    assert settle(house.desk, house.system, leased=first, outcome=outcome, worker="one") is None
    assert settle(house.desk, house.system, leased=second, outcome=outcome, worker="two") is DeliveryStatus.sent


def test_a_worker_anchors_although_the_clock_went_back(house: made.House) -> None:
    one = worker(house)
    house.clock.forward(days=2)
    one.once()
    anchors = len(kept.rows(house, Anchor))
    house.clock.forward(hours=-3)
    taken(house)
    house.clock.forward(minutes=10)
    one.once()
    assert len(kept.rows(house, Anchor)) == anchors + 1
    assert kept.audited(house) == []
