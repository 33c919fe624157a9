"""Does an open record go on by the table it began on, whatever a later release changes?"""

import sys
from dataclasses import replace

import made
import pytest
from typer.testing import CliRunner

from pathway.acts import move, receive
from pathway.cli import app
from pathway.store.adopted.processes import lost_tables
from pathway.store.records.cases import case as case_of
from workflows import REFERRAL, TABLES, Process, Refused, process_pinned
from workflows.referral_facts import Chase

PAST = replace(REFERRAL, moves=tuple(one for one in REFERRAL.moves if one.name != "chase"))
"""The referral as it might once have been: nobody could ask again."""


@pytest.fixture
def began_on_past(house: made.House) -> str:
    """A record that began before this release, by the table that was current then."""
    with pytest.MonkeyPatch.context() as then:
        then.setattr(sys.modules[receive.__module__], "REFERRAL", PAST)
        then.setitem(TABLES, PAST.hash, PAST)
        case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    return case


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Process:
    monkeypatch.setitem(TABLES, PAST.hash, PAST)
    return PAST


def chase(house: made.House, case: str) -> object:
    return move(house.desk, house.viewer("pat"), case=case, name="chase", facts=Chase())


def offered(house: made.House, case: str) -> set[str]:
    with house.desk.database.reading() as session:
        view = case_of(session, house.viewer("pat"), case, house.clock())
    assert view is not None
    return {one.move for one in view.choices}


def test_a_record_moves_by_the_table_it_began_on(house: made.House, began_on_past: str, kept: Process) -> None:
    newer = receive(house.desk, house.viewer("pat"), take=made.take()).case
    with pytest.raises(Refused, match="no such step"):
        chase(house, began_on_past)
    assert chase(house, newer)
    assert offered(house, newer) - offered(house, began_on_past) == {"chase"}


def test_a_release_without_an_open_records_table_says_so_and_starts_nothing(
    house: made.House, began_on_past: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHWAY_DATABASE", house.desk.database.url)
    for words in (("serve",), ("worker",), ("check", "--live")):
        result = CliRunner().invoke(app, list(words))
        assert result.exit_code == 1
        assert "1 open record runs on a table of 'referral' that this release no longer holds" in result.output


def test_every_table_that_open_records_run_on_is_here(house: made.House, began_on_past: str, kept: Process) -> None:
    with house.desk.database.reading() as session:
        assert list(lost_tables(session)) == []
    assert process_pinned("referral", PAST.hash) is PAST
    assert process_pinned("referral", "gone") is REFERRAL
