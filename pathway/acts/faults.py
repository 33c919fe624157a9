"""What can go wrong at a door, in sentences? Doors translate these to pages and problem details."""

from dataclasses import dataclass
from datetime import datetime

from pathway.clock import LONDON


class NotFound(Exception):
    """There is no such record, or it isn't the viewer's to know: the two must look the same."""

    def __init__(self, what: str = "record") -> None:
        super().__init__(
            f"There is no {what} here that you can see. Check the reference, or ask whoever gave it to you."
        )


@dataclass(frozen=True, slots=True)
class Since:
    """One thing that happened since the page was opened."""

    who: str
    what: str
    at: str


class Conflict(Exception):
    """Somebody else changed the record since it was opened; says who and what, so that nothing is typed twice.

    `now_with` is who answers for it, where it has changed hands meanwhile.
    """

    def __init__(self, since: tuple[Since, ...], version: int, now_with: str = "") -> None:
        self.since = since
        self.version = version
        self.now_with = now_with
        told = "; ".join(f"{one.who}: {one.what}, {one.at}" for one in since)
        taken = f" {now_with} has it now." if now_with else ""
        super().__init__(f"This record changed while you had it open. {told}.{taken} Look at it again, then save.")


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Two answers to one question: what stands by now, by its reference, and what was to be saved."""

    field: str
    question: str
    ref: str
    theirs: str
    yours: str
    by: str
    at: datetime


class AnsweredSince(Conflict):
    """Somebody else has answered the same questions meanwhile. Nothing was saved: whoever comes second chooses."""

    def __init__(self, both: tuple[Meanwhile, ...], version: int) -> None:
        self.both = both
        said = tuple(
            Since(one.by, f"answered {one.question}", f"{one.at.astimezone(LONDON):%H:%M on %-d %B}") for one in both
        )
        super().__init__(said, version)


class KeyReused(Exception):
    """The same Idempotency-Key came with a different body."""

    def __init__(self) -> None:
        super().__init__("This request's key was already used for something else. Send it again with a new key.")


@dataclass(frozen=True, slots=True)
class FieldFault:
    field: str
    sentence: str


class Unacceptable(Exception):
    """What was typed can't be taken as it stands: every field that needs mending, each with a sentence."""

    def __init__(self, *faults: FieldFault) -> None:
        self.faults = faults
        super().__init__(" ".join(fault.sentence for fault in faults))
