"""Are the bank holidays in the package those that were published, and is a guess marked as one?"""

import runpy
from datetime import date
from pathlib import Path

import pytest
import yaml

from thresholds.reading import PACKAGE, read_calendars

HELD = read_calendars()["england-and-wales"]
FILE = PACKAGE / "calendars" / "england-and-wales.yaml"
SCRIPT = Path(__file__).parents[2] / "scripts" / "bank_holidays.py"


@pytest.fixture(scope="module")
def script() -> dict:
    return runpy.run_path(str(SCRIPT))


def test_the_known_days_are_those_gov_uk_published(script: dict):
    assert {h.on: h.name for h in HELD.days if h.on <= HELD.known_until} == script["known"]()


def test_the_file_is_what_the_script_writes(script: dict):
    first, last, until = (day.year for day in (HELD.known_from, HELD.known_until, HELD.predicted_until))
    days = script["known"]() | script["predicted"](range(last + 1, until + 1))
    assert yaml.safe_load(FILE.read_text()) == script["_content"](first, last, until, days)


def test_what_is_predicted_says_so():
    assert all(h.name.endswith("(predicted)") for h in HELD.days if h.on > HELD.known_until)


@pytest.mark.parametrize("year", range(2012, 2034))
def test_every_year_has_its_eight_days_or_more(year: int):
    assert sum(h.on.year == year for h in HELD.days) >= 8


@pytest.mark.parametrize("day", [date(2022, 9, 19), date(2023, 5, 8), date(2026, 4, 6), date(2026, 12, 28)])
def test_days_people_would_miss_are_there(day: date):
    """A funeral, a coronation, Easter Monday, and Boxing Day moved off a Saturday."""
    assert day in {h.on for h in HELD.days}
