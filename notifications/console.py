"""How is a message shown where no mail leaves: on a developer's machine, in a rehearsal?"""

import sys
from dataclasses import dataclass, field
from typing import ClassVar, TextIO

from notifications.outgoing import Outcome, Outgoing


@dataclass(frozen=True)
class ConsoleChannel:
    """Writes each message to the stream."""

    stream: TextIO = field(default_factory=lambda: sys.stdout)

    name: ClassVar[str] = "console"
    carries: ClassVar[frozenset[str]] = frozenset({"email", "text"})

    def send(self, outgoing: Outgoing) -> Outcome:
        urgent = " (urgent)" if outgoing.urgent else ""
        try:
            self.stream.write(f"--- {outgoing.id} to {outgoing.to}{urgent}\n{outgoing.subject}\n\n{outgoing.body}\n")
            if outgoing.appointment:
                self.stream.write(f"With an entry for the calendar ({outgoing.appointment.method.lower()}).\n")
            self.stream.flush()
        except (OSError, ValueError) as fault:  # a full disk, a closed stream
            return Outcome.uncertain(f"The console did not take all of it ({type(fault).__name__}).")
        return Outcome.sent()

    def look_up(self, reference: str) -> Outcome | None:
        return None  # nothing reads a console back
