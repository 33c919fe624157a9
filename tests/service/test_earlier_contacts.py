"""Are earlier contacts about a child read together, and does a count never tell what it mustn't?"""

import json
from collections.abc import Sequence

import kept
import made
import pytest

from pathway.acts import accept, assign, receive, restrict
from pathway.clock import SetClock
from pathway.tables import Payload, Person

TOGETHER = "read-them-together"


def worry(house: made.House, child: str = "") -> None:
    known = ({"same_as": child},) if child else (made.child(),)
    receive(house.desk, house.viewer("ada"), take=made.take(children=known))


def the_child(house: made.House) -> str:
    first: Person = kept.rows(house, Person)[0]
    return first.public_id


def cautions(house: made.House) -> Sequence[str]:
    """Those of the newest contact's only child."""
    newest: Payload = kept.rows(house, Payload)[-1]
    return [one["id"] for one in json.loads(newest.body)["judgement"]["children"][0]["cautions"]]


def forward(house: made.House, **much: int) -> None:
    assert isinstance(house.clock, SetClock)
    house.clock.forward(**much)


@pytest.mark.parametrize(("times", "together"), [(1, False), (2, False), (3, True), (4, True)])
def test_the_third_contact_in_the_window_is_read_with_those_before(
    house: made.House, times: int, together: bool
) -> None:
    worry(house)
    for _ in range(times - 1):
        worry(house, the_child(house))
    assert (TOGETHER in cautions(house)) is together


@pytest.mark.parametrize(("weeks", "together"), [(11, True), (12, False)])
def test_a_contact_before_the_window_isnt_counted(house: made.House, weeks: int, together: bool) -> None:
    worry(house)
    worry(house, the_child(house))
    forward(house, weeks=weeks)
    worry(house, the_child(house))
    assert (TOGETHER in cautions(house)) is together


def test_a_restricted_record_isnt_counted_for_somebody_who_may_not_see_it(house: made.House) -> None:
    worry(house)
    child = the_child(house)
    hidden = receive(house.desk, house.viewer("ada"), take=made.take(children=({"same_as": child},))).case
    assign(house.desk, house.viewer("ada"), case=hidden, to=house.viewer("sol").ref)
    accept(house.desk, house.viewer("sol"), case=hidden)
    restrict(house.desk, house.viewer("may"), case=hidden, names=(house.viewer("sol").ref,), reason="A colleague")
    worry(house, child)
    assert TOGETHER not in cautions(house)
