"""What is true after the faults? Answers against the rows, deliveries against whoever took them, each rung once."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import crowding
import kept
import made
from crowding import Answered, Crowd
from providing import Provider
from running import Place
from sqlmodel import col, select

from pathway.access import every_case
from pathway.acts.clocks import rungs_on
from pathway.acts.ring import due_rungs
from pathway.jobs.worker import Worker
from pathway.tables import Case, Deadline, DeadlineEvent, Delivery, Entry, Message
from pathway.tables.outbox import DeliveryStatus

MOST_ROUNDS = 60
WAITING = (DeliveryStatus.waiting, DeliveryStatus.claimed, DeliveryStatus.uncertain)


def breaches(house: made.House) -> list[str]:
    """Where the promise, a chain, an anchor or a rebuilt row is broken, or a rung lost or rung twice."""
    return [*kept.faults(house), *kept.audited(house), *rung_wrongly(house)]


def caught_up(house: made.House, place: Place) -> None:
    """Let one worker do everything that is due, and let times pass until nothing waits any more."""
    worker = Worker(house.desk)
    for _ in range(MOST_ROUNDS):
        while worker.once():
            pass
        if not waits(house):
            return
        place.clock.forward(minutes=2)
    raise AssertionError(f"Something waits for ever: {waits(house)}.")


def waits(house: made.House) -> list[str]:
    """What is still to be done: messages without recipients, deliveries on their way, rungs that have come."""
    with house.desk.database.reading() as session:
        messages = session.exec(select(Message.kind).where(col(Message.resolved_at).is_(None))).all()
        deliveries = session.exec(select(Delivery.status).where(col(Delivery.status).in_(WAITING))).all()
        return [*messages, *deliveries, *map(str, due_rungs(session, house.clock()))]


def answered_wrongly(house: made.House, answered: Iterable[Answered]) -> list[str]:
    """Where an answer and the rows are apart: an act lost, done twice, or done and never told."""
    told = Counter(one.answer["entry"] for one in answered)
    stand = Counter(
        one.public_id for one in kept.rows(house, Entry) if one.case_id is not None and one.kind != "time_passed"
    )
    cases = Counter(one.answer["case"] for one in answered if one.path == "cases")
    with house.desk.database.reading() as session:
        taken = Counter(session.exec(every_case().with_only_columns(col(Case.public_id))).all())
    return [*_apart("entry", told, stand), *_apart("case", cases, taken)]


def _apart(what: str, told: Counter[str], stand: Counter[str]) -> list[str]:
    return [
        f"{what} {ref}: answered {told[ref]} times, stands {stand[ref]} times"
        for ref in {**told, **stand}
        if told[ref] != stand[ref]
    ]


def answered_otherwise(place: Place, answered: Iterable[Answered]) -> list[str]:
    """Where the same request under the same key is answered in another way than it was."""
    again = crowding.asked_again(place.address, answered)
    return [f"{one.path} {one.key}: {then}" for one, then in again if then != one.answer]


def rung_wrongly(house: made.House) -> list[str]:
    """Where a rung has come and wasn't rung, was rung twice, or before its time. Ask once a worker has caught up."""
    rung: dict[int, Counter[str]] = {}
    for one in kept.rows(house, DeadlineEvent):
        rung.setdefault(one.deadline_id, Counter())[one.what] += 1
    told = {one.entry_id for one in kept.rows(house, DeadlineEvent)}
    passed = {one.id for one in kept.rows(house, Entry) if one.kind == "time_passed"}
    wrong = [
        f"deadline {one.id}: {dict(rung[one.id])}"
        for one in kept.rows(house, Deadline)
        if _wrong(one, rung, house.clock())
    ]
    return wrong + [f"entry {one} tells of a rung that wasn't, or not at all" for one in told ^ passed]


def _wrong(row: Deadline, rung: dict[int, Counter[str]], now: datetime) -> bool:
    happened = rung.setdefault(row.id or 0, Counter())
    come = {name for name, at, _ in rungs_on(row) if at <= now}
    lost = row.closed_at is None and come - set(happened)
    return bool(lost or set(happened) - come or any(times > 1 for times in happened.values()))


def delivered_wrongly(house: made.House, provider: Provider, cut_off: int) -> list[str]:
    """Where a delivery says what isn't so. `cut_off` is how many workers were stopped, each in at most one sending:
    so many may have been handed over again, under the same key.
    """
    rows = {one.public_id: one for one in kept.rows(house, Delivery)}
    wrong = [f"{key} was handed over, and is nobody's" for key in provider.taken if key not in rows]
    for key, row in rows.items():
        times = provider.taken[key]
        if row.status is DeliveryStatus.sent and not times:
            wrong.append(f"{key} counts as sent, and nobody took it")
        if times > row.attempts:
            wrong.append(f"{key} was taken up {row.attempts} times and handed over {times} times")
        if times and row.status is DeliveryStatus.failed:
            wrong.append(f"{key} was handed over, and counts as failed")
    if handed_over_again(provider) > cut_off:
        wrong.append(f"{handed_over_again(provider)} were handed over again, with {cut_off} workers stopped")
    return wrong


def handed_over_again(provider: Provider) -> int:
    return sum(times - 1 for times in provider.taken.values())


def counted(house: made.House, crowd: Crowd, provider: Provider) -> dict[str, int]:
    """What was done meanwhile, for the page of figures."""
    statuses = Counter(f"deliveries {one.status.value}" for one in kept.rows(house, Delivery))
    return {
        "requests answered": len(crowd.answered),
        "of these, sent more than once": sum(one.times > 1 for one in crowd.answered),
        "rungs rung": len(kept.rows(house, DeadlineEvent)),
        **statuses,
        "handed over again": handed_over_again(provider),
    }
