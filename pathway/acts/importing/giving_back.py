"""What goes back? A template to fill in, and the rows to put right with what to put right; never a formula."""

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from pathway.acts.importing.columns import COLUMNS, MOST_ROWS, PUT_RIGHT, Column
from pathway.acts.importing.rows import in_words
from pathway.acts.importing.taking import Checked

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTH, WIDE = 22, 50
ON_THE_LIST = 255
"""Excel takes no longer list of choices."""


def template() -> bytes:
    """Headings, with how to fill each column in on a second sheet. No example row: it might be taken in."""
    book = Workbook()
    sheet = _headed(book, [one.title for one in COLUMNS])
    for at, column in enumerate(COLUMNS, start=1):
        _offer(sheet, at, column)
    help_sheet = book.create_sheet("How to fill it in")
    for line in (("Column", "Needed", "What to write"), *((one.title, _needed(one), _hint(one)) for one in COLUMNS)):
        help_sheet.append(line)
    help_sheet.column_dimensions["A"].width, help_sheet.column_dimensions["C"].width = 30, 80
    return _saved(book)


def bad_rows(rows: Iterable[Checked]) -> bytes:
    """The rows that didn't come in, as they were sent, each with every reason. To be put right and sent again."""
    book = Workbook()
    sheet = _headed(book, [PUT_RIGHT, *(one.title for one in COLUMNS)])
    for down, one in enumerate(rows, start=2):
        why = "\n".join(one.reasons)
        for at, text in enumerate((why, *(one.read.row.cells.get(column.id, "") for column in COLUMNS)), start=1):
            _put(sheet, down, at, text)
        sheet.cell(down, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = WIDE
    return _saved(book)


def safe(text: str) -> str:
    """Words that no program takes for a formula: an apostrophe first, which reading takes off again."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _headed(book: Workbook, titles: list[str]) -> Any:
    sheet = book.active
    sheet.title = "Contacts"
    for at, title in enumerate(titles, start=1):
        sheet.cell(1, at, title).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = WIDTH
    sheet.freeze_panes = "A2"
    return sheet


def _put(sheet: Any, row: int, column: int, text: str) -> None:
    """As text always, so that no date is turned round and no number loses its first 0."""
    cell = sheet.cell(row, column)
    cell.value = safe(ILLEGAL_CHARACTERS_RE.sub("", text)) or None
    if text:
        cell.data_type, cell.number_format = "s", "@"


def _offer(sheet: Any, at: int, column: Column) -> None:
    if column.choices is None:
        if column.is_telephone or column.is_day:
            sheet.column_dimensions[get_column_letter(at)].number_format = "@"
        return
    words = ",".join(in_words(column.choices))
    if len(words) < ON_THE_LIST:
        offered = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        offered.add(f"{get_column_letter(at)}2:{get_column_letter(at)}{MOST_ROWS + 1}")
        sheet.add_data_validation(offered)


def _needed(column: Column) -> str:
    return "Yes" if column.needed else ""


def _hint(column: Column) -> str:
    return column.hint or "If you know it"


def _saved(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
