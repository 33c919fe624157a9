"""Is a colleague taking a contact about this child at this moment? The team's half-taken contacts, looked through."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlmodel import Session, col, func, select

from pathway.access import Viewer
from pathway.clock import LONDON, day_of
from pathway.store.lists.drafts import CONTACT
from pathway.store.people.likeness import likeness
from pathway.store.people.told_of import ToldOf, age_on, other_names
from pathway.tables import Draft, Practitioner
from workflows.referral_facts import YesNo

NOW = timedelta(minutes=15)
LATEST = 50
MOST = 30

K = TypeVar("K")
Fields = Mapping[str, Sequence[str]]


def being_taken(
    session: Session, viewer: Viewer, told: Mapping[K, ToldOf], now: datetime, besides: str = ""
) -> dict[K, tuple[str, ...]]:
    """For each of these children, a sentence for each draft of the viewer's contact teams that is about one like it.

    Not the viewer's own drafts. One query, however many children.
    """
    rows = session.exec(
        select(Draft, Practitioner.name)
        .join(Practitioner, col(Practitioner.id) == func.coalesce(Draft.saved_by_id, Draft.practitioner_id))
        .where(
            col(Draft.form) == CONTACT,
            col(Draft.team_id).in_(viewer.contact_teams),
            col(Draft.used_at).is_(None),
            col(Draft.public_id) != besides,
            col(Practitioner.id) != viewer.id,
        )
        .order_by(col(Draft.saved_at).desc())
        .limit(LATEST)
    ).all()
    today = day_of(now)
    typed = [(_said(name, one.saved_at, now), children_typed(json.loads(one.body), today)) for one, name in rows]
    return {
        name: tuple(said for said, children in typed if any(likeness(one, child) for child in children))
        for name, one in told.items()
    }


def _said(name: str, saved_at: datetime, now: datetime) -> str:
    if now - saved_at <= NOW:
        return f"{name} is taking a contact about a child with this name now."
    at = f"{saved_at.astimezone(LONDON):%H:%M on %-d %B}"
    return f"{name} has half taken a contact about a child with this name, kept at {at}."


def children_typed(fields: Fields, today: date) -> tuple[ToldOf, ...]:
    """The children on a contact form as it stands, half typed; what can't be read yet is left out."""
    address, around = _address(fields), _names(fields, "adults")
    return tuple(_child(fields, start, address, around, today) for start in _starts(fields, "children"))


def adults_typed(fields: Fields, today: date) -> tuple[ToldOf, ...]:
    """The adults on it, in the same way."""
    address, around = _address(fields), _names(fields, "children")
    return tuple(_adult(fields, start, address, around, today) for start in _starts(fields, "adults"))


def _child(fields: Fields, start: str, address: str, around: tuple[str, ...], today: date) -> ToldOf:
    born_on, age = _day(fields, f"{start}born_on"), _one(fields, f"{start}age_years")
    told = int(age) if age.isdecimal() and len(age) < 3 else None
    return ToldOf(
        _one(fields, f"{start}given_name"),
        _one(fields, f"{start}family_name"),
        other_names(_one(fields, f"{start}other_names")),
        born_on,
        _day(fields, f"{start}expected_on") if born_on is None else None,
        told if born_on is None else age_on(born_on, today),
        address=address,
        around=around,
    )


def _adult(fields: Fields, start: str, address: str, around: tuple[str, ...], today: date) -> ToldOf:
    born_on = _day(fields, f"{start}born_on")
    return ToldOf(
        _one(fields, f"{start}given_name"),
        _one(fields, f"{start}family_name"),
        other_names(_one(fields, f"{start}other_names")),
        born_on,
        age=age_on(born_on, today) if born_on else None,
        telephone=_one(fields, f"{start}telephone"),
        address=address if _one(fields, f"{start}lives_with") == YesNo.yes else "",
        adult=True,
        around=around,
    )


def _starts(fields: Fields, of: str) -> tuple[str, ...]:
    """Where the fields of each begin, up to the last of whom anything stands there."""
    numbers = [int(found[1]) for name in fields if (found := re.match(rf"{of}-(\d{{1,2}})-", name))]
    return tuple(f"{of}-{number}-" for number in range(min(max(numbers, default=-1) + 1, MOST)))


def _address(fields: Fields) -> str:
    return "" if _one(fields, "address_sealed") else _one(fields, "address")


def _names(fields: Fields, of: str) -> tuple[str, ...]:
    starts = _starts(fields, of)
    names = (f"{_one(fields, one + 'given_name')} {_one(fields, one + 'family_name')}".strip() for one in starts)
    return tuple(name for name in names if name)


def _day(fields: Fields, name: str) -> date | None:
    parts = [_one(fields, f"{name}-{part}") for part in ("year", "month", "day")]
    if not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _one(fields: Fields, name: str) -> str:
    value = next(iter(fields.get(name, ())), "")
    return str(value).strip()[:200]
