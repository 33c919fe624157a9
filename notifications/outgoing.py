"""What does every channel take, and what does it answer?"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from notifications.appointment import Appointment

MEDIA = frozenset({"email", "text"})
"""What a kind of message may be sent as (its `channels`), and what a channel carries."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True)
class Outgoing:
    """One message to one person. `id` stays the same however often it is tried, so a second copy is known
    for one. `written_at` likewise, where the medium shows a date. `appointment` goes with it where the medium takes
    one.
    """

    id: str
    to: str
    subject: str
    body: str
    urgent: bool = False
    written_at: datetime | None = None
    appointment: Appointment | None = None

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError("A message's id is letters, digits, dots, hyphens and underscores, at most 100.")


class Result(StrEnum):
    """What became of one attempt."""

    SENT = "sent"
    FAILED = "failed"
    TRY_AGAIN = "try_again"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Outcome:
    """`sent`: taken over by the other side, not yet read by anybody. `failed`: it will never go like this.
    `try_again`: it has certainly not gone. `uncertain`: it may have gone; look it up before sending again.

    `reason` is a sentence for the officer who sees it, without address or content. `their_id` is the other
    side's own name for it, where there is one.
    """

    result: Result
    reason: str = ""
    their_id: str = ""

    @classmethod
    def sent(cls, their_id: str = "") -> "Outcome":
        return cls(Result.SENT, their_id=their_id)

    @classmethod
    def failed(cls, reason: str) -> "Outcome":
        return cls(Result.FAILED, reason)

    @classmethod
    def try_again(cls, reason: str) -> "Outcome":
        return cls(Result.TRY_AGAIN, reason)

    @classmethod
    def uncertain(cls, reason: str) -> "Outcome":
        return cls(Result.UNCERTAIN, reason)


class Channel(Protocol):
    """A way out. Neither method raises for what the outside world does: that is what outcomes are for."""

    @property
    def name(self) -> str: ...

    @property
    def carries(self) -> frozenset[str]:
        """Of `MEDIA`: only kinds that allow one of these may go this way."""

    def send(self, outgoing: Outgoing) -> Outcome: ...

    def look_up(self, reference: str) -> Outcome | None:
        """What became of the message with this `Outgoing.id`; `try_again` if it never arrived there; None
        if this channel cannot tell."""
