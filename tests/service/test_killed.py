"""Does anything half done outlive a kill −9? The process is killed before every single statement of an act."""

import os
import signal
from collections.abc import Callable

import kept
import made
import pytest
import told
from sqlalchemy import event

from pathway.acts import Desk, move, receive
from pathway.database import Database
from pathway.settings import Settings
from pathway.tables import Case

MOST = 80


def killed_before(house: made.House, statement: int, act: Callable[[Desk], object]) -> bool:
    """Run `act` in a child that kills itself before its nth statement (or the commit); False once it gets through."""
    child = os.fork()
    if child == 0:
        try:
            database = Database(house.desk.database.url)
            count = iter(range(statement))

            def next_one(*_: object) -> None:
                if next(count, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(database.engine, "before_cursor_execute", next_one)
            event.listen(database.engine, "commit", next_one)
            act(Desk(database, Settings(files=house.desk.settings.files), house.clock))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def every_kill(house: made.House, act: Callable[[Desk], object], check: Callable[[], None]) -> int:
    house.desk.database.dispose()
    for statement in range(MOST):
        if not killed_before(house, statement, act):
            return statement
        check()
        house.desk.database.dispose()
    pytest.fail(f"More than {MOST} statements in one act")


def test_a_taking_killed_anywhere_leaves_nothing_and_its_retry_one_case(house: made.House) -> None:
    viewer, before = house.viewer("ada"), kept.count(house)

    def nothing_yet() -> None:
        assert kept.count(house) == before

    kills = every_kill(house, lambda desk: receive(desk, viewer, take=made.take(), key="once"), nothing_yet)
    assert kills > 10
    again = receive(house.desk, viewer, take=made.take(), key="once")
    assert [one.public_id for one in kept.rows(house, Case)] == [again.case]
    assert kept.faults(house) == []


def test_a_move_killed_anywhere_leaves_nothing_and_its_retry_happens_once(house: made.House) -> None:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    protect = told.facts("protect", ())
    move(house.desk, house.viewer("ada"), case=case, name="protect", facts=protect)
    viewer, before = house.viewer("sol"), kept.count(house)

    def act(desk: Desk) -> object:
        return move(desk, viewer, case=case, name="take_protection", facts=made.NOTHING, key="once")

    def still_protecting() -> None:
        assert kept.count(house) == before
        assert kept.case(house, case).state == "protecting"
        assert kept.faults(house) == []

    assert every_kill(house, act, still_protecting) > 10
    assert act(house.desk).sequence == 3
    assert kept.faults(house) == []
