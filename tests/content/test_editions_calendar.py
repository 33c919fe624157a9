"""Are the bank holidays in the package those that were published, and is a guess marked as one?"""

import runpy
from datetime import date
from pathlib import Path

import pytest

from thresholds import BankHolidays
from thresholds.gathering.documents import PACKAGE, read_calendars

CALENDARS = read_calendars()
FEWEST = {"england-and-wales": 8, "scotland": 9, "northern-ireland": 10}
SCRIPT = Path(__file__).parents[2] / "scripts" / "bank_holidays.py"

every_division = pytest.mark.parametrize("division", ["england-and-wales", "scotland", "northern-ireland"])


@pytest.fixture(scope="module")
def script() -> dict:
    return runpy.run_path(str(SCRIPT))


def days(held: BankHolidays) -> set[date]:
    return {holiday.on for holiday in held.days}


def test_every_division_is_held():
    assert set(CALENDARS) == set(FEWEST)


@every_division
def test_the_known_days_are_those_gov_uk_published(script: dict, division: str):
    held = CALENDARS[division]
    assert {h.on: h.name for h in held.days if h.on <= held.known_until} == script["known"](division)


@every_division
def test_the_file_is_what_the_script_writes(script: dict, division: str):
    written = script["_head"](division) + script["_body"](division)
    assert (PACKAGE / "calendars" / f"{division}.yaml").read_text("utf-8") == written


@every_division
def test_the_two_sources_agree_on_every_known_day(script: dict, division: str):
    assert script["differing"](division) == set()


def test_a_day_proclaimed_since_the_copy_was_taken_is_held_and_the_file_says_so():
    assert date(2026, 6, 15) in days(CALENDARS["scotland"])
    assert "# 2026-06-15 (World Cup bank holiday" in (PACKAGE / "calendars" / "scotland.yaml").read_text("utf-8")


@every_division
def test_what_is_predicted_says_so(division: str):
    held = CALENDARS[division]
    assert all(h.name.endswith("(predicted)") for h in held.days if h.on > held.known_until)


@every_division
@pytest.mark.parametrize("year", range(2012, 2034))
def test_every_year_has_its_days_or_more(division: str, year: int):
    assert sum(day.year == year for day in days(CALENDARS[division])) >= FEWEST[division]


@pytest.mark.parametrize("day", [date(2022, 9, 19), date(2023, 5, 8), date(2026, 4, 6), date(2026, 12, 28)])
def test_days_people_would_miss_are_there(day: date):
    """A funeral, a coronation, Easter Monday, and Boxing Day moved off a Saturday."""
    assert day in days(CALENDARS["england-and-wales"])


def test_each_division_keeps_its_own_days():
    """The day after New Year, Easter Monday, Saint Andrew's and the Battle of the Boyne."""
    second, easter, andrew, boyne = (date(2026, 1, 2), date(2026, 4, 6), date(2026, 11, 30), date(2026, 7, 13))
    scotland, northern = days(CALENDARS["scotland"]), days(CALENDARS["northern-ireland"])
    assert {second, andrew} <= scotland
    assert not {easter, boyne} & scotland
    assert {easter, boyne} <= northern
    assert not {second, andrew} & northern
