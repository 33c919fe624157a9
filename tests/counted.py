"""What is asked when the tests count time: limits and calendars, made from the plain facts of `every_day`."""

from datetime import date, time
from functools import cache

import yaml
from every_day import CALENDARS, CLOSURES, WEEK

from thresholds import BankHolidays, Calendar, Closure, Limit, OfficeHours, Opening

CITED = {"cite": "test here", "basis": "local decision"}


def a_limit(amount: int, unit: str, **how: object) -> Limit:
    said = {"id": "some-limit", "name": "Something", "words": "Do it.", "from_event": "enquiry_started"}
    kept = {"obliged": "us", "hard": True, "end_of_day": "close_of_business", "amount": amount, "unit": unit}
    how = {name: tuple(value) if isinstance(value, list) else value for name, value in how.items()}
    return Limit.model_validate(said | kept | CITED | how, strict=False)


@cache
def a_calendar(division: str = "england-and-wales", *, closed: bool = False, cut_off: str | None = None) -> Calendar:
    content = yaml.safe_load((CALENDARS / f"{division}.yaml").read_text("utf-8"))
    days = tuple(day | {"on": date.fromisoformat(day["on"])} for day in content.pop("days"))
    dates = {name: date.fromisoformat(value) for name, value in content.items() if name.startswith(("known", "predic"))}
    return Calendar(
        bank_holidays=BankHolidays.model_validate(content | dates | {"days": days}),
        office_hours=office_hours(cut_off=cut_off),
        closures=closures() if closed else (),
    )


def office_hours(week: dict[str, tuple[str, str]] = WEEK, cut_off: str | None = None) -> OfficeHours:
    openings = tuple(
        Opening.model_validate({"day": day, "opens": time.fromisoformat(opens), "closes": time.fromisoformat(closes)})
        for day, (opens, closes) in week.items()
    )
    stated = time.fromisoformat(cut_off) if cut_off else None
    return OfficeHours(id="front-desk_1", name="Front desk", week=openings, cut_off=stated, **CITED)  # type: ignore[arg-type]


def closures() -> tuple[Closure, ...]:
    return tuple(
        Closure(id="some-closure", name=name, first=date.fromisoformat(first), last=date.fromisoformat(last), **CITED)  # type: ignore[arg-type]
        for name, (first, last) in CLOSURES.items()
    )
