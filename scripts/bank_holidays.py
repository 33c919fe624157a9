"""Write the bank holidays of each division, cited and dated, into thresholds/calendars.

Run by hand when a new year is announced: `python scripts/bank_holidays.py`. Known days come from the
list GOV.UK publishes, as `govuk-bank-holidays` carries it offline; the years after it are predicted by
`holidays` and marked so. A day proclaimed after that copy was taken is added by name, and the file says
so. Where the two still differ on a known year, nothing is written.
"""

import sys
from datetime import date
from pathlib import Path

import holidays
import yaml
from govuk_bank_holidays.bank_holidays import BankHolidays

PREDICTED_YEARS = 5
FOLDER = Path(__file__).parent.parent / "thresholds" / "calendars"
DIVISIONS = {  # its name for people, and what `holidays` calls it
    "england-and-wales": ("England and Wales", "ENG"),
    "scotland": ("Scotland", "SCT"),
    "northern-ireland": ("Northern Ireland", "NIR"),
}
# Proclaimed after the copy that `govuk-bank-holidays` carries was taken: the name, and where it is known from.
# The proclamation was read at second hand (github.com/holidays/definitions/pull/351), as was today's GOV.UK list.
PROCLAIMED = {
    "scotland": {date(2026, 6, 15): ("World Cup bank holiday", "by proclamation of 3 February 2026")},
}
HEAD = """\
# Bank holidays of {name}. Written by scripts/bank_holidays.py: don't change by hand.
# Days after known_until are predicted: the rules applied, no proclamation known.
"""


def known(division: str = "england-and-wales") -> dict[date, str]:
    """Published days. The division is always named: without one, Easter Monday is a working day."""
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division=division)
    carried = {day["date"]: f"{day['title']} ({day['notes']})".replace(" ()", "") for day in listed}
    return {day: name for day, (name, _) in PROCLAIMED.get(division, {}).items()} | carried


def predicted(years: range, division: str = "england-and-wales") -> dict[date, str]:
    """Reckoned days. That package lists a weekend day beside its substitute; only weekdays matter here."""
    reckoned = holidays.country_holidays("GB", subdiv=DIVISIONS[division][1], years=years).items()
    return {day: f"{name} (predicted)" for day, name in reckoned if day.weekday() < 5}


def differing(division: str) -> set[date]:
    """Weekdays of known years on which the two sources differ, and nobody has looked into why."""
    listed = known(division)
    reckoned = predicted(range(min(listed).year, max(listed).year + 1), division)
    return set(listed) ^ set(reckoned)


def main() -> int:
    if unexplained := {one: found for one in DIVISIONS if (found := differing(one))}:
        print("The two sources differ, so nothing was written:", unexplained, file=sys.stderr)
        return 1
    for division in DIVISIONS:
        (FOLDER / f"{division}.yaml").write_text(_head(division) + _body(division), "utf-8")
    return 0


def _head(division: str) -> str:
    added = PROCLAIMED.get(division, {}).items()
    notes = (
        f"# {day} ({name}, {source}) is younger than the copy carried, and added.\n" for day, (name, source) in added
    )
    return HEAD.format(name=DIVISIONS[division][0]) + "".join(notes)


def _body(division: str) -> str:
    listed = known(division)
    first, last = min(listed).year, max(listed).year
    until = last + PREDICTED_YEARS
    days = listed | predicted(range(last + 1, until + 1), division)
    return yaml.safe_dump(_content(first, last, until, days, division), sort_keys=False, width=110)


def _content(
    first: int, last: int, until: int, days: dict[date, str], division: str = "england-and-wales"
) -> dict[str, object]:
    return {
        "division": division,
        "cite": f"gov-uk-bank-holidays the {division} division, as carried by govuk-bank-holidays",
        "known_from": f"{first}-01-01",
        "known_until": f"{last}-12-31",
        "predicted_until": f"{until}-12-31",
        "days": [{"on": day.isoformat(), "name": name} for day, name in sorted(days.items())],
    }


if __name__ == "__main__":
    raise SystemExit(main())
