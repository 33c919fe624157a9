"""Which document holds after one is adopted, and another, and the first again?"""

from datetime import date

import made
import pytest

from pathway.acts import adopt
from pathway.clock import SetClock
from pathway.store.editions import edition_of, in_force
from thresholds import Catalogue, Edition, edition_hash, read_editions

BEFORE = date(2026, 4, 1)
"""The date from which the made partnership adopted its document."""

LATER = date(2026, 11, 1)


class Published(Catalogue):
    """A catalogue of one edition."""

    def resolve(self, authority: str, on: date) -> Edition:
        return OTHER


OURS = read_editions()
FIRST = OURS.resolve(made.AUTHORITY, BEFORE)
OTHER = Edition.model_validate(FIRST.model_dump() | {"note": "Another text."})
A, B = edition_hash(FIRST), edition_hash(OTHER)
CATALOGUES = {A: OURS, B: Published({}, {})}


def adopts(house: made.House, text: str, on: date) -> bool:
    """Whether anything was adopted; a minute passes first."""
    clock = house.clock
    assert isinstance(clock, SetClock)
    clock.forward(minutes=1)
    return bool(adopt(house.desk, house.system, catalogue=CATALOGUES[text], on=on).entry)


def held(house: made.House) -> str:
    with house.desk.database.reading() as session:
        return in_force(session, made.AUTHORITY, house.clock())[0]


@pytest.mark.parametrize("on", [BEFORE, LATER])
def test_a_partnership_can_go_back_to_the_text_before(house: made.House, on: date) -> None:
    assert adopts(house, B, on)
    assert held(house) == B
    assert adopts(house, A, on)
    assert held(house) == A
    with house.desk.database.reading() as session:
        assert edition_of(session, made.AUTHORITY, A) == FIRST


def test_what_is_in_force_from_that_date_already_changes_nothing(house: made.House) -> None:
    assert not adopts(house, A, BEFORE)
    assert adopts(house, A, LATER)
    assert not adopts(house, A, LATER)
