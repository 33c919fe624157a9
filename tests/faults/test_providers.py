"""Is a delivery's true state known, whatever the provider does? It answers twice, late, never, or breaks off."""

import random
from collections import Counter
from dataclasses import dataclass, field

import kept
import made
import pytest
from figures import FIGURES, SOAK
from providing import Answer, Provider, at_once, breaking_off, never
from sqlalchemy import delete
from sqlmodel import col

from notifications import Outcome, Outgoing
from notifications.smtp import SmtpChannel
from pathway.acts import move, receive
from pathway.acts.deliver import MAY_HAVE_COME, NEVER_CAME, lease, resolve, settle
from pathway.jobs.worker import Worker
from pathway.tables import Delivery, Message, Task
from pathway.tables.outbox import DeliveryStatus
from pathway.tables.timing import TaskKind
from workflows.referral_facts import Acknowledge, Protect

ENOUGH = 80
ON_THE_WAY = (DeliveryStatus.waiting, DeliveryStatus.claimed, DeliveryStatus.uncertain)


@dataclass
class Unsteady:
    """Takes a message or loses it, and answers truly, late or not at all, as the dice fall.

    `tells` is whether it can be asked what became of one, as most can by post and none by SMTP.
    """

    house: made.House
    dice: random.Random
    tells: bool
    taken: Counter[str] = field(default_factory=Counter)
    name: str = "post"
    carries: frozenset[str] = frozenset({"email"})

    def send(self, outgoing: Outgoing) -> Outcome:
        took = self.dice.random() < 0.5
        self.taken[outgoing.id] += took
        match self.dice.randrange(5):
            case 0:
                raise ConnectionError
            case 1:
                return Outcome.uncertain("No answer came.")
            case 2:
                self.house.clock.forward(seconds=self.house.desk.settings.lease_seconds + 1)
                Worker(self.house.desk, self, "the next").once()
        if took:
            return Outcome.sent()
        return Outcome.try_again("Not now.") if self.dice.random() < 0.8 else Outcome.failed("Never.")

    def look_up(self, reference: str) -> Outcome | None:
        if not self.tells or self.dice.random() < 0.2:
            return None
        return Outcome.sent() if self.taken[reference] else Outcome.try_again("It never came.")


@pytest.mark.parametrize("seed", range(max(2, SOAK // 10)))
@pytest.mark.parametrize("tells", [True, False])
def test_whatever_it_does_each_delivery_says_what_became_of_it(house: made.House, seed: int, tells: bool) -> None:
    post = Unsteady(house, random.Random(seed), tells)
    receive(house.desk, house.viewer("ada"), take=made.take())
    work_until_settled(house, post)
    about = {one.about: one.words for one in kept.rows(house, Task) if one.kind is TaskKind.delivery_failed}
    no_task = {one.id for one in kept.rows(house, Message) if one.about == "task"}
    for row in kept.rows(house, Delivery):
        taken = post.taken[row.public_id]
        assert taken or row.status is not DeliveryStatus.sent
        assert taken <= row.attempts
        if row.status is DeliveryStatus.failed and row.message_id not in no_task:
            assert about[row.public_id] == MAY_HAVE_COME or not taken
    FIGURES.add(house, **{"deliveries to an unsteady provider": len(kept.rows(house, Delivery))})


def work_until_settled(house: made.House, post: Unsteady) -> None:
    """As long as any of the first messages is on its way; times pass meanwhile, and bring others."""
    worker = Worker(house.desk, post, "one")
    worker.once()
    first = {one.id for one in kept.rows(house, Delivery)}
    for _ in range(ENOUGH):
        waiting = [one for one in kept.rows(house, Delivery) if one.id in first and one.status in ON_THE_WAY]
        if not waiting:
            return
        house.clock.moment = max(house.clock.moment, min(one.next_at for one in waiting))
        worker.once()
    pytest.fail(f"Something goes on for ever: {waiting}.")


class Reliable(Unsteady):
    """Always takes, always can be asked, and its answer is always lost."""

    def send(self, outgoing: Outgoing) -> Outcome:
        self.taken[outgoing.id] += 1
        return Outcome.uncertain("No answer came.")

    def look_up(self, reference: str) -> Outcome | None:
        return Outcome.sent() if self.taken[reference] else Outcome.try_again("It never came.")


def test_nobody_hears_twice_where_the_provider_can_be_asked(house: made.House) -> None:
    post = Reliable(house, random.Random(0), tells=True)
    receive(house.desk, house.viewer("ada"), take=made.take())
    work_until_settled(house, post)
    assert set(post.taken.values()) == {1}
    assert {one.status for one in kept.rows(house, Delivery)} == {DeliveryStatus.sent}


class Deaf(Unsteady):
    """Took the first, whose answer was lost; then it can neither be asked nor takes any, and then both."""

    asked = 0

    def send(self, outgoing: Outgoing) -> Outcome:
        first, self.asked = not self.taken[outgoing.id], self.asked + 1
        self.taken[outgoing.id] += first
        return Outcome.uncertain("No answer came.") if first else Outcome.try_again("Not now.")

    def look_up(self, reference: str) -> Outcome | None:
        return Outcome.sent() if self.asked > 1 else None


def test_a_doubt_outlives_a_provider_that_can_not_be_asked_for_a_while(house: made.House) -> None:
    post = Deaf(house, random.Random(0), tells=True)
    pat_is_told(house)
    work_until_settled(house, post)
    assert (only(house).status, post.asked) == (DeliveryStatus.sent, 2)


def test_an_answer_that_comes_twice_counts_once(house: made.House) -> None:
    pat_is_told(house)
    resolve(house.desk, house.system, channel="post")
    (held,) = lease(house.desk, house.system, worker="one")
    for answer, settled in (
        (Outcome.sent(), DeliveryStatus.sent),
        (Outcome.sent(), None),
        (Outcome.failed("No"), None),
    ):
        assert settle(house.desk, house.system, leased=held, outcome=answer, worker="one") is settled
    assert only(house).status is DeliveryStatus.sent
    assert [one.kind for one in kept.rows(house, Task) if one.kind is TaskKind.delivery_failed] == []


@pytest.mark.parametrize("answer", [never, breaking_off])
def test_a_server_that_takes_it_and_does_not_say_so_leaves_it_uncertain(
    house: made.House, provider: Provider, answer: Answer
) -> None:
    pat_is_told(house)
    provider.answer = answer
    worker = Worker(house.desk, by_mail(provider))
    worker.once()
    assert (only(house).status, provider.taken.total()) == (DeliveryStatus.uncertain, 1)
    provider.answer = at_once
    house.clock.moment = only(house).next_at
    worker.once()
    assert only(house).status is DeliveryStatus.sent
    assert list(provider.taken.values()) == [2], "By SMTP nobody can be asked: it goes again, under the same key."


def test_an_urgent_one_that_stays_uncertain_is_somebodys_task_within_twenty_minutes(
    house: made.House, provider: Provider
) -> None:
    done = receive(house.desk, house.viewer("ada"), take=made.take())
    move(house.desk, house.viewer("ada"), case=done.case, name="protect", facts=Protect(danger="Now"))
    alone(house, "protection_needed")
    provider.answer, began = breaking_off, house.clock()
    worker = Worker(house.desk, by_mail(provider))
    worker.once()
    while any(one.status is DeliveryStatus.uncertain for one in kept.rows(house, Delivery)):
        house.clock.moment = min(one.next_at for one in kept.rows(house, Delivery) if one.status in ON_THE_WAY)
        worker.once()
    assert (house.clock() - began).total_seconds() < 20 * 60
    urgent = only(house)
    (task,) = (one for one in kept.rows(house, Task) if one.about == urgent.public_id)
    assert task.words == MAY_HAVE_COME
    assert task.practitioner_id not in (None, urgent.practitioner_id)


def test_one_that_certainly_never_came_is_said_to_be_so(house: made.House, provider: Provider) -> None:
    pat_is_told(house)
    Worker(house.desk, Never()).once()
    (task,) = (one for one in kept.rows(house, Task) if one.kind is TaskKind.delivery_failed)
    assert task.words == NEVER_CAME


class Never(Unsteady):
    def __init__(self) -> None: ...

    def send(self, outgoing: Outgoing) -> Outcome:
        return Outcome.failed("There is no such address.")


def by_mail(provider: Provider) -> SmtpChannel:
    return SmtpChannel("127.0.0.1", provider.port, "pathway@example.gov.uk", starttls=False, timeout=0.3)


def pat_is_told(house: made.House) -> None:
    """One message, to one person: that what was referred has been acknowledged."""
    case = receive(house.desk, house.viewer("pat"), take=made.take(how="online")).case
    move(house.desk, house.viewer("ada"), case=case, name="acknowledge", facts=Acknowledge(how=made.HOW))
    alone(house, "referral_acknowledged")


def alone(house: made.House, kind: str) -> None:
    """No other message was ever written."""
    with house.desk.database.writing() as session:
        session.execute(delete(Message).where(col(Message.kind) != kind))


def only(house: made.House) -> Delivery:
    return kept.rows(house, Delivery)[0]
