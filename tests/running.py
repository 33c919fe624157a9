"""How is the real service run by tests, and killed? Processes of their own, on a clock that can be put forward or back.

A clean process, which has made the pages and the API ready, is forked for each: a service that was killed is back
within half a second.
"""

import multiprocessing
import os
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx
import made

from pathway.acts import Desk
from pathway.clock import now
from pathway.database import Database
from pathway.settings import Settings

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
"""Seconds that anything real may take to come about."""


@dataclass(frozen=True)
class SharedClock:
    """A clock that goes on by itself, for every process that reads it; how far it is put forward stands in a file."""

    path: Path

    @classmethod
    def at(cls, path: Path, moment: datetime) -> "SharedClock":
        clock = cls(path)
        clock._put((moment - now()).total_seconds())
        return clock

    def __call__(self) -> datetime:
        return now() + timedelta(seconds=self._ahead())

    def forward(self, **step: float) -> None:
        self._put(self._ahead() + timedelta(**step).total_seconds())

    def _ahead(self) -> float:
        return float(self.path.read_text())

    def _put(self, seconds: float) -> None:
        half = self.path.with_suffix(".half")
        half.write_text(repr(seconds))
        half.replace(self.path)


@dataclass(frozen=True)
class Place:
    """One partnership as it is run: what every process of it is told."""

    url: str
    folder: Path
    clock: SharedClock
    port: int
    mail: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self) -> Settings:
        return Settings(
            database=self.url,
            files=self.folder / "files",
            authority=made.AUTHORITY,
            channel="smtp",
            smtp_port=self.mail,
            smtp_sender="pathway@example.gov.uk",
            worker_every_seconds=0.05,
            idle_minutes=1_000_000,
            sign_in_hours=100_000,
            attempts_before_lock=1_000_000,
            attempts_a_minute=1_000_000,
        )

    def desk(self) -> Desk:
        return Desk(Database(self.url), self.settings(), self.clock)


def serve(place: Place) -> None:
    """The whole service, as `pathway serve` runs it; on SQLite with its worker inside."""
    import uvicorn

    import pathway.app

    _log_into(place.folder / "service.log")
    desk = place.desk()
    app = pathway.app.create_app(desk=desk)
    uvicorn.run(app, host="127.0.0.1", port=place.port, log_level="warning", server_header=False)


def work(place: Place) -> None:
    """One worker, as `pathway worker` runs it."""
    from pathway.jobs.worker import Worker

    _log_into(place.folder / "worker.log")
    Worker(place.desk()).run(threading.Event())


def _log_into(path: Path) -> None:
    from pathway import logs

    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    logs.set_up("words")


@dataclass
class Running:
    """The processes of a place, by name; whatever was killed is counted."""

    place: Place
    processes: dict[str, ForkServerProcess] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)

    def start(self, *names: str) -> None:
        for name in names:
            what: Callable[[Place], None] = serve if name == "service" else work
            self.processes[name] = _context().Process(target=what, args=(self.place,), name=name, daemon=True)
            self.processes[name].start()
        if "service" in names:
            until(self.answers, "the service answers")

    def kill(self, *names: str) -> tuple[str, ...]:
        """SIGKILL: nothing is tidied up; returns what was killed."""
        for name in names:
            self.processes[name].kill()
            self.killed[name] += 1
        for name in names:
            self.processes.pop(name).join()
        return names

    def alive(self, name: str) -> bool:
        return self.processes[name].is_alive()

    def answers(self) -> bool:
        """Whether anything at all is answered, even that it is unwell."""
        try:
            return httpx.get(f"{self.place.address}/health", timeout=5).status_code in (200, 503)
        except httpx.HTTPError:
            return False


@contextmanager
def running(place: Place) -> Iterator[Running]:
    """Whatever was started is ended, whatever happens."""
    it = Running(place)
    try:
        yield it
    finally:
        for process in it.processes.values():
            process.kill()
            process.join()


def until(true: Callable[[], Any], what: str) -> None:
    """Wait for something real to come about."""
    deadline = monotonic() + PATIENCE
    while not true():
        assert monotonic() < deadline, f"It never came about that {what}."
        sleep(0.02)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@cache
def _context() -> ForkServerContext:
    """The clean process: it knows our folders, and has done what every service does first."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["running_ready"])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    try:
        multiprocessing.forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    return context
