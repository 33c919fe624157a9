"""What if the database goes away, or another program holds it? Everybody hears so, and all goes on by itself."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
import kept
import made
import made_api
import pytest
from browsing import FACTS, Page, browser, form_of, words_of
from crowding import Crowd, a_crowd
from figures import FIGURES, SOAK
from postgres import Server, drop_connections
from providing import Provider, nothing
from running import PATIENCE, Running, until
from sqlalchemy.exc import TimeoutError as TurnNeverCame
from tallying import answered_wrongly, breaches, caught_up, delivered_wrongly

from pathway import database
from pathway.database import Database, Gate
from pathway.jobs.worker import Worker
from pathway.tables import Delivery, Entry, Message
from pathway.tables.outbox import DeliveryStatus
from pathway.trouble import Trouble, trouble_in

SECONDS_AWAY = 60 if SOAK else 0
PROCESSES = ("service", "worker", "other worker")


@pytest.fixture
def server(postgres_server: Server) -> Iterator[Server]:
    """It is there again for whoever comes after, whatever happens."""
    yield postgres_server
    postgres_server.come_back()


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_a_server_that_is_gone_for_a_while_costs_nothing(
    partnership: made.House, it: Running, provider: Provider, server: Server
) -> None:
    it.start(*PROCESSES)
    with a_crowd(it.place.address, seed=1) as crowd:
        some_more_is_answered(crowd)
        gone_once_a_message_is_taken(provider, server)
        said_to_be_away(it.place.address)
        until(lambda: 503 in crowd.unready, "a client hears that the database is away")
        threading.Event().wait(SECONDS_AWAY)
        assert all(it.alive(name) for name in PROCESSES)
        server.come_back()
        some_more_is_answered(crowd)
        went = provider.taken.total()
        until(lambda: provider.taken.total() > went, "the workers go on by themselves")
    assert all(it.alive(name) for name in PROCESSES)
    assert (crowd.refused, crowd.unready) == ([], {503})
    until(lambda: all_said(partnership, provider), "what has gone is written down")
    it.kill(*PROCESSES)
    caught_up(partnership, it.place)
    assert answered_wrongly(partnership, crowd.answered) == []
    assert delivered_wrongly(partnership, provider, cut_off=0 if not SECONDS_AWAY else len(PROCESSES)) == []
    assert breaches(partnership) == []
    FIGURES.add(partnership, **{"requests answered while it went away and came back": len(crowd.answered)})


def all_said(house: made.House, provider: Provider) -> bool:
    """Whether no worker has anything in hand. What was leased as the connection broke, and not sent, may wait."""
    unsent = [one for one in kept.rows(house, Delivery) if one.status is not DeliveryStatus.sent]
    unheard = [one for one in kept.rows(house, Message) if one.resolved_at is None]
    leased = all(one.status is DeliveryStatus.claimed and not provider.taken[one.public_id] for one in unsent)
    return leased and not unheard


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_whoever_comes_after_a_server_came_back_notices_nothing(house: made.House, postgres_url: str) -> None:
    viewer = house.viewer("ada")
    drop_connections(postgres_url, house.desk.database.url)
    assert house.viewer("ada") == viewer


def gone_once_a_message_is_taken(provider: Provider, server: Server) -> None:
    """So that there is something to write down which can't be written down."""
    gone = threading.Event()

    def go_away() -> None:
        if not gone.is_set():
            server.go_away()
        gone.set()

    provider.when_taken = go_away
    assert gone.wait(PATIENCE), "No message went."
    provider.when_taken = nothing


def said_to_be_away(address: str) -> None:
    told = httpx.post(f"{address}/api/v1/sign-in", json={"email": "a@b.invalid", "password": "three words"}, timeout=20)
    assert (told.status_code, told.headers["content-type"]) == (503, made_api.PROBLEM)
    assert (told.json()["type"], told.headers["retry-after"]) == ("urn:pathway:database-away", "10")
    assert told.json()["detail"].startswith("The database can't be reached just now")
    page = httpx.get(f"{address}/board", cookies={"pathway": "any"}, timeout=20)
    assert page.status_code == 503
    assert "The records can’t be reached just now" in page.text
    assert httpx.get(f"{address}/health", timeout=20).json()["why"] == "The database doesn't answer."


def some_more_is_answered(crowd: Crowd) -> None:
    wanted = len(crowd.answered) + 5
    until(lambda: len(crowd.answered) >= wanted, "the clients are answered")


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch, sqlite_house: made.House) -> made.House:
    """Nobody waits for another program for longer than a tenth of a second."""
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 100)
    sqlite_house.desk.database.dispose()
    return sqlite_house


@contextmanager
def held_by_another(house: made.House) -> Iterator[None]:
    """Another program writes to the file and doesn't come to an end."""
    with closing(sqlite3.connect(house.desk.database.url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_program_hears_that_the_file_is_held_and_is_served_once_afterwards(hurried: made.House) -> None:
    ada, asked = made_api.caller(hurried, "ada"), {"json": made_api.told(), "headers": {"Idempotency-Key": "once"}}
    before = len(kept.rows(hurried, Entry))
    with held_by_another(hurried):
        told = ada.post("cases", **asked)
    assert (told.status_code, told.json()["type"]) == (503, "urn:pathway:database-busy")
    assert told.headers["retry-after"] == "2"
    assert "nothing was saved" in told.json()["detail"]
    assert [ada.post("cases", **asked).status_code for _ in range(2)] == [201, 201]
    assert len(kept.rows(hurried, Entry)) == before + 1


def test_a_page_keeps_what_was_typed_and_sends_it_again(hurried: made.House) -> None:
    ada = browser(hurried, "ada")
    typed = form_of(ada, "/contacts/new") | FACTS
    with held_by_another(hurried):
        told = ada.post("/contacts/new", data=typed)
    assert told.status_code == 503
    assert "Too much is being saved just now" in words_of(told.text)
    assert "Often hungry." in words_of(told.text)
    again = Page(told.text).form("/contacts/new")
    assert {name: again[name] for name in FACTS} == FACTS
    assert ada.post("/contacts/new", data=again).status_code == 303


def test_a_worker_that_finds_the_file_held_does_it_all_afterwards(hurried: made.House) -> None:
    made_api.taken(hurried)
    worker = Worker(hurried.desk)
    with held_by_another(hurried):
        worker.once()
        assert kept.rows(hurried, Delivery) == []
    worker.once()
    assert {one.status for one in kept.rows(hurried, Delivery)} == {DeliveryStatus.sent}


def test_whoever_waits_for_a_writer_of_the_same_process_waits_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 10)
    gate = Gate()
    with gate:
        with pytest.raises(TurnNeverCame) as never, gate:
            pytest.fail("Two wrote at once.")
        assert trouble_in(never.value) is Trouble.busy
    with gate:
        pass


def test_a_server_that_is_not_there_is_away(tmp_path: object) -> None:
    nowhere = Database(f"postgresql+psycopg://nobody@/none?host={tmp_path}")
    with pytest.raises(Exception, match="connection") as fault, nowhere.reading() as session:
        session.connection()
    assert trouble_in(fault.value) is Trouble.away


@pytest.mark.parametrize("fault", [ValueError("ours"), KeyError("ours"), FileNotFoundError(2, "ours")])
def test_a_fault_of_ours_is_no_trouble_of_the_database(fault: Exception) -> None:
    assert trouble_in(fault) is None


def test_writers_of_a_process_take_turns_in_the_order_in_which_they_came() -> None:
    gate, came = Gate(), []
    with gate:
        waiting = [threading.Thread(target=lambda number=number: _write(gate, came, number)) for number in range(8)]
        for number, one in enumerate(waiting):
            one.start()
            while gate.waiting <= number:
                pass
    for one in waiting:
        one.join()
    assert came == list(range(8))


def _write(gate: Gate, came: list[int], number: int) -> None:
    with gate:
        came.append(number)
