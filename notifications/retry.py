"""When is a message that has not gone tried again?"""

from datetime import UTC, datetime, timedelta

# About eighteen hours in all: a mail server mended overnight loses nothing.
_ROUTINE = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720))
# About a quarter of an hour in all. An urgent message that will not go must soon become a task for somebody
# who can ring; trying longer would only keep that quiet.
_URGENT = tuple(timedelta(seconds=s) for s in (15, 30, 60, 180, 600))


def next_attempt_at(attempts: int, now: datetime, *, urgent: bool = False) -> datetime | None:
    """When to try next, in UTC, after so many attempts; None after the last: it has failed."""
    if attempts < 1 or now.tzinfo is None:
        raise ValueError("Ask after at least one attempt, with a moment that has its time zone.")
    waits = _URGENT if urgent else _ROUTINE
    return now.astimezone(UTC) + waits[attempts - 1] if attempts <= len(waits) else None
