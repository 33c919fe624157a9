"""Is anybody left alone, and is history anchored without a gap?"""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import made
import pytest
from sqlmodel import col, select

from notifications import ConsoleChannel
from pathway.access import answers_for, every_case
from pathway.acts import assign, note, receive, staff
from pathway.acts.sweep import SETTLED, anchor, sweep
from pathway.jobs.worker import Worker
from pathway.tables import Anchor, Authority, Case, Entry, Practitioner, Task
from pathway.tables.timing import TaskKind


def rows(house: made.House, query):
    with house.desk.database.reading() as session:
        return session.exec(query).all()


@pytest.fixture
def held(house: made.House) -> str:
    """A case that Ada alone holds."""
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("ada").ref)
    return case


def alarms(house: made.House) -> list[Task]:
    return rows(house, select(Task).where(col(Task.kind) == TaskKind.nobody_answerable))


def goes_away(house: made.House, name: str, days: int = 3) -> None:
    ref, now = house.viewer(name).ref, house.clock()
    staff.set_absence(
        house.desk, house.viewer("may"), practitioner=ref, starts_at=now, ends_at=now + timedelta(days=days)
    )


def leaves(house: made.House, name: str) -> None:
    staff.end_practitioner(house.desk, house.viewer("ann"), practitioner=house.viewer(name).ref)


@pytest.mark.parametrize("how", [goes_away, leaves])
def test_a_case_left_alone_is_one_task_owned_by_somebody_there(house, held, how):
    assert sweep(house.desk, house.system) == 0
    how(house, "ada")
    for _ in range(3):
        assert sweep(house.desk, house.system) == 1
    (task,) = alarms(house)
    assert task.practitioner_id == house.ids["may"]


def test_the_task_goes_past_a_manager_who_is_away_too(house, held):
    goes_away(house, "ada")
    goes_away(house, "may")
    sweep(house.desk, house.system)
    assert [task.practitioner_id for task in alarms(house)] == [house.ids["sid"]]


def test_a_case_that_a_staffed_team_holds_raises_nothing(house):
    receive(house.desk, house.viewer("ada"), take=made.take())
    goes_away(house, "ada")
    assert (sweep(house.desk, house.system), alarms(house)) == (0, [])


def test_every_authority_is_swept_not_only_the_first(house, held):
    with house.desk.database.writing() as session:
        session.add(Authority(id="aardvark", name="Another, first by name"))
        session.flush()
        session.add(Practitioner(authority="aardvark", name="Pathway", email="system@aardvark.invalid", is_system=True))
    leaves(house, "ada")
    Worker(house.desk, ConsoleChannel(io.StringIO())).once()
    assert len(alarms(house)) == 1


def test_the_sweep_finds_them_all_in_batches(house, monkeypatch):
    monkeypatch.setattr("pathway.acts.sweep.BATCH", 2)
    for _ in range(5):
        case = receive(house.desk, house.viewer("ada"), take=made.take()).case
        assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("ada").ref)
    leaves(house, "ada")
    assert sweep(house.desk, house.system) == 5
    with house.desk.database.reading() as session:
        ids = session.exec(every_case().with_only_columns(col(Case.id))).all()
        assert answers_for(session, ids, house.clock()) == {}


def test_anchors_are_contiguous_and_each_rests_on_the_last(house, held):
    roots = []
    for text in ("first", "second"):
        note(house.desk, house.viewer("ada"), case=held, text=text)
        house.clock.moment += SETTLED + timedelta(seconds=1)
        roots.append(anchor(house.desk, house.system))
    assert anchor(house.desk, house.system) is None
    stored = rows(house, select(Anchor).order_by(col(Anchor.id)))
    assert [one.root for one in stored] == roots
    assert len(set(roots)) == 2
    assert stored[-1].last_entry_id == max(rows(house, select(Entry.id)))


def test_an_anchor_tells_of_one_altered_hash(sqlite_house):
    house = sqlite_house
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    house.clock.moment += SETTLED + timedelta(seconds=1)
    first = anchor(house.desk, house.system)
    with house.desk.database.writing() as session:
        session.delete(session.exec(select(Anchor)).one())
        entry = session.exec(select(Entry).order_by(col(Entry.id).desc())).first()
        entry.hash = "0" * 64
        session.add(entry)
    assert case
    assert anchor(house.desk, house.system) not in (None, first)


def test_an_entry_too_young_waits_for_the_next_anchor(house, held):
    house.clock.moment += SETTLED + timedelta(seconds=1)
    note(house.desk, house.viewer("ada"), case=held, text="Just now")
    anchor(house.desk, house.system)
    youngest = max(rows(house, select(Entry.id)))
    assert rows(house, select(Anchor.last_entry_id)) == [youngest - 1]


def test_worries_taken_at_one_moment_all_stand_though_all_raise_the_same_task(house):
    goes_away(house, "eve")
    house.clock.forward(hours=12)
    with ThreadPoolExecutor(4) as pool:
        takings = list(pool.map(lambda name: receive(house.desk, house.viewer(name), take=made.take()), ["ada"] * 8))
    assert len({done.case for done in takings}) == 8
    assert len(rows(house, select(Task).where(col(Task.kind) == TaskKind.team_unstaffed))) == 1
