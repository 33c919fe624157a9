"""Is a reason asked for, and held to a length, by the act itself and so at every door?"""

from collections.abc import Callable

import kept
import made
import pytest

from pathway.acts import (
    KeyReused,
    Unacceptable,
    assign,
    break_glass,
    correct,
    decline,
    note,
    propose_link,
    receive,
    restrict,
)
from pathway.tables import Person

LONG = "a" * 2_001


def offered(house: made.House) -> str:
    """A record that Ben is asked to take on."""
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("ben").ref)
    return case


def held(house: made.House) -> str:
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    assign(house.desk, house.viewer("may"), case=case, to=house.viewer("may").ref)
    return case


def two(house: made.House) -> list[str]:
    offered(house), offered(house)
    return [one.public_id for one in kept.rows(house, Person)]


ACTS: dict[str, Callable[[made.House, str], object]] = {
    "decline": lambda house, reason: decline(house.desk, house.viewer("ben"), case=offered(house), reason=reason),
    "restrict": lambda house, reason: restrict(
        house.desk, house.viewer("may"), case=held(house), names=(), reason=reason
    ),
    "break_glass": lambda house, reason: break_glass(
        house.desk, house.viewer("dot"), case=offered(house), reason=reason
    ),
    "propose_link": lambda house, reason: propose_link(
        house.desk, house.viewer("ada"), **dict(zip(("person", "same_as"), two(house), strict=True)), reason=reason
    ),
}


@pytest.mark.parametrize("reason", ["", "  ", LONG], ids=["empty", "blank", "too long"])
@pytest.mark.parametrize("act", ACTS)
def test_every_reason_is_given_and_short_enough_to_read(sqlite_house: made.House, act: str, reason: str) -> None:
    with pytest.raises(Unacceptable, match=r"[Ss]ay why|longer than 2,000") as wrong:
        ACTS[act](sqlite_house, reason)
    assert [one.field for one in wrong.value.faults] == ["reason"]


def test_why_a_record_is_handed_over_may_be_left_out_and_is_no_essay(sqlite_house: made.House) -> None:
    ada, case = sqlite_house.viewer("ada"), offered(sqlite_house)
    with pytest.raises(Unacceptable, match="longer than 2,000"):
        assign(sqlite_house.desk, ada, case=case, to=ada.ref, reason=LONG)


def test_a_note_says_something(sqlite_house: made.House) -> None:
    ada, case = sqlite_house.viewer("ada"), offered(sqlite_house)
    entry = note(sqlite_house.desk, ada, case=case, text="Hello").entry
    for act in (
        lambda: note(sqlite_house.desk, ada, case=case, text=" "),
        lambda: correct(sqlite_house.desk, ada, case=case, entry=entry, text=" "),
    ):
        with pytest.raises(Unacceptable, match="Write something"):
            act()


def test_the_same_key_with_another_reason_is_another_request(sqlite_house: made.House) -> None:
    ada, case = sqlite_house.viewer("ada"), offered(sqlite_house)
    assign(sqlite_house.desk, ada, case=case, to=ada.ref, reason="Known to me", key="k")
    with pytest.raises(KeyReused):
        assign(sqlite_house.desk, ada, case=case, to=ada.ref, reason="She asked me", key="k")
