"""How is a request addressed? References, versions and keys, as they stand in paths and headers."""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Header, Path
from pydantic import AfterValidator, AwareDatetime, StringConstraints

REFERENCE = r"^[0-9A-Z]{1,20}$"
ID = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def check_in_reach(at: datetime) -> datetime:
    """A time that a calendar can be asked about; one further off is a slip."""
    if not FIRST <= at < LAST:
        raise ValueError("Give a time between the years 2000 and 2100.")
    return at


def check_day_in_reach(on: date) -> date:
    if not FIRST.date() <= on < LAST.date():
        raise ValueError("Give a day between the years 2000 and 2100.")
    return on


Moment = Annotated[AwareDatetime, AfterValidator(check_in_reach)]
Day = Annotated[date, AfterValidator(check_day_in_reach)]
Reference = Annotated[str, StringConstraints(pattern=REFERENCE)]
Ref = Annotated[str, Path(pattern=REFERENCE, description="The reference that staff read on every screen")]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,100}$",
        description="Send the same key again and it is done once; with another body it is refused (422)",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        pattern=r'^"[0-9]{1,9}"$',
        description="The ETag you read. If the record changed since: 409, with who did what",
    ),
]


def version_in(if_match: str | None) -> int | None:
    return int(if_match.strip('"')) if if_match else None


def etag(version: int) -> str:
    return f'"{version}"'
