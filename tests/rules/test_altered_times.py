"""Is a time that stood still, or was made longer, due when people would say so, by its own hours?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thresholds import MadeLonger, StoodStill, read_editions

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
EDITION = read_editions().resolve("exampleton", MONDAY.date())


def due(limit: str, *changes: StoodStill | MadeLonger, start: datetime = MONDAY) -> datetime:
    return EDITION.due_after(limit, start, changes).due_at


def still(days: float, hours: float = 0, since: datetime = MONDAY + timedelta(hours=1)) -> StoodStill:
    return StoodStill(since, since + timedelta(days=days, hours=hours))


@pytest.mark.parametrize(
    ("limit", "change", "later"),
    [
        ("protection_start", still(0, 3), timedelta(hours=3)),
        ("closing", still(2), timedelta(days=2)),
        ("closing", still(7), timedelta(days=7)),
        ("second_opinion", still(0, 2), timedelta(hours=2)),
        ("take_up", MadeLonger(1, "working_days"), timedelta(days=1)),
        ("feedback", MadeLonger(5, "hours"), timedelta(hours=5)),
    ],
)
def test_a_time_moves_by_what_it_waited_in_its_own_hours(
    limit: str, change: StoodStill | MadeLonger, later: timedelta
) -> None:
    assert due(limit, change) - due(limit) == later


def test_a_weekend_that_it_stood_still_over_costs_a_working_day_nothing() -> None:
    friday = MONDAY + timedelta(days=4)
    over_the_weekend = StoodStill(friday, friday + timedelta(days=2, hours=10))
    assert due("closing", over_the_weekend) == due("closing")
    assert due("second_opinion", over_the_weekend, start=friday) > due("second_opinion", start=friday)


def test_it_says_how_it_came_to_be_due_then() -> None:
    found = EDITION.due_after("closing", MONDAY, (still(2), MadeLonger(3, "working_days")))
    assert found.explanation[-2].startswith("It stood still from Monday 16 November 2026 at 11:00")
    assert found.explanation[-1].startswith("It was made longer by 3 working days. So it is due by ")
    assert [at for _, at, _ in found.rungs] == sorted(at for _, at, _ in found.rungs)


LIMITS = st.sampled_from([one.id for one in EDITION.limits])
PAUSES = st.builds(
    lambda begins, lasts: StoodStill(MONDAY + begins, MONDAY + begins + lasts),
    st.timedeltas(timedelta(0), timedelta(days=20)),
    st.timedeltas(timedelta(0), timedelta(days=20)),
)
LONGER = st.builds(MadeLonger, st.integers(1, 20), st.sampled_from(["hours", "office_hours", "working_days", "weeks"]))
CHANGES = st.lists(PAUSES | LONGER, max_size=4).map(tuple)


@given(limit=LIMITS, changes=CHANGES)
def test_no_change_makes_a_time_shorter_and_more_never_makes_it_sooner(
    limit: str, changes: tuple[StoodStill | MadeLonger, ...]
) -> None:
    dues = [due(limit, *changes[:number]) for number in range(len(changes) + 1)]
    assert dues == sorted(dues)


@given(limit=LIMITS, changes=CHANGES)
def test_the_same_changes_always_come_to_the_same_time(
    limit: str, changes: tuple[StoodStill | MadeLonger, ...]
) -> None:
    assert EDITION.due_after(limit, MONDAY, changes) == EDITION.due_after(limit, MONDAY, changes)
    assert due(limit) == EDITION.due(limit, MONDAY).due_at
