"""Does every time ring once, however late the worker comes and however many workers there are?"""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import made
import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from notifications import ConsoleChannel
from pathway.access import every_case
from pathway.acts import move, receive
from pathway.acts.ring import due_rungs, ring
from pathway.jobs.worker import Worker
from pathway.store.history.rebuilt import chain_faults, differences
from pathway.tables import Case, Deadline, DeadlineEvent, Entry, Message, Payload

RUNGS = ["due_soon", "overdue", "long_overdue"]


def worker(house: made.House, name: str = "one") -> Worker:
    return Worker(house.desk, ConsoleChannel(io.StringIO()), name)


def rows(house: made.House, query):
    with house.desk.database.reading() as session:
        return session.exec(query).all()


def decision(house: made.House) -> Deadline:
    return rows(house, select(Deadline).where(col(Deadline.limit_id) == "decision"))[0]


def rung(house: made.House) -> list[str]:
    clock = decision(house)
    query = select(DeadlineEvent.what).where(col(DeadlineEvent.deadline_id) == clock.id).order_by(col(DeadlineEvent.id))
    return list(rows(house, query))


def passed(house: made.House) -> list[dict]:
    """What the entries of passed times say about the decision clock."""
    query = (
        select(Payload.body)
        .join(Entry, col(Entry.id) == col(Payload.entry_id))
        .where(col(Entry.kind) == "time_passed")
        .order_by(col(Entry.id))
    )
    name = decision(house).name
    return [said for said in map(json.loads, rows(house, query)) if said["time"] == name]


def taken(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take()).case


@pytest.fixture
def case(house: made.House) -> str:
    return taken(house)


def moments(house: made.House) -> list[datetime]:
    return [datetime.fromisoformat(at) for _, at, _ in json.loads(decision(house).rungs)]


def test_each_rung_comes_once_at_its_time(house, case):
    for count, at in enumerate(moments(house), start=1):
        house.clock.moment = at - timedelta(seconds=1)
        worker(house).once()
        assert rung(house) == RUNGS[: count - 1]
        house.clock.moment = at
        worker(house).once()
        worker(house).once()
        assert rung(house) == RUNGS[:count]
    assert [said["minutes_late"] for said in passed(house)] == [0, 0, 0]


def test_after_an_outage_all_rungs_come_at_once_and_say_how_late(house, case):
    house.clock.moment = moments(house)[-1] + timedelta(minutes=90)
    worker(house).once()
    late = int((house.clock() - moments(house)[0]).total_seconds() // 60)
    assert [(said["rungs"], said["minutes_late"]) for said in passed(house)] == [(RUNGS, late)]
    assert rung(house) == RUNGS


def test_after_an_outage_everybody_hears_whom_any_rung_would_have_told(house, case):
    house.clock.moment = moments(house)[-1] + timedelta(minutes=1)
    worker(house).once()
    query = select(Message.audience).where(col(Message.kind) == "overdue", col(Message.about) == "decision")
    assert sorted(rows(house, query)) == ["holder", "manager", "service_manager"]


def test_two_workers_at_once_never_ring_twice(house, case):
    for _ in range(4):
        taken(house)
    for at in moments(house):
        house.clock.moment = at + timedelta(hours=1)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda name: worker(house, name).once(), "abcd"))
    while worker(house).once():
        pass
    told = rows(house, select(DeadlineEvent.deadline_id, DeadlineEvent.what))
    assert len(told) == len(set(told))
    assert rung(house) == RUNGS
    assert not rows(
        house, select(Deadline).where(col(Deadline.next_rung_at) <= house.clock(), col(Deadline.closed_at).is_(None))
    )


def test_the_ledger_itself_refuses_a_second_ring(house, case):
    house.clock.moment = moments(house)[0]
    worker(house).once()
    (event, *_) = rows(house, select(DeadlineEvent))
    with pytest.raises(IntegrityError), house.desk.database.writing() as session:
        session.add(DeadlineEvent(**event.model_dump(exclude={"id"})))


def test_a_ring_leaves_the_officers_version_and_lengthens_the_chain(house, case):
    house.clock.moment = moments(house)[-1]
    worker(house).once()
    with house.desk.database.reading() as session:
        row = session.exec(every_case().where(col(Case.public_id) == case)).one()
        assert (row.version, row.sequence > 1) == (1, True)
        assert chain_faults(session, row) == differences(session, row) == ()
    assert move(house.desk, house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING, version=1)


def test_a_closed_case_rings_no_more(house, case):
    move(house.desk, house.viewer("may"), case=case, name="withdraw", facts=made.REASON)
    house.clock.forward(days=30)
    with house.desk.database.reading() as session:
        assert due_rungs(session, house.clock()) == ()
    assert ring(house.desk, house.system, deadline_id=decision(house).id) is None
    assert rung(house) == []


def test_a_referrer_left_waiting_hears_whom_to_ring(house):
    receive(house.desk, house.viewer("pat"), take=made.take(how="online"))
    house.clock.forward(days=30)
    worker(house).once()
    assert rows(house, select(Message.audience).where(col(Message.kind) == "chase_us")) == ["referrer"]


def test_one_time_that_cannot_ring_keeps_no_other_waiting(house, case, caplog):
    first = decision(house)
    with house.desk.database.writing() as session:
        broken = session.get(Deadline, first.id)
        broken.rungs, broken.next_rung_at = "not a list", house.clock()
        session.add(broken)
    taken(house)
    house.clock.forward(days=30)
    worker(house).once()
    query = select(DeadlineEvent.what).where(col(DeadlineEvent.deadline_id) != first.id)
    assert "long_overdue" in rows(house, query)
    assert rung(house) == []
