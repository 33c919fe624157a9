"""What the rules are asked of: the invented partnership's edition, resolved over Nottingham's and England's."""

from datetime import date

import pytest
from hypothesis import settings

from thresholds import Calendar, Catalogue, Edition, read_editions

# A busy machine isn't a wrong answer: promises here are about results, never about speed.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_editions()


@pytest.fixture(scope="session")
def exampleton(catalogue: Catalogue) -> Edition:
    return catalogue.resolve("exampleton", date(2026, 12, 4))


@pytest.fixture(scope="session")
def exampleton_calendar(exampleton: Edition) -> Calendar:
    return exampleton.calendar()
