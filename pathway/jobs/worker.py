"""What goes on when nobody presses anything? Times come, messages go, and nobody is left without a next step."""

import os
import secrets
import threading
from datetime import datetime, timedelta

import structlog
from sqlmodel import select

from notifications import Channel, Outcome, Result, open_channel
from pathway.access import Viewer
from pathway.acts import Desk
from pathway.acts.deliver import Leased, lease, resolve, settle
from pathway.acts.desk import system_viewer
from pathway.acts.ring import due_rungs, ring
from pathway.acts.sweep import anchor, sweep
from pathway.settings import Settings
from pathway.tables import Authority

log = structlog.get_logger()

SWEEP_EVERY = timedelta(minutes=5)
ANCHOR_EVERY = timedelta(hours=1)


class Worker:
    """One worker. Any number may run on PostgreSQL; leases keep them from doing the same thing twice."""

    def __init__(self, desk: Desk, channel: Channel | None = None, name: str | None = None) -> None:
        self.desk = desk
        self.channel = channel or channel_of(desk.settings)
        self.name = name or f"{os.getpid()}-{secrets.token_hex(4)}"
        self._last: dict[str, datetime] = {}

    def once(self) -> int:
        """Do everything that is due now; returns how many things were done."""
        done = 0
        for system in self._systems():
            done += self._ring(system) + self._tell(system)
            if self._is_time("sweep", SWEEP_EVERY):
                sweep(self.desk, system)
            if self._is_time("anchor", ANCHOR_EVERY):
                anchor(self.desk, system)
        return done

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; what is under way is finished first."""
        while not stop.is_set():
            try:
                busy = self.once()
            except Exception:
                log.exception("worker_failed", worker=self.name)
                busy = 0
            if not busy:
                stop.wait(self.desk.settings.worker_every_seconds)

    def _systems(self) -> list[Viewer]:
        now = self.desk.clock()
        with self.desk.database.reading() as session:
            return [system_viewer(session, authority, now) for authority in session.exec(select(Authority.id)).all()]

    def _ring(self, system: Viewer) -> int:
        with self.desk.database.reading() as session:
            due = due_rungs(session, self.desk.clock())
        for authority, deadline_id in due:
            if authority == system.authority:
                ring(self.desk, system, deadline_id=deadline_id)
        return len(due)

    def _tell(self, system: Viewer) -> int:
        resolved = resolve(self.desk, system, channel=self.channel.name)
        leased = lease(self.desk, system, worker=self.name)
        for one in leased:
            settle(self.desk, system, leased=one, outcome=self._send(one), worker=self.name)
        return resolved + len(leased)

    def _send(self, leased: Leased) -> Outcome:
        """Send; but where an earlier attempt may have arrived, ask the channel first."""
        if leased.again:
            known = self.channel.look_up(leased.outgoing.id)
            if known is not None and known.result is not Result.TRY_AGAIN:
                return known
        return self.channel.send(leased.outgoing)

    def _is_time(self, what: str, every: timedelta) -> bool:
        now = self.desk.clock()
        if what in self._last and now < self._last[what] + every:
            return False
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
