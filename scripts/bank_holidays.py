"""Write the bank holidays of England and Wales, cited and dated, into thresholds/calendars.

Run by hand when a new year is announced: `python scripts/bank_holidays.py`. Known days come from the
list GOV.UK publishes, as `govuk-bank-holidays` carries it offline; the years after it are predicted by
`holidays` and marked so. Where the two differ on a known year, nothing is written.
"""

import sys
from datetime import date
from pathlib import Path

import holidays
import yaml
from govuk_bank_holidays.bank_holidays import BankHolidays

PREDICTED_YEARS = 5
FILE = Path(__file__).parent.parent / "thresholds" / "calendars" / "england-and-wales.yaml"
HEAD = """\
# Bank holidays of England and Wales. Written by scripts/bank_holidays.py: don't change by hand.
# Days after known_until are predicted: the rules applied, no proclamation known.
"""


def known() -> dict[date, str]:
    """Published days. The division is always named: without one, Easter Monday is a working day."""
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division="england-and-wales")
    return {day["date"]: f"{day['title']} ({day['notes']})".replace(" ()", "") for day in listed}


def predicted(years: range) -> dict[date, str]:
    """Reckoned days. That package lists a weekend day beside its substitute; only weekdays matter here."""
    reckoned = holidays.country_holidays("GB", subdiv="ENG", years=years).items()
    return {day: f"{name} (predicted)" for day, name in reckoned if day.weekday() < 5}


def main() -> int:
    listed = known()
    first, last = min(listed).year, max(listed).year
    reckoned = predicted(range(first, last + 1))
    if differing := sorted(set(listed) ^ set(reckoned)):
        print("The two sources differ, so nothing was written:", *differing, file=sys.stderr)
        return 1
    until = last + PREDICTED_YEARS
    days = listed | predicted(range(last + 1, until + 1))
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(HEAD + yaml.safe_dump(_content(first, last, until, days), sort_keys=False, width=110))
    return 0


def _content(first: int, last: int, until: int, days: dict[date, str]) -> dict[str, object]:
    return {
        "division": "england-and-wales",
        "cite": "gov-uk-bank-holidays the england-and-wales division, as carried by govuk-bank-holidays",
        "known_from": f"{first}-01-01",
        "known_until": f"{last}-12-31",
        "predicted_until": f"{until}-12-31",
        "days": [{"on": day.isoformat(), "name": name} for day, name in sorted(days.items())],
    }


if __name__ == "__main__":
    raise SystemExit(main())
