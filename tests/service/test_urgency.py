"""Does a band of urgency keep the time that has gone, by its own hours, whatever it is changed to?"""

from datetime import timedelta

import kept
import made
import pytest

from pathway.acts import move, receive
from pathway.tables import Deadline
from workflows import Refused
from workflows.referral_facts import Band

BANDS = ("screening_red", "screening_amber", "screening_green")


def band(house: made.House, case: str, urgency: str, who: str = "ada", reason: str = "As told") -> None:
    move(house.desk, house.viewer(who), case=case, name="band", facts=Band(urgency=urgency, reason=reason))


def clocks(house: made.House, case: str) -> list[Deadline]:
    return [one for one in kept.rows(house, Deadline, case=case) if one.limit_id in BANDS]


def running(house: made.House, case: str) -> Deadline:
    (one,) = [clock for clock in clocks(house, case) if clock.closed_at is None]
    return one


@pytest.fixture
def case(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take(safe_tonight="yes")).case


def test_nobody_gives_a_band_but_a_person(house: made.House, case: str) -> None:
    assert kept.case(house, case).urgency is None
    assert clocks(house, case) == []


def test_red_runs_through_the_night_and_amber_by_office_hours(house: made.House, case: str) -> None:
    house.clock.moment = made.MONDAY + timedelta(minutes=5)
    band(house, case, "amber")
    assert running(house, case).due_at == made.MONDAY + timedelta(days=1, hours=-1, minutes=30)
    band(house, case, "red")
    assert running(house, case).due_at == made.MONDAY + timedelta(hours=4)


def test_another_band_keeps_the_time_that_has_gone(house: made.House, case: str) -> None:
    band(house, case, "green")
    house.clock.moment = made.MONDAY + timedelta(hours=3)
    band(house, case, "red", reason="The nursery rang: a bruise")
    assert running(house, case).started_at == made.MONDAY
    assert running(house, case).due_at == made.MONDAY + timedelta(hours=4)
    assert {one.closed_how for one in clocks(house, case)} == {"rebanded", None}


def test_a_band_that_is_past_its_time_already_is_overdue_at_once(house: made.House, case: str) -> None:
    house.clock.moment = made.MONDAY + timedelta(hours=6)
    band(house, case, "red")
    assert running(house, case).due_at < house.clock()
    assert running(house, case).next_rung_at <= house.clock()


def test_the_decision_ends_the_bands_clock_and_screening_again_asks_anew(house: made.House, case: str) -> None:
    band(house, case, "amber")
    move(house.desk, house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING)
    move(house.desk, house.viewer("ada"), case=case, name="decide", facts=made.decide(kept.children(house, case)))
    assert [one.closed_how for one in clocks(house, case)] == ["met"]
    move(house.desk, house.viewer("ada"), case=case, name="review_again", facts=made.REASON)
    assert kept.case(house, case).urgency is None


def test_a_lower_band_for_a_child_in_danger_is_a_social_workers_to_give(house: made.House) -> None:
    case = receive(
        house.desk, house.viewer("ada"), take=made.take(children=(made.child(observed=("left-home-alone",)),))
    ).case
    with pytest.raises(Refused, match="social worker"):
        band(house, case, "green")
    band(house, case, "green", who="sol", reason="Seen: she is with her aunt")
    assert kept.case(house, case).urgency == "green"


def test_the_same_band_again_and_one_that_nobody_published_are_refused(house: made.House, case: str) -> None:
    band(house, case, "amber")
    for urgency, why in (("amber", "in that band already"), ("puce", "isn't a published band")):
        with pytest.raises(Refused, match=why):
            band(house, case, urgency)


def test_bands_rebuild_from_the_history(house: made.House, case: str) -> None:
    for urgency in ("green", "red", "amber"):
        band(house, case, urgency)
    assert kept.faults(house) == []
