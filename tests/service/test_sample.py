"""Does the invented partnership keep the promise, and show everything that a page can show?"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select
from told import BEGUN
from typer.testing import CliRunner

from pathway.access import every_case
from pathway.acts import Desk
from pathway.cli import app
from pathway.clock import SetClock
from pathway.database import Database
from pathway.migrations import upgrade
from pathway.sample import make_sample
from pathway.sample.making import _plan
from pathway.sample.stories import stories
from pathway.settings import Settings
from pathway.store.adopted.promise import broken_promises
from pathway.store.history.rebuilt import chain_faults, differences
from pathway.tables import Assignment, Case, CaseChild, Delivery, Document, Entry, Task
from pathway.tables.cases import AssignmentKind
from pathway.tables.outbox import DeliveryStatus
from thresholds import read_editions
from workflows import PROCESSES
from workflows.referral_facts import Decision, Kind

pytestmark = pytest.mark.xdist_group("sample")

WEDNESDAY = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("sample")
    url = f"sqlite:///{folder}/pathway.db"
    upgrade(url)
    desk = Desk(Database(url), Settings(database=url, files=folder / "files"), SetClock(WEDNESDAY))
    make_sample(desk, seed=2026)
    yield desk
    desk.database.dispose()


def rows(desk: Desk, query):
    with desk.database.reading() as session:
        return session.exec(query).all()


def test_every_open_record_keeps_the_promise(sample):
    with sample.database.reading() as session:
        assert broken_promises(session, WEDNESDAY) == ()


def test_every_chain_verifies_and_every_row_rebuilds(sample):
    with sample.database.reading() as session:
        for case in session.exec(every_case()):
            assert chain_faults(session, case) == differences(session, case) == ()


def test_every_state_stands_somewhere(sample):
    states = {one.name for process in PROCESSES for one in process.states}
    assert set(rows(sample, every_case().with_only_columns(col(Case.state)))) == states


def test_every_kind_and_every_decision_stands_somewhere(sample):
    assert set(rows(sample, every_case().with_only_columns(col(Case.kind)))) == {*Kind, *BEGUN}
    assert set(rows(sample, select(CaseChild.decision))) - {None} == set(Decision)


def test_every_move_was_made_but_the_few_nobody_needed(sample):
    made = Counter(rows(sample, select(Entry.kind)))
    assert {move.name for process in PROCESSES for move in process.moves} - set(made) == {
        "confirm_in_writing", "decline_join", "review_again", "take_back", "assess_again", "end_action", "uninvite",
    }  # fmt: skip
    assert made.keys() >= {
        "noted",
        "corrected",
        "attached",
        "restricted",
        "glass_broken",
        "covered",
        "time_passed",
        "referrer_verified",
    }


def test_there_is_a_restricted_a_covered_a_proposed_and_an_illustrated_record(sample):
    assert any(rows(sample, every_case().with_only_columns(col(Case.restricted))))
    assert AssignmentKind.cover in rows(sample, select(Assignment.kind))
    assert "proposed" in rows(sample, select(Assignment.status))
    assert set(rows(sample, select(Document.media_type))) == {"application/pdf", "image/png"}
    assert rows(sample, select(Task).where(col(Task.done_at).is_(None)))


def test_some_are_late_and_most_are_in_time(sample):
    due = rows(sample, every_case().with_only_columns(col(Case.next_due_at)).where(col(Case.closed_at).is_(None)))
    late = [at for at in due if at < WEDNESDAY]
    assert 1 <= len(late) <= len(due) / 2


def test_every_message_has_gone(sample):
    assert set(rows(sample, select(Delivery.status))) == {DeliveryStatus.sent}


@pytest.mark.parametrize("hour", range(0, 24 * 14, 31))
def test_every_story_is_lived_to_its_end_whenever_it_is_made(hour):
    until = datetime(2026, 12, 20, tzinfo=UTC) + timedelta(hours=hour)
    calendar = read_editions().resolve("exampleton", until.date()).calendar().without_closures()
    plan = list(_plan(until, calendar, random.Random(1)))
    assert all(doing.at < until for doing in plan)
    assert len(plan) == sum(1 + len(story.then) for story in stories())


@pytest.mark.parametrize(
    "until", [datetime(2026, 11, 30, 20, 40, tzinfo=UTC), datetime(2026, 11, 29, 3, 5, tzinfo=UTC)]
)
def test_it_is_made_in_the_evening_and_at_the_weekend_too(tmp_path, until):
    url = f"sqlite:///{tmp_path}/pathway.db"
    upgrade(url)
    desk = Desk(Database(url), Settings(database=url, files=tmp_path / "files"), SetClock(until))
    make_sample(desk, seed=2026)
    with desk.database.reading() as session:
        assert broken_promises(session, until) == ()
    desk.database.dispose()


def test_the_same_seed_tells_the_same_and_another_another(sample):
    calendar = read_editions().resolve("exampleton", WEDNESDAY.date()).calendar()
    first, again, other = (list(_plan(WEDNESDAY, calendar, random.Random(seed))) for seed in (1, 1, 2))
    assert first == again != other


def demo(desk: Desk, monkeypatch) -> str:
    monkeypatch.setenv("PATHWAY_DATABASE", desk.settings.database)
    result = CliRunner().invoke(app, ["demo", "--no-serve"])
    assert result.exit_code == 0
    return result.stdout


def test_the_demo_makes_nothing_twice(sample, monkeypatch):
    before = len(rows(sample, select(Entry.id)))
    said = demo(sample, monkeypatch)
    assert "robin@exampleton.invalid" in said
    assert "Making" not in said
    assert len(rows(sample, select(Entry.id))) == before


def test_the_demo_makes_the_sample_in_an_empty_database(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr("pathway.sample.make_sample", lambda desk, seed: made.append(seed))
    url = f"sqlite:///{tmp_path}/pathway.db"
    said = demo(Desk(Database(url), Settings(database=url)), monkeypatch)
    assert "Making" in said
    assert made == [2026]
