"""Is a link made once, and only between two persons that one may see?"""

import kept
import made
import pytest

from pathway.acts import KeyReused, NotFound, agree_link, assign, propose_link, receive, restrict
from pathway.tables import Person, PersonLink

REASON = "Same birthday and address"


def two(house: made.House) -> tuple[str, str]:
    """Two records, each of one child."""
    first, second = (receive(house.desk, house.viewer("pat"), take=made.take()).case for _ in range(2))
    return first, second


def proposed(house: made.House, key: str | None = None, reason: str = REASON) -> str:
    first, second = (one.public_id for one in kept.rows(house, Person))
    done = propose_link(house.desk, house.viewer("ada"), person=first, same_as=second, reason=reason, key=key)
    return done.named["link"]


def test_the_same_proposal_sent_twice_is_one(house: made.House) -> None:
    two(house)
    assert proposed(house, "once") == proposed(house, "once")
    assert len(kept.rows(house, PersonLink)) == 1
    with pytest.raises(KeyReused):
        proposed(house, "once", "Another reason")


@pytest.mark.parametrize("which", [0, 1])
def test_a_link_to_somebody_one_may_not_see_looks_like_none(house: made.House, which: int) -> None:
    hidden, may = two(house)[which], house.viewer("may")
    link = proposed(house)
    assign(house.desk, may, case=hidden, to=may.ref)
    restrict(house.desk, may, case=hidden, names=(), reason="A colleague's child")
    with pytest.raises(NotFound):
        agree_link(house.desk, house.viewer("ben"), link=link, reason=REASON)
