"""What stands in the file? Rows of words under known headings, from a spreadsheet or a CSV; nothing in it runs."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from pathway.acts.importing.columns import (
    MOST_ROWS,
    Column,
    column_of,
    heading_faults,
    nearest,
    unread,
)
from pathway.acts.importing.days import FIRST_DAY, said, serial_day

MOST_UNPACKED = 100_000_000
MOST_ROWS_DOWN = 5_000
MOST_COLUMNS = 100
LOOK_FOR_HEADINGS = 20
ENOUGH_HEADINGS = 2
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
MACROS = "macroEnabled"
QUOTED = re.compile(r"^'(?=[=+\-@\t\r])")
"""The mark that what we gave back begins with, so that no program takes it for a formula."""

FORMULA = "This cell holds a formula. Copy it and paste the value alone."
BROKEN = "This cell holds an error, such as #REF!. Write what belongs there."
MERGED = "This row has merged cells, so it isn’t clear what belongs where. Unmerge them."
NO_HEADINGS = "We found no headings that we know in the first 20 rows. Use the template, or its headings."


class Unreadable(Exception):
    """The file can't be taken as it stands: every reason, as sentences."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it was sent: words by column, and what couldn't be read, by column ("" for the whole row)."""

    number: int
    cells: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[Row, ...]
    unread: tuple[str, ...]
    """Headings, and other sheets, that nothing is taken from."""


def read(name: str, content: bytes, *, largest: int) -> Sheet:
    """The rows of a file. Raises `Unreadable`."""
    if not content:
        raise Unreadable("Choose a file first. This one is empty.")
    if len(content) > largest:
        raise Unreadable(f"This file is larger than {largest // 1_000_000} MB. Split it, or take pictures out of it.")
    if name.lower().endswith((".xlsm", ".xltm", ".xlsb")):
        raise Unreadable(WITH_MACROS)
    if content.startswith(OLD_OFFICE):
        raise Unreadable("This is an old .xls file, or one with a password. Save it as .xlsx without a password.")
    return _workbook(content) if content.startswith(ZIP) else _csv(content)


WITH_MACROS = "This spreadsheet holds macros, which we don’t open. Save it as .xlsx, or as CSV."
NOT_ONE = "We can’t open this as a spreadsheet. Save it as .xlsx, or as CSV, and send it again."


def _workbook(content: bytes) -> Sheet:
    import openpyxl

    _check_parts(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except Exception:  # whatever the reader trips over, the file isn't one
        raise Unreadable(NOT_ONE) from None
    first = FIRST_DAY if book.epoch.year < 1904 else date(1904, 1, 1)
    found: list[Sheet] = []
    others: list[str] = []
    faults: list[str] = []
    for sheet in book.worksheets:
        if sheet.max_row > MOST_ROWS_DOWN:
            raise Unreadable(f"The sheet “{sheet.title}” goes down to row {sheet.max_row:,}. Delete the empty rows.")
        grid = list(sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS)))
        at, headings = _headings([[_text(one) for one in line] for line in grid[:LOOK_FOR_HEADINGS]])
        if at < 0 or found:
            others += [f"the sheet “{sheet.title}”"] if sheet.max_row > 1 else []
            continue
        merged = {row for area in sheet.merged_cells.ranges for row in range(area.min_row, area.max_row + 1)}
        rows = (
            _row(number, headings, line, number in merged, first)
            for number, line in enumerate(grid[at + 1 :], start=at + 2)
        )
        faults += heading_faults(headings)
        found.append(_sheet(headings, rows))
    if not found:
        raise Unreadable(NO_HEADINGS)
    if faults:
        raise Unreadable(*faults)
    return Sheet(found[0].rows, (*found[0].unread, *others))


def _check_parts(content: bytes) -> None:
    """Nothing that runs, and nothing that unpacks to more than it seems."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = [one.filename for one in parts.infolist()]
            unpacked = sum(one.file_size for one in parts.infolist())
            kinds = parts.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        raise Unreadable(NOT_ONE) from None
    if unpacked > MOST_UNPACKED:
        raise Unreadable("This file unpacks to far more than it seems to hold, so we don’t open it.")
    if any("vbaproject" in one.lower() for one in names) or MACROS.encode() in kinds:
        raise Unreadable(WITH_MACROS)
    if not any(one.startswith("xl/") for one in names):
        raise Unreadable(NOT_ONE)


def _csv(content: bytes) -> Sheet:
    text = _decoded(content)
    start = text[:10_000]
    separator = max(",;\t", key=start.count)
    try:
        grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise Unreadable(NOT_ONE) from None
    if len(grid) > MOST_ROWS_DOWN:
        raise Unreadable(f"This file has {len(grid):,} rows. Send at most {MOST_ROWS:,} at once.")
    at, headings = _headings(grid[:LOOK_FOR_HEADINGS])
    if at < 0:
        raise Unreadable(NO_HEADINGS)
    if faults := heading_faults(headings):
        raise Unreadable(*faults)
    rows = (_row(number, headings, line, False, FIRST_DAY) for number, line in enumerate(grid[at + 1 :], start=at + 2))
    return _sheet(headings, rows)


def _decoded(content: bytes) -> str:
    if b"\x00" in content[:4] or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable(NOT_ONE) from None
    if b"\x00" in content:
        raise Unreadable(NOT_ONE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _headings(grid: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """Where the headings are: the first row with more than one that we know, or nearly. -1 where there is none."""
    for at, line in enumerate(grid):
        headings = [" ".join(one.split()) for one in line]
        if sum((column_of(one) or nearest(one)) is not None for one in headings) >= ENOUGH_HEADINGS:
            return at, headings
    return -1, []


def _sheet(headings: Sequence[str], rows: Iterable[Row]) -> Sheet:
    filled = tuple(row for row in rows if any(row.cells.values()) or row.faults)
    if len(filled) > MOST_ROWS:
        raise Unreadable(f"This file has {len(filled):,} contacts. Send at most {MOST_ROWS:,} at once.")
    if not filled:
        raise Unreadable("There are headings, and no contacts below them.")
    return Sheet(filled, unread(headings))


def _row(number: int, headings: Sequence[str], line: Sequence[Any], merged: bool, first: date) -> Row:
    cells: dict[str, str] = {}
    faults: dict[str, str] = {}
    for column, cell in _known(headings, line):
        cells[column.id], fault = _cell(column, cell, first)
        if fault:
            faults[column.id] = fault
    if merged and any(cells.values()):
        faults[""] = MERGED
    return Row(number, cells, faults)


def _known(headings: Sequence[str], line: Sequence[Any]) -> Iterator[tuple[Column, Any]]:
    for heading, cell in zip(headings, line, strict=False):
        if column := column_of(heading):
            yield column, cell


def _cell(column: Column, cell: Any, first: date) -> tuple[str, str]:
    """The words of a cell, and what is wrong with it as a cell."""
    value, kind = getattr(cell, "value", cell), getattr(cell, "data_type", "s")
    if kind == "f":
        return str(getattr(value, "text", value) or ""), FORMULA
    if kind == "e":
        return str(value), BROKEN
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(column, value, first), ""
    return _text(cell), ""


def _number(column: Column, value: float, first: date) -> str:
    """A number in the shape its column has: a day, or a telephone number whose first 0 the spreadsheet took away."""
    if column.is_day:
        try:
            return said(serial_day(value, first))
        except ValueError:
            return _plain_number(value)
    written = _plain_number(value)
    return f"0{written}" if column.is_telephone and len(written) == 10 and written[0] != "0" else written


def _plain_number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def _text(cell: Any) -> str:
    value = getattr(cell, "value", cell)
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return said(value) if value.time() == time() else f"{said(value)} {value:%H:%M}"
        case date():
            return said(value)
        case time():
            return f"{value:%H:%M}"
        case int() | float():
            return _plain_number(value)
    return QUOTED.sub("", str(value).replace("\x00", "").replace("\r\n", "\n").strip())
