"""Which columns does a spreadsheet of contacts have, and what may stand in each?"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflows.referral_facts import Agreement, Caller, How, Sex, YesNo

MOST_ROWS = 1_000
PUT_RIGHT = "What to put right"
"""The column that comes back with the bad rows; it is passed over when they are sent again."""

LONGEST = 200
LONGEST_WORDS = 32_000
"""What a cell holds when it is given back."""

YES_OR_NO = YesNo
CLOSE = 0.75


@dataclass(frozen=True, slots=True)
class Column:
    """`choices` are the words it may hold; `is_day` and `is_number` how it is read."""

    id: str
    title: str
    hint: str
    also: tuple[str, ...] = ()
    needed: bool = False
    choices: type[StrEnum] | None = None
    is_day: bool = False
    is_number: bool = False
    is_telephone: bool = False
    longest: int = LONGEST


COLUMNS: tuple[Column, ...] = (
    Column("own", "Your reference", "Your own number for it, so that it never comes in twice", ("reference", "ref")),
    Column("told_by", "Who told us", "A name, or ‘wouldn’t say’", ("told by", "referrer", "caller name"), needed=True),
    Column(
        "worry",
        "What is the worry",
        "In their own words where you can",
        ("worry", "concern", "reason"),
        needed=True,
        longest=LONGEST_WORDS,
    ),
    Column("safe_tonight", "Safe tonight", "Yes, no or not known", ("is the child safe tonight",), True, YesNo),
    Column(
        "ring_back",
        "How to ring back",
        "A number, or why there is none",
        ("ring back", "telephone", "phone"),
        needed=True,
        is_telephone=True,
    ),
    Column("danger", "In danger now", "Yes or no. A row that says yes comes in first", ("danger",), choices=YES_OR_NO),
    Column("heard_on", "Date we heard", "Day, month, year, such as 4/12/2026", ("date", "date heard"), is_day=True),
    Column("caller", "Who it is from", "Professional, public, family or child", ("caller",), choices=Caller),
    Column("caller_role", "Their job", "Or how they know the child", ("role", "job")),
    Column("how", "How it reached us", "Telephone, online, written or in person", ("how",), choices=How),
    Column("given_name", "Child first name", "One child a row", ("first name", "forename", "given name")),
    Column("family_name", "Child last name", "", ("last name", "surname", "family name")),
    Column("born_on", "Date of birth", "Day, month, year, such as 4/12/2019", ("dob", "birth date"), is_day=True),
    Column("age_years", "Age in years", "If there is no date of birth. For a baby, 0", ("age",), is_number=True),
    Column("expected_on", "Due date", "For a baby not yet born", ("expected date",), is_day=True),
    Column("sex", "Sex", "Female, male or another word", ("gender",), choices=Sex),
    Column("school", "School", "School or nursery", ("nursery",)),
    Column("address", "Address", "", ("home address",)),
    Column("sealed", "Keep the address secret", "Yes for a refuge or a hidden address", ("secret",), choices=YES_OR_NO),
    Column("other_children", "Other children", "In the home, or seen by whoever causes harm", longest=LONGEST_WORDS),
    Column("agreement", "Has the family agreed", "Not asked, given, refused or not safe to ask", choices=Agreement),
    Column("safe_contact", "How it is safe to reach them", "And how it isn’t", longest=LONGEST_WORDS),
    Column("interpreter", "Interpreter", "Language, or what helps"),
)
BY_ID: Mapping[str, Column] = {one.id: one for one in COLUMNS}
NEEDED = tuple(one for one in COLUMNS if one.needed)


def plain(words: str) -> str:
    """A heading or a choice, without case, spaces and marks."""
    return "".join(one for one in words.lower() if one.isalnum())


_CALLED = {plain(name): one for one in COLUMNS for name in (one.title, one.id, *one.also)}


def column_of(heading: str) -> Column | None:
    return _CALLED.get(plain(heading))


def nearest(heading: str) -> Column | None:
    """The column that a heading was probably meant for."""
    near = difflib.get_close_matches(plain(heading), _CALLED, n=1, cutoff=CLOSE)
    return _CALLED[near[0]] if near else None


def heading_faults(headings: Sequence[str]) -> tuple[str, ...]:
    """What is wrong with the headings, each named with what was probably meant."""
    known = [column_of(one) for one in headings]
    faults = [
        f"“{heading}” isn’t a heading we know. Did you mean “{meant.title}”?"
        for heading, column in zip(headings, known, strict=True)
        if heading and column is None and plain(heading) != plain(PUT_RIGHT) and (meant := nearest(heading))
    ]
    for one in COLUMNS:
        if known.count(one) > 1:
            faults.append(f"“{one.title}” is there {known.count(one)} times. Keep one of them.")
    faults += [f"The column “{one.title}” is missing." for one in NEEDED if one not in known]
    return tuple(faults)


def unread(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings that are nothing of ours: what stands under them isn't taken in."""
    return tuple(one for one in headings if one and column_of(one) is None and plain(one) != plain(PUT_RIGHT))
