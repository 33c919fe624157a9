"""How do many contacts come in from a spreadsheet? Good rows in, bad rows back with every reason."""

from pathway.acts.importing.columns import MOST_ROWS
from pathway.acts.importing.giving_back import bad_rows, safe, template
from pathway.acts.importing.reading import Row, Sheet, Unreadable, read
from pathway.acts.importing.taking import Checked, check_contacts, check_may_import, take_contacts

__all__ = [
    "MOST_ROWS",
    "Checked",
    "Row",
    "Sheet",
    "Unreadable",
    "bad_rows",
    "check_contacts",
    "check_may_import",
    "read",
    "safe",
    "take_contacts",
    "template",
]
