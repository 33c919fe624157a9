"""Is any message lost, or anybody left believing that it has gone?"""

from dataclasses import dataclass, field
from datetime import timedelta

import made
import pytest
from sqlmodel import col, select

from notifications import Outcome, Outgoing
from pathway.acts import move, receive, staff
from pathway.acts.deliver import MOST_LEASES, lease, resolve
from pathway.acts.desk import work as unit_of_work
from pathway.acts.receive import received
from pathway.jobs.worker import Worker
from pathway.tables import Delivery, Entry, Message, Task
from pathway.tables.outbox import DeliveryStatus
from pathway.tables.timing import TaskKind
from workflows.referral_facts import Acknowledge

ACKNOWLEDGE = Acknowledge(how=made.HOW)


@dataclass
class Post:
    """A way out that answers as told, and remembers; `known` is what it says of an earlier sending."""

    answers: list = field(default_factory=list)
    known: Outcome | None = None
    sent: list[Outgoing] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    name: str = "post"
    carries: frozenset[str] = frozenset({"email"})

    def send(self, outgoing: Outgoing) -> Outcome:
        self.sent.append(outgoing)
        answer = self.answers.pop(0) if self.answers else Outcome.sent()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def look_up(self, reference: str) -> Outcome | None:
        self.asked.append(reference)
        return self.known


def rows(house: made.House, query):
    with house.desk.database.reading() as session:
        return session.exec(query).all()


def only(house: made.House) -> Delivery:
    (found,) = rows(house, select(Delivery))
    return found


def tasks(house: made.House, kind: TaskKind) -> list[Task]:
    return rows(house, select(Task).where(col(Task.kind) == kind))


@pytest.fixture
def one(house: made.House) -> made.House:
    """A house where one message waits: the acknowledgement to Pat, who referred."""
    case = receive(house.desk, house.viewer("pat"), take=made.take(how="online")).case
    move(house.desk, house.viewer("ada"), case=case, name="acknowledge", facts=ACKNOWLEDGE)
    with house.desk.database.writing() as session:
        for message in session.exec(select(Message).where(col(Message.kind) != "referral_acknowledged")):
            session.delete(message)
    return house


def work(house: made.House, post: Post, name: str = "one") -> None:
    Worker(house.desk, post, name).once()


def test_a_message_stands_or_falls_with_its_entry(house):
    def half_done() -> None:
        with unit_of_work(house.desk, house.viewer("ada")) as unit:
            received(unit, made.take())
            assert unit.session.exec(select(Message.id)).all()
            raise ConnectionError

    before = len(rows(house, select(Entry.id)))
    with pytest.raises(ConnectionError):
        half_done()
    assert (rows(house, select(Message.id)), len(rows(house, select(Entry.id)))) == ([], before)


def test_every_message_names_the_entry_that_caused_it(house):
    done = receive(house.desk, house.viewer("ada"), take=made.take())
    (entry,) = rows(house, select(Entry.id).where(col(Entry.public_id) == done.entry))
    assert set(rows(house, select(Message.entry_id))) == {entry}


def test_a_message_is_sent_once_and_settled(one):
    post = Post()
    for _ in range(3):
        work(one, post)
    assert [sent.to for sent in post.sent] == [made.email("pat")]
    assert (only(one).status, only(one).sent_at) == (DeliveryStatus.sent, one.clock())


def test_what_a_killed_worker_held_is_looked_up_and_sent_again_with_the_same_id(one):
    resolve(one.desk, one.system, channel="post")
    (held,) = lease(one.desk, one.system, worker="killed")
    post = Post()
    work(one, post)
    assert post.sent == []
    one.clock.forward(seconds=one.desk.settings.lease_seconds + 1)
    work(one, post)
    assert (post.asked, [sent.id for sent in post.sent]) == ([held.outgoing.id], [held.outgoing.id])
    assert only(one).status is DeliveryStatus.sent


def test_what_a_killed_worker_did_send_is_not_sent_twice_where_the_channel_knows(one):
    resolve(one.desk, one.system, channel="post")
    lease(one.desk, one.system, worker="killed")
    one.clock.forward(seconds=one.desk.settings.lease_seconds + 1)
    post = Post(known=Outcome.sent())
    work(one, post)
    assert (post.sent, only(one).status) == ([], DeliveryStatus.sent)


def test_a_worker_that_comes_back_late_settles_nothing(one):
    class Slow(Post):
        def send(self, outgoing: Outgoing) -> Outcome:
            one.clock.forward(seconds=one.desk.settings.lease_seconds + 1)
            work(one, Post(), "two")
            return Outcome.failed("too late to count")

    work(one, Slow(), "one")
    assert (only(one).status, only(one).attempts) == (DeliveryStatus.sent, 2)


def test_trying_again_waits_longer_each_time_and_at_last_becomes_a_task(one):
    post, waits = Post([Outcome.try_again("The mail server could not be used.")] * 20), []
    while only_status(one, post) is DeliveryStatus.waiting:
        waits.append(only(one).next_at - one.clock())
        one.clock.moment = only(one).next_at
    assert waits == sorted(waits)
    assert len(waits) == 6
    assert only(one).status is DeliveryStatus.failed
    assert len(tasks(one, TaskKind.delivery_failed)) == 1
    assert post.asked == []


def only_status(house: made.House, post: Post) -> DeliveryStatus:
    work(house, post)
    return only(house).status


def test_a_refusal_for_good_is_failed_with_a_task_that_another_owns(one):
    work(one, Post([Outcome.failed("The mail server refused this address for good.")]))
    assert only(one).status is DeliveryStatus.failed
    (task,) = tasks(one, TaskKind.delivery_failed)
    assert task.practitioner_id == one.ids["may"]


@pytest.mark.parametrize("answer", [Outcome.uncertain("Connection lost."), ConnectionError("outside")])
def test_an_uncertain_one_stays_so_until_it_has_been_looked_up_and_tried_again(one, answer):
    post = Post([answer, answer])
    work(one, post)
    assert (only(one).status, post.asked) == (DeliveryStatus.uncertain, [])
    one.clock.moment = only(one).next_at
    work(one, post)
    assert only(one).status is DeliveryStatus.uncertain
    one.clock.moment = only(one).next_at
    work(one, post)
    assert only(one).status is DeliveryStatus.sent
    assert (len(post.asked), len({sent.id for sent in post.sent}), len(post.sent)) == (2, 1, 3)


def test_a_sending_that_raises_keeps_no_other_waiting(house):
    for name in ("pat", "gil"):
        case = receive(house.desk, house.viewer(name), take=made.take(how="online")).case
        move(house.desk, house.viewer("ada"), case=case, name="acknowledge", facts=ACKNOWLEDGE)
    post = Post([RuntimeError("a fault of ours")])
    work(house, post)
    left = rows(house, select(Delivery.status).where(col(Delivery.status) != DeliveryStatus.sent))
    assert (left, len(post.sent) > 2) == ([DeliveryStatus.uncertain], True)


@pytest.mark.parametrize("spoilt", [{"kind": "a_kind_no_release_knows"}, {"audience": "nobody_we_know"}])
def test_a_message_that_cannot_be_told_is_a_task_and_keeps_no_other_waiting(one, spoilt):
    with one.desk.database.writing() as session:
        message = session.exec(select(Message)).one()
        plain = message.model_dump(exclude={"id", "public_id"})
        session.add(Message(**{**plain, **spoilt, "written_at": one.clock() - timedelta(days=1)}))
    post = Post()
    work(one, post)
    assert [sent.to for sent in post.sent] == [made.email("pat")]
    found = tasks(one, TaskKind.message_unheard) + tasks(one, TaskKind.delivery_failed)
    assert [task.practitioner_id for task in found] == [one.ids["may"]]


def test_one_who_has_left_is_told_nothing_and_a_task_says_so(one):
    staff.end_practitioner(one.desk, one.viewer("ann"), practitioner=one.viewer("pat").ref)
    post = Post()
    work(one, post)
    assert (post.sent, only(one).status) == ([], DeliveryStatus.failed)
    assert len(tasks(one, TaskKind.delivery_failed)) == 1


def test_one_that_is_taken_up_again_and_again_is_a_task_in_the_end(one):
    resolve(one.desk, one.system, channel="post")
    for _ in range(MOST_LEASES):
        assert lease(one.desk, one.system, worker="dies each time")
        one.clock.forward(seconds=one.desk.settings.lease_seconds + 1)
    assert lease(one.desk, one.system, worker="the next") == ()
    assert len(tasks(one, TaskKind.delivery_failed)) == 1


def test_nothing_is_sent_on_the_last_breath_of_a_lease(house):
    class Slow(Post):
        def send(self, outgoing: Outgoing) -> Outcome:
            house.clock.forward(seconds=house.desk.settings.lease_seconds - 5)
            return super().send(outgoing)

    receive(house.desk, house.viewer("ada"), take=made.take())
    post = Slow()
    work(house, post)
    assert len(post.sent) == 1
    house.clock.forward(minutes=10)
    for _ in range(30):
        work(house, Post())
    assert set(rows(house, select(Delivery.status))) == {DeliveryStatus.sent}
