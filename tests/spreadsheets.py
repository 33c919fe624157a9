"""Plain functions that make spreadsheets of contacts: two hundred invented ones, thirty of them bad."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl

from pathway.acts.importing.columns import COLUMNS

TITLES = [one.title for one in COLUMNS]
AT = {one.id: at for at, one in enumerate(COLUMNS)}
GOOD, BAD = 170, 30
SPOILT: tuple[tuple[str, Any, str], ...] = (
    ("told_by", None, "Who told us: This is empty"),
    ("worry", "  ", "What is the worry: This is empty"),
    ("safe_tonight", "maybe", "Safe tonight: Write one of: yes, no, not known."),
    ("born_on", "12/25/2019", "Date of birth: This isn’t a date"),
    ("born_on", "4/12/19", "Date of birth: Write the year with four figures"),
    ("heard_on", "4/12/2031", "Date we heard: This time hasn't come yet"),
    ("age_years", "three", "Age in years: Write the age in whole years"),
    ("caller", "the cat", "Who it is from: Write one of"),
    ("how", "pigeon", "How it reached us: Write one of"),
    ("school", "x" * 201, "School: This is longer than 200 letters"),
)
"""What is spoilt in the bad rows, and what is said of it."""


def line(number: int, **told: Any) -> list[Any]:
    """One good row; `told` replaces what stands in a column."""
    plain: dict[str, Any] = {
        "own": f"EX-{number}",
        "told_by": f"Teacher {number}",
        "worry": f"Often hungry, child {number}.",
        "safe_tonight": "Yes",
        "ring_back": f"07700 9{number:05}",
        "heard_on": date(2026, 11, 13),
        "caller": "professional",
        "how": "Email",
        "given_name": f"Ava{number}",
        "family_name": "Example",
        "born_on": date(2019, 12, 4),
        "other_children": "none known",
    }
    row: list[Any] = [None] * len(COLUMNS)
    for name, value in (plain | told).items():
        row[AT[name]] = value
    return row


def two_hundred() -> list[list[Any]]:
    """Every seventh row is bad, in each of the ways there are, until thirty are."""
    rows = []
    for number in range(GOOD + BAD):
        spoilt = number // 6
        told = {}
        if number % 6 == 5 and spoilt < BAD:
            name, value, _ = SPOILT[spoilt % len(SPOILT)]
            told = {name: value} | ({"born_on": None} if name == "age_years" else {})
        rows.append(line(number, **told))
    return rows


def xlsx(
    rows: Sequence[Sequence[Any]], titles: Sequence[str] = TITLES, change: Callable[[Any], None] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (titles, *rows):
        sheet.append(list(row))
    if change:
        change(sheet)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def comma_separated(rows: Sequence[Sequence[Any]], titles: Sequence[str] = TITLES, separator: str = ",") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    for row in (titles, *rows):
        writer.writerow([f"{one:%d/%m/%Y}" if isinstance(one, date) else one for one in row])
    return text.getvalue().encode("utf-8-sig")


def opened(content: bytes) -> list[list[Any]]:
    """The rows of a spreadsheet that came back, headings first."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Contacts"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]
