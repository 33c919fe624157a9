"""What time is it? The only module that reads the clock; everywhere else `now` is an argument."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def day_of(at: datetime) -> date:
    """The day it is here at a moment."""
    return at.astimezone(LONDON).date()


class SetClock:
    """A clock that is told the time: for simulated time in the sample partnership and in tests."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **step: float) -> datetime:
        self.moment += timedelta(**step)
        return self.moment
