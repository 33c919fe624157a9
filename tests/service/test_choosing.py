"""Does a list know what may be done with each of its records, as the record's own page would say?"""

import explaining
import made
import pytest
from listening import counted
from sqlmodel import select

from pathway.acts import move, receive
from pathway.store.lists.board import board
from pathway.store.parts.choosing import choices_of
from pathway.store.parts.details import choice_view
from pathway.store.records.cases import case
from pathway.tables import Case
from workflows.referral_facts import Acknowledge, How


def some_records(house: made.House) -> None:
    """One just taken, one acknowledged, one about two children."""
    ada = house.viewer("ada")
    receive(house.desk, ada, take=made.take())
    known = receive(house.desk, ada, take=made.take()).case
    move(house.desk, ada, case=known, name="acknowledge", facts=Acknowledge(how=How.telephone))
    receive(house.desk, ada, take=made.take(children=(made.child(given_name="One"), made.child(given_name="Two"))))


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_a_list_offers_what_each_record_offers(house: made.House, who: str) -> None:
    some_records(house)
    viewer, now = house.viewer(who), house.clock()
    with house.desk.database.reading() as session:
        rows = session.exec(select(Case).order_by(Case.id)).all()  # type: ignore[arg-type]
        for row, offered in zip(rows, choices_of(session, viewer, rows, now), strict=True):
            alone = case(session, viewer, row.public_id, now)
            assert alone is not None
            assert tuple(choice_view(one, row.state) for one in offered) == alone.choices


def test_however_many_records_as_many_queries(sqlite_house: made.House) -> None:
    asked = []
    for _ in range(2):
        some_records(sqlite_house)
        asked.append(_queries(sqlite_house))
    assert asked[0] == asked[1]


def _queries(house: made.House) -> int:
    with house.desk.database.reading() as session:
        rows = session.exec(select(Case)).all()
        with counted(house) as said:
            choices_of(session, house.viewer("ada"), rows, house.clock())
    return len(said)


def test_the_board_leads_to_the_next_step_that_may_be_taken(house: made.House) -> None:
    some_records(house)
    now = house.clock()
    with house.desk.database.reading() as session:
        leads = {row.state: row.lead for row in board(session, house.viewer("ada"), now).rows}
        assert leads == {"taken": "acknowledge", "acknowledged": "start_screening"}
        assert {row.lead for row in board(session, house.viewer("aud"), now).rows} == {""}


def test_however_many_there_are_a_few_are_found_by_an_index(house: made.House) -> None:
    some_records(house)
    explaining.fill(house)
    viewer, now = house.viewer("ada"), house.clock()
    with house.desk.database.reading() as session:
        rows = session.exec(select(Case).order_by(Case.id).limit(3)).all()  # type: ignore[arg-type]
    plan = explaining.plans(house, lambda session: choices_of(session, viewer, rows, now))
    assert "assignment" in plan
    assert not explaining.READ_WHOLE.search(plan), plan
