"""On which days is a schedule's service there, and how is that said?"""

from datetime import date

import pytest

from pathway.store.directory.opening import days_of, holds_on, rule_of, said
from pathway.store.directory.oruk import Schedule


def schedule(**told: object) -> Schedule:
    return Schedule.model_validate(told)


@pytest.mark.parametrize(
    ("told", "weekdays"),
    [
        ({"freq": "WEEKLY", "byday": "MO,WE"}, [0, 2]),
        ({"freq": "WEEKLY", "byday": "WE, MO"}, [0, 2]),
        ({"freq": "MONTHLY", "byday": "2MO,-1FR"}, [0, 4]),
        ({"freq": "MONTHLY", "bymonthday": "1,15"}, [0, 1, 2, 3, 4, 5, 6]),
        ({"freq": "WEEKLY", "dtstart": "2026-11-17"}, [1]),
        ({"description": "By appointment"}, []),
    ],
)
def test_the_days_of_the_week_that_it_names(told: dict, weekdays: list[int]) -> None:
    assert [one.weekday for one in days_of([schedule(**told)])] == weekdays


@pytest.mark.parametrize(
    ("told", "holds", "holds_not"),
    [
        ({"freq": "WEEKLY", "interval": 2, "byday": "WE", "dtstart": "2026-01-07"}, (2026, 1, 21), (2026, 1, 14)),
        ({"freq": "MONTHLY", "byday": "1SA"}, (2026, 12, 5), (2026, 12, 12)),
        ({"freq": "MONTHLY", "byday": "-1FR"}, (2026, 11, 27), (2026, 11, 20)),
        ({"freq": "MONTHLY", "bymonthday": "15"}, (2026, 12, 15), (2026, 12, 16)),
    ],
)
def test_a_rule_that_isnt_every_week_is_followed(told: dict, holds: tuple, holds_not: tuple) -> None:
    rule = rule_of(schedule(**told))
    assert (holds_on(rule, date(*holds)), holds_on(rule, date(*holds_not))) == (True, False)


def test_a_fortnight_that_nobody_says_the_start_of_counts_as_there() -> None:
    rule = rule_of(schedule(freq="WEEKLY", interval=2, byday="TU"))
    assert [holds_on(rule, date(2026, 11, day)) for day in (10, 17, 24)] == [True, True, True]
    assert holds_on("RRULE:FREQ=NEVER", date(2026, 11, 10))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            {"byday": "MO,TH,FR", "opens_at": "09:00:00", "closes_at": "12:30Z"},
            "Monday, Thursday and Friday, 09:00 to 12:30",
        ),
        ({"freq": "WEEKLY", "interval": 2, "byday": "WE"}, "Every 2 weeks, Wednesday"),
        ({"freq": "MONTHLY", "byday": "1SA,-1SU"}, "Every month, the first Saturday and the last Sunday"),
        ({"freq": "MONTHLY", "bymonthday": "3"}, "Every month, on day 3 of the month"),
        ({"description": "By appointment"}, ""),
    ],
)
def test_how_it_is_said(told: dict, words: str) -> None:
    assert said(schedule(**told)) == words
