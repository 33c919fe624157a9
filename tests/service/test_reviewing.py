"""Does somebody say whether breaking the glass was right, and does the record keep it?"""

import kept
import made
import pytest

from pathway.acts import NotFound, Unacceptable, break_glass, receive, review_glass
from pathway.tables import Entry, Grant, Task
from workflows import Refused

REASON = "The school rang about her tonight"


def broken(house: made.House, by: str = "dot") -> tuple[str, str]:
    """A record whose glass was broken, and the task of reviewing it."""
    case = receive(house.desk, house.viewer("pat"), take=made.take(other_children="none known")).case
    break_glass(house.desk, house.viewer(by), case=case, reason=REASON)
    return case, kept.rows(house, Task, case=case)[-1].public_id


def test_a_managers_verdict_stands_on_the_record_and_the_task_is_done(house: made.House) -> None:
    case, task = broken(house)
    for _ in range(2):
        review_glass(house.desk, house.viewer("may"), task=task, right=False, reason="She could have rung", key="k")
    (grant,) = kept.rows(house, Grant, case=case)
    assert (grant.reviewed_at, grant.reviewed_by_id) == (house.clock(), house.ids["may"])
    assert [one.kind for one in kept.rows(house, Entry, case=case)][-2:] == ["glass_broken", "glass_reviewed"]
    assert [one.done_by_id for one in kept.rows(house, Task, case=case)] == [house.ids["may"]]
    assert kept.faults(house) == []
    with pytest.raises(NotFound):
        review_glass(house.desk, house.viewer("may"), task=task, right=True, reason="Again")


def test_it_is_for_a_manager_who_did_not_break_it_and_gives_a_reason(sqlite_house: made.House) -> None:
    house = sqlite_house
    _, task = broken(house, "may")
    for name, why in (("may", "someone else must review"), ("ada", "for a manager")):
        with pytest.raises(Refused, match=why):
            review_glass(house.desk, house.viewer(name), task=task, right=True, reason=REASON)
    with pytest.raises(Unacceptable, match="Say why"):
        review_glass(house.desk, house.viewer("sid"), task=task, right=True, reason=" ")
