"""What is published? Levels, indicators, destinations, limits, calendars, and what they advise.

The lowest floor: it imports no other package of ours and no database, web or network library.
"""

from thresholds.editions.canonical import canonical, edition_hash, from_canonical
from thresholds.editions.changing import Change, changes
from thresholds.editions.edition import Edition
from thresholds.gathering.catalogue import Catalogue
from thresholds.gathering.chains import check_chain
from thresholds.gathering.documents import beside_ours, check_documents, read_editions
from thresholds.judging.advising import judge
from thresholds.judging.judgement import ChildJudgement, Judgement, MustHappen, Reason
from thresholds.judging.presenting import Observed, Presenting, PresentingChild, misfits, read_presenting
from thresholds.published.allowances import Allowance, Extension, Pause
from thresholds.published.contents import Document
from thresholds.published.entries import Basis, Entry, Source
from thresholds.published.faults import (
    BrokenDocument,
    Fault,
    Misfit,
    PastTheCalendar,
    Unjudgeable,
    Unpublished,
)
from thresholds.published.hours import BankHolidays, Closure, Holiday, OfficeHours, Opening
from thresholds.published.levels import Band, Dimension, Domain, Figure, Gap, Indicator, Level, Term
from thresholds.published.limits import Counting, Ladder, Limit, Rung
from thresholds.published.routes import Destination, Rule, When
from thresholds.timing.altering import MadeLonger, StoodStill
from thresholds.timing.calendar import LONDON, Calendar, london, said
from thresholds.timing.counting import shift
from thresholds.timing.working_time import Due, due


def calendar_for(edition: Edition, office: str = "office") -> Calendar:
    """The calendar of an edition; the same as `edition.calendar(office)`."""
    return edition.calendar(office)


__all__ = [
    "LONDON",
    "Allowance",
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
    "Extension",
    "Fault",
    "Figure",
    "Gap",
    "Holiday",
    "Indicator",
    "Judgement",
    "Ladder",
    "Level",
    "Limit",
    "MadeLonger",
    "Misfit",
    "MustHappen",
    "Observed",
    "OfficeHours",
    "Opening",
    "PastTheCalendar",
    "Pause",
    "Presenting",
    "PresentingChild",
    "Reason",
    "Rule",
    "Rung",
    "Source",
    "StoodStill",
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
