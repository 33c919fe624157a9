"""What is published? Levels, indicators, destinations, limits, calendars, and what they advise.

The lowest floor: it imports no other package of ours and no database, web or network library.
"""

from thresholds.calendar import LONDON, Calendar, london, said
from thresholds.canonical import canonical, edition_hash, from_canonical
from thresholds.catalogue import Catalogue
from thresholds.chains import check_chain
from thresholds.changing import Change, changes
from thresholds.contents import Document
from thresholds.counting import shift
from thresholds.edition import Edition
from thresholds.entries import Basis, Entry, Source
from thresholds.faults import (
    BrokenDocument,
    Fault,
    Misfit,
    PastTheCalendar,
    Unjudgeable,
    Unpublished,
)
from thresholds.hours import BankHolidays, Closure, Holiday, OfficeHours, Opening
from thresholds.judgement import ChildJudgement, Judgement, MustHappen, Reason
from thresholds.judging import judge
from thresholds.levels import Band, Dimension, Domain, Figure, Gap, Indicator, Level, Term
from thresholds.limits import Counting, Ladder, Limit, Rung
from thresholds.presenting import Observed, Presenting, PresentingChild, misfits, read_presenting
from thresholds.reading import beside_ours, check_documents, read_editions
from thresholds.routes import Destination, Rule, When
from thresholds.working_time import Due, due


def calendar_for(edition: Edition, office: str = "office") -> Calendar:
    """The calendar of an edition; the same as `edition.calendar(office)`."""
    return edition.calendar(office)


__all__ = [
    "LONDON",
    "Band",
    "BankHolidays",
    "Basis",
    "BrokenDocument",
    "Calendar",
    "Catalogue",
    "Change",
    "ChildJudgement",
    "Closure",
    "Counting",
    "Destination",
    "Dimension",
    "Document",
    "Domain",
    "Due",
    "Edition",
    "Entry",
    "Fault",
    "Figure",
    "Gap",
    "Holiday",
    "Indicator",
    "Judgement",
    "Ladder",
    "Level",
    "Limit",
    "Misfit",
    "MustHappen",
    "Observed",
    "OfficeHours",
    "Opening",
    "PastTheCalendar",
    "Presenting",
    "PresentingChild",
    "Reason",
    "Rule",
    "Rung",
    "Source",
    "Term",
    "Unjudgeable",
    "Unpublished",
    "When",
    "beside_ours",
    "calendar_for",
    "canonical",
    "changes",
    "check_chain",
    "check_documents",
    "due",
    "edition_hash",
    "from_canonical",
    "judge",
    "london",
    "misfits",
    "read_editions",
    "read_presenting",
    "said",
    "shift",
]
