"""What does one row tell? A worry to take in, or every reason why not, beside its column."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from pathway.acts.faults import FieldFault
from pathway.acts.importing.columns import BY_ID, COLUMNS, Column, plain
from pathway.acts.importing.days import NotADay, day_of
from pathway.acts.importing.reading import Row
from pathway.clock import LONDON
from workflows.referral_facts import Take, TakenChild, YesNo

OLDEST = 25
NO = frozenset({"", "no", "n", "false", "0", "none"})
"""What says that nobody is in danger. Anything else in that column is read as danger: better once too often."""

SAYINGS: Mapping[str, str] = {
    "y": "yes", "n": "no", "dontknow": "unknown", "notknown": "unknown", "wedontknow": "unknown", "notsure": "unknown",
    "parent": "family", "carer": "family", "relative": "family", "mother": "family", "father": "family",
    "youngperson": "child", "neighbour": "public", "friend": "public", "phone": "telephone", "call": "telephone",
    "email": "written", "letter": "written", "web": "online", "visit": "in_person", "yesagreed": "given",
    "agreed": "given", "declined": "refused", "f": "female", "m": "male", "girl": "female", "boy": "male",
}  # fmt: skip
"""Other words that people write, and which of ours each means."""

WORDS = {"unknown": "not known"}
EMPTY = "This is empty, and we need it."
NOT_GIVEN = {
    "told_by": "Not given",
    "worry": "A child is in danger now. The row says no more.",
    "ring_back": "Not given",
}
"""What stands where a row that says danger says nothing else: danger waits for no form."""

PLACES = {"born_on": "born_on", "age_years": "age_years", "expected_on": "expected_on", "occurred_at": "heard_on"}


@dataclass(frozen=True, slots=True)
class Fault:
    """`column` is its title; empty where it is about the whole row."""

    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Read:
    """`take` where it can be taken in. `danger` where it says that a child is in danger now, taken in or not.

    `passed_over` is what couldn't be read in a row that says danger: it is in the worry as it was sent.
    """

    row: Row
    key: str
    danger: bool
    take: Take | None
    faults: tuple[Fault, ...]
    passed_over: tuple[Fault, ...] = ()


def read_row(row: Row, besides: tuple[Fault, ...] = ()) -> Read:
    """The row as a worry, or its faults. A row that says danger is read as far as it can be.

    `besides` are faults that were found elsewhere, whose columns are passed over.
    """
    danger = plain(row.cells.get("danger", "")) not in NO
    told, faults = _told(row)
    if not danger:
        take = None if faults else _take(told)
        return Read(row, _key(row, danger), danger, take, faults)
    faults = tuple(one for one in (*faults, *besides) if one.sentence != EMPTY)
    spoilt = {one.column for one in faults}
    kept = {name: value for name, value in told.items() if BY_ID[name].title not in spoilt}
    take = _take(NOT_GIVEN | {"safe_tonight": YesNo.no} | kept | {"danger": True})
    return Read(row, _key(row, danger), danger, _with_the_rest(take, row, spoilt), (), faults)


def faults_of(given: tuple[FieldFault, ...]) -> tuple[Fault, ...]:
    """What an act can't take, beside the column it came from."""
    found = []
    for one in given:
        name = PLACES.get(one.field.rpartition(".")[2], one.field.rpartition(".")[2])
        found.append(Fault(BY_ID[name].title if name in BY_ID else "", one.sentence))
    return tuple(found)


def _told(row: Row) -> tuple[dict[str, object], tuple[Fault, ...]]:
    told: dict[str, object] = {}
    faults = [Fault(BY_ID[name].title if name else "", said) for name, said in row.faults.items()]
    for column in COLUMNS:
        text = row.cells.get(column.id, "")
        if column.id in row.faults:
            continue
        try:
            if value := _value(column, text):
                told[column.id] = value[0]
        except _Wrong as wrong:
            faults.append(Fault(column.title, str(wrong)))
    return told, tuple(faults)


class _Wrong(ValueError):
    """Says in a sentence what to write instead."""


def _value(column: Column, text: str) -> tuple[object] | None:
    """What a cell says; None for nothing. Raises `_Wrong`."""
    if not text:
        if column.needed:
            raise _Wrong(EMPTY)
        return None
    if len(text) > column.longest:
        raise _Wrong(f"This is longer than {column.longest:,} letters. Shorten it.")
    if column.choices is not None:
        return (_choice(column.choices, text),)
    if column.is_day:
        return (_moment(text) if column.id == "heard_on" else _day(text),)
    if column.is_number:
        if not (text.isdecimal() and int(text[:4]) <= OLDEST):
            raise _Wrong("Write the age in whole years, such as 3. For a baby under one, 0.")
        return (int(text),)
    return (text,)


def _choice(choices: type[StrEnum], text: str) -> StrEnum:
    said = plain(text)
    known = {plain(one.value): one for one in choices} | {plain(str(getattr(one, "words", ""))): one for one in choices}
    meant = known.get(said) or known.get(plain(SAYINGS.get(said, "")))
    if meant is None:
        raise _Wrong(f"Write one of: {', '.join(in_words(choices))}.")
    return meant


def in_words(choices: type[StrEnum]) -> tuple[str, ...]:
    """The choices as they are written in a cell."""
    return tuple(WORDS.get(one.value, one.value.replace("_", " ")) for one in choices)


def _day(text: str) -> object:
    try:
        return day_of(text)
    except NotADay as wrong:
        raise _Wrong(str(wrong)) from None


def _moment(text: str) -> object:
    """The day we heard, with its time where that was written; in London, and its beginning where it wasn't."""
    day, _, clock = text.rpartition(" ")
    try:
        at = time.fromisoformat(clock) if ":" in clock and day else time()
    except ValueError:
        raise _Wrong("Write the time like 14:30, or leave it out.") from None
    try:
        return datetime.combine(day_of(day if ":" in clock and day else text), at, LONDON)
    except NotADay as wrong:
        raise _Wrong(str(wrong)) from None


def _take(told: Mapping[str, object]) -> Take:
    of_child = ("given_name", "family_name", "born_on", "age_years", "expected_on", "sex", "school")
    child = {name: told[name] for name in of_child if name in told}
    plain_facts = (
        "told_by", "worry", "safe_tonight", "ring_back", "caller", "caller_role", "how", "address", "other_children",
        "agreement", "safe_contact", "interpreter",
    )  # fmt: skip
    body: dict[str, object] = {name: told[name] for name in plain_facts if name in told}
    body |= {
        "address_sealed": told.get("sealed", YesNo.no) is not YesNo.no,
        "immediate_danger": bool(told.get("danger") is True),
    }
    if "heard_on" in told:
        body["occurred_at"] = told["heard_on"]
    return Take.model_validate(body | {"children": (TakenChild.model_validate(child),) if child else ()})


def _with_the_rest(take: Take, row: Row, spoilt: set[str]) -> Take:
    """What couldn't be read stands in the worry as it was sent, so that nothing in it is lost."""
    unread = [f"{one.title}: {row.cells[one.id]}" for one in COLUMNS if one.title in spoilt and row.cells.get(one.id)]
    if not unread:
        return take
    return take.model_copy(update={"worry": f"{take.worry}\n\nSent like this, and not read:\n" + "\n".join(unread)})


def _key(row: Row, danger: bool) -> str:
    """The same row sent twice has the same key: by your own reference, else by everything in it.

    Danger goes by everything in it, so that a reference used before never keeps it out.
    """
    own = "" if danger else row.cells.get("own", "")
    every = "\n".join(f"{name}={row.cells[name]}" for name in sorted(row.cells) if row.cells[name])
    return "import:" + hashlib.sha256(f"own:{own}".encode() if own else every.encode()).hexdigest()


def without(read: Read, faults: tuple[Fault, ...]) -> Read:
    """The row with what an act found besides."""
    return replace(read, take=None, faults=(*read.faults, *faults))
