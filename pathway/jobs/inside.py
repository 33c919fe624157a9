"""Where does the worker run? Inside the service on the embedded database; elsewhere as a process of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pathway.acts import Desk
from pathway.jobs.worker import Worker


@contextmanager
def worker_inside(desk: Desk) -> Iterator[None]:
    """Run a worker in a thread for as long as the block lasts, where the settings ask for one."""
    if not (desk.settings.worker_inside and desk.database.is_sqlite):
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=Worker(desk).run, args=(stop,), name="worker")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
