"""What if the disk is full? An act fails whole and says so, nothing typed is lost, and room makes all go on."""

import errno
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from typing import IO, Any

import kept
import made
import made_api
import pytest
from browsing import FACTS, Page, browser, form_of, words_of
from providing import Provider
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from notifications.smtp import SmtpChannel
from pathway.acts import receive
from pathway.jobs.worker import Worker
from pathway.tables import Case, Delivery, Document, Draft, Message, Task
from pathway.tables.outbox import DeliveryStatus
from pathway.tables.timing import TaskKind
from pathway.trouble import Trouble, trouble_in

MOST_PAGES = 60
MORE_THAN_FITS = 15
"""So many messages that their deliveries need another page of the file."""
LONG = "Often hungry and tired. " * 1_000
WRITTEN = ("case", "case_child", "person", "assignment", "entry", "payload", "deadline", "message", "idempotent_result")
LEAVES_NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger AS $$ BEGIN
RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$ LANGUAGE plpgsql
"""


@contextmanager
def room_for(house: made.House, pages: int) -> Iterator[None]:
    """SQLite's own limit: beyond so many pages more it says what it says of a full disk."""
    engine = house.desk.database.engine
    engine.dispose()
    with closing(sqlite3.connect(house.desk.database.url.removeprefix("sqlite:///"))) as alone:
        alone.execute("VACUUM")  # what was let go inside the file would be room

    def limit(connection: Any, record: object, proxy: object) -> None:
        (stand,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {stand + pages}")

    event.listen(engine, "checkout", limit)
    try:
        yield
    finally:
        event.remove(engine, "checkout", limit)
        engine.dispose()


@contextmanager
def nothing_more_in(house: made.House, *tables: str) -> Iterator[None]:
    """PostgreSQL can't be given a small disk without rights that tests don't have: it is told to say so."""
    with house.desk.database.writing() as session:
        session.execute(text(LEAVES_NO_ROOM))
        for name in tables:
            trigger = f'CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON "{name}" EXECUTE FUNCTION no_room()'
            session.execute(text(trigger))
    try:
        yield
    finally:
        with house.desk.database.writing() as session:
            session.execute(text("DROP FUNCTION no_room CASCADE"))


def full_disk(house: made.House) -> AbstractContextManager[None]:
    if house.desk.database.is_sqlite:
        return room_for(house, 0)
    return nothing_more_in(house, *(one for one in SQLModel.metadata.tables))


def ever_fuller(house: made.House) -> Iterator[AbstractContextManager[None]]:
    """One place after another at which an act may find that there is no room."""
    if house.desk.database.is_sqlite:
        yield from (room_for(house, pages) for pages in range(MOST_PAGES))
    else:
        yield from (nothing_more_in(house, name) for name in WRITTEN)


def test_an_act_that_finds_no_room_anywhere_leaves_nothing(house: made.House) -> None:
    full = 0
    for disk in ever_fuller(house):
        before = kept.everything(house)
        if went(house, disk):
            break
        full += 1
        assert kept.everything(house) == before
    assert full > 2
    assert went(house, nullcontext())
    assert len(kept.rows(house, Case)) == 1
    assert kept.faults(house) == []


def went(house: made.House, disk: AbstractContextManager[None]) -> bool:
    """Whether a contact could be taken; the only thing that may stand against it is the disk."""
    viewer = house.viewer("ada")
    try:
        with disk:
            receive(house.desk, viewer, take=made.take(worry=LONG), key="once")
    except DBAPIError as fault:
        if trouble_in(fault) is not Trouble.full:
            raise
        return False
    return True


def test_a_worker_loses_no_message_for_want_of_room(house: made.House, provider: Provider) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take())
    every_message_again(house, times=MORE_THAN_FITS)
    channel = SmtpChannel("127.0.0.1", provider.port, "pathway@example.gov.uk", starttls=False)
    worker = Worker(house.desk, channel)
    with full_disk(house):
        worker.once()
        assert provider.taken == {}
    while worker.once():
        pass
    assert [one.kind for one in kept.rows(house, Task) if one.kind is TaskKind.message_unheard] == []
    assert {one.status for one in kept.rows(house, Delivery)} == {DeliveryStatus.sent}
    assert set(provider.taken.values()) == {1}
    assert len(provider.taken) == len(kept.rows(house, Delivery)) > MORE_THAN_FITS


def every_message_again(house: made.House, times: int) -> None:
    messages = [one.model_dump(exclude={"id", "public_id"}) for one in kept.rows(house, Message)]
    with house.desk.database.writing() as session:
        session.add_all(Message(**one) for one in messages * times)


def test_what_has_gone_is_not_sent_again_where_there_was_no_room_to_say_so(
    house: made.House, provider: Provider
) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take())
    channel = SmtpChannel("127.0.0.1", provider.port, "pathway@example.gov.uk", starttls=False)
    worker = Worker(house.desk, channel)
    with ExitStack() as disk:
        provider.when_taken = lambda: (
            None if provider.taken.total() > 1 else disk.enter_context(no_room_to_settle(house))
        )
        worker.once()
        assert DeliveryStatus.claimed in {one.status for one in kept.rows(house, Delivery)}
    for _ in range(3):
        house.clock.forward(seconds=house.desk.settings.lease_seconds + 1)
        worker.once()
    assert set(provider.taken.values()) == {1}
    assert {one.status for one in kept.rows(house, Delivery)} == {DeliveryStatus.sent}


@contextmanager
def no_room_to_settle(house: made.House) -> Iterator[None]:
    """As a statement on either database would find it, whatever room its page has left."""

    def full(connection: Any, cursor: Any, statement: str, *about: object) -> None:
        if statement.startswith("UPDATE delivery"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    event.listen(house.desk.database.engine, "before_cursor_execute", full)
    try:
        yield
    finally:
        event.remove(house.desk.database.engine, "before_cursor_execute", full)


def test_a_program_hears_that_there_is_no_room_and_is_served_once_afterwards(house: made.House) -> None:
    ada, asked = made_api.caller(house, "ada"), {"json": made_api.told(worry=LONG), "headers": {"Idempotency-Key": "1"}}
    with full_disk(house):
        told = ada.post("cases", **asked)
    assert (told.status_code, told.headers["content-type"]) == (507, made_api.PROBLEM)
    assert (told.json()["type"], told.json()["title"]) == ("urn:pathway:disk-full", "Insufficient Storage")
    assert told.json()["detail"].startswith("There is no room left where records are kept, so nothing was saved.")
    assert [ada.post("cases", **asked).status_code for _ in range(2)] == [201, 201]
    assert len(kept.rows(house, Case)) == 1


def test_a_page_keeps_what_was_typed_and_what_was_kept_before(house: made.House) -> None:
    ada = browser(house, "ada")
    form = form_of(ada, "/contacts/new")
    assert ada.post("/contacts/draft", data=form | {"worry": "Half a worry"}).status_code == 200
    typed = form | FACTS | {"worry": LONG}
    with full_disk(house):
        told = ada.post("/contacts/new", data=typed)
    assert told.status_code == 507
    assert "There is no room left to save anything" in words_of(told.text)
    assert "Nothing was saved." in words_of(told.text)
    (draft,) = kept.rows(house, Draft)
    assert "Half a worry" in draft.body
    assert ada.post("/contacts/new", data=Page(told.text).form("/contacts/new")).status_code == 303
    assert len(kept.rows(house, Case)) == 1


def test_a_document_that_finds_no_room_is_not_there_at_all(house: made.House, monkeypatch: pytest.MonkeyPatch) -> None:
    case, ada = made_api.taken(house).case, made_api.caller(house, "ada")
    asked = {"files": {"document": ("notes.txt", b"As told")}, "headers": {"Idempotency-Key": "once"}}
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "NamedTemporaryFile", on_a_full_disk(tempfile.NamedTemporaryFile))
        told = ada.post(f"cases/{case}/documents", **asked)
    assert (told.status_code, told.json()["type"]) == (507, "urn:pathway:disk-full")
    assert kept.rows(house, Document) == []
    assert [one for one in house.desk.settings.files.rglob("*") if one.is_file()] == []
    assert [ada.post(f"cases/{case}/documents", **asked).status_code for _ in range(2)] == [201, 201]
    assert len(kept.rows(house, Document)) == 1


def on_a_full_disk(make: Callable[..., IO[bytes]]) -> Callable[..., IO[bytes]]:
    """Files that are really written to a device which is always full."""

    def made_there(*how: Any, **named: Any) -> IO[bytes]:
        file = make(*how, **named)
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, file.fileno())
        os.close(full)
        return file

    return made_there
