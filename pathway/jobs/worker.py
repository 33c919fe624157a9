"""What goes on when nobody presses anything? Times come, messages go, and nobody is left without a next step."""

import os
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

import structlog
from sqlmodel import select

from notifications import Channel, Outcome, Result, open_channel
from pathway.access import Viewer
from pathway.acts import Desk
from pathway.acts.deliver import Leased, lease, resolve, settle
from pathway.acts.desk import system_viewer
from pathway.acts.keying import key_older
from pathway.acts.ring import due_rungs, ring
from pathway.acts.sweep import anchor, sweep
from pathway.settings import Settings
from pathway.tables import Authority
from pathway.trouble import trouble_in

log = structlog.get_logger()

T = TypeVar("T")

SWEEP_EVERY = timedelta(minutes=5)
ANCHOR_EVERY = timedelta(hours=1)
LONGEST_WAIT = 15.0
"""Seconds between two looks at most, while the database is away."""

SLOWEST_SENDING = timedelta(seconds=15)
"""What is left of a lease must last for one sending, or another worker might send the same beside this one."""


class Worker:
    """One worker. Any number may run on PostgreSQL; leases keep them from doing the same thing twice."""

    def __init__(self, desk: Desk, channel: Channel | None = None, name: str | None = None) -> None:
        self.desk = desk
        self.channel = channel or channel_of(desk.settings)
        self.name = name or f"{os.getpid()}-{secrets.token_hex(4)}"
        self._last: dict[str, datetime] = {}
        self._unsettled: tuple[Viewer, Leased, Outcome] | None = None
        self._troubled = False

    def once(self) -> int:
        """Do everything that is due now; returns how many things were done.

        Each job of each authority stands alone: a fault in one is logged and keeps none of the others waiting.
        """
        systems = self._systems()
        sweeping, anchoring = self._is_time("sweep", SWEEP_EVERY), self._is_time("anchor", ANCHOR_EVERY)
        done = self._ring(systems)
        for system in systems:
            done += self._guarded("tell", self._tell, system)
            if sweeping:
                self._guarded("sweep", sweep, self.desk, system)
                self._guarded("keys", key_older, self.desk, system)
            if anchoring:
                self._guarded("anchor", anchor, self.desk, system)
        return done

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; what is under way is finished first.

        While the database is away or full it is asked again, after twice as long each time; then all is done at once.
        """
        every = wait = self.desk.settings.worker_every_seconds
        while not stop.is_set():
            self._troubled = False
            done = self._guarded("once", self.once)
            wait = min(2 * wait, max(every, LONGEST_WAIT)) if self._troubled else every
            if self._troubled:
                self._last.clear()
            if self._troubled or not done:
                stop.wait(wait)

    def _systems(self) -> list[Viewer]:
        now = self.desk.clock()
        with self.desk.database.reading() as session:
            return [system_viewer(session, authority, now) for authority in session.exec(select(Authority.id)).all()]

    def _ring(self, systems: list[Viewer]) -> int:
        """Ring everything that has come; what can't be rung stands aside until the next round, and no more than that:
        after an outage very many come at once.
        """
        by_authority = {system.authority: system for system in systems}
        rung, aside = 0, set[int]()
        while due := self._due(aside):
            for authority, deadline_id in due:
                if self._guarded("ring", ring, self.desk, by_authority[authority], deadline_id=deadline_id):
                    rung += 1
                else:
                    aside.add(deadline_id)
        return rung

    def _due(self, aside: set[int]) -> tuple[tuple[str, int], ...]:
        with self.desk.database.reading() as session:
            return due_rungs(session, self.desk.clock(), besides=aside)

    def _tell(self, system: Viewer) -> int:
        self._settle()
        resolved = resolve(self.desk, system, channel=self.channel.name)
        leased = lease(self.desk, system, worker=self.name)
        for one in leased:
            if self.desk.clock() + SLOWEST_SENDING > one.until:
                break  # the rest come round again once their leases have run out
            self._unsettled = system, one, self._send(one)
            self._settle()
        return resolved + len(leased)

    def _settle(self) -> None:
        """Write down what came of a sending. Where that can't be done now it is kept, and nothing is sent before."""
        if self._unsettled is None:
            return
        system, leased, outcome = self._unsettled
        try:
            settle(self.desk, system, leased=leased, outcome=outcome, worker=self.name)
        except Exception as fault:
            self._unsettled = self._unsettled if trouble_in(fault) else None
            raise
        self._unsettled = None

    def _send(self, leased: Leased) -> Outcome:
        """Send; but where an earlier attempt may have arrived, ask the channel first. A fault leaves it uncertain."""
        try:
            known = self.channel.look_up(leased.outgoing.id) if leased.again else Outcome.try_again("It is the first.")
            if known is not None and known.result is not Result.TRY_AGAIN:
                return known
            outcome = self.channel.send(leased.outgoing)
        except Exception as fault:
            log.exception("sending_failed", delivery=leased.outgoing.id)
            return Outcome.uncertain(f"The channel broke off ({type(fault).__name__}).")
        if known is None and outcome.result is Result.TRY_AGAIN:  # not this time, but perhaps the time before
            return Outcome.uncertain(outcome.reason)
        return outcome

    def _guarded(self, what: str, job: Callable[..., T], *about: Any, **named: Any) -> T | Literal[0]:
        try:
            return job(*about, **named)
        except Exception as fault:
            trouble = trouble_in(fault)
            self._troubled |= trouble is not None
            log.exception("job_failed", job=what, worker=self.name, trouble=trouble)
            return 0

    def _is_time(self, what: str, every: timedelta) -> bool:
        now = self.desk.clock()
        if what in self._last and self._last[what] <= now < self._last[what] + every:
            return False  # unless the clock was put back meanwhile
        self._last[what] = now
        return True


def channel_of(settings: Settings) -> Channel:
    """The channel that the settings name. Raises `ValueError` in a sentence where they don't fit together."""
    if settings.channel != "smtp":
        return open_channel(settings.channel)
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    return open_channel(
        "smtp",
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_sender,
        starttls=settings.smtp_starttls,
        username=settings.smtp_user,
        password=password,
    )
